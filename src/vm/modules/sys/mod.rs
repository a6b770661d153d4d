//! The module `sys`: what programs ask and tell the interpreter.
//!
//! [`info`] has the constants and named tuples, [`hooks`] what is called on display, exceptions and auditing, [`limits`] the adjustable
//! limits and counts, [`frames`] the view of running frames.

mod frames;
mod hooks;
mod info;
mod limits;

pub(crate) use info::STDLIB_NAMES;

use super::{new_module, set};
use crate::value::*;
use crate::vm::{new_list, new_str};
use crate::{R, Vm, functions};

/// The command line, flags and paths that `sys` shows.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub argv: Vec<Vec<u8>>,
    pub orig_argv: Vec<Vec<u8>>,
    /// `sys.path`.
    pub path: Vec<Vec<u8>>,
    pub executable: Vec<u8>,
    pub prefix: Vec<u8>,
    pub isolated: bool,
    pub ignore_environment: bool,
    pub no_user_site: bool,
    pub no_site: bool,
    pub inspect: bool,
    pub interactive: bool,
    pub verbose: i32,
    pub quiet: bool,
    pub bytes_warning: i32,
    pub dont_write_bytecode: bool,
    pub dev_mode: bool,
    pub safe_path: bool,
    pub unbuffered: bool,
    pub warnoptions: Vec<String>,
    /// Name and value of each `-X` option.
    pub xoptions: Vec<(String, Option<String>)>,
}

functions! { FUNCTIONS;
    "_clear_type_descriptors(type, /)" => |vm, a| {
        let Some(t) = a[0].cast::<TypeObj>() else {
            let text = format!("argument must be type, not {}", vm.type_name(&a[0]));
            return Err(vm.type_error(&text));
        };
        if t.has_flag(type_flag::IMMUTABLE) {
            return Err(vm.type_error("argument is immutable"));
        }
        for name in ["__dict__", "__weakref__"] {
            t.namespace().remove_str(&intern(name));
        }
        vm.type_modified(t);
        Ok(Ref::none())
    }, "";
    "_clear_internal_caches()" => |_, _| Ok(Ref::none()), "";
    "_clear_type_cache()" => |_, _| Ok(Ref::none()), "";
    "_current_frames()" => frames::current_frames, "";
    "_getframe(depth=0, /)" => frames::getframe, "";
    "_getframemodulename(depth=0)" => frames::module_name, "";
    "_is_gil_enabled()" => |_, _| Ok(Ref::bool(true)), "Return True if the GIL is currently enabled.";
    "_is_interned(string, /)" => |_, a| Ok(Ref::bool(a[0].flag(header::flag::INTERNED))), "";
    var "addaudithook(hook)" => hooks::add_audit_hook, "";
    var "audit(event, /, *args)" => hooks::audit, "Passes the event to any hooks that are attached.";
    var "breakpointhook(*args, **kwargs)" => hooks::breakpoint, "";
    "call_tracing(func, args, /)" => |vm, a| {
        let args = vm.collect(&a[1])?;
        vm.call(&a[0], &args)
    }, "";
    "displayhook(object, /)" => |vm, a| { hooks::display(vm, &a[0])?; Ok(Ref::none()) }, "";
    "exc_info()" => hooks::exc_info, "";
    "excepthook(exctype, value, traceback, /)" => hooks::excepthook, "";
    "exception()" => |vm, _| Ok(vm.current_handled()), "Return the current exception.\n\nReturn the most recent exception caught by an except clause\nin the current stack frame or in an older stack frame, or None\nif no such clause exists.";
    "exit(status=None, /)" => hooks::exit, "";
    "get_asyncgen_hooks()" => hooks::get_asyncgen_hooks, "";
    "get_coroutine_origin_tracking_depth()" => |vm, _| Ok(crate::vm::new_int(vm.origin_depth as i64)), "";
    "get_int_max_str_digits()" => |vm, _| Ok(crate::vm::new_usize(vm.int_max_str_digits)), "";
    "getallocatedblocks()" => limits::allocated_blocks, "";
    "getdefaultencoding()" => |_, _| Ok(new_str("utf-8")), "";
    "getdlopenflags()" => |_, _| Ok(crate::vm::new_int(2)), "";
    "getfilesystemencodeerrors()" => |_, _| Ok(new_str("surrogateescape")), "Return the error mode used for Unicode to OS filename conversion.";
    "getfilesystemencoding()" => |_, _| Ok(new_str("utf-8")), "";
    "getprofile()" => |vm, _| Ok(none_if_undefined(&vm.profile_fn)), "";
    "getrecursionlimit()" => |vm, _| Ok(crate::vm::new_int(vm.recursion_limit as i64)), "";
    "getrefcount(object, /)" => limits::getrefcount, "";
    var "getsizeof(object, default=None)" => limits::getsizeof, "";
    "getswitchinterval()" => |vm, _| Ok(crate::vm::new_float(vm.lib.switch_interval)), "";
    "gettrace()" => |vm, _| Ok(none_if_undefined(&vm.trace_fn)), "";
    "intern(string, /)" => limits::intern_string, "";
    "is_finalizing()" => |vm, _| Ok(Ref::bool(vm.finalizing)), "";
    "is_stack_trampoline_active()" => |_, _| Ok(Ref::bool(false)), "";
    var "set_asyncgen_hooks(firstiter=None, finalizer=None)" => hooks::set_asyncgen_hooks, "";
    "set_coroutine_origin_tracking_depth(depth)" => limits::set_origin_depth, "";
    "set_int_max_str_digits(maxdigits)" => limits::set_int_max_str_digits, "";
    "setdlopenflags(flags, /)" => |_, _| Ok(Ref::none()), "";
    "setprofile(function, /)" => |vm, a| { vm.profile_fn = a[0].clone(); Ok(Ref::none()) }, "";
    "setrecursionlimit(limit, /)" => limits::setrecursionlimit, "";
    "setswitchinterval(interval, /)" => limits::setswitchinterval, "";
    "settrace(function, /)" => |vm, a| { vm.trace_fn = a[0].clone(); Ok(Ref::none()) }, "";
    "unraisablehook(unraisable, /)" => hooks::unraisablehook, "";
}

