//! `frame` objects as Python code sees them, and the proxy that `f_locals` is (PEP 667).

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_int, new_list, new_str, new_tuple};
use crate::{R, Vm, getset, methods, trace};
use taipan_bytecode::flags as co;

pub static FRAME: TypeSpec = TypeSpec {
    name: "frame",
    kind: Kind::Frame,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: METHODS,
    getset: GETSET,
    slots: |s| s.repr.set(Some(frame_repr)),
    ..TypeSpec::DEFAULT
};

pub static FRAME_LOCALS_PROXY: TypeSpec = TypeSpec {
    name: "FrameLocalsProxy",
    kind: Kind::Native,
    flags: type_flag::MAPPING | type_flag::NO_NEW,
    methods: PROXY_METHODS,
    slots: |s| {
        s.getitem.set(Some(proxy_get));
        s.setitem.set(Some(proxy_set));
        s.len.set(Some(|vm, p| Ok(proxy_items(vm, p)?.len())));
        s.iter.set(Some(|vm, p| {
            let names = proxy_items(vm, p)?.into_iter().map(|i| i.0).collect();
            vm.iter(&new_list(names))
        }));
        s.contains.set(Some(|vm, p, k| {
            let d = proxy_dict(vm, p)?;
            vm.contains(&d, k)
        }));
        s.repr.set(Some(|vm, p| {
            let d = proxy_dict(vm, p)?;
            vm.repr(&d)
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            let d = proxy_dict(vm, a)?;
            let other = if b.native::<Proxy>().is_some() {
                proxy_dict(vm, b)?
            } else {
                b.clone()
            };
            vm.compare(&d, &other, op)
        }));
    },
    ..TypeSpec::DEFAULT
};

struct Proxy {
    frame: Ref,
}
trace!(Proxy; frame);
impl NativePayload for Proxy {}

fn frame<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a FrameObj> {
    match r.cast::<FrameObj>() {
        Some(f) => Ok(f),
        None => Err(vm.type_error("not a frame")),
    }
}
fn code(f: &FrameObj) -> &CodeObj {
    match f.code.cast::<CodeObj>() {
        Some(c) => c,
        None => std::process::abort(),
    }
}

impl Vm {
    /// The line a frame is at.
    pub fn frame_line(&self, f: &FrameObj) -> i64 {
        let c = code(f);
        let g = f.generator.get();
        if !g.is_undefined()
            && g.to_ref()
                .cast::<GeneratorObj>()
                .is_some_and(|g| g.state.get() == GenState::Created)
        {
            return c.code.first_line as i64;
        }
        let lasti = self.frame_lasti(f);
        c.code
            .position(lasti)
            .map_or(c.code.first_line as i64, |p| p.line as i64)
    }
    /// Names and values of the variables of a frame, live or not.
    pub fn frame_items(&self, f: &FrameObj) -> Vec<(Ref, Ref)> {
        let fp = f.fp.get();
        if !fp.is_null() {
            return self.live_variables(fp);
        }
        let c = code(f);
        let saved = f.saved.get(self);
        let mut out = Vec::new();
        for (name, value) in c.varnames.iter().zip(saved) {
            let v = match value.cast::<CellObj>() {
                Some(cell) => cell.value.cloned(),
                None => value.clone(),
            };
            if !v.is_undefined() {
                out.push((name.clone(), v));
            }
        }
        if let Some(func) = f.func.cast::<FunctionObj>() {
            for (name, cell) in c.code.freevars.iter().zip(func.closure.iter()) {
                if let Some(cell) = cell.cast::<CellObj>() {
                    let v = cell.value.cloned();
                    if !v.is_undefined() {
                        out.push((intern(name), v));
                    }
                }
            }
        }
        out
    }
    /// Names of a frame's variables, for suggestions.
    pub fn frame_locals_names(&self, f: &FrameObj) -> Vec<String> {
        if code(f).flags & co::NAMESPACE != 0 {
            return vec![];
        }
        self.frame_items(f)
            .iter()
            .map(|(n, _)| self.str_lossy(n))
            .collect()
    }
    /// `f_locals`.
    pub fn frame_locals(&mut self, r: &Ref) -> R<Ref> {
        let f = frame(self, r)?;
        if code(f).flags & co::NAMESPACE != 0 {
            return Ok(self.frame_namespace(f));
        }
        let class = rt().types.frame_locals_proxy.clone();
        Ok(Ref::new_native(&class, Proxy { frame: r.clone() }))
    }
}

