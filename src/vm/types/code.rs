//! `code`: what Python code sees of compiled code.
//!
//! Offsets count two bytes for an instruction word, so that `co_lines`, `co_positions`, `f_lasti` and `tb_lasti` agree with each
//! other and with programs written for the reference's code units.

use super::builtin_function::wrong_receiver;
use super::descriptors::readonly;
use super::spec::TypeSpec;
use crate::native::Args;
use crate::value::header::Kind;
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_bytes, new_int, new_list, new_str, new_tuple, new_usize};
use crate::{R, Vm, getset, methods};
use std::sync::Arc;
use taipan_bytecode::{Code, Const, flags};

pub static CODE: TypeSpec = TypeSpec {
    name: "code",
    kind: Kind::Code,
    exact: true,
    flags: type_flag::HAS_WEAKREF,
    doc: "The compiled form of a function, a class body or a module.\n\nUse compile() to make one, and replace() to alter one.",
    methods: METHODS,
    getset: GETSET,
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let c = code(vm, r)?;
            let text = format!(
                "<code object {} at {:#x}, file \"{}\", line {}>",
                vm.str_lossy(&c.name),
                r.id(),
                vm.str_lossy(&c.filename),
                c.code.first_line
            );
            Ok(new_str(&text))
        }));
        s.hash.set(Some(|vm, r| {
            let c = code(vm, r)?;
            let h = c.name.str_obj().hash() as i64
                ^ (c.code.first_line as i64) << 20
                ^ c.ninstrs as i64;
            Ok(if h == -1 { -2 } else { h })
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            if !matches!(op, Cmp::Eq | Cmp::Ne) || b.cast::<CodeObj>().is_none() {
                return Ok(Ref::not_implemented());
            }
            Ok(Ref::bool(equal(vm, a, b)? == (op == Cmp::Eq)))
        }));
        s.new.set(Some(|vm, _, args| {
            let n = args.pos().len();
            if n < 16 {
                return Err(vm.type_error(&format!("code expected at least 16 arguments, got {n}")));
            }
            Err(vm.value_error("code: co_code is malformed"))
        }));
    },
};

fn code<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a CodeObj> {
    match r.cast::<CodeObj>() {
        Some(c) => Ok(c),
        None => Err(wrong_receiver(vm, "code", r)),
    }
}

methods! { METHODS;
    "co_lines(self, /)" => |vm, a| {
        let lines = new_list(lines(&code(vm, &a[0])?.code));
        vm.iter(&lines)
    }, "";
    "co_positions(self, /)" => |vm, a| {
        let positions = new_list(positions(&code(vm, &a[0])?.code));
        vm.iter(&positions)
    }, "";
    "co_branches(self, /)" => |vm, a| {
        code(vm, &a[0])?;
        let none = new_list(vec![]);
        vm.iter(&none)
    }, "";
    var "replace(self, /, **changes)" => replace, "A copy in which the given attributes are different.";
    var "__replace__(self, /, **changes)" => replace, "A copy in which the given attributes are different; for copy.replace().";
    "_varname_from_oparg(self, oparg)" => |vm, a| {
        let c = code(vm, &a[0])?;
        let i = vm.index_size(&a[1])?;
        match usize::try_from(i).ok().and_then(|i| c.varnames.get(i)) {
            Some(n) => Ok(n.clone()),
            None => Err(vm.index_error("tuple index out of range")),
        }
    }, "The name of the variable with that number, locals first, then cells.";
}

