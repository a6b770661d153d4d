//! Exceptions that nobody handles: the report at the end of the program, exit codes, and what can't be raised anywhere.

use super::fields::{self, VALUE};
use super::{frames, traceback};
use crate::modules::structseq::{self, Declaration};
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm};

/// The exit code for an interrupt by the user, as a shell reports death by that signal.
pub const INTERRUPTED: i32 = 130;

/// What `sys.unraisablehook` gets.
static UNRAISABLE_ARGS: Declaration = Declaration {
    name: "UnraisableHookArgs",
    doc: "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.",
    fields: &[
        ("exc_type", "class of the exception"),
        ("exc_value", "the exception, or None"),
        ("exc_traceback", "its traceback, or None"),
        ("err_msg", "what to say, or None"),
        ("object", "what it happened to, or None"),
    ],
    visible: 5,
    callable: true,
};

impl Vm {
    /// Writes text to `sys.stderr`, or to the host's if there is none yet. Failures are ignored.
    pub fn write_stderr(&mut self, text: &[u8]) {
        match self.sys_field("stderr") {
            Some(f) if f.is_none() => {}
            Some(f) => {
                let saved = self.exc.take();
                let written = self.call_method(&f, "write", &[StrObj::make(text)]);
                if written.is_ok() {
                    let _ = self.call_method(&f, "flush", &[]);
                }
                self.exc = saved;
            }
            None => {
                let _ = self.host.write_std(2, &escape_surrogates(text));
            }
        }
    }
    /// Writes what `print()` has buffered, so that it comes before what follows on the other stream.
    fn flush_stdout(&mut self) {
        if let Some(f) = self.sys_field("stdout").filter(|f| !f.is_none()) {
            let saved = self.exc.take();
            let _ = self.call_method(&f, "flush", &[]);
            self.exc = saved;
        }
    }
    /// The traceback and text of an exception, to `sys.stderr`.
    pub fn print_exception(&mut self, exc: &Ref) {
        let text = self.format_exception(exc);
        self.flush_stdout();
        self.write_stderr(&text);
    }

    /// What happens to an exception that leaves the program: SystemExit chooses the exit code, all others go to `sys.excepthook`.
    pub fn report_uncaught(&mut self, exc: &Ref) -> i32 {
        if exc.class().is_subtype(&rt().types.system_exit) {
            return self.exit_code(exc);
        }
        self.report_exception(exc).unwrap_or(
            if exc.class().is_subtype(&rt().types.keyboard_interrupt) {
                INTERRUPTED
            } else {
                1
            },
        )
    }

    /// The exit code that a SystemExit asks for; what is not a number is printed.
    pub fn exit_code(&mut self, exc: &Ref) -> i32 {
        self.flush_stdout();
        let code = fields::get(exc, VALUE);
        if code.is_none() {
            return 0;
        }
        if code.is_int() {
            // Numbers that don't fit are -1, as in C.
            return code.as_i64().unwrap_or(-1) as i32;
        }
        let saved = self.exc.take();
        let mut text = match self.str(&code) {
            Ok(s) => s.str_obj().bytes().to_vec(),
            Err(_) => Vec::new(),
        };
        self.exc = saved;
        text.push(b'\n');
        self.write_stderr(&text);
        1
    }

    /// Reports an exception through `sys.excepthook`, SystemExit too. Gives the exit code if the hook itself ended the program.
    pub fn report_exception(&mut self, exc: &Ref) -> Option<i32> {
        let saved = self.exc.take();
        let tb = traceback_of(exc);
        let class = class_of(exc);
        if let Some(d) = self
            .sys
            .cast::<ModuleObj>()
            .and_then(|m| m.dict.cast::<DictObj>())
        {
            d.set_name("last_exc", exc.clone());
            d.set_name("last_type", class.clone());
            d.set_name("last_value", exc.clone());
            d.set_name("last_traceback", tb.clone());
        }
        let mut code = None;
        match self.sys_field("excepthook") {
            Some(hook) => {
                if self.call(&hook, &[class, exc.clone(), tb]).is_err() {
                    let second = self.take_exc();
                    if second.class().is_subtype(&rt().types.system_exit) {
                        code = Some(self.exit_code(&second));
                    } else {
                        self.write_stderr(b"Error in sys.excepthook:\n");
                        self.print_exception(&second);
                        self.write_stderr(b"\nOriginal exception was:\n");
                        self.print_exception(exc);
                    }
                }
            }
            None => {
                if !self.sys.is_undefined() && self.sys_field("modules").is_some() {
                    self.write_stderr(b"sys.excepthook is missing\n");
                }
                self.print_exception(exc);
            }
        }
        self.exc = saved;
        code
    }