fn frame_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let f = frame(vm, r)?;
    let c = code(f);
    let file = vm.repr_text(&c.filename.clone())?;
    Ok(new_str(&format!(
        "<frame at {:#x}, file {file}, line {}, code {}>",
        r.id(),
        vm.frame_line(f),
        vm.str_lossy(&c.name)
    )))
}

getset! { GETSET;
    "f_back" => |vm, r| {
        let f = frame(vm, r)?;
        Ok(vm.frame_back(f))
    }, "";
    "f_code" => |vm, r| Ok(frame(vm, r)?.code.clone()), "The code that the frame runs.";
    "f_globals" => |vm, r| Ok(frame(vm, r)?.globals.clone()), "Return the global variables used by this frame.";
    "f_builtins" => |vm, r| Ok(frame(vm, r)?.builtins.clone()), "The dict of builtin names that the frame sees.";
    "f_locals" => |vm, r| vm.frame_locals(r), "A mapping of the local names, through which variables of functions can be set too.";
    "f_lineno" => |vm, r| { let f = frame(vm, r)?; Ok(new_int(vm.frame_line(f))) }, "The line that is running.";
    "f_lasti" => |vm, r| { let f = frame(vm, r)?; Ok(new_int(vm.frame_lasti(f) as i64 * 2)) }, "The place of the last instruction.";
    "f_generator" => |vm, r| {
        let g = frame(vm, r)?.generator.get();
        Ok(if g.is_undefined() { Ref::none() } else { g.to_ref() })
    }, "The generator or coroutine that the frame is of, or None.";
    "f_trace" => |vm, r| Ok(frame(vm, r)?.trace.cloned()), set_trace, "Called at each line or other event that is traced, or None.";
    "f_trace_lines" => |vm, r| Ok(Ref::bool(frame(vm, r)?.trace_lines.get())), set_trace_lines, "";
    "f_trace_opcodes" => |vm, r| Ok(Ref::bool(frame(vm, r)?.trace_opcodes.get())), set_trace_opcodes, "Whether each instruction is an event.";
}
fn set_trace(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    frame(vm, r)?.trace.set(v.unwrap_or_else(Ref::none));
    Ok(())
}
fn set_trace_lines(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    frame(vm, r)?
        .trace_lines
        .set(v.is_some_and(|v| v.is_true()));
    Ok(())
}
fn set_trace_opcodes(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    frame(vm, r)?
        .trace_opcodes
        .set(v.is_some_and(|v| v.is_true()));
    Ok(())
}

methods! { METHODS;
    "clear(self, /)" => |vm, a| {
        let f = frame(vm, &a[0])?;
        if !f.fp.get().is_null() {
            let g = f.generator.get();
            if g.is_undefined() {
                return Err(vm.runtime_error("cannot clear an executing frame"));
            }
            let g = g.to_ref();
            if g.cast::<GeneratorObj>().is_some_and(|g| g.is_running()) {
                return Err(vm.runtime_error("cannot clear an executing frame"));
            }
            if g.cast::<GeneratorObj>().is_some_and(|g| g.state.get() == GenState::Suspended) {
                return Err(vm.runtime_error("cannot clear a suspended frame"));
            }
            let fresh_coroutine = g.shape().is_some_and(|s| s.kind == Kind::Coroutine)
                && g.cast::<GeneratorObj>().is_some_and(|g| g.state.get() == GenState::Created);
            if fresh_coroutine {
                vm.warn_never_awaited(&g);
            }
            vm.gen_close(&g)?;
            f.saved.set(vec![]);
            return Ok(Ref::none());
        }
        f.saved.set(vec![]);
        f.trace.set(Ref::none());
        Ok(Ref::none())
    }, "Lets go of everything the local variables hold.\n\nRuntimeError is raised for a frame that runs or is paused.";
}

