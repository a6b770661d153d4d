//! `compile`, `eval`, `exec`: from source to code to its effects.

use crate::native::arg;
use crate::value::*;
use crate::vm::{CompileRequest, new_int, new_str};
use crate::{R, Vm};
use taipan_bytecode::flags as co;

/// The flags that `compile()` knows: `__future__` features and those of the `ast` module.
mod flag {
    pub const FUTURES: u32 = 0x1FE_0010;
    pub const ONLY_AST: u32 = 0x400;
    pub const OWN: u32 = 0xFF00;
}

/// The text of a source argument and whether it came as str; `what` begins the error's message.
fn source_bytes(vm: &mut Vm, source: &Ref, what: &str) -> R<(Vec<u8>, bool)> {
    if let Some(s) = source.cast::<StrObj>() {
        if s.to_str().is_none() {
            return Err(surrogate_error(vm, source));
        }
        return Ok((s.bytes().to_vec(), true));
    }
    if let Some(b) = crate::modules::buffer::bytes_like(vm, source)? {
        return Ok((b, false));
    }
    Err(vm.type_error(what))
}

/// UnicodeEncodeError for the first lone surrogate of a str.
fn surrogate_error(vm: &mut Vm, s: &Ref) -> crate::Raised {
    let bytes = s.str_obj().bytes();
    let at = taipan_text::wtf8::first_surrogate(bytes).unwrap_or(0);
    let start = taipan_text::wtf8::count(&bytes[..at]) as i64;
    let class = rt().types.unicode_encode_error.clone();
    vm.raise_new(
        &class,
        vec![
            new_str("utf-8"),
            s.clone(),
            new_int(start),
            new_int(start + 1),
            new_str("surrogates not allowed"),
        ],
    )
}

/// Compiles through the hook and makes a code object.
pub(crate) fn compile_source(vm: &mut Vm, request: &CompileRequest) -> R<Ref> {
    let Some(compile) = vm.compile else {
        return Err(vm.runtime_error("this interpreter has no compiler"));
    };
    let code = compile(vm, request)?;
    Ok(vm.new_code(&code))
}

/// Flags that code compiled by the running frame inherits from it.
fn inherited(vm: &mut Vm) -> u32 {
    vm.frame_object(0)
        .and_then(|f| {
            f.cast::<FrameObj>()
                .and_then(|f| f.code.cast::<CodeObj>().map(|c| c.flags))
        })
        .unwrap_or(0)
        & co::FUTURE_ANNOTATIONS
}

/// Whether it is a node of a syntax tree. The classes exist only once somebody has imported them.
fn is_tree(vm: &mut Vm, r: &Ref) -> R<bool> {
    if r.is_str() || r.cast::<BytesObj>().is_some() {
        return Ok(false);
    }
    let Some(module) = vm.loaded(&intern("_ast")) else {
        return Ok(false);
    };
    let base = vm.getattr_str(&module, "AST")?;
    Ok(r.class().is_subtype(&base))
}