getset! { GETSET;
    "co_argcount" => |vm, r| Ok(new_int(code(vm, r)?.code.argcount as i64)), readonly, "";
    "co_posonlyargcount" => |vm, r| Ok(new_int(code(vm, r)?.code.posonlyargcount as i64)), readonly, "";
    "co_kwonlyargcount" => |vm, r| Ok(new_int(code(vm, r)?.code.kwonlyargcount as i64)), readonly, "";
    "co_nlocals" => |vm, r| Ok(new_usize(local_names(&code(vm, r)?.code).len())), "";
    "co_stacksize" => |vm, r| {
        let c = &code(vm, r)?.code;
        Ok(new_int(c.nregs as i64 - c.nlocals as i64))
    }, readonly, "";
    "co_flags" => |vm, r| Ok(new_int(shown_flags(&code(vm, r)?.code) as i64)), readonly, "";
    "co_code" => code_bytes, "";
    "_co_code_adaptive" => code_bytes, "";
    "co_consts" => |vm, r| Ok(new_tuple(code(vm, r)?.consts.to_vec())), readonly, "";
    "co_names" => |vm, r| Ok(new_tuple(code(vm, r)?.names.to_vec())), readonly, "";
    "co_varnames" => |vm, r| Ok(name_tuple(local_names(&code(vm, r)?.code))), "";
    "co_cellvars" => |vm, r| Ok(name_tuple(cell_names(&code(vm, r)?.code))), "";
    "co_freevars" => |vm, r| Ok(name_tuple(code(vm, r)?.code.freevars.iter().map(|n| &**n).collect())), "";
    "co_filename" => |vm, r| Ok(code(vm, r)?.filename.clone()), readonly, "";
    "co_name" => |vm, r| Ok(code(vm, r)?.name.clone()), readonly, "";
    "co_qualname" => |vm, r| Ok(code(vm, r)?.qualname.clone()), readonly, "";
    "co_firstlineno" => |vm, r| Ok(new_int(code(vm, r)?.code.first_line as i64)), readonly, "";
    "co_linetable" => |vm, r| {
        let mut out = Vec::new();
        for (n, p) in &code(vm, r)?.code.positions {
            for word in [*n, p.line, p.end_line, p.col, p.end_col] {
                out.extend_from_slice(&word.to_le_bytes());
            }
        }
        Ok(new_bytes(&out))
    }, readonly, "";
    "co_lnotab" => |vm, r| {
        code(vm, r)?;
        let class = rt().types.deprecation_warning.clone();
        vm.warn(&class, "co_lnotab is deprecated, use co_lines instead.", 1)?;
        Ok(new_bytes(&[]))
    }, "";
    "co_exceptiontable" => |vm, r| {
        let mut out = Vec::new();
        for e in &code(vm, r)?.code.exceptions {
            for word in [e.start, e.end, e.handler] {
                out.extend_from_slice(&word.to_le_bytes());
            }
        }
        Ok(new_bytes(&out))
    }, readonly, "";
}

fn shown_flags(c: &Code) -> u32 {
    c.flags & !flags::NAMESPACE
}

fn name_tuple(names: Vec<&str>) -> Ref {
    new_tuple(names.into_iter().map(intern).collect())
}

/// Parameters, `*args` and `**kwargs` included.
fn parameter_count(c: &Code) -> usize {
    let stars =
        (c.flags & flags::VARARGS != 0) as usize + (c.flags & flags::VARKEYWORDS != 0) as usize;
    c.argcount as usize + c.kwonlyargcount as usize + stars
}

/// Variables by register: parameters, then those that are no cells.
fn local_names(c: &Code) -> Vec<&str> {
    let first = (c.flags & flags::NAMESPACE != 0) as usize;
    let params = parameter_count(c);
    let mut out: Vec<&str> = Vec::new();
    for (i, name) in c
        .varnames
        .iter()
        .enumerate()
        .take(c.nlocals as usize)
        .skip(first)
    {
        let own = i < params || !c.cellvars.contains(&(i as u16));
        // Variables of inlined comprehensions have registers of their own beside those of the same name.
        if own && !name.is_empty() && (i < params || !out.contains(&&**name)) {
            out.push(name);
        }
    }
    out
}

fn cell_names(c: &Code) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for &i in &c.cellvars {
        if let Some(name) = c.varnames.get(i as usize)
            && !out.contains(&&**name)
        {
            out.push(name);
        }
    }
    out
}

