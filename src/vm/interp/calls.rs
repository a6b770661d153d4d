//! Calls: windows, argument binding, pushing and leaving frames.

use super::exc::{attempt, next, put, raise};
use super::frame::*;
use super::link::put_word;
use super::run::EXIT;
use super::{Exit, Fp, Pc};
use crate::native::{Args, Body, DefKind};
use crate::value::header::Kind;
use crate::value::*;
use crate::{R, Vm};
use taipan_bytecode::{Op, flags as co};

#[inline(always)]
unsafe fn code_payload(f: &FunctionObj) -> &'static CodeObj {
    // SAFETY: a function's code is always a code object, and the function keeps it alive while a frame runs it.
    unsafe { payload_of::<CodeObj>((*f.code.raw()).0) }
}

impl Vm {
    /// Calls a Python function from Rust.
    pub fn call_function(&mut self, f: &Ref, args: Args) -> R<Ref> {
        self.check_native_stack()?;
        // SAFETY: `f` is a function; its frame is built above everything in use.
        unsafe {
            let func = payload_of::<FunctionObj>(f.value());
            let code = code_payload(func);
            let fp = self.top().add(4);
            self.room(fp, args.all.len() + code.nregs as usize)?;
            for (i, a) in args.all.iter().enumerate() {
                *fp.add(i) = a.clone().into_value();
            }
            self.bind(func, code, fp, args.pos().len(), args.names)?;
            self.run_bound(f, code, fp)
        }
    }

    /// Calls a Python function from Rust with `this` before the arguments.
    pub(crate) fn call_method_function(&mut self, f: &Ref, this: &Ref, args: &[&Ref]) -> R<Ref> {
        self.check_native_stack()?;
        // SAFETY: as for `call_function`.
        unsafe {
            let func = payload_of::<FunctionObj>(f.value());
            let code = code_payload(func);
            let fp = self.top().add(4);
            let n = args.len() + 1;
            self.room(fp, n + code.nregs as usize)?;
            *fp = this.clone().into_value();
            for (i, &a) in args.iter().enumerate() {
                *fp.add(1 + i) = a.clone().into_value();
            }
            self.bind(func, code, fp, n, &[])?;
            self.run_bound(f, code, fp)
        }
    }

    /// Runs code whose only parameters are given as its first registers: module and class bodies.
    pub(crate) fn call_code(&mut self, f: &Ref, first: &[Ref]) -> R<Ref> {
        self.check_native_stack()?;
        // SAFETY: as above.
        unsafe {
            let func = payload_of::<FunctionObj>(f.value());
            let code = code_payload(func);
            let fp = self.top().add(4);
            self.room(fp, first.len() + code.nregs as usize)?;
            for (i, a) in first.iter().enumerate() {
                *fp.add(i) = a.clone().into_value();
            }
            for i in first.len()..code.nregs as usize {
                *fp.add(i) = Value::UNDEFINED;
            }
            self.run_bound(f, code, fp)
        }
    }

    /// Runs a frame whose registers are in place, or makes the generator.
    unsafe fn run_bound(&mut self, f: &Ref, code: &'static CodeObj, fp: Fp) -> R<Ref> {
        // SAFETY: by the caller's preparation.
        unsafe {
            if code.flags & GENERATOR_KINDS != 0 {
                let n = code.nregs as usize;
                return Ok(super::coro::make_generator(self, f.clone(), code, fp, n));
            }
            if self.depth >= self.recursion_limit {
                drop_registers(fp, code.nregs);
                return Err(self.too_deep());
            }
            *fp.sub(4) = f.clone().into_value();
            *fp.sub(3) = Value::tagged(std::ptr::null::<u8>(), ret::ENTRY);
            *fp.sub(2) = Value::tagged(self.fp, 4);
            *fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
            match self.enter(code.instrs, fp) {
                Exit::Raised => Err(crate::Raised),
                _ => Ok(self.take_result()),
            }
        }
    }

    pub(crate) fn too_deep(&mut self) -> crate::Raised {
        // Room for the handlers: the error itself must not run into the limit.
        self.recursion_error("maximum recursion depth exceeded")
    }

