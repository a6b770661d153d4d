//! What `sys` calls and lets be replaced: display, exceptions, `exit`, breakpoints, auditing, hooks of async generators.

use super::super::structseq;
use super::info;
use super::none_if_undefined;
use crate::native::{Args, arg};
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm};

/// `sys.displayhook`: shows the value of an expression statement typed at the prompt and keeps it as `_`.
pub(crate) fn display(vm: &mut Vm, value: &Ref) -> R<()> {
    let builtins = vm.builtins.clone();
    if value.is_none() {
        return Ok(());
    }
    super::set(&builtins, "_", Ref::none());
    // What the name held until now may have a finaliser, which comes first.
    vm.run_pending();
    let Some(out) = vm.sys_attr("stdout").filter(|o| !o.is_none()) else {
        return Err(vm.runtime_error("lost sys.stdout"));
    };
    let text = vm.repr(value)?;
    let written = vm.call_method(&out, "write", std::slice::from_ref(&text));
    let class = rt().types.unicode_encode_error.clone();
    if vm.catch(written, &class)?.is_none() {
        let ascii = StrObj::make(&taipan_text::str_repr::escape_non_ascii(
            text.str_obj().bytes(),
        ));
        vm.call_method(&out, "write", &[ascii])?;
    }
    vm.call_method(&out, "write", &[new_str("\n")])?;
    super::set(&builtins, "_", value.clone());
    Ok(())
}

pub(super) fn exc_info(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    let exc = vm.current_handled();
    let items = match exc.cast::<ExceptionObj>() {
        Some(e) => vec![class_of(&exc), exc.clone(), e.traceback.cloned()],
        None => vec![Ref::none(), Ref::none(), Ref::none()],
    };
    Ok(new_tuple(items))
}

pub(super) fn excepthook(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if let Some(e) = a[1].cast::<ExceptionObj>()
        && a[2].cast::<TracebackObj>().is_some()
        && e.traceback.cloned().is_none()
    {
        e.traceback.set(a[2].clone());
    }
    vm.print_exception(&a[1]);
    Ok(Ref::none())
}

pub(super) fn unraisablehook(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    vm.report_unraisable(&a[0])?;
    Ok(Ref::none())
}

pub(super) fn exit(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let class = rt().types.system_exit.clone();
    let args = match arg(a, 0) {
        None => vec![],
        Some(status) if status.is_none() => vec![],
        // A tuple becomes the arguments, as when an exception is raised from a pair.
        Some(t) if t.exact::<TupleObj>().is_some() => t.tuple_items().unwrap_or_default().to_vec(),
        Some(status) => vec![status.clone()],
    };
    Err(vm.raise_new(&class, args))
}

pub(super) fn breakpoint(vm: &mut Vm, args: Args) -> R<Ref> {
    let target = match vm.host.env("PYTHONBREAKPOINT") {
        Some(v) if !vm.lib.config.ignore_environment => v.to_string_lossy().into_owned(),
        _ => String::new(),
    };
    let target = match target.as_str() {
        "" => "pdb.set_trace",
        "0" => return Ok(Ref::none()),
        t => t,
    };
    let (module, name) = target.rsplit_once('.').unwrap_or(("builtins", target));
    let module = vm.import(module)?;
    let hook = vm.getattr_str(&module, name)?;
    vm.call_args(&hook, args)
}

pub(super) fn add_audit_hook(vm: &mut Vm, args: Args) -> R<Ref> {
    match args.pos().first().or_else(|| args.get_kw("hook")) {
        Some(hook) => {
            vm.lib.audit_hooks.push(hook.clone());
            Ok(Ref::none())
        }
        None => Err(vm.type_error("addaudithook() missing required argument 'hook' (pos 1)")),
    }
}

/// `sys.audit(event, *args)`: calls the hooks. The interpreter itself raises no events.
pub(super) fn audit(vm: &mut Vm, args: Args) -> R<Ref> {
    let Some(event) = args.pos().first() else {
        return Err(vm.type_error("audit expected at least 1 argument, got 0"));
    };
    if !event.is_str() {
        let text = format!(
            "expected str for argument 'event', not {}",
            vm.type_name(event)
        );
        return Err(vm.type_error(&text));
    }
    let rest = new_tuple(args.pos()[1..].to_vec());
    for hook in vm.lib.audit_hooks.clone() {
        vm.call(&hook, &[event.clone(), rest.clone()])?;
    }
    Ok(Ref::none())
}

pub(super) fn get_asyncgen_hooks(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    let values = vec![
        none_if_undefined(&vm.asyncgen_first),
        none_if_undefined(&vm.asyncgen_final),
    ];
    Ok(structseq::make(vm, &info::ASYNCGEN_HOOKS, values))
}

pub(super) fn set_asyncgen_hooks(vm: &mut Vm, args: Args) -> R<Ref> {
    let (mut first, mut last) = (None, None);
    for (i, v) in args.pos().iter().enumerate() {
        match i {
            0 => first = Some(v),
            1 => last = Some(v),
            _ => {
                let text = format!(
                    "set_asyncgen_hooks() takes at most 2 arguments ({} given)",
                    args.all.len()
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    for (k, v) in args.kw() {
        match k.str_obj().bytes() {
            b"firstiter" => first = Some(v),
            b"finalizer" => last = Some(v),
            _ => {
                let text = format!(
                    "this function got an unexpected keyword argument '{}'",
                    vm.str_lossy(k)
                );
                return Err(vm.type_error(&text));
            }
        }
    }
    for (hook, name) in [(last, "finalizer"), (first, "firstiter")] {
        if let Some(h) = hook
            && !h.is_none()
            && !vm.is_callable(h)
        {
            let text = format!("callable {name} expected, got {}", vm.type_name(h));
            return Err(vm.type_error(&text));
        }
    }
    if let Some(h) = last {
        vm.asyncgen_final = h.clone();
    }
    if let Some(h) = first {
        vm.asyncgen_first = h.clone();
    }
    Ok(Ref::none())
}
