//! Frames on the register stack, frame objects, and what unwinding does with them.
//!
//! A frame is four words below `fp` and its registers from `fp` on:
//!
//! | word | contents |
//! |---|---|
//! | `fp[-4]` | the function (owned); the caller finds the result here |
//! | `fp[-3]` | where to go on: an instruction pointer, tagged with what kind of return this is |
//! | `fp[-2]` | the caller's `fp`, tagged |
//! | `fp[-1]` | the code object's payload, tagged |

use crate::value::header::Kind;
use crate::value::object::Obj;
use crate::value::*;
use crate::{R, Vm};
use std::cell::Cell;
use taipan_bytecode::flags as co;

/// Tags of the return word.
pub(crate) mod ret {
    /// The frame was pushed above all registers of its caller, not in a window of it (a call from a generator's frame, which is not on the
    /// stack, or by an instruction that has no window): `fp[-5]` points to where the result goes.
    pub const INTO: u64 = 1;
    /// Back to the Python frame that called.
    pub const PLAIN: u64 = 4;
    /// The frame was entered from Rust: leave the loop.
    pub const ENTRY: u64 = 5;
    /// `__init__` called by a class: the result is the instance below the window.
    pub const INIT: u64 = 6;
    /// A generator's frame, or one with a frame object: look closer.
    pub const SPECIAL: u64 = 7;
}

pub(crate) const GENERATOR_KINDS: u32 = co::GENERATOR | co::COROUTINE | co::ASYNC_GENERATOR;

/// A frame object of a running frame, innermost last.
pub(crate) struct Attached {
    pub fp: *mut Value,
    pub obj: Ref,
    /// The return tag that SPECIAL hides.
    pub tag: u64,
}

#[inline(always)]
pub(crate) unsafe fn code_of(fp: *mut Value) -> &'static CodeObj {
    // SAFETY: every frame's word -1 holds its code object's payload, kept alive by the function.
    unsafe { &*(*fp.sub(1)).untag::<CodeObj>() }
}
#[inline(always)]
pub(crate) unsafe fn func_of(fp: *mut Value) -> &'static FunctionObj {
    // SAFETY: every frame's word -4 holds a function.
    unsafe { &(*((*fp.sub(4)).header() as *const Obj<FunctionObj>)).payload }
}
/// The generator whose frame this is. Only for frames of generator code.
#[inline(always)]
pub(crate) unsafe fn gen_of(fp: *mut Value) -> &'static GeneratorObj {
    // SAFETY: the frame words lie directly behind the payload.
    unsafe { &*(fp.sub(4) as *const GeneratorObj).sub(1) }
}
#[inline(always)]
pub(crate) unsafe fn payload_of<T: Payload>(v: Value) -> &'static T {
    // SAFETY: the caller has checked the kind.
    unsafe { &(*(v.header() as *const Obj<T>)).payload }
}
#[inline(always)]
pub(crate) unsafe fn caller_of(fp: *mut Value) -> *mut Value {
    // SAFETY: word -2.
    unsafe { (*fp.sub(2)).untag() }
}

impl Vm {
    /// Where the next frame's words may begin.
    #[inline]
    pub(crate) fn top(&self) -> *mut Value {
        if self.fp.is_null() {
            return self.stack.base;
        }
        // SAFETY: `fp` is the running frame.
        unsafe {
            let code = code_of(self.fp);
            if code.flags & GENERATOR_KINDS != 0 {
                gen_of(self.fp).sp.get()
            } else {
                self.fp.add(code.nregs as usize)
            }
        }
    }