    /// Checks that `n` registers from `fp` on fit the stack.
    #[inline(always)]
    pub(crate) unsafe fn room(&mut self, fp: Fp, n: usize) -> R<()> {
        // SAFETY: pointers are only compared.
        if (self.stack.end as usize).saturating_sub(fp as usize) < (n + 16) * 8 {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        Ok(())
    }

    /// Binds the arguments at `fp[0..]` (positional ones, then one for each name) to the parameters, in place. All other
    /// registers are made undefined. On an error the arguments have been dropped.
    pub(crate) unsafe fn bind(
        &mut self,
        f: &FunctionObj,
        code: &'static CodeObj,
        fp: Fp,
        npos: usize,
        names: &[Ref],
    ) -> R<()> {
        // SAFETY: the caller has made room for arguments and registers.
        unsafe {
            let nregs = code.nregs as usize;
            if names.is_empty() && code.entry as usize == npos {
                for i in npos..nregs {
                    *fp.add(i) = Value::UNDEFINED;
                }
                return Ok(());
            }
            if names.is_empty() && npos < code.simple as usize && code.simple != u32::MAX {
                // Only defaults are missing.
                let missing = code.simple as usize - npos;
                let defaults = &*f.defaults.raw();
                if let Some(items) = defaults.tuple_items()
                    && items.len() >= missing
                {
                    for (i, v) in items[items.len() - missing..].iter().enumerate() {
                        *fp.add(npos + i) = v.clone().into_value();
                    }
                    for i in code.simple as usize..nregs {
                        *fp.add(i) = Value::UNDEFINED;
                    }
                    return Ok(());
                }
            }
            if self.bind_simple(f, code, fp, npos, names) {
                return Ok(());
            }
            self.bind_slow(f, code, fp, npos, names)
        }
    }

    /// Binds a call to parameters that are all positional or positional-or-keyword ones, when nothing is wrong with it:
    /// interned names, each given once, defaults for the rest. Else nothing has been changed.
    #[inline]
    unsafe fn bind_simple(
        &mut self,
        f: &FunctionObj,
        code: &'static CodeObj,
        fp: Fp,
        npos: usize,
        names: &[Ref],
    ) -> bool {
        const MOST: usize = 8;
        let argc = code.argcount as usize;
        let total = argc + code.kwonlyargcount as usize;
        if code.flags & (co::VARARGS | co::VARKEYWORDS | co::NAMESPACE) != 0
            || npos > argc
            || total > 63
            || names.len() > MOST
        {
            return false;
        }
        // SAFETY: as for `bind`.
        unsafe {
            let nregs = code.nregs as usize;
            let mut kw = [(0usize, Value::UNDEFINED); MOST];
            let mut given: u64 = (1u64 << npos) - 1;
            if !names.is_empty() {
                let first = npos.max(code.code.posonlyargcount as usize);
                for (k, name) in names.iter().enumerate() {
                    let Some(p) = (first..total).find(|&p| code.varnames[p].is(name)) else {
                        return false;
                    };
                    if given >> p & 1 != 0 {
                        return false;
                    }
                    given |= 1 << p;
                    kw[k] = (p, *fp.add(npos + k));
                }
            }
            let positional: u64 = (1u64 << argc) - 1;
            let missing = argc - (given & positional).count_ones() as usize;
            let defaults = &*f.defaults.raw();
            let items = if missing > 0 {
                let Some(items) = defaults.tuple_items() else {
                    return false;
                };
                // Those without a default come first.
                let required = argc - items.len().min(argc);
                let need = (1u64 << required) - 1;
                if given & need != need || items.len() > argc {
                    return false;
                }
                items
            } else {
                &[]
            };
            let mut kwonly = [Value::UNDEFINED; MOST];
            if (given >> argc).count_ones() < code.kwonlyargcount {
                let kwdefaults = &*f.kwdefaults.raw();
                let Some(d) = kwdefaults.cast::<DictObj>() else {
                    return false;
                };
                if code.kwonlyargcount as usize > MOST {
                    return false;
                }
                for i in argc..total {
                    if given >> i & 1 == 0 {
                        match d.get_str(&code.varnames[i]) {
                            Some(v) => kwonly[i - argc] = v.into_value(),
                            None => {
                                for v in kwonly {
                                    v.decref();
                                }
                                return false;
                            }
                        }
                    }
                }
            }
            for i in npos..nregs.max(npos + names.len()) {
                *fp.add(i) = Value::UNDEFINED;
            }
            for (i, v) in kwonly.into_iter().enumerate() {
                if v != Value::UNDEFINED {
                    *fp.add(argc + i) = v;
                }
            }
            for &(p, v) in &kw[..names.len()] {
                *fp.add(p) = v;
            }
            if missing > 0 {
                let required = argc - items.len();
                for i in required.max(npos)..argc {
                    if given >> i & 1 == 0 {
                        *fp.add(i) = items[i - required].clone().into_value();
                    }
                }
            }
            true
        }
    }

    #[inline(never)]
    unsafe fn bind_slow(
        &mut self,
        f: &FunctionObj,
        code: &'static CodeObj,
        fp: Fp,
        npos: usize,
        names: &[Ref],
    ) -> R<()> {
        // SAFETY: as for `bind`.
        unsafe {
            let nregs = code.nregs as usize;
            let argc = code.argcount as usize;
            let kwonly = code.kwonlyargcount as usize;
            let total = argc + kwonly;
            let has_var = code.flags & co::VARARGS != 0;
            let has_kw = code.flags & co::VARKEYWORDS != 0;
            let mut few: [Value; 12] = [Value::UNDEFINED; 12];
            let mut many: Vec<Value> = Vec::new();
            let kw: &mut [Value] = if names.len() <= few.len() {
                &mut few[..names.len()]
            } else {
                many.resize(names.len(), Value::UNDEFINED);
                &mut many
            };
            for (i, k) in kw.iter_mut().enumerate() {
                *k = *fp.add(npos + i);
            }
            let extra = npos.saturating_sub(argc);
            let mut varargs = Value::UNDEFINED;
            let mut too_many = false;
            if extra > 0 {
                if has_var {
                    let items = (0..extra).map(|i| Ref::from_value(*fp.add(argc + i)));
                    varargs = TupleObj::make(items.into_iter()).into_value();
                } else {
                    too_many = true;
                    for i in argc..npos {
                        (*fp.add(i)).decref();
                    }
                }
            } else if has_var {
                varargs = rt().types.empty_tuple.clone().into_value();
            }
            let given = npos.min(argc);
            for i in given..nregs.max(npos + names.len()) {
                *fp.add(i) = Value::UNDEFINED;
            }
            let mut at = total;
            if has_var {
                *fp.add(at) = varargs;
                at += 1;
            }
            let kwargs = if has_kw {
                let d = DictObj::new_dict();
                *fp.add(at) = d.clone().into_value();
                Some(d)
            } else {
                None
            };
            let mut failed = None;
            let posonly = code.code.posonlyargcount as usize;
            let mut taken = 0;
            for (i, name) in names.iter().enumerate() {
                let value = kw[i];
                let found = (posonly..total)
                    .find(|&p| code.varnames[p].is(name))
                    .or_else(|| {
                        if name.flag(header::flag::INTERNED) {
                            return None;
                        }
                        let n = name.str_obj();
                        (posonly..total).find(|&p| code.varnames[p].str_obj().bytes() == n.bytes())
                    });
                match found {
                    Some(p) => {
                        if !(*fp.add(p)).is_undefined() {
                            let text = format!(
                                "{}() got multiple values for argument '{}'",
                                self.str_lossy(&f.qualname.cloned()),
                                self.str_lossy(name)
                            );
                            failed = Some(self.type_error(&text));
                            break;
                        }
                        *fp.add(p) = value;
                        taken = i + 1;
                    }
                    None => match &kwargs {
                        Some(d) => {
                            if let Some(d) = d.cast::<DictObj>() {
                                d.set_str(name, Ref::from_value(value));
                            }
                            taken = i + 1;
                        }
                        None => {
                            failed = Some(self.unexpected_keyword(f, code, name, names));
                            break;
                        }
                    },
                }
            }
            for v in kw.iter().skip(taken) {
                v.decref();
            }
            if failed.is_none() && too_many {
                failed = Some(self.too_many_arguments(f, code, fp, npos));
            }
            if failed.is_none() && given < argc {
                let defaults = f.defaults.cloned();
                let items = defaults.tuple_items().unwrap_or(&[]);
                let first = argc - items.len().min(argc);
                let mut missing: Vec<usize> = Vec::new();
                for i in given..argc {
                    if (*fp.add(i)).is_undefined() {
                        if i >= first {
                            *fp.add(i) = items[i - first + items.len().saturating_sub(argc)]
                                .clone()
                                .into_value();
                        } else {
                            missing.push(i);
                        }
                    }
                }
                if !missing.is_empty() {
                    failed = Some(self.missing_arguments(f, code, &missing, "positional"));
                }
            }
            if failed.is_none() && kwonly > 0 {
                let kwdefaults = f.kwdefaults.cloned();
                let mut missing: Vec<usize> = Vec::new();
                for i in argc..total {
                    if (*fp.add(i)).is_undefined() {
                        match kwdefaults
                            .cast::<DictObj>()
                            .and_then(|d| d.get_str(&code.varnames[i]))
                        {
                            Some(v) => *fp.add(i) = v.into_value(),
                            None => missing.push(i),
                        }
                    }
                }
                if !missing.is_empty() {
                    failed = Some(self.missing_arguments(f, code, &missing, "keyword-only"));
                }
            }
            if let Some(e) = failed {
                drop_registers(fp, code.nregs);
                return Err(e);
            }
            Ok(())
        }
    }

    #[cold]
    fn unexpected_keyword(
        &mut self,
        f: &FunctionObj,
        code: &CodeObj,
        name: &Ref,
        names: &[Ref],
    ) -> crate::Raised {
        let q = self.str_lossy(&f.qualname.cloned());
        let posonly = &code.varnames[..code.code.posonlyargcount as usize];
        let wrong: Vec<String> = posonly
            .iter()
            .filter(|p| {
                names
                    .iter()
                    .any(|n| n.is_str() && n.str_obj().bytes() == p.str_obj().bytes())
            })
            .map(|p| self.str_lossy(p))
            .collect();
        if !wrong.is_empty() {
            let text = format!(
                "{q}() got some positional-only arguments passed as keyword arguments: '{}'",
                wrong.join(", ")
            );
            return self.type_error(&text);
        }
        if !name.is_str() {
            let text = format!("{q}() keywords must be strings");
            return self.type_error(&text);
        }
        let word = self.str_lossy(name);
        let total = (code.argcount + code.kwonlyargcount) as usize;
        let known = &code.varnames[code.code.posonlyargcount as usize..total];
        let mut text = format!("{q}() got an unexpected keyword argument '{word}'");
        if let Some(s) = taipan_text::similar::suggest(
            word.as_bytes(),
            known.iter().map(|n| n.str_obj().bytes()),
        ) {
            text.push_str(&format!(". Did you mean '{}'?", String::from_utf8_lossy(s)));
        }
        self.type_error(&text)
    }

    #[cold]
    unsafe fn too_many_arguments(
        &mut self,
        f: &FunctionObj,
        code: &CodeObj,
        fp: Fp,
        given: usize,
    ) -> crate::Raised {
        let q = self.str_lossy(&f.qualname.cloned());
        let argc = code.argcount as usize;
        let defaults = f.defaults.cloned().tuple_items().map_or(0, |d| d.len());
        let takes = if defaults > 0 {
            format!("from {} to {argc}", argc - defaults.min(argc))
        } else {
            argc.to_string()
        };
        let plural = if argc == 1 && defaults == 0 { "" } else { "s" };
        // SAFETY: registers of the frame being built.
        let kwonly = (argc..argc + code.kwonlyargcount as usize)
            .filter(|&i| unsafe { !(*fp.add(i)).is_undefined() })
            .count();
        let were = if given == 1 && kwonly == 0 {
            "was"
        } else {
            "were"
        };
        let text = if kwonly > 0 {
            let s = if given == 1 { "" } else { "s" };
            let ks = if kwonly == 1 { "" } else { "s" };
            format!(
                "{q}() takes {takes} positional argument{plural} but {given} positional argument{s} (and {kwonly} keyword-only argument{ks}) were given"
            )
        } else {
            format!("{q}() takes {takes} positional argument{plural} but {given} {were} given")
        };
        self.type_error(&text)
    }

    #[cold]
    fn missing_arguments(
        &mut self,
        f: &FunctionObj,
        code: &CodeObj,
        missing: &[usize],
        kind: &str,
    ) -> crate::Raised {
        let q = self.str_lossy(&f.qualname.cloned());
        let names: Vec<String> = missing
            .iter()
            .map(|&i| format!("'{}'", self.str_lossy(&code.varnames[i])))
            .collect();
        let list = match names.as_slice() {
            [a] => a.clone(),
            [a, b] => format!("{a} and {b}"),
            [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
            [] => String::new(),
        };
        let s = if names.len() == 1 { "" } else { "s" };
        let text = format!(
            "{q}() missing {} required {kind} argument{s}: {list}",
            names.len()
        );
        self.type_error(&text)
    }
}

/// Drops what the registers hold.
pub(crate) unsafe fn drop_registers(fp: Fp, n: u32) {
    // From the last to the first, as the reference lets locals go.
    for i in (0..n as usize).rev() {
        // SAFETY: registers of a frame, initialised.
        unsafe {
            let p = fp.add(i);
            if (*p).is_ptr() {
                std::mem::replace(&mut *p, Value::UNDEFINED).decref();
            }
        }
    }
}

/// Leaves a frame whose return is not a plain one. `value` is owned.
#[inline(never)]
pub(crate) fn return_slow(vm: &mut Vm, pc: Pc, fp: Fp, value: Value) -> (Pc, Fp) {
    // SAFETY: `fp` is the running frame.
    unsafe {
        let code = code_of(fp);
        if code.flags & GENERATOR_KINDS != 0 {
            return super::coro::frame_returned(vm, pc, fp, value);
        }
        if (*fp.sub(3)).0 & 7 == ret::SPECIAL {
            vm.pc = pc;
            vm.fp = fp;
            let lasti = pc.offset_from(code.instrs) as u32;
            vm.detach_frame(fp, lasti);
        }
        drop_registers(fp, code.nlocals);
        let word = *fp.sub(3);
        let caller = caller_of(fp);
        std::mem::replace(&mut *fp.sub(4), Value::UNDEFINED).decref();
        let target = word.untag::<taipan_bytecode::Instr>() as Pc;
        let tag = word.0 & 7;
        if tag == ret::ENTRY {
            vm.result = value;
            vm.exit = Exit::Return;
            return (&EXIT, fp);
        }
        vm.depth -= 1;
        match tag {
            ret::INIT => {
                if !value.is_none() {
                    let v = Ref::from_value(value);
                    vm.fp = caller;
                    vm.pc = target.sub(1);
                    let text = format!("__init__() should return None, not '{}'", vm.type_name(&v));
                    vm.type_error(&text);
                    return raise(vm, target.sub(1), caller);
                }
            }
            ret::INTO => {
                let at = (*fp.sub(5)).untag::<Value>();
                std::mem::replace(&mut *at, value).decref();
            }
            _ => *fp.sub(4) = value,
        }
        if !rt().pending.is_empty() {
            vm.pc = target.sub(1);
            vm.fp = caller;
            vm.run_pending();
        }
        (target, caller)
    }
}

/// Calls `R[a]` with `n` arguments at `R[a+4..]`, of which the last are keywords with these names. `words` is the length of the instruction.
pub(crate) unsafe fn call_window(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    a: u16,
    mut n: usize,
    names: &[Ref],
    words: usize,
) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame; room above it is checked before it is used.
    unsafe {
        let window = fp.add(a as usize);
        loop {
            let callee = *window;
            let id = callee.shape_id();
            if id == Kind::Function as u32 {
                return call_python(vm, pc, fp, window, n, names, words);
            }
            let bound = if id == Kind::BoundMethod as u32 {
                let m = payload_of::<BoundMethodObj>(callee);
                m.func
                    .exact::<FunctionObj>()
                    .is_some()
                    .then(|| (m.this.clone(), m.func.clone()))
            } else {
                callable_instance(vm, callee)
            };
            if let Some((this, func)) = bound {
                if code_of(fp).flags & GENERATOR_KINDS == 0 {
                    attempt!(vm, pc, fp, vm.room(window, n + 16));
                }
                let grown =
                    window.add(4 + n) as usize >= fp.add(code_of(fp).nregs as usize) as usize;
                if grown && code_of(fp).flags & GENERATOR_KINDS != 0 {
                    // A generator's registers end here: go by Rust.
                    break;
                }
                for i in (0..n).rev() {
                    *window.add(5 + i) = *window.add(4 + i);
                }
                *window.add(4) = this.into_value();
                std::mem::replace(&mut *window, func.into_value()).decref();
                n += 1;
                continue;
            }
            if id == Kind::Type as u32 && names.is_empty() {
                let t = payload_of::<TypeObj>(callee);
                if let Some(r) = call_class(vm, pc, fp, window, t, n, words) {
                    return r;
                }
            }
            break;
        }
        let callee = Ref::from_value(std::mem::replace(&mut *window, Value::UNDEFINED));
        let result = {
            let all = std::slice::from_raw_parts(window.add(4) as *const Ref, n);
            match callee.cast::<NativeFunctionObj>() {
                Some(f) if !f.this.is_undefined() => {
                    // Self goes to the frame word before the arguments.
                    *window.add(3) = f.this.value();
                    let with_self = std::slice::from_raw_parts(window.add(3) as *const Ref, n + 1);
                    let r = match vm.check_native_stack() {
                        Ok(()) => f.def.call(vm, Args::new(with_self, names)),
                        Err(e) => Err(e),
                    };
                    *window.add(3) = Value::UNDEFINED;
                    r
                }
                _ => vm.call_args(&callee, Args::new(all, names)),
            }
        };
        drop_registers(window.add(4), n as u32);
        drop(callee);
        match result {
            Ok(r) => {
                *window = r.into_value();
                next(vm, pc, fp, words)
            }
            Err(_) => raise(vm, pc, fp),
        }
    }
}

/// An instance of a class with a Python `__call__`, with that.
#[inline(always)]
fn callable_instance(vm: &Vm, callee: Value) -> Option<(Ref, Ref)> {
    if !callee.is_ptr() {
        return None;
    }
    let t = object::type_payload(object::class_value(callee));
    if !t.has_flag(type_flag::HEAP) || t.kind == Kind::Type {
        return None;
    }
    let f = vm.lookup(t, &intern_static("__call__"))?;
    f.exact::<FunctionObj>()?;
    Some((callee.to_ref(), f))
}

/// The callee is a Python function: binds and pushes the frame (or makes the generator).
unsafe fn call_python(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    window: Fp,
    n: usize,
    names: &[Ref],
    words: usize,
) -> (Pc, Fp) {
    // SAFETY: as for `call_window`.
    unsafe {
        let callee = *window;
        let func = payload_of::<FunctionObj>(callee);
        let code = code_payload(func);
        let caller_code = code_of(fp);
        let in_generator = caller_code.flags & GENERATOR_KINDS != 0;
        let new_fp = if in_generator {
            let sp = gen_of(fp).sp.get().add(5);
            attempt!(vm, pc, fp, vm.room(sp, n + code.nregs as usize));
            for i in 0..n {
                *sp.add(i) = std::mem::replace(&mut *window.add(4 + i), Value::UNDEFINED);
            }
            sp
        } else {
            let f = window.add(4);
            attempt!(vm, pc, fp, vm.room(f, n + code.nregs as usize));
            f
        };
        attempt!(
            vm,
            pc,
            fp,
            vm.bind(func, code, new_fp, n - names.len(), names)
        );
        if code.flags & GENERATOR_KINDS != 0 {
            let f = Ref::from_value(std::mem::replace(&mut *window, Value::UNDEFINED));
            let g = super::coro::make_generator(vm, f, code, new_fp, code.nregs as usize);
            *window = g.into_value();
            return (pc.add(words), fp);
        }
        if vm.depth >= vm.recursion_limit {
            drop_registers(new_fp, code.nregs);
            vm.too_deep();
            return raise(vm, pc, fp);
        }
        vm.depth += 1;
        let tag = if in_generator {
            *new_fp.sub(5) = Value::tagged(window, 4);
            *new_fp.sub(4) = std::mem::replace(&mut *window, Value::UNDEFINED);
            ret::INTO
        } else {
            ret::PLAIN
        };
        *new_fp.sub(3) = Value::tagged(pc.add(words), tag);
        *new_fp.sub(2) = Value::tagged(fp, 4);
        *new_fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
        if crate::value::runtime::SAFEPOINT.load(std::sync::atomic::Ordering::Relaxed) != 0 {
            vm.pc = code.instrs;
            vm.fp = new_fp;
            if vm.safepoint().is_err() {
                return raise(vm, code.instrs, new_fp);
            }
        }
        (code.instrs, new_fp)
    }
}

/// `CallPyBind`, `CallMethodPyBind`: a Python function whose frame can't simply begin in the window.
#[inline(never)]
pub(crate) fn call_py_bind(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        let callee = *window;
        let n = if i.op == Op::CallPyBind {
            i.b as usize
        } else if (*window.add(4)).is_undefined() {
            return op(vm, pc, fp);
        } else {
            i.b as usize + 1
        };
        if callee.shape_id() != Kind::Function as u32 {
            return op(vm, pc, fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        call_python(vm, pc, fp, window, n, &[], 2)
    }
}

/// `CallPyGen`, `CallMethodPyGen`: makes a generator or coroutine from the arguments in the window.
#[inline(never)]
pub(crate) fn call_py_gen(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame and holds as many arguments as the code has parameters.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        let callee = *window;
        let n = if i.op == Op::CallPyGen {
            i.b as usize
        } else if (*window.add(4)).is_undefined() {
            return op(vm, pc, fp);
        } else {
            i.b as usize + 1
        };
        if callee.shape_id() != Kind::Function as u32 {
            return op(vm, pc, fp);
        }
        let code = code_payload(payload_of::<FunctionObj>(callee));
        if code.simple as usize != n || code.flags & GENERATOR_KINDS == 0 {
            return op(vm, pc, fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        let f = Ref::from_value(std::mem::replace(&mut *window, Value::UNDEFINED));
        let g = super::coro::make_generator(vm, f, code, window.add(4), n);
        *window = g.into_value();
        (pc.add(2), fp)
    }
}

/// Calls a Python function for an instruction of `words` words that has no window; the result goes to `R[a]`. Its frame is pushed above
/// all registers of the running one.
pub(crate) unsafe fn push_call<const N: usize>(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    a: u16,
    words: usize,
    f: Ref,
    args: [Ref; N],
) -> (Pc, Fp) {
    // SAFETY: `f` is a function; there is room for its frame or an error is raised.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let func = payload_of::<FunctionObj>(f.value());
        let code = code_payload(func);
        let new_fp = vm.top().add(5);
        attempt!(vm, pc, fp, vm.room(new_fp, N + code.nregs as usize));
        for (i, a) in args.into_iter().enumerate() {
            *new_fp.add(i) = a.into_value();
        }
        attempt!(vm, pc, fp, vm.bind(func, code, new_fp, N, &[]));
        if code.flags & GENERATOR_KINDS != 0 {
            let n = code.nregs as usize;
            let g = super::coro::make_generator(vm, f, code, new_fp, n);
            put(fp, a, g);
            return next(vm, pc, fp, words);
        }
        if vm.depth >= vm.recursion_limit {
            drop_registers(new_fp, code.nregs);
            vm.too_deep();
            return raise(vm, pc, fp);
        }
        vm.depth += 1;
        *new_fp.sub(5) = Value::tagged(fp.add(a as usize), 4);
        *new_fp.sub(4) = f.into_value();
        *new_fp.sub(3) = Value::tagged(pc.add(words), ret::INTO);
        *new_fp.sub(2) = Value::tagged(fp, 4);
        *new_fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
        (code.instrs, new_fp)
    }
}

/// A class with plain `__new__` and a Python `__init__`: makes the instance and pushes `__init__`'s frame.
unsafe fn call_class(
    vm: &mut Vm,
    pc: Pc,
    fp: Fp,
    window: Fp,
    t: &'static TypeObj,
    n: usize,
    words: usize,
) -> Option<(Pc, Fp)> {
    // SAFETY: as for `call_window`.
    unsafe {
        if t.kind != Kind::Object || t.has_flag(type_flag::ABSTRACT) {
            return None;
        }
        let in_generator = code_of(fp).flags & GENERATOR_KINDS != 0;
        if !t.slots.new.get().is_some_and(|f| {
            std::ptr::fn_addr_eq(f, crate::types::object::object_new as slots::CallFn)
        }) {
            return None;
        }
        let init = vm.lookup(t, &intern_static("__init__"))?;
        let func = init.exact::<FunctionObj>()?;
        let code = code_payload(func);
        if code.flags & GENERATOR_KINDS != 0 || vm.depth >= vm.recursion_limit {
            return None;
        }
        // The registers of a generator are not on the stack.
        let new_fp = if in_generator {
            gen_of(fp).sp.get().add(5)
        } else {
            window.add(5)
        };
        if vm.room(new_fp, n + code.nregs as usize + 8).is_err() {
            vm.exc = None;
            return None;
        }
        let obj = Ref::new_instance(t);
        for i in (0..n).rev() {
            *new_fp.add(1 + i) = *window.add(4 + i);
            if in_generator {
                *window.add(4 + i) = Value::UNDEFINED;
            }
        }
        *new_fp = obj.clone().into_value();
        if vm
            .bind(
                payload_of::<FunctionObj>(init.value()),
                code,
                new_fp,
                n + 1,
                &[],
            )
            .is_err()
        {
            if !in_generator {
                *window.add(4) = Value::UNDEFINED;
            }
            return Some(raise(vm, pc, fp));
        }
        std::mem::replace(&mut *window, obj.into_value()).decref();
        vm.depth += 1;
        *new_fp.sub(4) = init.into_value();
        *new_fp.sub(3) = Value::tagged(pc.add(words), ret::INIT);
        *new_fp.sub(2) = Value::tagged(fp, 4);
        *new_fp.sub(1) = Value::tagged(code as *const CodeObj, 4);
        Some((code.instrs, new_fp))
    }
}

/// `CallClass`: a class with a Python `__init__` known from last time.
#[inline(never)]
pub(crate) fn call_class_op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        if (*window).shape_id() == Kind::Type as u32 {
            vm.pc = pc;
            vm.fp = fp;
            let t = payload_of::<TypeObj>(*window);
            if let Some(on) = call_class(vm, pc, fp, window, t, i.b as usize, 2) {
                return on;
            }
        }
        op(vm, pc, fp)
    }
}