/// Two bytes a word: the operation and the first operand, as far as they fit.
fn code_bytes(vm: &mut Vm, r: &Ref) -> R<Ref> {
    let c = code(vm, r)?;
    let bytes: Vec<u8> = c
        .code
        .instrs
        .iter()
        .flat_map(|i| [i.op as u16 as u8, i.a as u8])
        .collect();
    Ok(new_bytes(&bytes))
}

/// `(start, end, line)` for each run of instructions of one line.
fn lines(c: &Code) -> Vec<Ref> {
    // The reference's code begins with an instruction that belongs to the line of the definition.
    let module = c.flags & flags::NAMESPACE != 0 && &*c.name == "<module>";
    let first = if module { 0 } else { c.first_line };
    let mut runs: Vec<(u32, u32, Option<u32>)> = vec![(0, 0, Some(first))];
    let mut at = 0;
    for (n, p) in &c.positions {
        match runs.last_mut() {
            Some(last) if last.2.unwrap_or(0) == p.line && last.1 > 0 => last.1 += n,
            _ => runs.push((at, at + n, Some(p.line).filter(|&l| l != 0))),
        }
        at += n;
    }
    let line = |l: Option<u32>| l.map_or_else(Ref::none, |l| new_int(l as i64));
    runs.iter()
        .map(|&(start, end, l)| {
            new_tuple(vec![
                new_int(start as i64 * 2),
                new_int(end as i64 * 2),
                line(l),
            ])
        })
        .collect()
}

/// `(line, end line, column, end column)` for each instruction word.
fn positions(c: &Code) -> Vec<Ref> {
    let mut out = Vec::with_capacity(c.instrs.len());
    for (n, p) in &c.positions {
        let parts = if p.line == 0 {
            vec![Ref::none(); 4]
        } else {
            [p.line, p.end_line, p.col, p.end_col]
                .map(|x| new_int(x as i64))
                .to_vec()
        };
        let entry = new_tuple(parts);
        out.extend((0..*n).map(|_| entry.clone()));
    }
    out
}

