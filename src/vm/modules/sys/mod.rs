//! The module `sys`: what programs ask and tell the interpreter.
//!
//! [`info`] has the constants and named tuples, [`hooks`] what is called on display, exceptions and auditing, [`limits`] the adjustable
//! limits and counts, [`frames`] the view of running frames.

mod frames;
mod hooks;
mod info;
mod limits;
mod monitoring;

pub(crate) use info::STDLIB_NAMES;
pub(crate) use monitoring::Monitoring;

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
    }, "Removes __dict__ and __weakref__ from a class, for dataclasses that are made anew with slots.";
    "_clear_internal_caches()" => |_, _| Ok(Ref::none()), "Forgets what was only kept for speed.";
    "_clear_type_cache()" => |_, _| Ok(Ref::none()), "Forgets what was looked up on classes.";
    "_current_frames()" => frames::current_frames, "A dict from the number of each thread to the frame it runs now.";
    "_getframe(depth=0, /)" => frames::getframe, "A frame of the calling thread: the caller's own, or the one so many calls further out.";
    "_getframemodulename(depth=0)" => frames::module_name, "The name of the module that a frame belongs to, or None.";
    "_is_gil_enabled()" => |_, _| Ok(Ref::bool(true)), "Always True here.";
    "_is_interned(string, /)" => |_, a| Ok(Ref::bool(a[0].flag(header::flag::INTERNED))), "Whether a string is the interned one of its kind.";
    var "addaudithook(hook)" => hooks::add_audit_hook, "Has a function called, with name and arguments, for each audit event from now on.";
    var "audit(event, /, *args)" => hooks::audit, "Tells the audit hooks of an event.";
    var "breakpointhook(*args, **kwargs)" => hooks::breakpoint, "What breakpoint() calls: starts the debugger that PYTHONBREAKPOINT names, pdb by default.";
    "call_tracing(func, args, /)" => |vm, a| {
        let args = vm.collect(&a[1])?;
        vm.call(&a[0], &args)
    }, "Calls func with the arguments while tracing is allowed, also from within a trace function.";
    "displayhook(object, /)" => |vm, a| { hooks::display(vm, &a[0])?; Ok(Ref::none()) }, "Shows what was evaluated at the prompt, and stores it in builtins._. None is left out.";
    "exc_info()" => hooks::exc_info, "Class, value and traceback of the exception that is being handled, or three times None.";
    "excepthook(exctype, value, traceback, /)" => hooks::excepthook, "Shows an exception that nothing caught, on standard error.";
    "exception()" => |vm, _| Ok(vm.current_handled()), "The exception that is being handled, or None.";
    "exit(status=None, /)" => hooks::exit, "Ends the program, by raising SystemExit.\n\nThe status is an int, or None for 0; anything else is written to standard error, and the status is 1.";
    "get_asyncgen_hooks()" => hooks::get_asyncgen_hooks, "The hooks of asynchronous generators that this thread has set.";
    "get_coroutine_origin_tracking_depth()" => |vm, _| Ok(crate::vm::new_int(vm.origin_depth as i64)), "How many frames are recorded for each new coroutine.";
    "get_int_max_str_digits()" => |vm, _| Ok(crate::vm::new_usize(vm.int_max_str_digits)), "How many digits an int may have where it is read from text or written as text.";
    "getallocatedblocks()" => limits::allocated_blocks, "How many blocks of memory are in use.";
    "getdefaultencoding()" => |_, _| Ok(new_str("utf-8")), "The encoding that str.encode() uses unless told otherwise.";
    "getdlopenflags()" => |_, _| Ok(crate::vm::new_int(2)), "The flags with which shared libraries would be loaded.";
    "getfilesystemencodeerrors()" => |_, _| Ok(new_str("surrogateescape")), "How names of files deal with what their encoding lacks.";
    "getfilesystemencoding()" => |_, _| Ok(new_str("utf-8")), "The encoding of names of files.";
    "getprofile()" => |vm, _| Ok(none_if_undefined(&vm.profile_fn)), "The function set by setprofile(), or None.";
    "getrecursionlimit()" => |vm, _| Ok(crate::vm::new_int(vm.recursion_limit as i64)), "How deep calls may be nested.";
    "getrefcount(object, /)" => limits::getrefcount, "How many references the object has, the one from this call among them.";
    var "getsizeof(object, default=None)" => limits::getsizeof, "The memory that the object itself takes, in bytes.\n\nThe default is the result for what doesn't know its size; without one, TypeError is raised.";
    "getswitchinterval()" => |vm, _| Ok(crate::vm::new_float(vm.lib.switch_interval)), "After how many seconds a thread lets others run.";
    "gettrace()" => |vm, _| Ok(none_if_undefined(&vm.trace_fn)), "The function set by settrace(), or None.";
    "intern(string, /)" => limits::intern_string, "The one string with this content that stands for all of them, so that comparing is quick.";
    "is_finalizing()" => |vm, _| Ok(Ref::bool(vm.finalizing)), "Whether the program has ended and its remains are being cleared.";
    "is_remote_debug_enabled()" => |_, _| Ok(Ref::bool(false)), "Whether a debugger may attach from outside; here none may.";
    "is_stack_trampoline_active()" => |_, _| Ok(Ref::bool(false)), "Whether profilers of the system see Python functions; here they don't.";
    var "set_asyncgen_hooks(firstiter=None, finalizer=None)" => hooks::set_asyncgen_hooks, "Sets functions that are called when an asynchronous generator is first iterated, and when it is dropped unfinished.";
    "set_coroutine_origin_tracking_depth(depth)" => limits::set_origin_depth, "Sets how many frames are recorded for each new coroutine.";
    "set_int_max_str_digits(maxdigits)" => limits::set_int_max_str_digits, "Sets how many digits an int may have where it is read from text or written as text. 0 is without limit.";
    "setdlopenflags(flags, /)" => |_, _| Ok(Ref::none()), "Sets the flags with which shared libraries would be loaded.";
    "setprofile(function, /)" => |vm, a| { vm.profile_fn = a[0].clone(); Ok(Ref::none()) }, "Has a function called at each call and return. None ends that.";
    "setrecursionlimit(limit, /)" => limits::setrecursionlimit, "Sets how deep calls may be nested before RecursionError is raised.";
    "setswitchinterval(interval, /)" => limits::setswitchinterval, "Sets after how many seconds a thread lets others run.";
    "settrace(function, /)" => |vm, a| { vm.trace_fn = a[0].clone(); Ok(Ref::none()) }, "Has a function called for each call, line, return and exception, as debuggers need. None ends that.";
    "unraisablehook(unraisable, /)" => hooks::unraisablehook, "Shows an exception that could not be raised to anyone.";
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
        "The interpreter: its settings, its state, and what it offers to programs.\n\nAmong the variables are argv (the arguments of the program), path (where modules are looked for), modules (those that\nare loaded), stdin, stdout and stderr, version and version_info, platform, executable, maxsize and byteorder.",
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
    let monitoring = monitoring::make(vm)?;
    set(&module, "monitoring", monitoring);
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
    /// Sets the flag `inspect`, which the interactive mode takes back once it has begun.
    pub fn set_inspect(&mut self, on: bool) {
        self.lib.config.inspect = on;
        let flags = info::flags(self);
        set(&self.sys.clone(), "flags", flags);
    }
}