/// `CallType`: a class whose metaclass is `type` itself.
#[inline(never)]
pub(crate) fn call_type(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame; only its own instructions write it.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        let callee = *window;
        if callee.shape_id() != Kind::Type as u32 {
            return op(vm, pc, fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        let n = i.b as usize;
        let args = std::slice::from_raw_parts(window.add(4) as *const Ref, n);
        let class = &*(window as *const Ref);
        if n == 1 && callee == rt().types.type_.value() {
            let t = class_of(&args[0]).into_value();
            std::mem::replace(&mut *window.add(4), Value::UNDEFINED).decref();
            std::mem::replace(&mut *window, t).decref();
            return next(vm, pc, fp, 2);
        }
        attempt!(vm, pc, fp, vm.check_native_stack());
        let t = payload_of::<TypeObj>(callee);
        let plain_new = t.slots.new.get().is_some_and(|f| {
            std::ptr::fn_addr_eq(f, crate::types::object::object_new as slots::CallFn)
        });
        if plain_new && let Some(on) = call_class(vm, pc, fp, window, t, n, 2) {
            return on;
        }
        let result = crate::types::class::instantiate(vm, class, t, Args::positional(args));
        drop_registers(window.add(4), n as u32);
        match result {
            Ok(r) => {
                std::mem::replace(&mut *window, r.into_value()).decref();
                next(vm, pc, fp, 2)
            }
            Err(_) => raise(vm, pc, fp),
        }
    }
}

/// All instructions of this family.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let window = fp.add(i.a as usize);
        match i.op.base() {
            Op::Call => {
                quicken_call(vm, pc, fp, *window, i.b as usize, false);
                call_window(vm, pc, fp, i.a, i.b as usize, &[], 2)
            }
            Op::CallMethod => {
                let n = shift_self(window, i.b as usize);
                if n > i.b as usize {
                    quicken_call(vm, pc, fp, *window, n, true);
                }
                call_window(vm, pc, fp, i.a, n, &[], 2)
            }
            Op::CallKw => {
                let names = code.consts[i.c as usize].tuple_items().unwrap_or(&[]);
                call_window(vm, pc, fp, i.a, i.b as usize, names, 1)
            }
            Op::CallMethodKw => {
                let names = code.consts[i.c as usize].tuple_items().unwrap_or(&[]);
                let n = shift_self(window, i.b as usize);
                call_window(vm, pc, fp, i.a, n, names, 1)
            }
            Op::CallEx => call_ex(vm, pc, fp, i.a, i.b & 1 != 0),
            _ => {
                // MakeFunction.
                let mut at = i.b;
                let mut pull = || {
                    let v = super::exc::pull(fp, at);
                    at += 1;
                    v
                };
                let code = pull();
                let globals = func_of(fp).globals.clone();
                let builtins = func_of(fp).builtins.clone();
                let parts = i.c;
                let defaults = if parts & 1 != 0 { pull() } else { Ref::none() };
                let kwdefaults = if parts & 2 != 0 { pull() } else { Ref::none() };
                let annotate = if parts & 4 != 0 { pull() } else { Ref::none() };
                let closure: Box<[Ref]> = if parts & 8 != 0 {
                    pull().tuple_items().unwrap_or(&[]).into()
                } else {
                    Box::new([])
                };
                let f = vm.function_of(&code, &globals, &builtins, closure);
                if let Some(o) = f.cast::<FunctionObj>() {
                    o.defaults.set(defaults);
                    o.kwdefaults.set(kwdefaults);
                    o.annotate.set(annotate);
                }
                put(fp, i.a, f);
                (pc.add(1), fp)
            }
        }
    }
}

