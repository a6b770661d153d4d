//! The state of one thread of execution.

use crate::host::Host;
use crate::interp::stack::Stack;
use crate::value::*;
use crate::{R, errors};
use std::rc::Rc;
use taipan_bytecode::{Code, Instr};

/// A Python exception is on its way; it is in [`Vm::exc`].
#[derive(Debug, Clone, Copy)]
pub struct Raised;

/// Compiles source text: the VM's only way to the compiler. Errors come back raised.
pub type CompileFn = fn(&mut Vm, &CompileRequest) -> R<std::sync::Arc<Code>>;

/// What to compile, as `compile()` gets it.
pub struct CompileRequest<'a> {
    pub source: &'a [u8],
    /// Whether `source` came from a str (no encoding cookie).
    pub is_text: bool,
    pub filename: &'a str,
    /// `exec`, `eval` or `single`.
    pub mode: &'a str,
    pub flags: u32,
    pub optimize: i32,
}

pub struct Vm {
    // The running frame; kept up to date when the loop calls out.
    pub(crate) fp: *mut Value,
    pub(crate) pc: *const Instr,
    pub(crate) stack: Stack,
    /// The exception on its way, when a function has returned `Err`.
    pub(crate) exc: Option<Ref>,
    /// The exception being handled (`sys.exception()`), or None.
    pub(crate) handled: Ref,
    /// Python frames on the stack.
    pub(crate) depth: u32,
    pub recursion_limit: u32,
    /// How far the native stack may grow down.
    pub(crate) native_limit: usize,
    /// Frame objects of running frames, innermost last.
    pub(crate) frame_objs: Vec<crate::interp::frame::Attached>,
    /// Frames entered from Rust, with the instruction that the frame outside of them was at.
    pub(crate) entries: Vec<(*mut Value, *const Instr)>,
    /// How the loop was left, and with what.
    pub(crate) exit: crate::interp::Exit,
    pub(crate) result: Value,
    pub(crate) finalizing: bool,
    /// What the instruction that a suspended frame goes on with gets sent; None otherwise.
    pub(crate) sent: Ref,
    /// The StopIteration that the last `next` took for the end, if it has a value or came from Python code; else None.
    pub(crate) stop: Ref,
    /// The arguments of the `throw` call being carried out.
    pub(crate) throw_args: Option<Vec<Ref>>,
    /// Runs Python's handlers of signals that have arrived.
    pub signal_hook: Option<fn(&mut Vm) -> R<()>>,
    pub compile: Option<CompileFn>,
    pub host: Rc<dyn Host>,
    pub sys: Ref,
    pub builtins: Ref,
    /// `sys.modules`.
    pub modules: Ref,
    pub(crate) asyncgen_first: Ref,
    pub(crate) asyncgen_final: Ref,
    pub(crate) origin_depth: u32,
    pub(crate) trace_fn: Ref,
    pub(crate) profile_fn: Ref,
    pub int_max_str_digits: usize,
    pub optimize: i32,
    /// Containers that are being shown.
    pub(crate) repr_active: hashbrown::HashSet<u64>,
    /// State of native modules.
    pub lib: crate::modules::State,
}