    /// The frame object of a frame that is on the stack or suspended, made if need be.
    pub(crate) fn frame_object_of(&mut self, fp: *mut Value) -> Ref {
        // SAFETY: callers pass frames that exist.
        unsafe {
            let code = code_of(fp);
            if code.flags & GENERATOR_KINDS != 0 {
                let g = gen_of(fp);
                let f = g.frame.cloned();
                if !f.is_undefined() {
                    return f;
                }
                let f = self.new_frame_object(fp);
                if let Some(o) = f.cast::<FrameObj>() {
                    o.generator.set(g.this().value());
                }
                g.frame.set(f.clone());
                return f;
            }
            if (*fp.sub(3)).0 & 7 == ret::SPECIAL
                && let Some(a) = self.frame_objs.iter().rev().find(|a| a.fp == fp)
            {
                return a.obj.clone();
            }
            let f = self.new_frame_object(fp);
            let word = *fp.sub(3);
            let tag = word.0 & 7;
            *fp.sub(3) = Value::tagged(word.untag::<u8>(), ret::SPECIAL);
            let at = self
                .frame_objs
                .iter()
                .position(|a| a.fp > fp)
                .unwrap_or(self.frame_objs.len());
            self.frame_objs.insert(
                at,
                Attached {
                    fp,
                    obj: f.clone(),
                    tag,
                },
            );
            f
        }
    }

    unsafe fn new_frame_object(&mut self, fp: *mut Value) -> Ref {
        // SAFETY: `fp` is a frame.
        unsafe {
            let func = func_of(fp);
            Ref::new(FrameObj {
                code: func.code.cloned(),
                globals: func.globals.clone(),
                builtins: func.builtins.clone(),
                func: (*fp.sub(4)).to_ref(),
                back: Guarded::new(Ref::UNDEFINED),
                fp: Cell::new(fp),
                lasti: Cell::new(0),
                saved: Guarded::default(),
                extra: Guarded::default(),
                trace: Guarded::new(Ref::none()),
                trace_lines: Cell::new(true),
                trace_opcodes: Cell::new(false),
                generator: Cell::new(Value::UNDEFINED),
            })
        }
    }

    /// The frame is about to end: its frame object, if anyone still has it, takes the registers.
    pub(crate) unsafe fn detach_frame(&mut self, fp: *mut Value, lasti: u32) {
        // SAFETY: `fp` is a frame on the stack or a generator's.
        unsafe {
            let code = code_of(fp);
            let f = if code.flags & GENERATOR_KINDS != 0 {
                let f = gen_of(fp).frame.replace(Ref::UNDEFINED);
                if f.is_undefined() {
                    return;
                }
                f
            } else {
                let Some(i) = self.frame_objs.iter().rposition(|a| a.fp == fp) else {
                    return;
                };
                let a = self.frame_objs.remove(i);
                let word = *fp.sub(3);
                *fp.sub(3) = Value::tagged(word.untag::<u8>(), a.tag);
                a.obj
            };
            let Some(o) = f.cast::<FrameObj>() else {
                return;
            };
            o.fp.set(std::ptr::null_mut());
            o.generator.set(Value::UNDEFINED);
            if f.refcount() <= 1 {
                return;
            }
            o.lasti.set(lasti);
            let n = code.nlocals as usize;
            let mut saved = Vec::with_capacity(n);
            for i in 0..n {
                saved.push(Ref::from_value(std::mem::replace(
                    &mut *fp.add(i),
                    Value::UNDEFINED,
                )));
            }
            o.saved.set(saved);
            if code.flags & GENERATOR_KINDS == 0 {
                let caller = caller_of(fp);
                if !caller.is_null() {
                    let back = self.frame_object_of(caller);
                    o.back.set(back);
                }
            }
        }
    }

    /// Adds the frame to the traceback of the exception on its way.
    pub(crate) unsafe fn add_traceback(&mut self, fp: *mut Value, lasti: u32) {
        let Some(exc) = self.exc.clone() else { return };
        let Some(e) = exc.cast::<ExceptionObj>() else {
            return;
        };
        let frame = self.frame_object_of(fp);
        let next = e.traceback.cloned();
        e.traceback.set(Ref::new(TracebackObj {
            next: Guarded::new(next),
            frame,
            lasti: lasti as i64,
            lineno: Cell::new(-1),
        }));
    }