    /// Reports an exception where nobody could handle it (a finaliser, a callback), through `sys.unraisablehook`. `message` says what
    /// was being done ("Exception ignored while calling deallocator"), `object` with what. An empty message stands for the usual one.
    pub fn unraisable(&mut self, exc: &Ref, object: Option<&Ref>, message: &str) {
        let saved = self.exc.take();
        self.ensure_traceback(exc);
        let tb = traceback_of(exc);
        let (message, object) = match object {
            Some(o) if message.is_empty() => (Ref::none(), o.clone()),
            Some(o) => {
                let text = [message.as_bytes(), b" ", &self.safe_repr(o)].concat();
                (StrObj::make(&text), Ref::none())
            }
            None if message.is_empty() => (Ref::none(), Ref::none()),
            None => (new_str(message), Ref::none()),
        };
        if !self.call_unraisablehook(exc, &tb, &message, &object) {
            self.write_unraisable(&class_of(exc), exc, &tb, &message, &object);
        }
        self.exc = saved;
    }

    fn safe_repr(&mut self, r: &Ref) -> Vec<u8> {
        match self.repr(r) {
            Ok(s) => s.str_obj().bytes().to_vec(),
            Err(_) => {
                self.exc = None;
                b"<object repr() failed>".to_vec()
            }
        }
    }

    /// False if there is no hook of the program's own.
    fn call_unraisablehook(&mut self, exc: &Ref, tb: &Ref, message: &Ref, object: &Ref) -> bool {
        let Some(hook) = self.sys_field("unraisablehook") else {
            return false;
        };
        if hook.is_none()
            || hook
                .cast::<NativeFunctionObj>()
                .is_some_and(|f| f.def.name() == "unraisablehook")
        {
            return false;
        }
        let called = match self.unraisable_args(exc, tb, message, object) {
            Ok(args) => self.call(&hook, &[args]).map(drop),
            Err(e) => Err(e),
        };
        if called.is_err() {
            let second = self.take_exc();
            let tb = traceback_of(&second);
            let message = new_str("Exception ignored in sys.unraisablehook");
            self.write_unraisable(&class_of(&second), &second, &tb, &message, &hook);
        }
        true
    }

    fn unraisable_args(&mut self, exc: &Ref, tb: &Ref, message: &Ref, object: &Ref) -> R<Ref> {
        let values = vec![
            class_of(exc),
            exc.clone(),
            tb.clone(),
            message.clone(),
            object.clone(),
        ];
        Ok(structseq::make(self, &UNRAISABLE_ARGS, values))
    }

    /// The default `sys.unraisablehook`: `args` has the attributes of `sys.UnraisableHookArgs`.
    pub fn report_unraisable(&mut self, args: &Ref) -> R<()> {
        let class = self.getattr_str(args, "exc_type")?;
        let exc = self.getattr_str(args, "exc_value")?;
        let tb = self.getattr_str(args, "exc_traceback")?;
        let message = self.getattr_str(args, "err_msg")?;
        let object = self.getattr_str(args, "object")?;
        self.write_unraisable(&class, &exc, &tb, &message, &object);
        Ok(())
    }

    fn write_unraisable(&mut self, class: &Ref, exc: &Ref, tb: &Ref, message: &Ref, object: &Ref) {
        self.flush_stdout();
        self.forget_source_files();
        let mut out = Vec::new();
        if !message.is_none() {
            if let Ok(m) = self.str(message) {
                out.extend_from_slice(m.str_obj().bytes());
            }
            out.extend_from_slice(if object.is_none() { b":\n" } else { b": " });
        } else if !object.is_none() {
            out.extend_from_slice(b"Exception ignored in: ");
        }
        if !object.is_none() {
            let text = self.safe_repr(object);
            out.extend_from_slice(&text);
            out.push(b'\n');
        }
        let entries = frames::entries(self, tb);
        if !entries.is_empty() {
            out.extend_from_slice(b"Traceback (most recent call last):\n");
            for line in frames::format(self, &entries, false) {
                out.extend_from_slice(line.as_bytes());
            }
        }
        if let Some(t) = class.cast::<TypeObj>() {
            let name = traceback::shown_class(self, t);
            let text = if exc.is_none() {
                Vec::new()
            } else {
                match self.str(exc) {
                    Ok(s) => s.str_obj().bytes().to_vec(),
                    Err(_) => {
                        self.exc = None;
                        b"<exception str() failed>".to_vec()
                    }
                }
            };
            out.extend_from_slice(&traceback::last_line(&name, &text));
        }
        self.write_stderr(&out);
    }
}

fn traceback_of(exc: &Ref) -> Ref {
    exc.cast::<ExceptionObj>()
        .map_or_else(Ref::none, |e| e.traceback.cloned())
}

/// UTF-8 for a stream: lone surrogates as escapes.
pub fn escape_surrogates(text: &[u8]) -> Vec<u8> {
    if std::str::from_utf8(text).is_ok() {
        return text.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    for (_, cp) in taipan_text::wtf8::code_points(text) {
        match char::from_u32(cp) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend_from_slice(format!("\\u{cp:04x}").as_bytes()),
        }
    }
    out
}
