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
    }, "Private function for clearing certain descriptors from a type's dictionary.";
    "_clear_internal_caches()" => |_, _| Ok(Ref::none()), "Clear all internal performance-related caches.";
    "_clear_type_cache()" => |_, _| Ok(Ref::none()), "Clear the internal type lookup cache.";
    "_current_frames()" => frames::current_frames, "Return a dict mapping each thread's thread id to its current stack frame.\n\nThis function should be used for specialized purposes only.";
    "_getframe(depth=0, /)" => frames::getframe, "Return a frame object from the call stack.\n\nIf optional integer depth is given, return the frame object that many\ncalls below the top of the stack.  If that is deeper than the call\nstack, ValueError is raised.  The default for depth is zero, returning\nthe frame at the top of the call stack.\n\nThis function should be used for internal and specialized purposes\nonly.";
    "_getframemodulename(depth=0)" => frames::module_name, "Return the name of the module for a calling frame.\n\nThe default depth returns the module containing the call to this API.\nA more typical use in a library will pass a depth of 1 to get the user's\nmodule rather than the library module.\n\nIf no frame, module, or name can be found, returns None.";
    "_is_gil_enabled()" => |_, _| Ok(Ref::bool(true)), "Return True if the GIL is currently enabled.";
    "_is_interned(string, /)" => |_, a| Ok(Ref::bool(a[0].flag(header::flag::INTERNED))), "Return True if the given string is \"interned\".";
    var "addaudithook(hook)" => hooks::add_audit_hook, "Adds a new audit hook callback.";
    var "audit(event, /, *args)" => hooks::audit, "Passes the event to any hooks that are attached.";
    var "breakpointhook(*args, **kwargs)" => hooks::breakpoint, "This hook function is called by built-in breakpoint().";
    "call_tracing(func, args, /)" => |vm, a| {
        let args = vm.collect(&a[1])?;
        vm.call(&a[0], &args)
    }, "Call func(*args), while tracing is enabled.\n\nThe tracing state is saved, and restored afterwards.  This is intended\nto be called from a debugger from a checkpoint, to recursively debug\nsome other code.";
    "displayhook(object, /)" => |vm, a| { hooks::display(vm, &a[0])?; Ok(Ref::none()) }, "Print an object to sys.stdout and also save it in builtins._";
    "exc_info()" => hooks::exc_info, "Return current exception information: (type, value, traceback).\n\nReturn information about the most recent exception caught by an except\nclause in the current stack frame or in an older stack frame.";
    "excepthook(exctype, value, traceback, /)" => hooks::excepthook, "Handle an exception by displaying it with a traceback on sys.stderr.";
    "exception()" => |vm, _| Ok(vm.current_handled()), "Return the current exception.\n\nReturn the most recent exception caught by an except clause\nin the current stack frame or in an older stack frame, or None\nif no such clause exists.";
    "exit(status=None, /)" => hooks::exit, "Exit the interpreter by raising SystemExit(status).\n\nIf the status is omitted or None, it defaults to zero (i.e., success).\nIf the status is an integer, it will be used as the system exit status.\nIf it is another kind of object, it will be printed and the system\nexit status will be one (i.e., failure).";
    "get_asyncgen_hooks()" => hooks::get_asyncgen_hooks, "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer).";
    "get_coroutine_origin_tracking_depth()" => |vm, _| Ok(crate::vm::new_int(vm.origin_depth as i64)), "Check status of origin tracking for coroutine objects in this thread.";
    "get_int_max_str_digits()" => |vm, _| Ok(crate::vm::new_usize(vm.int_max_str_digits)), "Return the maximum string digits limit for non-binary int<->str conversions.";
    "getallocatedblocks()" => limits::allocated_blocks, "Return the number of memory blocks currently allocated.";
    "getdefaultencoding()" => |_, _| Ok(new_str("utf-8")), "Return the current default encoding used by the Unicode implementation.";
    "getdlopenflags()" => |_, _| Ok(crate::vm::new_int(2)), "Return the current value of the flags that are used for dlopen calls.\n\nThe flag constants are defined in the os module.";
    "getfilesystemencodeerrors()" => |_, _| Ok(new_str("surrogateescape")), "Return the error mode used for Unicode to OS filename conversion.";
    "getfilesystemencoding()" => |_, _| Ok(new_str("utf-8")), "Return the encoding used to convert Unicode filenames to OS filenames.";
    "getprofile()" => |vm, _| Ok(none_if_undefined(&vm.profile_fn)), "Return the profiling function set with sys.setprofile.\n\nSee the profiler chapter in the library manual.";
    "getrecursionlimit()" => |vm, _| Ok(crate::vm::new_int(vm.recursion_limit as i64)), "Return the current value of the recursion limit.\n\nThe recursion limit is the maximum depth of the Python interpreter\nstack.  This limit prevents infinite recursion from causing an overflow\nof the C stack and crashing Python.";
    "getrefcount(object, /)" => limits::getrefcount, "Return the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount().";
    var "getsizeof(object, default=None)" => limits::getsizeof, "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.";
    "getswitchinterval()" => |vm, _| Ok(crate::vm::new_float(vm.lib.switch_interval)), "Return the current thread switch interval; see sys.setswitchinterval().";
    "gettrace()" => |vm, _| Ok(none_if_undefined(&vm.trace_fn)), "Return the global debug tracing function set with sys.settrace.\n\nSee the debugger chapter in the library manual.";
    "intern(string, /)" => limits::intern_string, "``Intern'' the given string.\n\nThis enters the string in the (global) table of interned strings whose\npurpose is to speed up dictionary lookups. Return the string itself or\nthe previously interned string object with the same value.";
    "is_finalizing()" => |vm, _| Ok(Ref::bool(vm.finalizing)), "Return True if Python is exiting.";
    "is_stack_trampoline_active()" => |_, _| Ok(Ref::bool(false)), "Return *True* if a stack profiler trampoline is active.";
    var "set_asyncgen_hooks(firstiter=None, finalizer=None)" => hooks::set_asyncgen_hooks, "set_asyncgen_hooks([firstiter] [, finalizer])\n\nSet a finalizer for async generators objects.";
    "set_coroutine_origin_tracking_depth(depth)" => limits::set_origin_depth, "Enable or disable origin tracking for coroutine objects in this thread.\n\nCoroutine objects will track 'depth' frames of traceback information\nabout where they came from, available in their cr_origin attribute.\n\nSet a depth of 0 to disable.";
    "set_int_max_str_digits(maxdigits)" => limits::set_int_max_str_digits, "Set the maximum string digits limit for non-binary int<->str conversions.";
    "setdlopenflags(flags, /)" => |_, _| Ok(Ref::none()), "Set the flags used by the interpreter for dlopen calls.";
    "setprofile(function, /)" => |vm, a| { vm.profile_fn = a[0].clone(); Ok(Ref::none()) }, "Set the profiling function.\n\nIt will be called on each function call and return.  See the profiler\nchapter in the library manual.";
    "setrecursionlimit(limit, /)" => limits::setrecursionlimit, "Set the maximum depth of the Python interpreter stack to n.\n\nThis limit prevents infinite recursion from causing an overflow of the C\nstack and crashing Python.  The highest possible limit is platform-\ndependent.";
    "setswitchinterval(interval, /)" => limits::setswitchinterval, "Set the ideal thread switching delay inside the Python interpreter.\n\nThe actual frequency of switching threads can be lower if the\ninterpreter executes long sequences of uninterruptible code\n(this is implementation-specific and workload-dependent).\n\nThe parameter must represent the desired switching delay in seconds\nA typical value is 0.005 (5 milliseconds).";
    "settrace(function, /)" => |vm, a| { vm.trace_fn = a[0].clone(); Ok(Ref::none()) }, "Set the global debug tracing function.\n\nIt will be called on each function call.  See the debugger chapter\nin the library manual.";
    "unraisablehook(unraisable, /)" => hooks::unraisablehook, "Handle an unraisable exception.\n\nThe unraisable argument has the following attributes:\n\n* exc_type: Exception type.\n* exc_value: Exception value, can be None.\n* exc_traceback: Exception traceback, can be None.\n* err_msg: Error message, can be None.\n* object: Object causing the exception, can be None.";
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
    let module = new_module(
        vm,
        "sys",
        "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
        FUNCTIONS,
    );
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