    /// Index of the instruction a frame is at. `pc` counts for the running frame; others are at the call they wait for.
    pub(crate) fn frame_lasti(&self, f: &FrameObj) -> u32 {
        let fp = f.fp.get();
        if fp.is_null() {
            return f.lasti.get();
        }
        // SAFETY: the frame object is attached, so the frame exists.
        unsafe {
            let code = code_of(fp);
            if fp == self.fp {
                return self.pc.offset_from(code.instrs).max(0) as u32;
            }
            if code.flags & GENERATOR_KINDS != 0 {
                let g = gen_of(fp);
                if g.state.get() != GenState::Running {
                    return g.pc.get().offset_from(code.instrs).max(0) as u32;
                }
            }
            // Find the frame that it called: the one whose caller is this one.
            let mut inner = self.fp;
            while !inner.is_null() {
                let caller = caller_of(inner);
                if caller == fp {
                    let word = *inner.sub(3);
                    let p = word.untag::<taipan_bytecode::Instr>();
                    let tag = self.return_tag(inner);
                    if tag == ret::ENTRY || p.is_null() {
                        return self.entry_lasti(inner, code);
                    }
                    let inner_is_gen = code_of(inner).flags & GENERATOR_KINDS != 0;
                    let i = (p as *const taipan_bytecode::Instr).offset_from(code.instrs) as u32;
                    return if inner_is_gen { i } else { i.saturating_sub(1) };
                }
                inner = caller;
            }
            if code.flags & GENERATOR_KINDS != 0 {
                return gen_of(fp).pc.get().offset_from(code.instrs).max(0) as u32;
            }
            f.lasti.get()
        }
    }

    unsafe fn return_tag(&self, fp: *mut Value) -> u64 {
        // SAFETY: `fp` is a frame.
        unsafe {
            let tag = (*fp.sub(3)).0 & 7;
            if tag == ret::SPECIAL
                && let Some(a) = self.frame_objs.iter().rev().find(|a| a.fp == fp)
            {
                return a.tag;
            }
            tag
        }
    }

    /// Where the caller of an entry frame was when it called out: saved beside the native frames.
    fn entry_lasti(&self, inner: *mut Value, code: &CodeObj) -> u32 {
        self.entries
            .iter()
            .rev()
            .find(|e| e.0 == inner)
            .map_or(0, |e| {
                if e.1.is_null() {
                    return 0;
                }
                // SAFETY: the saved pc belongs to the calling frame's code.
                unsafe { e.1.offset_from(code.instrs).max(0) as u32 }
            })
    }

    /// The frame `depth` levels out, if there is one.
    pub(crate) fn frame_at(&self, depth: usize) -> Option<*mut Value> {
        let mut fp = self.fp;
        for _ in 0..depth {
            if fp.is_null() {
                return None;
            }
            fp = self.outer_frame(fp);
        }
        if fp.is_null() { None } else { Some(fp) }
    }

    /// The next frame outwards: the frame linked to a coroutine's, else the caller.
    pub(crate) fn outer_frame(&self, fp: *mut Value) -> *mut Value {
        // SAFETY: `fp` is a frame on the stack.
        unsafe {
            if code_of(fp).flags & GENERATOR_KINDS != 0 {
                let g = gen_of(fp);
                let a = g.awaiter.get();
                if !a.is_null() {
                    return (*a).regs();
                }
            }
            caller_of(fp)
        }
    }

    /// `sys._getframe(depth)`.
    pub fn frame_object(&mut self, depth: usize) -> Option<Ref> {
        let fp = self.frame_at(depth)?;
        Some(self.frame_object_of(fp))
    }
    pub fn current_globals(&self) -> Option<Ref> {
        let fp = self.frame_at(0)?;
        // SAFETY: a frame on the stack.
        Some(unsafe { func_of(fp).globals.clone() })
    }
    pub fn current_builtins(&self) -> Ref {
        match self.frame_at(0) {
            // SAFETY: a frame on the stack.
            Some(fp) => unsafe { func_of(fp).builtins.clone() },
            None => self.builtins_dict(),
        }
    }
    /// The dict of the module `builtins`.
    pub fn builtins_dict(&self) -> Ref {
        self.builtins
            .cast::<ModuleObj>()
            .map_or_else(Ref::none, |m| m.dict.clone())
    }
    pub(crate) fn calling_module_name(&mut self) -> Option<Ref> {
        self.current_globals()?
            .cast::<DictObj>()?
            .get_name("__name__")
    }

