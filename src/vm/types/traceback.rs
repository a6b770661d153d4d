//! The type `traceback`.

use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_int, new_list, new_str};
use crate::{R, Vm, getset, methods};
use std::cell::Cell;

pub static TRACEBACK: TypeSpec = TypeSpec {
    name: "traceback",
    kind: Kind::Traceback,
    exact: true,
    doc: "An entry of a traceback: a frame and the place in it, linked to the entry of the call inside.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.new.set(Some(new));
        s.init.set(Some(|_, _, _| Ok(())));
    },
    ..TypeSpec::DEFAULT
};

const NAMES: [&str; 4] = ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"];

fn new(vm: &mut Vm, _: &Ref, args: Args) -> R<Ref> {
    let mut bound = [const { Ref::UNDEFINED }; 4];
    let given = args.all.len();
    if given > 4 {
        return Err(vm.type_error(&format!(
            "traceback() takes at most 4 arguments ({given} given)"
        )));
    }
    for (slot, v) in bound.iter_mut().zip(args.pos()) {
        *slot = v.clone();
    }
    let mut unknown = None;
    for (k, v) in args.kw() {
        let key = vm.str_lossy(k);
        match NAMES.iter().position(|n| *n == key) {
            Some(i) if bound[i].is_undefined() => bound[i] = v.clone(),
            Some(i) => {
                return Err(vm.type_error(&format!(
                    "argument for traceback() given by name ('{key}') and position ({})",
                    i + 1
                )));
            }
            None => unknown = Some(key),
        }
    }
    if let Some(i) = bound.iter().position(|b| b.is_undefined()) {
        return Err(vm.type_error(&format!(
            "traceback() missing required argument '{}' (pos {})",
            NAMES[i],
            i + 1
        )));
    }
    if let Some(key) = unknown {
        return Err(vm.type_error(&format!(
            "traceback() got an unexpected keyword argument '{key}'"
        )));
    }
    let [next, frame, lasti, lineno] = bound;
    if frame.cast::<FrameObj>().is_none() {
        let text = format!(
            "traceback() argument 'tb_frame' must be frame, not {}",
            vm.type_name(&frame)
        );
        return Err(vm.type_error(&text));
    }
    let lasti = c_int(vm, &lasti)?;
    let lineno = c_int(vm, &lineno)?;
    check_next(vm, &next, "traceback object or None")?;
    // Python counts as if instructions had two bytes.
    let index = if lasti < 0 { -1 } else { lasti as i64 / 2 };
    Ok(make(next, frame, index, lineno as i64))
}

fn c_int(vm: &mut Vm, r: &Ref) -> R<i32> {
    let n = vm.index(r)?;
    match n.as_i64().and_then(|n| i32::try_from(n).ok()) {
        Some(n) => Ok(n),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

/// A new traceback entry; `lineno` -1 takes the line from `lasti`. `next` is a traceback or None.
pub fn make(next: Ref, frame: Ref, lasti: i64, lineno: i64) -> Ref {
    Ref::new(TracebackObj {
        next: Guarded::new(next),
        frame,
        lasti,
        lineno: Cell::new(lineno),
    })
}

fn check_next(vm: &mut Vm, next: &Ref, expected: &str) -> R<()> {
    if !next.is_none() && next.cast::<TracebackObj>().is_none() {
        let text = format!("expected {expected}, got '{}'", vm.type_name(next));
        return Err(vm.type_error(&text));
    }
    Ok(())
}

/// The line number of an entry.
pub fn line(tb: &TracebackObj) -> Option<i64> {
    match tb.lineno.get() {
        -1 => {
            let code = &tb.frame.cast::<FrameObj>()?.code.cast::<CodeObj>()?.code;
            if tb.lasti < 0 {
                return Some(code.first_line as i64);
            }
            code.position(tb.lasti as u32).map(|p| p.line as i64)
        }
        n => Some(n),
    }
}

fn this(r: &Ref) -> Option<&TracebackObj> {
    r.cast::<TracebackObj>()
}

methods! { METHODS;
    "__dir__(self, /)" => |_, _| {
        Ok(new_list(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(new_str).to_vec()))
    }, "";
}

getset! { GETSET;
    "tb_next" => |_, r| Ok(this(r).map_or_else(Ref::none, |t| t.next.cloned())), set_next, "";
    "tb_frame" => |_, r| Ok(this(r).map_or_else(Ref::none, |t| t.frame.clone())), readonly, "";
    // Tools find the position by half of it (`co_positions()` has one entry an instruction).
    "tb_lasti" => |_, r| Ok(new_int(this(r).map_or(-1, |t| if t.lasti < 0 { -1 } else { t.lasti.saturating_mul(2) }))), readonly, "";
    "tb_lineno" => |_, r| Ok(this(r).and_then(line).map_or_else(Ref::none, new_int)), "";
}

fn readonly(vm: &mut Vm, _: &Ref, _: Option<Ref>) -> R<()> {
    let class = rt().types.attribute_error.clone();
    Err(vm.error(&class, "readonly attribute"))
}

fn set_next(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    let Some(v) = v else {
        return Err(vm.type_error("can't delete tb_next attribute"));
    };
    check_next(vm, &v, "traceback object")?;
    let mut at = v.clone();
    while let Some(t) = at.cast::<TracebackObj>() {
        if at.is(r) {
            return Err(vm.value_error("traceback loop detected"));
        }
        let next = t.next.cloned();
        at = next;
    }
    if let Some(t) = this(r) {
        t.next.set(v);
    }
    Ok(())
}
