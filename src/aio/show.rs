//! How futures, tasks and handles show themselves.

use crate::future::{Callback, Future, State};
use crate::handle::Handle;
use crate::task;
use taipan_vm::value::*;
use taipan_vm::vm::new_str;
use taipan_vm::{R, Vm};

fn class_text(vm: &Vm, r: &Ref) -> String {
    vm.str_lossy(r.class().name.get(vm))
}

pub fn future_repr(vm: &mut Vm, this: &Ref) -> R<Ref> {
    let Some(f) = this.native::<Future>() else {
        return vm.repr(&Ref::none());
    };
    if !vm.enter_repr(this) {
        return Ok(new_str("..."));
    }
    let info = future_info(vm, f);
    vm.leave_repr(this);
    let name = class_text(vm, this);
    Ok(new_str(&format!("<{name} {}>", info?.join(" "))))
}

fn future_info(vm: &mut Vm, f: &Future) -> R<Vec<String>> {
    let mut info = vec![
        match f.state.get() {
            State::Pending => "pending",
            State::Cancelled => "cancelled",
            State::Finished => "finished",
        }
        .to_string(),
    ];
    if f.state.get() == State::Finished {
        let exc = f.exception.cloned();
        if exc.is_undefined() {
            let value = f.result.cloned();
            let short = vm.import_absolute(&intern("reprlib"))?;
            let text = vm.call_method(&short, "repr", &[value])?;
            info.push(format!("result={}", vm.str_lossy(&text)));
        } else {
            info.push(format!("exception={}", vm.repr_text(&exc)?));
        }
    }
    let callbacks = f.callbacks.cloned();
    let shown = |vm: &mut Vm, i: usize| -> R<String> {
        match callbacks.get(i) {
            Some(Callback::Call { function, .. }) => callback_source(vm, &function.clone()),
            _ => Ok("Task.task_wakeup()".into()),
        }
    };
    match callbacks.len() {
        0 => {}
        1 => info.push(format!("cb=[{}]", shown(vm, 0)?)),
        2 => info.push(format!("cb=[{}, {}]", shown(vm, 0)?, shown(vm, 1)?)),
        n => info.push(format!(
            "cb=[{}, <{} more>, {}]",
            shown(vm, 0)?,
            n - 2,
            shown(vm, n - 1)?
        )),
    }
    Ok(info)
}

pub fn task_repr(vm: &mut Vm, this: &Ref) -> R<Ref> {
    let Some(f) = this.native::<Future>() else {
        return vm.repr(&Ref::none());
    };
    let Some(part) = &f.task else {
        return future_repr(vm, this);
    };
    if !vm.enter_repr(this) {
        return Ok(new_str("..."));
    }
    let text = (|| {
        let mut info = future_info(vm, f)?;
        if part.cancelling.get() > 0 && f.pending() {
            info[0] = "cancelling".into();
        }
        let name = task::name(part);
        info.insert(1, format!("name={}", vm.repr_text(&name)?));
        let waits = part.waits_for.cloned();
        if !waits.is_undefined() {
            info.insert(2, format!("wait_for={}", vm.repr_text(&waits)?));
        }
        let coroutine = part.coroutine.cloned();
        if !coroutine.is_none() {
            info.insert(2, format!("coro=<{}>", coroutine_text(vm, &coroutine)?));
        }
        Ok(info.join(" "))
    })();
    vm.leave_repr(this);
    let name = class_text(vm, this);
    Ok(new_str(&format!("<{name} {}>", text?)))
}

/// An attribute that is neither missing nor None.
fn attr(vm: &mut Vm, r: &Ref, name: &str) -> R<Option<Ref>> {
    Ok(vm.getattr_opt(r, &intern(name))?.filter(|v| !v.is_none()))
}

/// `name() running at file:line`.
pub fn coroutine_text(vm: &mut Vm, coroutine: &Ref) -> R<String> {
    let mut name = String::new();
    for key in ["__qualname__", "__name__"] {
        if let Some(n) = attr(vm, coroutine, key)? {
            name = format!("{}()", vm.str_lossy(&n));
            break;
        }
    }
    if name.is_empty() {
        name = format!("<{} without __name__>()", class_text(vm, coroutine));
    }
    let both = |vm: &mut Vm, a: &str, b: &str| -> R<Option<Ref>> {
        match attr(vm, coroutine, a)? {
            Some(v) => Ok(Some(v)),
            None => attr(vm, coroutine, b),
        }
    };
    let Some(code) = both(vm, "cr_code", "gi_code")? else {
        let running = both(vm, "cr_running", "gi_running")?;
        return Ok(match running {
            Some(r) if r.is_true() => format!("{name} running"),
            _ => name,
        });
    };
    let file = vm.getattr_str(&code, "co_filename")?;
    let file = vm.str_lossy(&file);
    match both(vm, "cr_frame", "gi_frame")? {
        Some(frame) => {
            let line = vm.getattr_str(&frame, "f_lineno")?;
            Ok(format!(
                "{name} running at {file}:{}",
                line.as_i64().unwrap_or_default()
            ))
        }
        None => {
            let line = vm.getattr_str(&code, "co_firstlineno")?;
            Ok(format!(
                "{name} done, defined at {file}:{}",
                line.as_i64().unwrap_or_default()
            ))
        }
    }
}

/// `f() at file:line`.
pub fn callback_source(vm: &mut Vm, f: &Ref) -> R<String> {
    let mut inner = f.clone();
    let mut ends = String::from("()");
    // Partial objects show what they wrap.
    for _ in 0..100 {
        let partial = class_text(vm, &inner) == "partial";
        match if partial {
            attr(vm, &inner, "func")?
        } else {
            None
        } {
            Some(func) => {
                inner = func;
                ends.push_str("()");
            }
            None => break,
        }
    }
    let mut text = match attr(vm, &inner, "__qualname__")? {
        Some(n) => vm.str_lossy(&n),
        None => match attr(vm, &inner, "__name__")? {
            Some(n) => vm.str_lossy(&n),
            None => vm.repr_text(&inner)?,
        },
    };
    text.push_str(&ends);
    for _ in 0..100 {
        match attr(vm, &inner, "__wrapped__")? {
            Some(w) => inner = w,
            None => break,
        }
    }
    if inner.cast::<FunctionObj>().is_some() {
        let code = vm.getattr_str(&inner, "__code__")?;
        let file = vm.getattr_str(&code, "co_filename")?;
        let line = vm.getattr_str(&code, "co_firstlineno")?;
        text.push_str(&format!(
            " at {}:{}",
            vm.str_lossy(&file),
            line.as_i64().unwrap_or_default()
        ));
    }
    Ok(text)
}

pub fn handle_repr(vm: &mut Vm, this: &Ref) -> R<Ref> {
    let Some(h) = this.native::<Handle>() else {
        return vm.repr(&Ref::none());
    };
    let mut info = vec![class_text(vm, this)];
    if h.cancelled.get() {
        info.push("cancelled".into());
    }
    if let Some(when) = h.when {
        let when = vm.repr_text(&taipan_vm::vm::new_float(when))?;
        info.push(format!("when={when}"));
    }
    let callback = h.callback.cloned();
    if !callback.is_none() {
        info.push(callback_source(vm, &callback)?);
    }
    Ok(new_str(&format!("<{}>", info.join(" "))))
}