    /// `locals()`: the namespace at module and class level, a new dict in functions (PEP 667).
    pub fn current_locals(&mut self) -> R<Ref> {
        let Some(fp) = self.frame_at(0) else {
            return Ok(DictObj::new_dict());
        };
        // SAFETY: a frame on the stack.
        unsafe {
            let code = code_of(fp);
            if code.flags & co::NAMESPACE != 0 {
                let ns = (*fp).to_ref();
                // Inside a comprehension its variables are there as well (PEP 709).
                let hidden = self.comprehension_variables(fp);
                if hidden.is_empty() {
                    return Ok(ns);
                }
                let class = rt().types.dict.clone();
                let out = self.call(&class, std::slice::from_ref(&ns))?;
                if let Some(d) = out.cast::<DictObj>() {
                    for (name, value) in hidden {
                        d.set_str(&name, value);
                    }
                }
                return Ok(out);
            }
            let out = DictObj::new_dict();
            if let Some(d) = out.cast::<DictObj>() {
                for (name, value) in self.frame_variables(fp) {
                    d.set_str(&name, value);
                }
                // What was put into the frame's `f_locals` and isn't a variable of it.
                let frame = self.frame_object_of(fp);
                let extra = frame.cast::<FrameObj>().map(|f| f.extra.cloned());
                if let Some(extra) = extra.as_ref().and_then(|e| e.cast::<DictObj>()) {
                    for (name, value) in extra.items() {
                        d.set(self, &name, value)?;
                    }
                }
            }
            Ok(out)
        }
    }

    /// Names and values of the bound variables of a live function frame: locals, cells, free variables.
    pub(crate) unsafe fn frame_variables(&self, fp: *mut Value) -> Vec<(Ref, Ref)> {
        // SAFETY: `fp` is a live frame.
        unsafe {
            let code = code_of(fp);
            let mut out = Vec::new();
            for (i, name) in code.varnames.iter().enumerate() {
                let mut v = *fp.add(i);
                if code.code.cellvars.contains(&(i as u16)) && v.shape_id() == Kind::Cell as u32 {
                    v = (*payload_of::<CellObj>(v).value.raw()).0;
                }
                if !v.is_undefined() && !name.str_obj().bytes().starts_with(b".") {
                    out.push((name.clone(), v.to_ref()));
                }
            }
            let func = func_of(fp);
            for (name, cell) in code.code.freevars.iter().zip(func.closure.iter()) {
                if let Some(c) = cell.cast::<CellObj>() {
                    let v = c.value.cloned();
                    if !v.is_undefined() {
                        out.push((intern(name), v));
                    }
                }
            }
            out
        }
    }

    /// Those of the comprehensions that run inside a module's or class's frame: not its cells for nested blocks, nor what it has from
    /// outer ones.
    unsafe fn comprehension_variables(&self, fp: *mut Value) -> Vec<(Ref, Ref)> {
        // SAFETY: `fp` is a live frame.
        let (mut all, inner) = unsafe { (self.frame_variables(fp), code_of(fp).varnames.len()) };
        let names: Vec<Ref> = unsafe { code_of(fp).varnames[..inner].to_vec() };
        all.retain(|(name, _)| {
            names.iter().any(|n| n.is(name)) && !name.str_obj().bytes().starts_with(b"__class")
        });
        all
    }

    /// `super()` without arguments: `__class__` and the first argument of the running function.
    pub fn current_super_args(&mut self) -> R<(Ref, Ref)> {
        let Some(fp) = self.frame_at(0) else {
            return Err(self.runtime_error("super(): no current frame"));
        };
        // SAFETY: a frame on the stack.
        unsafe {
            let code = code_of(fp);
            if code.argcount == 0 {
                return Err(self.runtime_error("super(): no arguments"));
            }
            let mut this = *fp;
            if this.shape_id() == Kind::Cell as u32 && code.code.cellvars.contains(&0) {
                this = (*payload_of::<CellObj>(this).value.raw()).0;
            }
            if this.is_undefined() {
                return Err(self.runtime_error("super(): arg[0] deleted"));
            }
            let func = func_of(fp);
            for (name, cell) in code.code.freevars.iter().zip(func.closure.iter()) {
                if &**name == "__class__"
                    && let Some(c) = cell.cast::<CellObj>()
                {
                    let class = c.value.cloned();
                    if class.is_undefined() {
                        return Err(self.runtime_error("super(): empty __class__ cell"));
                    }
                    return Ok((class, this.to_ref()));
                }
            }
        }
        Err(self.runtime_error("super(): __class__ cell not found"))
    }
}