pub(super) fn compile(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let filename = vm.fs_path(&a[1])?;
    let filename = String::from_utf8_lossy(&filename).into_owned();
    if !a[2].is_str() {
        let text = format!(
            "compile() argument 'mode' must be str, not {}",
            vm.type_name(&a[2])
        );
        return Err(vm.type_error(&text));
    }
    let mut flags = match arg(a, 3) {
        Some(f) => vm.index_i32(f)? as u32,
        None => 0,
    };
    let dont_inherit = match arg(a, 4) {
        Some(d) => vm.truthy(d)?,
        None => false,
    };
    let optimize = match arg(a, 5) {
        Some(o) => vm.index_i32(o)?,
        None => -1,
    };
    if flags & !(flag::FUTURES | flag::OWN) != 0 {
        return Err(vm.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(vm.value_error("compile(): invalid optimize value"));
    }
    if !dont_inherit {
        flags |= inherited(vm);
    }
    let mode = vm.str_lossy(&a[2]);
    if !matches!(mode.as_str(), "exec" | "eval" | "single") {
        let text = if mode == "func_type" && flags & flag::ONLY_AST == 0 {
            "compile() mode 'func_type' requires flag PyCF_ONLY_AST"
        } else if flags & flag::ONLY_AST != 0 {
            "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        } else {
            "compile() mode must be 'exec', 'eval' or 'single'"
        };
        return Err(vm.value_error(text));
    }
    let tree_only = flags & flag::ONLY_AST != 0;
    let unparsed;
    let given = if is_tree(vm, &a[0])? {
        if tree_only {
            return Ok(a[0].clone());
        }
        // The compiler reads text.
        let ast = vm.import("ast")?;
        unparsed = vm.call_method(&ast, "unparse", std::slice::from_ref(&a[0]))?;
        &unparsed
    } else {
        &a[0]
    };
    let (source, is_text) = source_bytes(
        vm,
        given,
        "compile() arg 1 must be a string, bytes or AST object",
    )?;
    let request = CompileRequest {
        source: &source,
        is_text,
        filename: &filename,
        mode: &mode,
        flags,
        optimize,
    };
    match vm.lib.parse_tree {
        Some(parse) if tree_only => parse(vm, &request),
        _ => compile_source(vm, &request),
    }
}

pub(super) fn eval(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let none = Ref::none();
    let (globals, locals) = (arg(a, 1).unwrap_or(&none), arg(a, 2).unwrap_or(&none));
    if !locals.is_none() && locals.class().slots.getitem.get().is_none() {
        return Err(vm.type_error("locals must be a mapping"));
    }
    if !globals.is_none() && globals.cast::<DictObj>().is_none() {
        let mapping = globals.class().slots.getitem.get().is_some();
        return Err(vm.type_error(if mapping {
            "globals must be a real dict; try eval(code, {}, mapping)"
        } else {
            "globals must be a dict"
        }));
    }
    let (globals, locals) = namespaces(vm, globals, locals)?;
    if let Some(code) = a[0].cast::<CodeObj>() {
        if !code.code.freevars.is_empty() {
            return Err(
                vm.type_error("code object passed to eval() may not contain free variables")
            );
        }
        return vm.run_code(&a[0], &globals, &locals, Box::default());
    }
    let (source, is_text) = source_bytes(
        vm,
        &a[0],
        "eval() arg 1 must be a string, bytes or code object",
    )?;
    let start = source
        .iter()
        .position(|b| !matches!(b, b' ' | b'\t'))
        .unwrap_or(source.len());
    run_source(vm, &source[start..], is_text, "eval", &globals, &locals)
}

pub(super) fn exec(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let none = Ref::none();
    let (globals, locals) = (arg(a, 1).unwrap_or(&none), arg(a, 2).unwrap_or(&none));
    let closure = arg(a, 3).filter(|c| !c.is_none());
    if !globals.is_none() && globals.cast::<DictObj>().is_none() {
        let text = format!(
            "exec() globals must be a dict, not {}",
            vm.type_name(globals)
        );
        return Err(vm.type_error(&text));
    }
    if !locals.is_none() && locals.class().slots.getitem.get().is_none() {
        let text = format!(
            "locals must be a mapping or None, not {}",
            vm.type_name(locals)
        );
        return Err(vm.type_error(&text));
    }
    let (globals, locals) = namespaces(vm, globals, locals)?;
    if let Some(code) = a[0].cast::<CodeObj>() {
        let cells = closure_cells(vm, code, closure)?;
        vm.run_code(&a[0], &globals, &locals, cells)?;
        return Ok(Ref::none());
    }
    if closure.is_some() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let (source, is_text) = source_bytes(
        vm,
        &a[0],
        "exec() arg 1 must be a string, bytes or code object",
    )?;
    run_source(vm, &source, is_text, "exec", &globals, &locals)?;
    Ok(Ref::none())
}

/// The cells that a code object given to `exec` runs with.
fn closure_cells(vm: &mut Vm, code: &CodeObj, closure: Option<&Ref>) -> R<Box<[Ref]>> {
    let wanted = code.code.freevars.len();
    if wanted == 0 {
        return match closure {
            None => Ok(Box::default()),
            Some(_) => Err(vm.type_error("cannot use a closure with this code object")),
        };
    }
    match closure.and_then(|c| c.tuple_items()) {
        Some(cells)
            if cells.len() == wanted && cells.iter().all(|c| c.cast::<CellObj>().is_some()) =>
        {
            Ok(cells.into())
        }
        _ => Err(vm.type_error(&format!(
            "code object requires a closure of exactly length {wanted}"
        ))),
    }
}

/// Fills in missing namespaces from the running frame and puts `__builtins__` into the globals.
fn namespaces(vm: &mut Vm, globals: &Ref, locals: &Ref) -> R<(Ref, Ref)> {
    let (globals, locals) = if globals.is_none() {
        let Some(current) = vm.current_globals() else {
            return Err(vm.system_error("globals and locals cannot be NULL"));
        };
        let locals = if locals.is_none() {
            vm.current_locals()?
        } else {
            locals.clone()
        };
        (current, locals)
    } else if locals.is_none() {
        (globals.clone(), globals.clone())
    } else {
        (globals.clone(), locals.clone())
    };
    if let Some(d) = globals.cast::<DictObj>()
        && d.get_name("__builtins__").is_none()
    {
        d.set_name("__builtins__", vm.current_builtins());
    }
    Ok((globals, locals))
}

fn run_source(
    vm: &mut Vm,
    source: &[u8],
    is_text: bool,
    mode: &str,
    globals: &Ref,
    locals: &Ref,
) -> R<Ref> {
    let flags = inherited(vm);
    let code = compile_source(
        vm,
        &CompileRequest {
            source,
            is_text,
            filename: "<string>",
            mode,
            flags,
            optimize: -1,
        },
    )?;
    vm.run_code(&code, globals, locals, Box::default())
}