impl Vm {
    /// Raises an instance of a builtin exception class with one message.
    pub fn error(&mut self, class: &Ref, message: &str) -> Raised {
        let text = StrObj::make(message.as_bytes());
        self.raise_new(class, vec![text])
    }
    /// Raises `class(*args)` for a builtin exception class.
    pub fn raise_new(&mut self, class: &Ref, args: Vec<Ref>) -> Raised {
        let exc = errors::new_exception(class, args);
        self.raise(exc)
    }
    pub fn type_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.type_error, message)
    }
    pub fn value_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.value_error, message)
    }
    pub fn index_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.index_error, message)
    }
    pub fn key_error(&mut self, key: &Ref) -> Raised {
        self.raise_new(&rt().types.key_error, vec![key.clone()])
    }
    pub fn overflow_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.overflow_error, message)
    }
    pub fn zero_division(&mut self, message: &str) -> Raised {
        self.error(&rt().types.zero_division_error, message)
    }
    pub fn runtime_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.runtime_error, message)
    }
    pub fn system_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.system_error, message)
    }
    pub fn recursion_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.recursion_error, message)
    }
    pub fn memory_error(&mut self) -> Raised {
        self.raise_new(&rt().types.memory_error, vec![])
    }
    pub fn buffer_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.buffer_error, message)
    }
    pub fn not_implemented_error(&mut self, message: &str) -> Raised {
        self.error(&rt().types.not_implemented_error, message)
    }
    pub fn stop_iteration(&mut self, value: Ref) -> Raised {
        let args = if value.is_none() { vec![] } else { vec![value] };
        self.raise_new(&rt().types.stop_iteration, args)
    }
    /// "'X' object has no attribute 'name'", with `name` and `obj` for suggestions.
    pub fn attribute_error(&mut self, obj: &Ref, name: &Ref) -> Raised {
        let text = match obj.cast::<TypeObj>() {
            Some(t) => format!(
                "type object '{}' has no attribute '{}'",
                self.class_name(t),
                self.str_lossy(name)
            ),
            None => match obj.cast::<ModuleObj>() {
                Some(_) => self.module_attribute_message(obj, name),
                None => format!(
                    "'{}' object has no attribute '{}'",
                    self.class_name(obj.class()),
                    self.str_lossy(name)
                ),
            },
        };
        self.attribute_error_text(&text, obj, name)
    }
    pub fn attribute_error_text(&mut self, text: &str, obj: &Ref, name: &Ref) -> Raised {
        let exc = errors::new_exception(
            &rt().types.attribute_error,
            vec![StrObj::make(text.as_bytes())],
        );
        errors::set_field(&exc, "name", name.clone());
        errors::set_field(&exc, "obj", obj.clone());
        self.raise(exc)
    }
    /// NameError "name 'x' is not defined".
    pub fn name_error(&mut self, name: &Ref) -> Raised {
        let text = format!("name '{}' is not defined", self.str_lossy(name));
        let exc =
            errors::new_exception(&rt().types.name_error, vec![StrObj::make(text.as_bytes())]);
        errors::set_field(&exc, "name", name.clone());
        self.raise(exc)
    }

    /// Takes the exception that the last `Err` left.
    pub fn take_exc(&mut self) -> Ref {
        self.exc.take().unwrap_or_else(|| {
            errors::new_exception(
                &rt().types.system_error,
                vec![StrObj::make(b"error return without exception set")],
            )
        })
    }
    /// Whether the exception on its way is an instance of the class.
    pub fn exc_is(&self, class: &Ref) -> bool {
        self.exc
            .as_ref()
            .is_some_and(|e| e.class().is_subtype(class))
    }
    /// Turns `Err` into `Ok(None)` if the exception is of that class.
    pub fn catch<T>(&mut self, r: R<T>, class: &Ref) -> R<Option<T>> {
        match r {
            Ok(t) => Ok(Some(t)),
            Err(e) => {
                if self.exc_is(class) {
                    self.exc = None;
                    Ok(None)
                } else {
                    Err(e)
                }
            }
        }
    }

    /// Runs `f` while an exception is on its way, which stays as it is; what `f` raises is lost.
    pub fn aside<T>(&mut self, f: impl FnOnce(&mut Vm) -> R<T>) -> Option<T> {
        let saved = self.exc.take();
        let done = f(self).ok();
        self.exc = saved;
        done
    }

    /// The text of a str with lone surrogates replaced; for messages.
    pub fn str_lossy(&self, s: &Ref) -> String {
        s.cast::<StrObj>()
            .map_or_else(|| "?".into(), |s| s.lossy().into_owned())
    }
    /// The name of a class in messages: native classes outside of `builtins` are named with their module.
    pub fn class_name(&self, t: &TypeObj) -> String {
        let name = self.str_lossy(t.name.get(self));
        if !t.has_flag(type_flag::HEAP)
            && let Some(module) = t.namespace().get_name("__module__")
            && module.is_str()
        {
            return format!("{}.{name}", self.str_lossy(&module));
        }
        name
    }
    /// The class name of a value, for messages.
    pub fn type_name(&self, r: &Ref) -> String {
        self.class_name(r.class())
    }

    /// Raises RecursionError if native calls have nested too deep. Call it in every recursion over Python data.
    #[inline]
    pub fn check_native_stack(&mut self) -> R<()> {
        let here = &() as *const () as usize;
        let probe = 0u8;
        let here = here
            .min(&probe as *const u8 as usize)
            .max(&probe as *const u8 as usize);
        if here < self.native_limit {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        Ok(())
    }
    /// Runs `f` one level of native recursion deeper.
    #[inline]
    pub fn nested<T>(&mut self, f: impl FnOnce(&mut Vm) -> R<T>) -> R<T> {
        self.check_native_stack()?;
        f(self)
    }
}