fn proxy_frame(vm: &mut Vm, p: &Ref) -> R<Ref> {
    match p.native::<Proxy>() {
        Some(p) => Ok(p.frame.clone()),
        None => Err(vm.type_error("not a frame's locals")),
    }
}
fn proxy_items(vm: &mut Vm, p: &Ref) -> R<Vec<(Ref, Ref)>> {
    let r = proxy_frame(vm, p)?;
    let f = frame(vm, &r)?;
    let mut items = vm.frame_items(f);
    if let Some(extra) = f.extra.cloned().cast::<DictObj>() {
        items.extend(extra.items());
    }
    Ok(items)
}
fn proxy_dict(vm: &mut Vm, p: &Ref) -> R<Ref> {
    let d = DictObj::new_dict();
    for (k, v) in proxy_items(vm, p)? {
        if let Some(d) = d.cast::<DictObj>() {
            d.set(vm, &k, v)?;
        }
    }
    Ok(d)
}
fn proxy_get(vm: &mut Vm, p: &Ref, k: &Ref) -> R<Ref> {
    let d = proxy_dict(vm, p)?;
    vm.getitem(&d, k)
}
fn proxy_set(vm: &mut Vm, p: &Ref, k: &Ref, v: Option<Ref>) -> R<()> {
    let r = proxy_frame(vm, p)?;
    let Some(v) = v else {
        return Err(vm.value_error("cannot remove variables from FrameLocalsProxy"));
    };
    let f = frame(vm, &r)?;
    if k.is_str() && vm.set_frame_variable(f, k, v.clone()) {
        return Ok(());
    }
    if f.extra.with_raw(|e| e.is_undefined()) {
        f.extra.set(DictObj::new_dict());
    }
    let extra = f.extra.cloned();
    match extra.cast::<DictObj>() {
        Some(d) => d.set(vm, k, v),
        None => Ok(()),
    }
}

methods! { PROXY_METHODS;
    "keys(self, /)" => |vm, a| Ok(new_list(proxy_items(vm, &a[0])?.into_iter().map(|i| i.0).collect())), "";
    "values(self, /)" => |vm, a| Ok(new_list(proxy_items(vm, &a[0])?.into_iter().map(|i| i.1).collect())), "";
    "items(self, /)" => |vm, a| Ok(new_list(proxy_items(vm, &a[0])?.into_iter().map(|(k, v)| new_tuple(vec![k, v])).collect())), "";
    "copy(self, /)" => |vm, a| proxy_dict(vm, &a[0]), "";
    "get(self, key, default=None, /)" => |vm, a| {
        let d = proxy_dict(vm, &a[0])?;
        let found = match d.cast::<DictObj>() {
            Some(d) => d.get(vm, &a[1])?,
            None => None,
        };
        Ok(found.or_else(|| a.get(2).cloned()).unwrap_or_else(Ref::none))
    }, "";
    "setdefault(self, key, default=None, /)" => |vm, a| {
        let d = proxy_dict(vm, &a[0])?;
        let found = match d.cast::<DictObj>() {
            Some(d) => d.get(vm, &a[1])?,
            None => None,
        };
        if let Some(v) = found {
            return Ok(v);
        }
        let v = a.get(2).cloned().unwrap_or_else(Ref::none);
        proxy_set(vm, &a[0], &a[1], Some(v.clone()))?;
        Ok(v)
    }, "";
    "update(self, other, /)" => |vm, a| {
        let dict = rt().types.dict.clone();
        let d = vm.call(&dict, &a[1..2])?;
        for (k, v) in d.cast::<DictObj>().map(|d| d.items()).unwrap_or_default() {
            proxy_set(vm, &a[0], &k, Some(v))?;
        }
        Ok(Ref::none())
    }, "";
    "pop(self, key, default=None, /)" => |vm, a| {
        let r = proxy_frame(vm, &a[0])?;
        let f = frame(vm, &r)?;
        if vm.frame_items(f).iter().any(|(k, _)| k.is(&a[1])) {
            return Err(vm.value_error("cannot remove local variables from FrameLocalsProxy"));
        }
        let extra = f.extra.cloned();
        let found = match extra.cast::<DictObj>() {
            Some(d) => d.remove(vm, &a[1])?,
            None => None,
        };
        match found.map(|p| p.1).or_else(|| a.get(2).cloned()) {
            Some(v) => Ok(v),
            None => Err(vm.key_error(&a[1])),
        }
    }, "";
}
