//! Exceptions: making and raising them.
//!
//! [`classes`] has the table of classes and the simple ones, [`fields`] says where extra attributes are kept, [`groups`],
//! [`oserror`], [`syntax`] and [`unicode`] are the families with rules of their own. The text of an exception is made by [`traceback`],
//! with `frames` and `anchors` (source lines and the marks beneath), `suggestions`, and [`source`] (where lines come from);
//! [`report`] prints what nobody handles. [`warnings`] are exceptions that are mostly only shown.

mod anchors;
pub mod classes;
pub mod fields;
mod frames;
pub mod groups;
mod keyword_typos;
pub mod oserror;
pub mod report;
pub mod source;
mod suggestions;
pub mod syntax;
pub mod traceback;
pub mod unicode;
pub mod warnings;

use crate::value::*;
use crate::{Raised, Vm};
use std::cell::Cell;

/// A new instance of an exception class, without running Python code. Fields are set from the arguments as the class's
/// `__init__` would do.
pub fn new_exception(class: &Ref, args: Vec<Ref>) -> Ref {
    let exc = Ref::new_of(class, empty_payload(Ref::UNDEFINED));
    classes::init_fields(&exc, &args);
    if let Some(e) = exc.cast::<ExceptionObj>()
        && e.args.with_raw(|a| a.is_undefined())
    {
        e.args.set(TupleObj::make(args.into_iter()));
    }
    exc
}

/// The payload of an exception with these arguments (a tuple).
pub fn empty_payload(args: Ref) -> ExceptionObj {
    ExceptionObj {
        args: Guarded::new(args),
        traceback: Guarded::new(Ref::none()),
        context: Guarded::new(Ref::none()),
        cause: Guarded::new(Ref::none()),
        suppress_context: Cell::new(false),
        fields: Guarded::new(Vec::new()),
    }
}

/// Sets one of the extra attributes of a builtin exception class (`StopIteration.value` ...).
pub fn set_field(exc: &Ref, name: &str, value: Ref) {
    if let Some(i) = fields::index_of(name) {
        fields::set(exc, i, value);
    }
}

/// One of the extra attributes; None if it is not set.
pub fn get_field(exc: &Ref, name: &str) -> Ref {
    fields::index_of(name).map_or_else(Ref::none, |i| fields::get(exc, i))
}

impl Vm {
    /// Raises an exception object; what is being handled becomes its context.
    pub fn raise(&mut self, exc: Ref) -> Raised {
        let handled = self.current_handled();
        if !handled.is_none() && !handled.is(&exc) {
            self.set_context(&exc, &handled);
        }
        self.exc = Some(exc);
        Raised
    }
    /// Raises again without touching the context.
    pub fn reraise(&mut self, exc: Ref) -> Raised {
        self.exc = Some(exc);
        Raised
    }
    /// `exc.__context__ = context`, cutting a cycle that this would close.
    fn set_context(&mut self, exc: &Ref, context: &Ref) {
        let mut slow = context.clone();
        let mut fast_turn = false;
        let mut o = context.clone();
        loop {
            let Some(next) = o.cast::<ExceptionObj>().map(|e| e.context.cloned()) else {
                break;
            };
            if next.is_none() || next.is(&slow) && fast_turn {
                break;
            }
            if next.is(exc) {
                if let Some(e) = o.cast::<ExceptionObj>() {
                    e.context.set(Ref::none());
                }
                break;
            }
            o = next;
            if fast_turn && let Some(n) = slow.cast::<ExceptionObj>().map(|e| e.context.cloned()) {
                slow = n;
            }
            fast_turn = !fast_turn;
        }
        if let Some(e) = exc.cast::<ExceptionObj>() {
            e.context.set(context.clone());
        }
    }
    /// The exception being handled, or None.
    pub fn current_handled(&self) -> Ref {
        self.handled.clone()
    }
    /// Runs `f` with no exception on its way and restores the one that was.
    pub fn saving_exc<T: Default>(&mut self, f: impl FnOnce(&mut Vm) -> crate::R<T>) -> T {
        let saved = self.exc.take();
        let out = f(self).unwrap_or_default();
        self.exc = saved;
        out
    }
    /// Adds a note (PEP 678) to the exception on its way.
    pub fn add_note_to_current(&mut self, note: &str) {
        let Some(exc) = self.exc.take() else { return };
        let text = crate::vm::new_str(note);
        let _ = self.call_method(&exc, "add_note", &[text]);
        self.exc = Some(exc);
    }
}