fn equal(vm: &mut Vm, a: &Ref, b: &Ref) -> R<bool> {
    vm.check_native_stack()?;
    let (x, y) = (code(vm, a)?, code(vm, b)?);
    let (c, d) = (x.code.clone(), y.code.clone());
    if Arc::ptr_eq(&c, &d) {
        return Ok(true);
    }
    let same = c.name == d.name
        && c.argcount == d.argcount
        && c.posonlyargcount == d.posonlyargcount
        && c.kwonlyargcount == d.kwonlyargcount
        && c.flags == d.flags
        && c.first_line == d.first_line
        && c.instrs == d.instrs
        && c.varnames == d.varnames
        && c.cellvars == d.cellvars
        && c.freevars == d.freevars
        && c.names == d.names
        && c.positions == d.positions
        && c.exceptions == d.exceptions
        && x.consts.len() == y.consts.len();
    if !same {
        return Ok(false);
    }
    let pairs: Vec<(Ref, Ref)> = x
        .consts
        .iter()
        .cloned()
        .zip(y.consts.iter().cloned())
        .collect();
    for (p, q) in &pairs {
        // 1, 1.0 and True are different constants.
        if !class_of(p).is(&class_of(q)) || !vm.equal(p, q)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A value as a constant of compiled code; `None` if it can't be one.
fn constant(vm: &mut Vm, r: &Ref) -> R<Option<Const>> {
    vm.check_native_stack()?;
    let many = |vm: &mut Vm, items: &[Ref]| -> R<Option<Box<[Const]>>> {
        let mut out = Vec::with_capacity(items.len());
        for i in items {
            match constant(vm, i)? {
                Some(c) => out.push(c),
                None => return Ok(None),
            }
        }
        Ok(Some(out.into()))
    };
    Ok(Some(if r.is_none() {
        Const::None
    } else if r.is_bool() {
        if r.is_true() {
            Const::True
        } else {
            Const::False
        }
    } else if r.is(&Ref::ellipsis()) {
        Const::Ellipsis
    } else if r.value().is_int() {
        Const::Int(r.value().int())
    } else if let Some(i) = r.exact::<IntObj>() {
        Const::BigInt(i.0.clone())
    } else if let Some(f) = r.as_float() {
        Const::Float(f)
    } else if let Some(c) = r.exact::<ComplexObj>() {
        Const::Complex(c.re, c.im)
    } else if let Some(s) = r.exact::<StrObj>() {
        Const::Str(s.bytes().into())
    } else if let Some(b) = r.exact::<BytesObj>() {
        Const::Bytes(b.bytes().into())
    } else if let Some(t) = r.exact::<TupleObj>() {
        return Ok(many(vm, t.items())?.map(Const::Tuple));
    } else if class_of(r).is(&rt().types.frozenset) {
        let items = vm.collect(r)?;
        return Ok(many(vm, &items)?.map(Const::FrozenSet));
    } else if let Some(s) = r.exact::<SliceObj>() {
        let parts = [s.start.clone(), s.stop.clone(), s.step.clone()];
        let Some(parts) = many(vm, &parts)? else {
            return Ok(None);
        };
        match <[Const; 3]>::try_from(parts.into_vec()) {
            Ok(parts) => Const::Slice(Box::new(parts)),
            Err(_) => return Ok(None),
        }
    } else if let Some(c) = r.cast::<CodeObj>() {
        Const::Code(c.code.clone())
    } else {
        return Ok(None);
    }))
}

fn replace(vm: &mut Vm, args: Args) -> R<Ref> {
    if args.pos().len() > 1 {
        return Err(vm.type_error("replace() takes no positional arguments"));
    }
    let this = &args.all[0];
    let original = code(vm, this)?;
    let mut new: Code = (*original.code).clone();
    for (key, value) in args.kw() {
        let key = vm.str_lossy(key);
        change(vm, this, &mut new, &key, value)?;
    }
    let params = new.argcount as usize + new.kwonlyargcount as usize;
    let before = original.code.argcount as usize + original.code.kwonlyargcount as usize;
    if params != before || new.posonlyargcount > new.argcount {
        return Err(vm.value_error("code: co_varnames is too small"));
    }
    Ok(vm.new_code(&Arc::new(new)))
}

fn change(vm: &mut Vm, this: &Ref, new: &mut Code, key: &str, value: &Ref) -> R<()> {
    match key {
        "co_argcount" => new.argcount = count(vm, key, value)?,
        "co_posonlyargcount" => new.posonlyargcount = count(vm, key, value)?,
        "co_kwonlyargcount" => new.kwonlyargcount = count(vm, key, value)?,
        "co_nlocals" | "co_stacksize" => {
            count(vm, key, value)?;
        }
        "co_flags" => {
            let f = vm.index_i32(value)? as u32;
            // Parameters and the kind of frame belong to the instructions.
            const FIXED: u32 = flags::OPTIMIZED
                | flags::NEWLOCALS
                | flags::VARARGS
                | flags::VARKEYWORDS
                | flags::GENERATOR
                | flags::COROUTINE
                | flags::ASYNC_GENERATOR;
            if (f ^ new.flags) & FIXED != 0 {
                return Err(vm.value_error("code: co_flags does not fit co_code"));
            }
            new.flags = f & !flags::NAMESPACE | new.flags & flags::NAMESPACE;
        }
        "co_firstlineno" => {
            let line = vm.index_i32(value)?;
            if line < 0 {
                return Err(vm.value_error("co_firstlineno must be a positive integer"));
            }
            // Lines of instructions are relative to the first.
            let delta = line as i64 - new.first_line as i64;
            let shift = |l: &mut u32| {
                if *l != 0 {
                    *l = (*l as i64 + delta).clamp(0, u32::MAX as i64) as u32;
                }
            };
            for (_, p) in &mut new.positions {
                shift(&mut p.line);
                shift(&mut p.end_line);
            }
            new.first_line = line as u32;
        }
        "co_filename" => new.filename = text(vm, key, value)?,
        "co_name" => new.name = text(vm, key, value)?,
        "co_qualname" => new.qualname = text(vm, key, value)?,
        "co_consts" => {
            let items = tuple(vm, key, value)?;
            // Instructions go on finding a constant at every index they name.
            for missing in new.consts.iter_mut().skip(items.len()) {
                *missing = Const::None;
            }
            for (i, item) in items.iter().enumerate() {
                match (constant(vm, item)?, new.consts.get_mut(i)) {
                    (Some(c), Some(place)) => *place = c,
                    (Some(c), None) => new.consts.push(c),
                    (None, _) => {
                        let text = format!(
                            "code: co_consts can't hold a '{}' object",
                            vm.type_name(item)
                        );
                        return Err(vm.type_error(&text));
                    }
                }
            }
        }
        "co_names" => {
            let names = names(vm, key, value)?;
            if names.len() < new.names.len() {
                return Err(vm.value_error("code: co_names is too small"));
            }
            new.names = names;
        }
        "co_freevars" => {
            let names = names(vm, key, value)?;
            if names.len() < new.freevars.len() {
                return Err(vm.value_error("code: co_freevars is too small"));
            }
            new.freevars = names;
        }
        "co_varnames" | "co_cellvars" => {
            let names = names(vm, key, value)?;
            let old: Vec<Box<str>> = if key == "co_varnames" {
                local_names(new).into_iter().map(Into::into).collect()
            } else {
                cell_names(new).into_iter().map(Into::into).collect()
            };
            if names.len() != old.len() {
                return Err(vm.value_error(&format!("code: {key} is too small")));
            }
            for (from, to) in old.iter().zip(names) {
                for n in new.varnames.iter_mut().filter(|n| *n == from) {
                    *n = to.clone();
                }
            }
        }
        "co_code" | "co_linetable" | "co_exceptiontable" => {
            if value.cast::<BytesObj>().is_none() {
                return Err(wrong_argument(vm, key, "bytes", value));
            }
            let own = vm.getattr_str(this, key)?;
            if !vm.equal(&own, value)? {
                return Err(vm.value_error(&format!("code: {key} is malformed")));
            }
        }
        _ => {
            return Err(vm.type_error(&format!(
                "replace() got an unexpected keyword argument '{key}'"
            )));
        }
    }
    Ok(())
}

fn count(vm: &mut Vm, key: &str, value: &Ref) -> R<u16> {
    let n = vm.index_i32(value)?;
    if n < 0 {
        return Err(vm.value_error(&format!("{key} must be a positive integer")));
    }
    match u16::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) => Err(vm.value_error("code: co_varnames is too small")),
    }
}

#[cold]
fn wrong_argument(vm: &mut Vm, key: &str, wanted: &str, value: &Ref) -> crate::Raised {
    let text = format!(
        "replace() argument '{key}' must be {wanted}, not {}",
        vm.type_name(value)
    );
    vm.type_error(&text)
}

fn text(vm: &mut Vm, key: &str, value: &Ref) -> R<Box<str>> {
    if !value.is_str() {
        return Err(wrong_argument(vm, key, "str", value));
    }
    Ok(vm.str_lossy(value).into())
}

fn tuple(vm: &mut Vm, key: &str, value: &Ref) -> R<Vec<Ref>> {
    match value.tuple_items() {
        Some(t) => Ok(t.to_vec()),
        None => Err(wrong_argument(vm, key, "tuple", value)),
    }
}

fn names(vm: &mut Vm, key: &str, value: &Ref) -> R<Vec<Box<str>>> {
    let mut out = Vec::new();
    for n in tuple(vm, key, value)? {
        if !n.is_str() {
            let text = format!(
                "name tuples must contain only strings, not '{}'",
                vm.type_name(&n)
            );
            return Err(vm.type_error(&text));
        }
        out.push(vm.str_lossy(&n).into());
    }
    Ok(out)
}
