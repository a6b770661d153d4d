//! Bringing an interpreter up and down: runtime, classes, `builtins`, `sys`, standard streams; what happens at exit.

use crate::host::Host;
use crate::interp::stack::Stack;
use crate::modules::{self, io};
use crate::value::*;
use crate::{R, Vm};
use std::rc::Rc;

/// CPython's default.
const RECURSION_LIMIT: u32 = 1000;
const INT_MAX_STR_DIGITS: usize = 4300;
/// Native stack that is left alone, for the code between two checks.
const STACK_RESERVE: usize = 256 << 10;

impl Vm {
    /// A new interpreter. All interpreters of a process must live on one thread, since they share their objects.
    pub fn new(host: Rc<dyn Host>) -> Vm {
        runtime::init();
        let mut vm = Vm {
            fp: std::ptr::null_mut(),
            pc: std::ptr::null(),
            stack: Stack::new(),
            exc: None,
            handled: Ref::none(),
            depth: 0,
            recursion_limit: RECURSION_LIMIT,
            native_limit: 0,
            frame_objs: Vec::new(),
            entries: Vec::new(),
            exit: crate::interp::Exit::Return,
            result: Value::UNDEFINED,
            finalizing: false,
            sent: Ref::none(),
            stop: Ref::none(),
            throw_args: None,
            signal_hook: None,
            compile: None,
            host,
            sys: Ref::none(),
            builtins: Ref::none(),
            modules: Ref::none(),
            asyncgen_first: Ref::none(),
            asyncgen_final: Ref::none(),
            origin_depth: 0,
            trace_fn: Ref::none(),
            profile_fn: Ref::none(),
            int_max_str_digits: INT_MAX_STR_DIGITS,
            optimize: 0,
            repr_active: Default::default(),
            lib: modules::State {
                switch_interval: 0.005,
                ..modules::State::default()
            },
        };
        if rt().types.object.is_undefined() {
            crate::types::create(&mut vm);
        }
        vm.modules = DictObj::new_dict();
        if vm.boot().is_err() {
            // Nothing of this runs Python code: it fails only if the tables of this crate contradict each other.
            let exc = vm.take_exc();
            let text = vm.repr_text(&exc).unwrap_or_default();
            let _ = vm
                .host
                .write_std(2, format!("Fatal Python error: {text}\n").as_bytes());
            std::process::abort();
        }
        vm
    }

    fn boot(&mut self) -> R<()> {
        self.builtins = crate::builtins::make(self)?;
        self.sys = modules::sys::make(self)?;
        for (name, module) in [
            ("builtins", self.builtins.clone()),
            ("sys", self.sys.clone()),
        ] {
            let found = crate::import::finders::Found::Native(crate::builtins::make);
            let spec = crate::import::spec::spec_of(self, &intern(name), &found)?;
            crate::import::spec::fill_module(self, &module, &spec)?;
            modules::set(&self.modules_module(), name, module);
        }
        self.install_finders();
        io::install_streams(self)?;
        self.main_module();
        Ok(())
    }

    /// `sys.modules` as something that names can be set in.
    fn modules_module(&self) -> Ref {
        Ref::new(ModuleObj {
            dict: self.modules.clone(),
        })
    }

    /// The module `__main__`, made if it isn't there.
    pub fn main_module(&mut self) -> Ref {
        let name = intern("__main__");
        if let Some(m) = self.loaded(&name) {
            return m;
        }
        let main = self.empty_module(&name);
        modules::set(&main, "__builtins__", self.builtins.clone());
        let loader = self.native_type(&crate::import::finders::BUILTIN_IMPORTER);
        modules::set(&main, "__loader__", loader);
        if let Some(d) = self.modules.cast::<DictObj>() {
            d.set_str(&name, main.clone());
        }
        main
    }

    /// Tells how much native stack there is from the caller's frame downwards.
    pub fn set_native_stack(&mut self, size: usize) {
        let probe = 0u8;
        let here = &probe as *const u8 as usize;
        self.native_limit = here.saturating_sub(size.saturating_sub(STACK_RESERVE));
    }

    /// How much native stack is left.
    pub fn native_room(&self) -> usize {
        let probe = 0u8;
        (&probe as *const u8 as usize).saturating_sub(self.native_limit)
    }