/// A new str.
pub fn new_str(s: &str) -> Ref {
    StrObj::make(s.as_bytes())
}
/// A new str from WTF-8.
pub fn new_wtf8(s: &[u8]) -> Ref {
    StrObj::make(s)
}
pub fn new_list(items: Vec<Ref>) -> Ref {
    Ref::new(ListObj {
        items: Guarded::new(items),
    })
}
pub fn new_tuple(items: Vec<Ref>) -> Ref {
    TupleObj::make(items.into_iter())
}
pub fn new_bytes(b: &[u8]) -> Ref {
    BytesObj::make(b)
}
pub fn new_int(i: i64) -> Ref {
    match Value::small_int(i) {
        Some(v) => Ref::from_value(v),
        None => Ref::new(IntObj(i.into())),
    }
}
pub fn new_usize(i: usize) -> Ref {
    new_bigint(i.into())
}
/// An int of any size, as a word if it fits.
pub fn new_bigint(i: num_bigint::BigInt) -> Ref {
    match i64::try_from(&i).ok().and_then(Value::small_int) {
        Some(v) => Ref::from_value(v),
        None => Ref::new(IntObj(i)),
    }
}
pub fn new_float(f: f64) -> Ref {
    match Value::small_float(f) {
        Some(v) => Ref::from_value(v),
        None => Ref::new(FloatObj(f)),
    }
}
pub fn new_complex(re: f64, im: f64) -> Ref {
    Ref::new(ComplexObj { re, im })
}

impl ListObj {
    pub fn len(&self) -> usize {
        self.peek().len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn at(&self, i: usize) -> Option<Ref> {
        self.peek().get(i).cloned()
    }
    pub fn push(&self, r: Ref) {
        self.with(|v| v.push(r))
    }
    pub fn to_vec(&self) -> Vec<Ref> {
        self.items.cloned()
    }
}
impl Ref {
    /// The text of a str; panics never, empty if it isn't one. For values known to be str.
    pub fn str_obj(&self) -> &StrObj {
        match self.cast::<StrObj>() {
            Some(s) => s,
            None => rt()
                .types
                .empty_str
                .cast::<StrObj>()
                .unwrap_or_else(|| std::process::abort()),
        }
    }
    pub fn is_str(&self) -> bool {
        self.cast::<StrObj>().is_some()
    }
    /// A float or an instance of a subclass.
    pub fn as_float(&self) -> Option<f64> {
        if self.value().is_float() {
            Some(self.value().float())
        } else {
            self.cast::<FloatObj>().map(|f| f.0)
        }
    }
    /// An int (bool and subclasses included) that fits i64.
    pub fn as_i64(&self) -> Option<i64> {
        let v = self.value();
        if v.is_int() {
            Some(v.int())
        } else if v.is_bool() {
            Some(self.is_true() as i64)
        } else {
            i64::try_from(&self.cast::<IntObj>()?.0).ok()
        }
    }
    /// An int (bool and subclasses included) of any size.
    pub fn as_bigint(&self) -> Option<num_bigint::BigInt> {
        let v = self.value();
        if v.is_int() {
            Some(v.int().into())
        } else if v.is_bool() {
            Some((self.is_true() as i64).into())
        } else {
            Some(self.cast::<IntObj>()?.0.clone())
        }
    }
    /// int, bool or a subclass.
    pub fn is_int(&self) -> bool {
        let v = self.value();
        v.is_int() || v.is_bool() || self.cast::<IntObj>().is_some()
    }
    pub fn is_float(&self) -> bool {
        self.value().is_float() || self.cast::<FloatObj>().is_some()
    }
    /// The items of a tuple or a subclass.
    pub fn tuple_items(&self) -> Option<&[Ref]> {
        self.cast::<TupleObj>().map(|t| t.items())
    }
}
