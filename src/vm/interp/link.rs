//! From the compiler's code object to the one the loop runs.

use crate::value::*;
use crate::vm::{new_bigint, new_bytes, new_complex, new_float, new_int, new_str, new_tuple};
use crate::{R, Vm};
use std::sync::Arc;
use taipan_bytecode::{Code, Const, Instr, Op, flags as co};

impl Vm {
    /// The code object for compiled code: constants made, names interned, instructions copied for quickening.
    pub fn new_code(&mut self, code: &Arc<Code>) -> Ref {
        let consts: Box<[Ref]> = code.consts.iter().map(|c| self.constant(c)).collect();
        let mut instrs: Box<[Instr]> = code.instrs.clone().into_boxed_slice();
        for (index, instr) in code.iter() {
            if instr.op == Op::LoadConst
                && let Some(c) = consts.get(instr.bc() as usize)
            {
                put_word(&mut instrs[index as usize + 1], c.value().bits());
            }
        }
        let names = code.names.iter().map(|n| intern(n)).collect();
        let varnames = code.varnames.iter().map(|n| intern(n)).collect();
        let simple = code.kwonlyargcount == 0
            && code.flags & (co::VARARGS | co::VARKEYWORDS | co::NAMESPACE) == 0;
        let generator = code.flags & super::frame::GENERATOR_KINDS != 0;
        let ninstrs = instrs.len();
        Ref::new(CodeObj {
            instrs: Box::into_raw(instrs) as *mut Instr,
            ninstrs,
            consts,
            names,
            varnames,
            nlocals: code.nlocals as u32,
            nregs: code.nregs as u32,
            argcount: code.argcount as u32,
            kwonlyargcount: code.kwonlyargcount as u32,
            flags: code.flags,
            entry: if simple && !generator {
                code.argcount as u32
            } else {
                u32::MAX
            },
            simple: if simple {
                code.argcount as u32
            } else {
                u32::MAX
            },
            name: intern(&code.name),
            qualname: intern(&code.qualname),
            filename: intern(&code.filename),
            code: code.clone(),
        })
    }

    fn constant(&mut self, c: &Const) -> Ref {
        match c {
            Const::None => Ref::none(),
            Const::True => Ref::bool(true),
            Const::False => Ref::bool(false),
            Const::Ellipsis => Ref::ellipsis(),
            Const::Int(i) => new_int(*i),
            Const::BigInt(i) => new_bigint(i.clone()),
            Const::Float(f) => new_float(*f),
            Const::Complex(re, im) => new_complex(*re, *im),
            Const::Str(s) if is_name(s) => rt().intern(s),
            Const::Str(s) => StrObj::make(s),
            Const::Bytes(b) => new_bytes(b),
            Const::Tuple(items) => {
                let items = items.iter().map(|c| self.constant(c)).collect();
                new_tuple(items)
            }
            Const::FrozenSet(items) => {
                let items: Vec<Ref> = items.iter().map(|c| self.constant(c)).collect();
                match self.frozenset(items) {
                    Ok(s) => s,
                    Err(_) => {
                        self.exc = None;
                        Ref::none()
                    }
                }
            }
            Const::Slice(parts) => {
                let [start, stop, step] = &**parts;
                let (start, stop, step) = (
                    self.constant(start),
                    self.constant(stop),
                    self.constant(step),
                );
                Ref::new(SliceObj { start, stop, step })
            }
            Const::Code(code) => self.new_code(code),
        }
    }

    /// Runs a code object as a module body or by `exec` with these namespaces; gives its value (`eval`).
    pub fn run_code(
        &mut self,
        code: &Ref,
        globals: &Ref,
        locals: &Ref,
        closure: Box<[Ref]>,
    ) -> R<Ref> {
        let builtins = self.builtins_of(globals);
        let f = self.function_of(code, globals, &builtins, closure);
        let namespace = code
            .cast::<CodeObj>()
            .is_some_and(|c| c.flags & co::NAMESPACE != 0);
        if namespace {
            self.call_code(&f, std::slice::from_ref(locals))
        } else {
            self.call_code(&f, &[])
        }
    }

    /// Runs a class body with its namespace; gives the `__class__` cell or None.
    pub fn run_class_body(&mut self, func: &Ref, ns: &Ref) -> R<Ref> {
        self.call_code(func, std::slice::from_ref(ns))
    }

    /// `globals['__builtins__']` as a dict, or those of the interpreter.
    pub fn builtins_of(&self, globals: &Ref) -> Ref {
        let found = globals
            .cast::<DictObj>()
            .and_then(|d| d.get_name("__builtins__"));
        match found {
            Some(b) if b.cast::<DictObj>().is_some() => b,
            Some(b) if b.cast::<ModuleObj>().is_some() => b
                .cast::<ModuleObj>()
                .map_or_else(Ref::none, |m| m.dict.clone()),
            _ => self.builtins_dict(),
        }
    }

    /// A function object around code.
    pub fn function_of(
        &self,
        code: &Ref,
        globals: &Ref,
        builtins: &Ref,
        closure: Box<[Ref]>,
    ) -> Ref {
        let (name, qualname, doc) = match code.cast::<CodeObj>() {
            Some(c) => {
                let doc = if c.flags & co::HAS_DOCSTRING != 0 {
                    c.consts.first().cloned().unwrap_or_else(Ref::none)
                } else {
                    Ref::none()
                };
                (c.name.clone(), c.qualname.clone(), doc)
            }
            None => (new_str(""), new_str(""), Ref::none()),
        };
        let module = globals
            .cast::<DictObj>()
            .and_then(|d| d.get_name("__name__"))
            .unwrap_or_else(Ref::none);
        Ref::new(FunctionObj {
            code: Guarded::new(code.clone()),
            globals: globals.clone(),
            builtins: builtins.clone(),
            closure,
            defaults: Guarded::new(Ref::none()),
            kwdefaults: Guarded::new(Ref::none()),
            name: Guarded::new(name),
            qualname: Guarded::new(qualname),
            doc: Guarded::new(doc),
            module: Guarded::new(module),
            annotate: Guarded::new(Ref::none()),
            annotations: Guarded::new(Ref::UNDEFINED),
            type_params: Guarded::new(Ref::UNDEFINED),
            dict: Guarded::new(Ref::UNDEFINED),
        })
    }
}

/// Strings that look like identifiers are interned, as in the reference.
fn is_name(s: &[u8]) -> bool {
    s.len() <= 64 && s.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

/// Writes raw bits over an instruction word.
pub(crate) fn put_word(at: *mut Instr, bits: u64) {
    // SAFETY: a word has 8 bytes; cache words are only read as raw bits, never as instructions.
    unsafe { *(at as *mut u64) = bits }
}

/// Puts the compiler's instructions back in place of quickened ones.
pub(crate) fn unquicken(code: &CodeObj) {
    for (index, instr) in code.code.iter() {
        // SAFETY: `instrs` is a copy of the compiler's instructions, so the index is inside.
        unsafe {
            let at = code.instrs.add(index as usize);
            if (*at).op != instr.op {
                (*at).op = instr.op;
                for k in 1..=instr.op.info().cache_words as usize {
                    if instr.op != Op::LoadConst && instr.op != Op::AsyncForIter {
                        put_word(at.add(k), 0);
                    }
                }
            }
        }
    }
}