fn none_if_undefined(r: &Ref) -> Ref {
    if r.is_undefined() {
        Ref::none()
    } else {
        r.clone()
    }
}

pub(crate) fn make(vm: &mut Vm) -> R<Ref> {
    // The one `sys` is made at boot; a program that takes it out of `sys.modules` gets it back.
    if vm.sys.cast::<ModuleObj>().is_some() {
        return Ok(vm.sys.clone());
    }
    let module = new_module(vm, "sys", "", FUNCTIONS);
    for name in [
        "displayhook",
        "excepthook",
        "unraisablehook",
        "breakpointhook",
    ] {
        let Some(f) = module
            .cast::<ModuleObj>()
            .and_then(|m| m.dict.cast::<DictObj>())
            .and_then(|d| d.get_name(name))
        else {
            continue;
        };
        set(&module, &format!("__{name}__"), f);
    }
    set(&module, "modules", vm.modules.clone());
    info::add(vm, &module)?;
    Ok(module)
}

impl Vm {
    /// Shows the command line, flags and paths of [`Config`] in `sys`.
    pub fn configure(&mut self, config: Config) {
        let list =
            |items: &[Vec<u8>]| new_list(items.iter().map(|b| super::fs_decode(b)).collect());
        let sys = self.sys.clone();
        set(&sys, "argv", list(&config.argv));
        set(&sys, "orig_argv", list(&config.orig_argv));
        set(&sys, "path", list(&config.path));
        for name in ["executable", "_base_executable"] {
            set(&sys, name, super::fs_decode(&config.executable));
        }
        for name in ["prefix", "base_prefix", "exec_prefix", "base_exec_prefix"] {
            set(&sys, name, super::fs_decode(&config.prefix));
        }
        set(
            &sys,
            "dont_write_bytecode",
            Ref::bool(config.dont_write_bytecode),
        );
        set(
            &sys,
            "warnoptions",
            new_list(config.warnoptions.iter().map(|w| new_str(w)).collect()),
        );
        let x = DictObj::new_dict();
        if let Some(d) = x.cast::<DictObj>() {
            for (name, value) in &config.xoptions {
                d.set_name(name, value.as_ref().map_or(Ref::bool(true), |v| new_str(v)));
            }
        }
        set(&sys, "_xoptions", x);
        self.lib.config = config;
        let flags = info::flags(self);
        set(&sys, "flags", flags);
        super::set(&self.builtins, "__debug__", Ref::bool(self.optimize <= 0));
    }
}