/// After `LoadMethod`: how many arguments there are with self, which is dropped from the window if it is undefined.
unsafe fn shift_self(window: Fp, n: usize) -> usize {
    // SAFETY: the window has self and `n` arguments.
    unsafe {
        if !(*window.add(4)).is_undefined() {
            return n + 1;
        }
        for i in 0..n {
            *window.add(4 + i) = *window.add(5 + i);
        }
        *window.add(4 + n) = Value::UNDEFINED;
        n
    }
}

/// Chooses the quick form for what is called here.
unsafe fn quicken_call(vm: &mut Vm, pc: Pc, fp: Fp, callee: Value, n: usize, method: bool) {
    // SAFETY: `pc` is an instruction with one cache word.
    unsafe {
        let in_generator = code_of(fp).flags & GENERATOR_KINDS != 0;
        let at = pc as *mut taipan_bytecode::Instr;
        let id = callee.shape_id();
        if id == Kind::Function as u32 {
            let code = code_payload(payload_of::<FunctionObj>(callee));
            let [plain, bind, generator] = if method {
                [Op::CallMethodPy, Op::CallMethodPyBind, Op::CallMethodPyGen]
            } else {
                [Op::CallPy, Op::CallPyBind, Op::CallPyGen]
            };
            (*at).op = if code.entry as usize == n && !in_generator {
                plain
            } else if code.simple as usize == n && code.flags & GENERATOR_KINDS != 0 {
                generator
            } else {
                bind
            };
            return;
        }
        if id == Kind::Type as u32 && !method {
            let t = payload_of::<TypeObj>(callee);
            let python_init = vm
                .lookup(t, &intern_static("__init__"))
                .is_some_and(|f| f.exact::<FunctionObj>().is_some());
            if t.kind == Kind::Object && python_init {
                (*at).op = Op::CallClass;
            } else if object::class_value(callee) == rt().types.type_.value() {
                (*at).op = Op::CallType;
            }
            return;
        }
        let r = callee.to_ref();
        if let Some(f) = r.cast::<NativeFunctionObj>() {
            let info = &f.def.info;
            let given = n + !f.this.is_undefined() as usize;
            let fits = match f.def.body {
                Body::Fixed(_) => {
                    given >= info.min
                        && given <= info.max_positional
                        && info.params == info.max_positional
                }
                Body::Variadic(_) => true,
            };
            if fits {
                if method && f.this.is_undefined() && f.def.kind == DefKind::Method {
                    (*at).op = Op::CallMethodNative;
                    put_word(at.add(1), f.def as *const _ as u64);
                } else if !method
                    && f.def.kind != DefKind::Method
                    && (f.def.kind != DefKind::ClassMethod || !f.this.is_undefined())
                {
                    (*at).op = Op::CallNative;
                    put_word(at.add(1), f.def as *const _ as u64);
                }
            }
        }
        let _ = vm;
    }
}

