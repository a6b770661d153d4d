//! Taipan as a library: Python 3.14 inside a Rust program.
//!
//! ```no_run
//! let mut python = taipan::Interpreter::new(std::rc::Rc::new(taipan::System::default()));
//! python.run_source("x = 6 * 7", "<embedded>").unwrap();
//! assert_eq!(python.get("x").and_then(|x| x.as_i64()), Some(42));
//! ```
//!
//! All access to the outside goes through the [`Host`] that the interpreter is made with. The interpreters of a process share
//! their objects, so they must all live on one thread.

mod compile_hook;
mod tree;

/// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use compile_hook::compile;
pub use taipan_vm::host::{Host, HostFile, OpenOptions, System};
pub use taipan_vm::modules::sys::Config;
pub use taipan_vm::value::Ref;
pub use taipan_vm::{Args, Raised, Vm, import};

use std::rc::Rc;
use taipan_vm::value::{DictObj, ModuleObj};
use taipan_vm::vm::CompileRequest;

/// A Python exception that nobody caught.
#[derive(Debug, Clone)]
pub struct Error {
    /// The exception object.
    pub exception: Ref,
    /// What the interpreter would have written to standard error.
    pub text: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text.trim_end())
    }
}
impl std::error::Error for Error {}

/// An interpreter with its modules.
pub struct Interpreter {
    vm: Vm,
}

impl Interpreter {
    /// A new interpreter that reaches the outside through `host`.
    pub fn new(host: Rc<dyn Host>) -> Interpreter {
        let mut vm = Vm::new(host);
        vm.compile = Some(compile);
        vm.lib.parse_tree = Some(tree::parse_tree);
        taipan_modules::install(&mut vm);
        taipan_aio::install(&mut vm);
        Interpreter { vm }
    }
    /// The virtual machine, for everything that has no method here.
    pub fn vm(&mut self) -> &mut Vm {
        &mut self.vm
    }
    /// Tells how much stack the calling thread has below the caller: what Python calls through native code may use.
    pub fn set_native_stack(&mut self, size: usize) {
        self.vm.set_native_stack(size);
    }
    /// Compiles and runs statements in the module `__main__`.
    pub fn run_source(&mut self, source: &str, filename: &str) -> Result<(), Error> {
        self.evaluate(source, filename, "exec").map(|_| ())
    }
    /// The value of an expression, evaluated in the module `__main__`.
    pub fn eval(&mut self, source: &str) -> Result<Ref, Error> {
        self.evaluate(source, "<string>", "eval")
    }
    fn evaluate(&mut self, source: &str, filename: &str, mode: &str) -> Result<Ref, Error> {
        let request = CompileRequest {
            source: source.as_bytes(),
            is_text: true,
            filename,
            mode,
            flags: 0,
            optimize: -1,
        };
        let done = compile(&mut self.vm, &request).and_then(|code| {
            let code = self.vm.new_code(&code);
            let globals = self.globals();
            self.vm.run_code(&code, &globals, &globals, Box::default())
        });
        done.map_err(|_| self.error())
    }
    /// Calls a Python object.
    pub fn call(&mut self, f: &Ref, args: &[Ref]) -> Result<Ref, Error> {
        self.vm.call(f, args).map_err(|_| self.error())
    }
    /// Imports a module.
    pub fn import(&mut self, name: &str) -> Result<Ref, Error> {
        self.vm.import(name).map_err(|_| self.error())
    }
    /// The namespace of `__main__`.
    pub fn globals(&mut self) -> Ref {
        let main = self.vm.main_module();
        match main.cast::<ModuleObj>() {
            Some(m) => m.dict.clone(),
            None => Ref::none(),
        }
    }
    /// A global variable of `__main__`.
    pub fn get(&mut self, name: &str) -> Option<Ref> {
        self.globals().cast::<DictObj>()?.get_name(name)
    }
    /// Sets a global variable of `__main__`.
    pub fn set(&mut self, name: &str, value: Ref) {
        if let Some(d) = self.globals().cast::<DictObj>() {
            d.set_name(name, value);
        }
    }
    fn error(&mut self) -> Error {
        let exception = self.vm.take_exc();
        let text = self.vm.format_exception(&exception);
        Error {
            exception,
            text: String::from_utf8_lossy(&text).into_owned(),
        }
    }

    /// What the exception on its way means for the end of a program: its exit code. It is reported unless it is SystemExit.
    pub fn exit_code_of_error(&mut self) -> u8 {
        let exception = self.vm.take_exc();
        // The system keeps the low byte.
        self.vm.report_uncaught(&exception) as u8
    }
}
