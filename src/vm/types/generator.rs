//! `generator`, `coroutine`, `async_generator` and the awaitables around them, as Python code sees them. Driving them is in `interp/coro.rs`.

use super::spec::TypeSpec;
use crate::interp::coro::Step;
use crate::native::arg;
use crate::value::header::Kind;
use crate::value::*;
use crate::vm::{new_str, new_tuple};
use crate::{R, Vm, errors, getset, methods, trace};
use std::cell::Cell;

pub static GENERATOR: TypeSpec = TypeSpec {
    name: "generator",
    kind: Kind::Generator,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: GENERATOR_METHODS,
    getset: GENERATOR_GETSET,
    slots: |s| {
        s.repr.set(Some(gen_repr));
        s.iter.set(Some(|_, g| Ok(g.clone())));
        s.next.set(Some(gen_next));
        s.del.set(Some(|vm, g| {
            vm.finalize_generator(g);
            Ok(())
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static COROUTINE: TypeSpec = TypeSpec {
    name: "coroutine",
    kind: Kind::Coroutine,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: COROUTINE_METHODS,
    getset: COROUTINE_GETSET,
    slots: |s| {
        s.repr.set(Some(gen_repr));
        s.await_.set(Some(|_, c| {
            Ok(Ref::new(CoroutineWrapperObj {
                coroutine: c.clone(),
            }))
        }));
        s.del.set(Some(|vm, g| {
            vm.finalize_generator(g);
            Ok(())
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static COROUTINE_WRAPPER: TypeSpec = TypeSpec {
    name: "coroutine_wrapper",
    kind: Kind::CoroutineWrapper,
    exact: true,
    flags: type_flag::NO_NEW,
    doc: "The iterator that __await__() of a coroutine gives.",
    methods: WRAPPER_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, g| Ok(g.clone())));
        s.next.set(Some(|vm, w| {
            let c = wrapped(vm, w)?;
            let step = vm.gen_send(&c, Ref::none())?;
            next_of(vm, step)
        }));
    },
    ..TypeSpec::DEFAULT
};

pub static ASYNC_GENERATOR: TypeSpec = TypeSpec {
    name: "async_generator",
    kind: Kind::AsyncGenerator,
    exact: true,
    flags: type_flag::NO_NEW,
    methods: ASYNC_GENERATOR_METHODS,
    getset: ASYNC_GENERATOR_GETSET,
    slots: |s| {
        s.repr.set(Some(gen_repr));
        s.aiter.set(Some(|_, g| Ok(g.clone())));
        s.anext.set(Some(|vm, g| {
            new_step(vm, g, AsyncGenStepKind::Send, Ref::none())
        }));
        s.del.set(Some(|vm, g| {
            vm.finalize_generator(g);
            Ok(())
        }));
    },
    ..TypeSpec::DEFAULT
};

const STEP: TypeSpec = TypeSpec {
    kind: Kind::AsyncGenStep,
    flags: type_flag::NO_NEW,
    methods: STEP_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, g| Ok(g.clone())));
        s.await_.set(Some(|_, g| Ok(g.clone())));
        s.next.set(Some(|vm, g| {
            let step = step_send(vm, g, Ref::none())?;
            next_of(vm, step)
        }));
    },
    ..TypeSpec::DEFAULT
};
pub static ASYNC_GENERATOR_ASEND: TypeSpec = TypeSpec {
    name: "async_generator_asend",
    ..STEP
};
pub static ASYNC_GENERATOR_ATHROW: TypeSpec = TypeSpec {
    name: "async_generator_athrow",
    ..STEP
};

pub static ANEXT_AWAITABLE: TypeSpec = TypeSpec {
    name: "anext_awaitable",
    kind: Kind::Native,
    flags: type_flag::NO_NEW,
    methods: ANEXT_METHODS,
    slots: |s| {
        s.iter.set(Some(|_, g| Ok(g.clone())));
        s.await_.set(Some(|_, g| Ok(g.clone())));
        s.next.set(Some(|vm, g| {
            let step = anext_step(vm, g, |vm, it| vm.send_to(it, Ref::none()))?;
            next_of(vm, step)
        }));
    },
    ..TypeSpec::DEFAULT
};

/// `__next__`'s view of a step: a return is the end, its value remembered for the StopIteration.
fn next_of(vm: &mut Vm, step: Step) -> R<Option<Ref>> {
    match step {
        Step::Yield(v) | Step::AsyncYield(v) => Ok(Some(v)),
        Step::Return(v) => {
            if !v.is_none() {
                vm.stop_with(v);
                vm.stop = vm.take_exc();
            }
            Ok(None)
        }
    }
}

/// `send`'s and `throw`'s view: a return is a StopIteration.
fn result_of(vm: &mut Vm, step: Step) -> R<Ref> {
    match step {
        Step::Yield(v) | Step::AsyncYield(v) => Ok(v),
        Step::Return(v) => Err(vm.stop_with(v)),
    }
}

impl Vm {
    /// Raises StopIteration with a value, whatever that is (a tuple is not taken for arguments).
    pub fn stop_with(&mut self, value: Ref) -> crate::Raised {
        let class = rt().types.stop_iteration.clone();
        let args = if value.is_none() {
            vec![]
        } else {
            vec![value.clone()]
        };
        let exc = errors::new_exception(&class, args);
        errors::set_field(&exc, "value", value);
        self.raise(exc)
    }
    /// `anext(it, default)`.
    pub fn anext_awaitable(&mut self, awaitable: &Ref, default: &Ref) -> R<Ref> {
        let class = rt().types.anext_awaitable.clone();
        Ok(Ref::new_native(
            &class,
            Anext {
                awaitable: awaitable.clone(),
                default: default.clone(),
                iterator: Guarded::default(),
            },
        ))
    }
    /// A RuntimeWarning for a coroutine that dies without having run.
    pub(crate) fn warn_never_awaited(&mut self, coroutine: &Ref) {
        let name = coroutine
            .cast::<GeneratorObj>()
            .map(|g| g.qualname.cloned())
            .unwrap_or_default();
        let origin = coroutine
            .cast::<GeneratorObj>()
            .map(|g| g.extra.cloned())
            .unwrap_or_default();
        // The `warnings` module shows where the coroutine was made, if that is known.
        let _ = origin;
        match self.import("warnings") {
            Ok(w) => {
                let f = self.getattr_opt(&w, &intern("_warn_unawaited_coroutine"));
                if let Ok(Some(f)) = f {
                    if self.call(&f, std::slice::from_ref(coroutine)).is_err() {
                        let exc = self.take_exc();
                        self.unraisable(
                            &exc,
                            Some(coroutine),
                            "Exception ignored while finalizing coroutine",
                        );
                    }
                    return;
                }
                self.exc = None;
            }
            Err(_) => self.exc = None,
        }
        let text = format!("coroutine '{}' was never awaited", self.str_lossy(&name));
        let category = rt().types.runtime_warning.clone();
        if self.warn_about(&category, &text, 1, coroutine).is_err() {
            let exc = self.take_exc();
            self.unraisable(
                &exc,
                Some(coroutine),
                "Exception ignored while finalizing coroutine",
            );
        }
    }
    /// The same for `asend()`, `athrow()`, `aclose()` that nobody awaited.
    pub(crate) fn warn_step_never_awaited(&mut self, step: &AsyncGenStepObj) {
        let method = match step.what {
            AsyncGenStepKind::Send => "asend",
            AsyncGenStepKind::Throw => "athrow",
            AsyncGenStepKind::Close => "aclose",
        };
        let name = step
            .agen
            .cast::<GeneratorObj>()
            .map(|g| g.qualname.cloned())
            .unwrap_or_default();
        let text = format!(
            "coroutine method '{method}' of '{}' was never awaited",
            self.str_lossy(&name)
        );
        let category = rt().types.runtime_warning.clone();
        // The `warnings` module adds a line about where the object was allocated.
        if self.import("warnings").is_err() {
            self.exc = None;
        }
        let agen = step.agen.clone();
        if self.warn_about(&category, &text, 1, &agen).is_err() {
            let exc = self.take_exc();
            self.unraisable(
                &exc,
                Some(&agen),
                "Exception ignored while finalizing async generator",
            );
        }
    }
    /// Where a coroutine is being made, for `cr_origin`: a tuple of (file, line, function).
    pub(crate) fn coroutine_origin(&mut self) -> Ref {
        let mut out = Vec::new();
        for i in 0..self.origin_depth as usize {
            let Some(f) = self.frame_object(i) else { break };
            let Some(o) = f.cast::<FrameObj>() else { break };
            let lasti = self.frame_lasti(o);
            let Some(code) = o.code.cast::<CodeObj>() else {
                break;
            };
            let line = code
                .code
                .position(lasti)
                .map_or(code.code.first_line, |p| p.line);
            out.push(new_tuple(vec![
                code.filename.clone(),
                crate::vm::new_int(line as i64),
                code.name.clone(),
            ]));
        }
        new_tuple(out)
    }
}

fn generator<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a GeneratorObj> {
    match r.cast::<GeneratorObj>() {
        Some(g) => Ok(g),
        None => {
            let text = format!("expected a generator, got {}", vm.type_name(r));
            Err(vm.type_error(&text))
        }
    }
}

fn gen_repr(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let name = generator(vm, r)?.qualname.cloned();
    let kind = vm.type_name(r);
    Ok(new_str(&format!(
        "<{kind} object {} at {:#x}>",
        vm.str_lossy(&name),
        r.id()
    )))
}

fn gen_next(vm: &mut Vm, r: &Ref) -> R<Option<Ref>> {
    vm.gen_next(r)
}

fn gen_send(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let step = vm.gen_send(&a[0], a[1].clone())?;
    result_of(vm, step)
}

fn gen_throw(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let exc = thrown(vm, a)?;
    vm.throw_args = Some(a[1..].to_vec());
    let step = vm.gen_throw(&a[0], exc);
    vm.throw_args = None;
    let step = step?;
    result_of(vm, step)
}

/// The exception that `throw(type, value, traceback)` means.
fn thrown(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let typ = &a[1];
    if a.len() > 2 {
        let category = rt().types.deprecation_warning.clone();
        let name = "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.";
        vm.warn(&category, name, 1)?;
    }
    let none = Ref::none();
    let value = arg(a, 2).unwrap_or(&none);
    let tb = arg(a, 3).unwrap_or(&none);
    if !tb.is_none() && tb.cast::<TracebackObj>().is_none() {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exc = if typ.cast::<ExceptionObj>().is_some() {
        if !value.is_none() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        typ.clone()
    } else if typ
        .cast::<TypeObj>()
        .is_some_and(|t| t.is_subtype(&rt().types.base_exception))
    {
        if value.class().is_subtype(typ) {
            value.clone()
        } else if value.is_none() {
            vm.call(typ, &[])?
        } else if let Some(items) = value.tuple_items() {
            vm.call(typ, items)?
        } else {
            vm.call(typ, std::slice::from_ref(value))?
        }
    } else {
        let text = format!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            vm.type_name(typ)
        );
        return Err(vm.type_error(&text));
    };
    let Some(e) = exc.cast::<ExceptionObj>() else {
        let text = format!(
            "calling {} should have returned an instance of BaseException, not {}",
            vm.repr_text(typ)?,
            vm.repr_class(&exc)
        );
        return Err(vm.type_error(&text));
    };
    if !tb.is_none() {
        e.traceback.set(tb.clone());
    }
    Ok(exc)
}

methods! { GENERATOR_METHODS;
    "send(self, value, /)" => gen_send, "Resumes the generator; its yield expression gives the value.\n\nThe result is what it yields next. StopIteration is raised when it returns.";
    "throw(self, type, value=None, traceback=None, /)" => gen_throw, "Raises an exception in the generator, where it paused.\n\nThe result is what it yields next; what it does not catch comes out here.\nGive an exception alone; type, value and traceback apart is the old form.";
    "close(self, /)" => |vm, a| vm.gen_close(&a[0]), "Raises GeneratorExit in the generator, so that it ends. Gives the value it returned.\n\nRuntimeError is raised if it yields once more.";
    class "__class_getitem__(cls, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}
methods! { COROUTINE_METHODS;
    "send(self, value, /)" => gen_send, "Resumes the coroutine with the result of what it waited for.\n\nThe result is what it waits for next. StopIteration with the value is raised when it returns.";
    "throw(self, type, value=None, traceback=None, /)" => gen_throw, "Raises an exception in the coroutine, where it waits.\n\nThe result is what it waits for next; what it does not catch comes out here.\nGive an exception alone; type, value and traceback apart is the old form.";
    "close(self, /)" => |vm, a| vm.gen_close(&a[0]), "Raises GeneratorExit in the coroutine, so that it ends.\n\nRuntimeError is raised if it waits once more.";
    class "__class_getitem__(cls, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}
methods! { WRAPPER_METHODS;
    "send(self, value, /)" => |vm, a| {
        let c = wrapped(vm, &a[0])?;
        gen_send(vm, &[c, a[1].clone()])
    }, "Resumes the coroutine, as its own send() does.";
    "throw(self, type, value=None, traceback=None, /)" => |vm, a| {
        let mut all = a.to_vec();
        all[0] = wrapped(vm, &a[0])?;
        gen_throw(vm, &all)
    }, "Raises an exception in the coroutine, as its own throw() does.";
    "close(self, /)" => |vm, a| {
        let c = wrapped(vm, &a[0])?;
        vm.gen_close(&c)
    }, "Ends the coroutine, as its own close() does.";
}
fn wrapped(vm: &mut Vm, w: &Ref) -> R<Ref> {
    match w.cast::<CoroutineWrapperObj>() {
        Some(w) => Ok(w.coroutine.clone()),
        None => Err(vm.type_error("not a coroutine wrapper")),
    }
}

fn get_name(vm: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(generator(vm, r)?.name.cloned())
}
fn set_name(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) if v.is_str() => generator(vm, r)?.name.set(v),
        _ => return Err(vm.type_error("__name__ must be set to a string object")),
    }
    Ok(())
}
fn get_qualname(vm: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(generator(vm, r)?.qualname.cloned())
}
fn set_qualname(vm: &mut Vm, r: &Ref, v: Option<Ref>) -> R<()> {
    match v {
        Some(v) if v.is_str() => generator(vm, r)?.qualname.set(v),
        _ => return Err(vm.type_error("__qualname__ must be set to a string object")),
    }
    Ok(())
}
fn get_running(vm: &mut Vm, r: &Ref) -> R<Ref> {
    Ok(Ref::bool(generator(vm, r)?.is_running()))
}
fn get_suspended(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let g = generator(vm, r)?;
    Ok(Ref::bool(
        g.state.get() == GenState::Suspended && !g.is_running(),
    ))
}
fn get_frame(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let g = generator(vm, r)?;
    if g.state.get() == GenState::Done {
        return Ok(Ref::none());
    }
    let fp = g.regs();
    Ok(vm.frame_object_of(fp))
}
fn get_code(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let g = generator(vm, r)?;
    let f = g.function();
    Ok(match f.cast::<FunctionObj>() {
        Some(f) => f.code.cloned(),
        None => f,
    })
}
fn get_awaited(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let g = generator(vm, r)?;
    if g.state.get() == GenState::Running {
        return Ok(Ref::none());
    }
    Ok(g.awaited().unwrap_or_else(Ref::none))
}

getset! { GENERATOR_GETSET;
    "__name__" => get_name, set_name, "Its name, first of all that of the function.";
    "__qualname__" => get_qualname, set_qualname, "Its qualified name, first of all that of the function.";
    "gi_yieldfrom" => get_awaited, "The iterator that yield from waits for, or None.";
    "gi_running" => get_running, "";
    "gi_frame" => get_frame, "";
    "gi_suspended" => get_suspended, "";
    "gi_code" => get_code, "";
}
getset! { COROUTINE_GETSET;
    "__name__" => get_name, set_name, "Its name, first of all that of the function.";
    "__qualname__" => get_qualname, set_qualname, "Its qualified name, first of all that of the function.";
    "cr_await" => get_awaited, "What the coroutine waits for, or None.";
    "cr_running" => get_running, "";
    "cr_frame" => get_frame, "";
    "cr_suspended" => get_suspended, "";
    "cr_code" => get_code, "";
    "cr_origin" => |vm, r| {
        let o = generator(vm, r)?.extra.cloned();
        Ok(if o.is_undefined() { Ref::none() } else { o })
    }, super::descriptors::readonly, "";
}
getset! { ASYNC_GENERATOR_GETSET;
    "__name__" => get_name, set_name, "Its name, first of all that of the function.";
    "__qualname__" => get_qualname, set_qualname, "Its qualified name, first of all that of the function.";
    "ag_await" => get_awaited, "What the generator waits for, or None.";
    "ag_running" => |vm, r| Ok(Ref::bool(generator(vm, r)?.async_running.get())), "";
    "ag_frame" => get_frame, "";
    "ag_suspended" => get_suspended, "";
    "ag_code" => get_code, "";
}

methods! { ASYNC_GENERATOR_METHODS;
    "asend(self, value, /)" => |vm, a| new_step(vm, &a[0], AsyncGenStepKind::Send, a[1].clone()), "An awaitable that resumes the generator with a value and gives the item it yields next.\n\nStopAsyncIteration is raised by it when the generator returns.";
    "athrow(self, type=None, value=None, traceback=None, /)" => |vm, a| {
        if a.len() > 2 {
            let category = rt().types.deprecation_warning.clone();
            vm.warn(&category, "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.", 1)?;
        }
        new_step(vm, &a[0], AsyncGenStepKind::Throw, new_tuple(a[1..].to_vec()))
    }, "An awaitable that raises an exception in the generator and gives the item it yields next.\n\nGive an exception alone; type, value and traceback apart is the old form.";
    "aclose(self, /)" => |vm, a| new_step(vm, &a[0], AsyncGenStepKind::Close, Ref::UNDEFINED), "An awaitable that raises GeneratorExit in the generator, so that it ends.";
    class "__class_getitem__(cls, object, /)" => |vm, a| super::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn new_step(vm: &mut Vm, agen: &Ref, what: AsyncGenStepKind, args: Ref) -> R<Ref> {
    vm.init_async_gen_hooks(agen)?;
    let class = if what == AsyncGenStepKind::Send {
        &rt().types.async_generator_asend
    } else {
        &rt().types.async_generator_athrow
    };
    Ok(Ref::new_of(
        class,
        AsyncGenStepObj {
            agen: agen.clone(),
            args: Guarded::new(args),
            what,
            state: Cell::new(0),
        },
    ))
}

const BEGUN: u8 = 1;
const CLOSED: u8 = 2;

fn step_payload<'a>(vm: &mut Vm, r: &'a Ref) -> R<(&'a AsyncGenStepObj, &'a GeneratorObj)> {
    if let Some(s) = r.cast::<AsyncGenStepObj>()
        && let Some(g) = s.agen.cast::<GeneratorObj>()
    {
        return Ok((s, g));
    }
    Err(vm.type_error("not an awaitable of an async generator"))
}

fn step_reused(vm: &mut Vm, what: AsyncGenStepKind) -> crate::Raised {
    vm.runtime_error(match what {
        AsyncGenStepKind::Send => "cannot reuse already awaited __anext__()/asend()",
        _ => "cannot reuse already awaited aclose()/athrow()",
    })
}
fn already_running(vm: &mut Vm, what: AsyncGenStepKind) -> crate::Raised {
    vm.runtime_error(match what {
        AsyncGenStepKind::Send => "anext(): asynchronous generator is already running",
        AsyncGenStepKind::Throw => "athrow(): asynchronous generator is already running",
        AsyncGenStepKind::Close => "aclose(): asynchronous generator is already running",
    })
}

/// One step of `asend()`, `athrow()` or `aclose()` (PEP 525).
pub fn step_send(vm: &mut Vm, this: &Ref, sent: Ref) -> R<Step> {
    let (s, g) = step_payload(vm, this)?;
    if s.state.get() == CLOSED {
        return Err(step_reused(vm, s.what));
    }
    let mut value = sent;
    if s.state.get() == 0 {
        if g.async_running.get() {
            s.state.set(CLOSED);
            return Err(already_running(vm, s.what));
        }
        match s.what {
            AsyncGenStepKind::Send => {
                if value.is_none() {
                    value = s.args.cloned();
                }
            }
            _ => {
                if g.state.get() == GenState::Done {
                    s.state.set(CLOSED);
                    return Ok(Step::Return(Ref::none()));
                }
                if g.closed.get() {
                    s.state.set(CLOSED);
                    let class = rt().types.stop_async_iteration.clone();
                    return Err(vm.raise_new(&class, vec![]));
                }
                if !value.is_none() {
                    return Err(
                        vm.runtime_error("can't send non-None value to a just-started coroutine")
                    );
                }
                s.state.set(BEGUN);
                g.async_running.set(true);
                let exc = if s.what == AsyncGenStepKind::Close {
                    g.closed.set(true);
                    Ok(errors::new_exception(
                        &rt().types.generator_exit.clone(),
                        vec![],
                    ))
                } else {
                    let mut all = vec![this.clone()];
                    let args = s.args.cloned();
                    all.extend_from_slice(args.tuple_items().unwrap_or(&[]));
                    all.truncate(4);
                    thrown_quiet(vm, &all)
                };
                let r = match exc {
                    Ok(exc) => vm.gen_throw(&s.agen.clone(), exc),
                    Err(e) => Err(e),
                };
                return step_result(vm, this, r);
            }
        }
        s.state.set(BEGUN);
        g.async_running.set(true);
    }
    let agen = s.agen.clone();
    let r = vm.gen_send(&agen, value);
    step_result(vm, this, r)
}

/// As [`thrown`], the warning having been given by `athrow()` itself.
fn thrown_quiet(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if a.len() <= 2 {
        return thrown(vm, a);
    }
    let mut exc = thrown(vm, &a[..2]);
    if let (Some(value), Some(t)) = (arg(a, 2), a[1].cast::<TypeObj>())
        && !value.is_none()
        && t.is_subtype(&rt().types.base_exception)
    {
        exc = if value.class().is_subtype(&a[1]) {
            Ok(value.clone())
        } else if let Some(items) = value.tuple_items() {
            vm.call(&a[1], items)
        } else {
            vm.call(&a[1], std::slice::from_ref(value))
        };
    }
    if let (Ok(e), Some(tb)) = (&exc, arg(a, 3))
        && let Some(e) = e.cast::<ExceptionObj>()
        && !tb.is_none()
    {
        e.traceback.set(tb.clone());
    }
    exc
}

/// What a step of the async generator's body means for the awaitable.
fn step_result(vm: &mut Vm, this: &Ref, r: R<Step>) -> R<Step> {
    let (s, g) = step_payload(vm, this)?;
    let close = s.what == AsyncGenStepKind::Close;
    match r {
        Ok(Step::Yield(v)) => Ok(Step::Yield(v)),
        Ok(Step::AsyncYield(v)) => {
            g.async_running.set(false);
            s.state.set(CLOSED);
            if close {
                drop(v);
                return Err(vm.runtime_error("async generator ignored GeneratorExit"));
            }
            Ok(Step::Return(v))
        }
        Ok(Step::Return(_)) => {
            g.async_running.set(false);
            s.state.set(CLOSED);
            g.closed.set(true);
            if close {
                return Ok(Step::Return(Ref::none()));
            }
            let class = rt().types.stop_async_iteration.clone();
            Err(vm.raise_new(&class, vec![]))
        }
        Err(e) => {
            g.async_running.set(false);
            s.state.set(CLOSED);
            let stop = vm.exc_is(&rt().types.stop_async_iteration)
                || vm.exc_is(&rt().types.generator_exit);
            if stop {
                g.closed.set(true);
                if close {
                    drop(vm.take_exc());
                    return Ok(Step::Return(Ref::none()));
                }
            }
            Err(e)
        }
    }
}

/// `throw()` of `asend()`, `athrow()`, `aclose()` awaitables.
pub fn step_throw(vm: &mut Vm, this: &Ref, exc: Ref) -> R<Step> {
    let (s, g) = step_payload(vm, this)?;
    if s.state.get() == CLOSED {
        return Err(step_reused(vm, s.what));
    }
    if s.state.get() == 0 {
        if g.async_running.get() {
            s.state.set(CLOSED);
            return Err(already_running(vm, s.what));
        }
        s.state.set(BEGUN);
        g.async_running.set(true);
    }
    let agen = s.agen.clone();
    let r = vm.gen_throw(&agen, exc);
    step_result(vm, this, r)
}

methods! { STEP_METHODS;
    "send(self, value, /)" => |vm, a| {
        let step = step_send(vm, &a[0], a[1].clone())?;
        result_of(vm, step)
    }, "Goes on with the step; None is what to begin with.";
    "throw(self, type, value=None, traceback=None, /)" => |vm, a| {
        let exc = thrown(vm, a)?;
        let step = step_throw(vm, &a[0], exc)?;
        result_of(vm, step)
    }, "Lets the step go on with an exception.";
    "close(self, /)" => |vm, a| {
        let (s, _) = step_payload(vm, &a[0])?;
        if s.state.get() == CLOSED {
            return Ok(Ref::none());
        }
        let class = rt().types.generator_exit.clone();
        let exc = errors::new_exception(&class, vec![]);
        match step_throw(vm, &a[0], exc) {
            Ok(Step::Return(_)) => Ok(Ref::none()),
            Ok(_) => Err(vm.runtime_error("coroutine ignored GeneratorExit")),
            Err(e) => {
                let t = &rt().types;
                if vm.exc_is(&t.stop_iteration) || vm.exc_is(&t.stop_async_iteration) || vm.exc_is(&t.generator_exit) {
                    drop(vm.take_exc());
                    return Ok(Ref::none());
                }
                Err(e)
            }
        }
    }, "Gives the step up.";
}

/// `anext(it, default)`: StopAsyncIteration becomes the default.
struct Anext {
    awaitable: Ref,
    default: Ref,
    iterator: Guarded<Ref>,
}
trace!(Anext; awaitable, default, iterator);
impl NativePayload for Anext {}

fn anext_step(vm: &mut Vm, this: &Ref, f: impl FnOnce(&mut Vm, &Ref) -> R<Step>) -> R<Step> {
    let Some(a) = this.native::<Anext>() else {
        return Err(vm.type_error("not an anext awaitable"));
    };
    let mut it = a.iterator.cloned();
    if it.is_undefined() {
        it = vm.get_awaitable(&a.awaitable, 0)?;
        a.iterator.set(it.clone());
    }
    match f(vm, &it) {
        Err(_) if vm.exc_is(&rt().types.stop_async_iteration) => {
            drop(vm.take_exc());
            Ok(Step::Return(a.default.clone()))
        }
        r => r,
    }
}

methods! { ANEXT_METHODS;
    "send(self, value, /)" => |vm, a| {
        let v = a[1].clone();
        let step = anext_step(vm, &a[0], |vm, it| vm.send_to(it, v))?;
        result_of(vm, step)
    }, "send(value) -> send 'value' into the wrapped iterator.";
    "throw(self, type, value=None, traceback=None, /)" => |vm, a| {
        let exc = thrown(vm, a)?;
        let step = anext_step(vm, &a[0], |vm, it| {
            if it.cast::<GeneratorObj>().is_some() {
                return vm.gen_throw(it, exc);
            }
            if it.cast::<AsyncGenStepObj>().is_some() {
                return step_throw(vm, it, exc);
            }
            let r = vm.call_method(it, "throw", &[exc]);
            vm.step_from(r)
        })?;
        result_of(vm, step)
    }, "throw(typ[,val[,tb]]) -> raise exception in the wrapped iterator.";
    "close(self, /)" => |vm, a| {
        let Some(x) = a[0].native::<Anext>() else { return Ok(Ref::none()) };
        let mut it = x.iterator.cloned();
        if it.is_undefined() {
            it = vm.get_awaitable(&x.awaitable, 0)?;
        }
        vm.call_method(&it, "close", &[])
    }, "close() -> raise GeneratorExit inside the wrapped iterator.";
}