/// `CallNative`: a builtin function known from last time.
#[inline(never)]
pub(crate) fn call_native(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: the cache word holds a definition, which lives for ever; it is only used if the callee has the same.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        let callee = *window;
        let def = *(pc.add(1) as *const u64) as *const crate::native::NativeDef;
        if callee.shape_id() != Kind::NativeFunction as u32
            || !std::ptr::eq(payload_of::<NativeFunctionObj>(callee).def, def)
        {
            return op(vm, pc, fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        let f = payload_of::<NativeFunctionObj>(callee);
        attempt!(vm, pc, fp, vm.check_native_stack());
        let n = i.b as usize;
        let bound = !f.this.is_undefined();
        let args = if bound {
            *window.add(3) = f.this.value();
            std::slice::from_raw_parts(window.add(3) as *const Ref, n + 1)
        } else {
            std::slice::from_raw_parts(window.add(4) as *const Ref, n)
        };
        let result = match (*def).body {
            Body::Fixed(body) => body(vm, args),
            Body::Variadic(body) => body(vm, Args::positional(args)),
        };
        if bound {
            *window.add(3) = Value::UNDEFINED;
        }
        drop_registers(window.add(4), n as u32);
        match result {
            Ok(r) => {
                std::mem::replace(&mut *window, r.into_value()).decref();
                next(vm, pc, fp, 2)
            }
            Err(_) => raise(vm, pc, fp),
        }
    }
}

/// `CallMethodNative`: a method of a builtin class known from last time.
#[inline(never)]
pub(crate) fn call_method_native(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as for `call_native`.
    unsafe {
        let i = *pc;
        let window = fp.add(i.a as usize);
        let callee = *window;
        let def = *(pc.add(1) as *const u64) as *const crate::native::NativeDef;
        let this = *window.add(4);
        let same = callee.is_ptr()
            && rt().shape(callee.shape_id()).kind == Kind::NativeFunction
            && std::ptr::eq(payload_of::<NativeFunctionObj>(callee).def, def);
        if !same || this.is_undefined() {
            return op(vm, pc, fp);
        }
        vm.pc = pc;
        vm.fp = fp;
        let f = payload_of::<NativeFunctionObj>(callee);
        let n = i.b as usize + 1;
        let args = std::slice::from_raw_parts(window.add(4) as *const Ref, n);
        attempt!(vm, pc, fp, vm.check_native_stack());
        if object::class_value(this) != f.owner.value() {
            attempt!(vm, pc, fp, vm.check_receiver(f, Args::positional(args)));
        }
        let result = match (*def).body {
            Body::Fixed(body) => body(vm, args),
            Body::Variadic(body) => body(vm, Args::positional(args)),
        };
        drop_registers(window.add(4), n as u32);
        match result {
            Ok(r) => {
                std::mem::replace(&mut *window, r.into_value()).decref();
                next(vm, pc, fp, 2)
            }
            Err(_) => raise(vm, pc, fp),
        }
    }
}

/// `f(*args, **kwargs)`.
unsafe fn call_ex(vm: &mut Vm, pc: Pc, fp: Fp, a: u16, has_kw: bool) -> (Pc, Fp) {
    // SAFETY: the window belongs to the running frame.
    unsafe {
        let window = fp.add(a as usize);
        let callee = (*window).to_ref();
        let args = Ref::from_value(std::mem::replace(&mut *window.add(4), Value::UNDEFINED));
        let kwargs = if has_kw {
            Ref::from_value(std::mem::replace(&mut *window.add(5), Value::UNDEFINED))
        } else {
            Ref::none()
        };
        let mut all = if let Some(t) = args.cast::<TupleObj>() {
            t.items().to_vec()
        } else if args.class().slots.iter.get().is_none()
            && args.class().slots.getitem.get().is_none()
        {
            let text = format!(
                "{} argument after * must be an iterable, not {}",
                callable_name(vm, &callee),
                vm.type_name(&args)
            );
            vm.type_error(&text);
            return raise(vm, pc, fp);
        } else {
            attempt!(vm, pc, fp, vm.collect(&args))
        };
        let mut names = Vec::new();
        if let Some(d) = kwargs.cast::<DictObj>() {
            for (k, v) in d.items() {
                if !k.is_str() {
                    let text = "keywords must be strings";
                    vm.type_error(text);
                    return raise(vm, pc, fp);
                }
                names.push(k);
                all.push(v);
            }
        }
        drop(args);
        drop(kwargs);
        let is_python = callee.exact::<FunctionObj>().is_some()
            || callee
                .exact::<BoundMethodObj>()
                .is_some_and(|m| m.func.exact::<FunctionObj>().is_some());
        if is_python && code_of(fp).flags & GENERATOR_KINDS == 0 {
            attempt!(vm, pc, fp, vm.room(window, all.len() + 32));
            let n = all.len();
            for (i, v) in all.into_iter().enumerate() {
                *window.add(4 + i) = v.into_value();
            }
            return call_window(vm, pc, fp, a, n, &names, 1);
        }
        let r = attempt!(vm, pc, fp, vm.call_args(&callee, Args::new(&all, &names)));
        drop(all);
        put(fp, a, r);
        next(vm, pc, fp, 1)
    }
}

/// `f()` or `module.f()` for messages about calls.
pub(crate) fn callable_name(vm: &mut Vm, f: &Ref) -> String {
    let q = vm.saving_exc(|vm| {
        let Some(q) = vm.getattr_opt(f, &intern("__qualname__"))? else {
            return Ok(String::new());
        };
        let q = vm.str_text(&q)?;
        let m = vm.getattr_opt(f, &intern("__module__"))?;
        Ok(match m {
            Some(m) if m.is_str() && vm.str_lossy(&m) != "builtins" => {
                format!("{}.{q}()", vm.str_lossy(&m))
            }
            _ => format!("{q}()"),
        })
    });
    if q.is_empty() {
        return vm.saving_exc(|vm| vm.str_text(f)) + "()";
    }
    q
}