impl Vm {
    /// The variables of a live frame.
    pub(crate) fn live_variables(&self, fp: *mut Value) -> Vec<(Ref, Ref)> {
        // SAFETY: frame objects only keep `fp` while the frame lives.
        unsafe { self.frame_variables(fp) }
    }
    /// The namespace of a module's or class body's frame.
    pub(crate) fn frame_namespace(&self, f: &FrameObj) -> Ref {
        let fp = f.fp.get();
        if fp.is_null() {
            return f.saved.get(self).first().cloned().unwrap_or_else(Ref::none);
        }
        // SAFETY: as above; such code keeps its namespace in the first register.
        unsafe { (*fp).to_ref() }
    }
    /// `f_back`.
    pub(crate) fn frame_back(&mut self, f: &FrameObj) -> Ref {
        let fp = f.fp.get();
        if fp.is_null() {
            let b = f.back.cloned();
            return if b.is_undefined() { Ref::none() } else { b };
        }
        // SAFETY: as above.
        unsafe {
            if code_of(fp).flags & GENERATOR_KINDS != 0 && !gen_of(fp).is_running() {
                return Ref::none();
            }
        }
        let outer = self.outer_frame(fp);
        if outer.is_null() {
            Ref::none()
        } else {
            self.frame_object_of(outer)
        }
    }
    /// Sets a variable of a frame; false if the code has no such variable.
    pub(crate) fn set_frame_variable(&mut self, f: &FrameObj, name: &Ref, value: Ref) -> bool {
        let Some(code) = f.code.cast::<CodeObj>() else {
            return false;
        };
        let text = name.str_obj().bytes();
        if let Some(i) = code
            .varnames
            .iter()
            .position(|n| n.str_obj().bytes() == text)
        {
            let fp = f.fp.get();
            let cell = code.code.cellvars.contains(&(i as u16));
            if fp.is_null() {
                let saved = f.saved.get_mut(self);
                if let Some(slot) = saved.get_mut(i) {
                    match slot.cast::<CellObj>() {
                        Some(c) if cell => c.value.set(value),
                        _ => *slot = value,
                    }
                }
                return true;
            }
            // SAFETY: the frame lives; instructions in flight own their operands.
            unsafe {
                let p = fp.add(i);
                if cell && (*p).shape_id() == Kind::Cell as u32 {
                    payload_of::<CellObj>(*p).value.set(value);
                } else {
                    let old = std::mem::replace(&mut *p, value.into_value());
                    drop(Ref::from_value(old));
                }
            }
            return true;
        }
        if let Some(i) = code.code.freevars.iter().position(|n| n.as_bytes() == text)
            && let Some(func) = f.func.cast::<FunctionObj>()
            && let Some(c) = func.closure.get(i).and_then(|c| c.cast::<CellObj>())
        {
            c.value.set(value);
            return true;
        }
        false
    }
}

impl Vm {
    /// An exception that never left a frame gets the running one for its traceback.
    pub(crate) fn ensure_traceback(&mut self, exc: &Ref) {
        let bare = exc
            .cast::<ExceptionObj>()
            .is_some_and(|e| e.traceback.with_raw(|t| t.is_none()));
        if !bare || self.fp.is_null() {
            return;
        }
        let (fp, saved) = (self.fp, self.exc.replace(exc.clone()));
        // SAFETY: `fp` is the running frame and `pc` its instruction.
        unsafe {
            let lasti = self.pc.offset_from(code_of(fp).instrs).max(0) as u32;
            self.add_traceback(fp, lasti);
        }
        self.exc = saved;
    }
}
