//! Interior mutability whose key is the interpreter.
//!
//! Anything that may run Python code takes `&mut Vm`. A [`Guarded`] field is read with `&Vm` and changed with `&mut Vm`,
//! so the borrow checker itself refuses to hold a borrow of a list's items while Python code, which might change
//! the list, runs. There is one [`Vm`] per thread of execution and one thread at a time.

use super::object::{Trace, Tracer};
use crate::Vm;
use std::cell::UnsafeCell;

#[derive(Default)]
#[repr(transparent)]
pub struct Guarded<T>(UnsafeCell<T>);

impl<T> Guarded<T> {
    pub const fn new(t: T) -> Self {
        Guarded(UnsafeCell::new(t))
    }
    #[inline(always)]
    pub fn get<'a>(&'a self, _key: &'a Vm) -> &'a T {
        // SAFETY: changes need `&mut Vm`, which cannot exist while `_key` is borrowed.
        unsafe { &*self.0.get() }
    }
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    pub fn get_mut<'a>(&'a self, _key: &'a mut Vm) -> &'a mut T {
        // SAFETY: `_key` is borrowed exclusively for as long as the result lives, so there is no other borrow of any guarded field.
        unsafe { &mut *self.0.get() }
    }
    /// Puts `t` in and gives back what was there.
    pub fn replace(&self, t: T) -> T {
        // SAFETY: no reference into the cell is made that outlives this call, and moving runs no code.
        unsafe { std::mem::replace(&mut *self.0.get(), t) }
    }
    pub fn set(&self, t: T) {
        drop(self.replace(t));
    }
    /// For the interpreter's own fast paths, which neither keep the pointer nor run Python code while using it.
    #[inline(always)]
    pub(crate) fn raw(&self) -> *mut T {
        self.0.get()
    }
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T: Clone> Guarded<T> {
    /// A copy of the contents. Cloning a [`Ref`](super::Ref) or a container of them runs no Python code.
    pub fn cloned(&self) -> T {
        // SAFETY: the borrow ends before the function returns and `T`s are plain data and references.
        unsafe { (*self.0.get()).clone() }
    }
}

impl<T: Trace> Trace for Guarded<T> {
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: the collector runs at safepoints, where no borrow exists, and only looks.
        unsafe { (*self.0.get()).trace(tracer) }
    }
}

impl<T> Guarded<T> {
    /// A look in one step: `f` gets no VM, so it can't run Python code.
    pub(crate) fn with_raw<U>(&self, f: impl FnOnce(&T) -> U) -> U {
        // SAFETY: the borrow lives only during `f`, which can neither run Python code nor get at the cell otherwise.
        unsafe { f(&*self.0.get()) }
    }
}