    /// Flushes standard output and error; the first failure of standard output is given.
    pub fn flush_streams(&mut self) -> R<()> {
        let mut result = Ok(());
        for name in ["stdout", "stderr"] {
            let Some(stream) = self.sys_attr(name).filter(|s| !s.is_none()) else {
                continue;
            };
            // A stream that the program has closed needs no flush.
            let closed = match self.getattr_opt(&stream, &intern("closed")) {
                Ok(Some(c)) => c.is_true(),
                Ok(None) => false,
                Err(_) => {
                    self.take_exc();
                    false
                }
            };
            if closed {
                continue;
            }
            if let Err(e) = self.call_method(&stream, "flush", &[]) {
                if name == "stdout" {
                    result = Err(e);
                } else {
                    self.take_exc();
                }
            }
        }
        result
    }

    /// The end of a program: `threading` waits for its threads, exit handlers run, streams are flushed, modules are let go. False if
    /// standard output could not be written.
    pub fn finish(&mut self) -> bool {
        if let Some(threading) = self.loaded(&intern("threading")) {
            let done = self.call_method(&threading, "_shutdown", &[]);
            if done.is_err() {
                let exc = self.take_exc();
                self.unraisable(
                    &exc,
                    Some(&threading),
                    "Exception ignored on threading shutdown",
                );
            }
        }
        self.run_exit_handlers();
        let mut flushed = true;
        if self.flush_streams().is_err() {
            let exc = self.take_exc();
            let stdout = self.sys_attr("stdout");
            self.unraisable(
                &exc,
                stdout.as_ref(),
                "Exception ignored while flushing sys.stdout",
            );
            flushed = false;
        }
        self.finalizing = true;
        self.clear_modules();
        self.collect_garbage();
        self.run_pending();
        if self.flush_streams().is_err() {
            self.take_exc();
            flushed = false;
        }
        flushed
    }

    /// Lets go of all modules but `builtins` and `sys`: what nothing else refers to is collected with its namespace whole, so that
    /// finalisers still find their globals; the namespaces of what is left are emptied after that, while the streams still work.
    fn clear_modules(&mut self) {
        // What keeps the program's last frames alive.
        for name in ["last_exc", "last_type", "last_value", "last_traceback"] {
            if self.sys_attr(name).is_some() {
                crate::modules::set(&self.sys.clone(), name, Ref::none());
            }
        }
        if let Some(b) = self.builtins_dict().cast::<DictObj>()
            && b.get_name("_").is_some()
        {
            b.set_name("_", Ref::none());
        }
        if let Some(d) = self.modules.cast::<DictObj>() {
            for (name, module) in d.items() {
                if !module.is(&self.sys) && !module.is(&self.builtins) {
                    d.remove_str(&name);
                }
            }
        }
        self.run_pending();
        self.collect_garbage();
        self.run_pending();
        let modules: Vec<(Ref, Ref)> = rt()
            .objects_of_kind(Kind::Module)
            .into_iter()
            .filter_map(|m| {
                let name = m
                    .cast::<ModuleObj>()?
                    .dict
                    .cast::<DictObj>()?
                    .get_name("__name__")?;
                Some((name, m))
            })
            .collect();
        let main = intern("__main__");
        let mut dicts = Vec::new();
        for (name, module) in modules {
            if module.is(&self.sys) || module.is(&self.builtins) {
                continue;
            }
            if let Some(m) = module.cast::<ModuleObj>() {
                if name.is(&main) {
                    dicts.insert(0, m.dict.clone());
                } else {
                    dicts.push(m.dict.clone());
                }
            }
        }
        for dict in dicts {
            let Some(d) = dict.cast::<DictObj>() else {
                continue;
            };
            // Names with one underscore go first, then all others, as the reference does it.
            for private in [true, false] {
                for key in d.keys() {
                    let name = key.cast::<StrObj>().map(|s| s.bytes()).unwrap_or_default();
                    let own = name.starts_with(b"_") && !name.starts_with(b"__");
                    if name == b"__builtins__" || own != private {
                        continue;
                    }
                    d.set_str(&key, Ref::none());
                    self.run_pending();
                }
            }
        }
    }
}
