//! Running what the command line names: a script, a folder with `__main__.py`, a command, a module, standard input.

use super::{Options, signals};
use crate::repl::console::Console;
use crate::repl::editor::Settings;
use crate::repl::plain;
use crate::repl::session::{Naming, Session};
use crate::repl::terminal::{Screen, TerminalHost};
use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use taipan::{Config, Host, Interpreter, System};
use taipan_vm::modules::{fs_decode, set};
use taipan_vm::value::{DictObj, ModuleObj, rt};
use taipan_vm::vm::{CompileRequest, new_str};
use taipan_vm::{R, Ref, Vm, intern};

/// Runs the program on the calling thread, whose stack has `stack` bytes.
pub fn run(options: Options, stack: usize) -> ExitCode {
    // However this thread ends, the one that waits for signals must hear of it.
    struct Stop;
    impl Drop for Stop {
        fn drop(&mut self) {
            signals::stop();
        }
    }
    let _stop = Stop;
    run_here(options, stack)
}

fn run_here(options: Options, stack: usize) -> ExitCode {
    if options.version > 0 {
        println!("Python 3.14.8 (Taipan {})", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let screen = wants_editor(&options).then(Screen::new);
    let host: Rc<dyn Host> = match &screen {
        Some(screen) => Rc::new(TerminalHost::new(screen.clone())),
        None => Rc::new(System::default()),
    };
    let mut python = Interpreter::new(host);
    python.set_native_stack(stack);
    if let Some(file) = &options.dis {
        return disassemble(&mut python, file);
    }
    let main = Program::of(&options);
    let config = config(&options, &main, python.vm());
    python.vm().optimize = options.optimize.min(2) as i32;
    python.vm().configure(config);
    let mut done = main.run(python.vm(), screen.as_ref());
    if options.inspect && !matches!(main, Program::Stdin) {
        if matches!(done, Err(Failure::Raised)) {
            let exc = python.vm().take_exc();
            if let Some(code) = python.vm().report_exception(&exc) {
                let _ = python.vm().finish();
                std::process::exit(code);
            }
        }
        python.vm().set_inspect(false);
        done = interact(python.vm(), screen.as_ref());
    }
    let interrupt = rt().types.keyboard_interrupt.clone();
    let interrupted = matches!(done, Err(Failure::Interrupted))
        || matches!(done, Err(Failure::Raised)) && python.vm().exc_is(&interrupt);
    let mut code = match done {
        Ok(()) => 0,
        Err(Failure::Raised) => python.exit_code_of_error(),
        Err(Failure::Said(code)) => code,
        Err(Failure::Interrupted) => 130,
    };
    if !python.vm().finish() && code == 0 {
        // What CPython returns when standard output can't be written.
        code = 120;
    }
    // The system takes the memory back faster than objects could be freed one by one.
    signals::stop();
    if interrupted {
        // The shell should see that the program died of the interrupt.
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
    }
    std::process::exit(code as i32);
}

fn disassemble(python: &mut Interpreter, file: &OsStr) -> ExitCode {
    let filename = file.to_string_lossy();
    let source = match std::fs::read(file) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("taipan: can't open file '{filename}': {e}");
            return ExitCode::from(2);
        }
    };
    let request = CompileRequest {
        source: &source,
        is_text: false,
        filename: &filename,
        mode: "exec",
        flags: 0,
        optimize: -1,
    };
    match taipan::compile(python.vm(), &request) {
        Ok(code) => {
            print!("{}", taipan_bytecode::disasm::disassemble(&code));
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::from(python.exit_code_of_error()),
    }
}

/// What is to be run as `__main__`.
enum Program {
    Command(Vec<u8>),
    Module(String),
    Script(PathBuf),
    Stdin,
}

/// Why the program did not run to its end.
enum Failure {
    Raised,
    /// By the user, who has been told.
    Interrupted,
    /// The reason has been printed; the exit code.
    Said(u8),
}
impl From<taipan_vm::Raised> for Failure {
    fn from(_: taipan_vm::Raised) -> Failure {
        Failure::Raised
    }
}

impl Program {
    fn is_stdin(&self) -> bool {
        matches!(self, Program::Stdin)
    }
    fn of(options: &Options) -> Program {
        if let Some(c) = &options.command {
            return Program::Command(c.as_bytes().to_vec());
        }
        if let Some(m) = &options.module {
            return Program::Module(m.to_string_lossy().into_owned());
        }
        match options.rest.first() {
            Some(script) if script != "-" => Program::Script(script.into()),
            _ => Program::Stdin,
        }
    }

    fn run(&self, vm: &mut Vm, screen: Option<&Arc<Screen>>) -> Result<(), Failure> {
        let main = vm.main_module();
        match self {
            Program::Command(source) => {
                let mut text = source.clone();
                text.push(b'\n');
                run_text(vm, &main, &text, "<string>", true)?;
            }
            Program::Stdin if vm.lib.config.interactive || vm.host.is_terminal(0) => {
                vm.set_inspect(false);
                run_startup(vm)?;
                interact(vm, screen)?;
            }
            Program::Stdin => {
                let mut source = Vec::new();
                let mut buf = [0; 65536];
                loop {
                    match vm.host.clone().read_stdin(&mut buf) {
                        Ok(0) => break,
                        Ok(n) => source.extend_from_slice(&buf[..n]),
                        Err(e) => {
                            return Err(vm.os_error(&e, &Ref::UNDEFINED).into());
                        }
                    }
                }
                run_text(vm, &main, &source, "<stdin>", false)?;
            }
            Program::Script(path) => run_script(vm, &main, path)?,
            Program::Module(name) => run_module(vm, &main, name)?,
        }
        Ok(())
    }
}

/// Whether the program may end up at a prompt with the line editor: on a terminal that can do it, unless PYTHON_BASIC_REPL is set.
fn wants_editor(options: &Options) -> bool {
    use std::io::IsTerminal;
    let prompts = options.inspect
        || std::env::var_os("PYTHONINSPECT").is_some()
        || Program::of(options).is_stdin();
    let env = |name| std::env::var_os(name).filter(|v| !v.is_empty());
    let basic =
        !options.ignore_environment && !options.isolated && env("PYTHON_BASIC_REPL").is_some();
    let dumb = env("TERM").is_none_or(|t| t == "dumb" || t == "unknown");
    prompts && !basic && !dumb && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Reads and runs statements until the end of the input.
fn interact(vm: &mut Vm, screen: Option<&Arc<Screen>>) -> Result<(), Failure> {
    let console = screen.and_then(|screen| Console::new(settings(vm), screen.clone()));
    let (code, interrupted) = match console {
        Some(mut console) => {
            let mut session = Session::new(vm, Naming::Input);
            (console.run(vm, &mut session), false)
        }
        None => {
            let mut session = Session::new(vm, Naming::Stdin);
            let code = plain::run(vm, &mut session, &mut plain::Stdin::default());
            (code, session.interrupted)
        }
    };
    if let Some(screen) = screen {
        screen.restore();
    }
    if interrupted {
        return Err(Failure::Interrupted);
    }
    if code == 0 {
        Ok(())
    } else {
        Err(Failure::Said(code as u8))
    }
}

/// How the user wants the line editor.
fn settings(vm: &Vm) -> Settings {
    let ignored = vm.lib.config.ignore_environment || vm.lib.config.isolated;
    let env = |name: &str| vm.host.env(name).filter(|v| !v.is_empty());
    let python = |name: &str| env(name).filter(|_| !ignored);
    let file = env("TAIPAN_HISTORY").or_else(|| python("PYTHON_HISTORY"));
    let folder = || {
        let state = env("XDG_STATE_HOME").map(PathBuf::from);
        state.or_else(|| Some(Path::new(&env("HOME")?).join(".local/state")))
    };
    Settings {
        vi: env("TAIPAN_EDIT_MODE").is_some_and(|m| m == "vi"),
        colors: colors(vm, 1),
        history: file
            .map(PathBuf::from)
            .or_else(|| Some(folder()?.join("taipan/history"))),
    }
}

/// Whether a stream gets colours, by the variables that CPython and others look at.
fn colors(vm: &Vm, fd: i32) -> bool {
    let ignored = vm.lib.config.ignore_environment || vm.lib.config.isolated;
    let env = |name: &str| vm.host.env(name).filter(|v| !v.is_empty());
    match env("PYTHON_COLORS").filter(|_| !ignored) {
        Some(v) if v == "0" => return false,
        Some(v) if v == "1" => return true,
        _ => {}
    }
    if env("NO_COLOR").is_some() {
        return false;
    }
    if env("FORCE_COLOR").is_some() {
        return true;
    }
    env("TERM").is_none_or(|t| t != "dumb") && vm.host.is_terminal(fd)
}

/// The file that PYTHONSTARTUP names, before the first prompt. Its errors are reported; it may end the program.
fn run_startup(vm: &mut Vm) -> Result<(), Failure> {
    if vm.lib.config.ignore_environment {
        return Ok(());
    }
    let Some(file) = vm.host.env("PYTHONSTARTUP").filter(|f| !f.is_empty()) else {
        return Ok(());
    };
    let done = match vm.host.read_file(Path::new(&file)) {
        Ok(source) => {
            let main = vm.main_module();
            let name = file.to_string_lossy().into_owned();
            run_text(vm, &main, &source, &name, false)
        }
        Err(e) => {
            let _ = vm.host.write_std(2, b"Could not open PYTHONSTARTUP\n");
            let name = fs_decode(file.as_bytes());
            Err(vm.os_error(&e, &name))
        }
    };
    if done.is_err() {
        if vm.exc_is(&rt().types.system_exit.clone()) {
            return Err(Failure::Raised);
        }
        let exc = vm.take_exc();
        if let Some(code) = vm.report_exception(&exc) {
            return Err(Failure::Said(code as u8));
        }
    }
    Ok(())
}

/// `quote`: whether tracebacks show the source.
fn run_text(vm: &mut Vm, main: &Ref, source: &[u8], filename: &str, quote: bool) -> R<()> {
    let Some(compile) = vm.compile else {
        return Ok(());
    };
    let code = compile(
        vm,
        &CompileRequest {
            source,
            is_text: false,
            filename,
            mode: "exec",
            flags: 0,
            optimize: -1,
        },
    )?;
    if quote {
        vm.register_code_source(&code, String::from_utf8_lossy(source).into_owned());
    }
    let code = vm.new_code(&code);
    vm.run_module_code(main, &code)
}

/// The absolute path of a script, without following links.
fn absolute(vm: &Vm, path: &Path) -> PathBuf {
    match vm.host.current_dir() {
        Ok(dir) => dir.join(path),
        Err(_) => path.to_path_buf(),
    }
}

fn run_script(vm: &mut Vm, main: &Ref, path: &Path) -> Result<(), Failure> {
    let mut file = absolute(vm, path);
    if vm.host.is_dir(path) {
        let inner = file.join("__main__.py");
        if !vm.host.is_file(&inner) {
            let shown = quoted(vm, path.as_os_str().as_bytes());
            say(vm, &format!("can't find '__main__' module in {shown}"));
            return Err(Failure::Said(1));
        }
        file = inner;
    }
    let source = match vm.host.read_file(&file) {
        Ok(s) => s,
        Err(e) => {
            let text = format!(
                "can't open file {}: [Errno {}] {}",
                quoted(vm, file.as_os_str().as_bytes()),
                e.raw_os_error().unwrap_or(5),
                taipan_vm::errors::oserror::strerror(e.raw_os_error().unwrap_or(5))
            );
            say(vm, &text);
            return Err(Failure::Said(2));
        }
    };
    let shown = fs_decode(file.as_os_str().as_bytes());
    set(main, "__file__", shown.clone());
    set(main, "__cached__", Ref::none());
    let loader = vm.source_loader(&intern("__main__"), &shown);
    set(main, "__loader__", loader);
    let filename = vm.str_lossy(&shown);
    let done = run_text(vm, main, &source, &filename, false);
    // What comes after the script (`-i`, exit handlers) does not belong to the file.
    if let Some(d) = main
        .cast::<ModuleObj>()
        .and_then(|m| m.dict.cast::<DictObj>())
    {
        for name in ["__file__", "__cached__"] {
            d.remove_str(&intern(name));
        }
    }
    Ok(done?)
}

fn run_module(vm: &mut Vm, main: &Ref, name: &str) -> Result<(), Failure> {
    let mut full = name.to_string();
    let mut spec = find_spec(vm, &full)?;
    if let Some(s) = &spec
        && !vm.getattr_str(s, "submodule_search_locations")?.is_none()
    {
        full = format!("{name}.__main__");
        spec = find_spec(vm, &full)?;
        if spec.is_none() {
            say(
                vm,
                &format!(
                    "No module named {full}; '{name}' is a package and cannot be directly executed"
                ),
            );
            return Err(Failure::Said(1));
        }
    }
    let Some(spec) = spec else {
        say(vm, &format!("No module named {name}"));
        return Err(Failure::Said(1));
    };
    let loader = vm.getattr_str(&spec, "loader")?;
    let code = match vm.getattr_opt(&loader, &intern("get_code"))? {
        Some(get) => vm.call(&get, &[new_str(&full)])?,
        None => Ref::none(),
    };
    if code.is_none() {
        say(vm, &format!("No code object available for {full}"));
        return Err(Failure::Said(1));
    }
    let origin = vm.getattr_str(&spec, "origin")?;
    let parent = vm.getattr_str(&spec, "parent")?;
    for (key, value) in [
        ("__file__", origin.clone()),
        ("__spec__", spec.clone()),
        ("__loader__", loader),
        ("__package__", parent),
    ] {
        set(main, key, value);
    }
    if let Some(argv) = vm.sys_attr("argv") {
        vm.setitem(&argv, &taipan_vm::vm::new_int(0), origin)?;
    }
    vm.run_module_code(main, &code)?;
    Ok(())
}

/// The spec of a module, its packages imported; `None` if there is no such module.
fn find_spec(vm: &mut Vm, name: &str) -> R<Option<Ref>> {
    let mut path = None;
    if let Some((package, _)) = name.rsplit_once('.') {
        let package = vm.import(package)?;
        match vm.getattr_opt(&package, &intern("__path__"))? {
            Some(p) => path = Some(p),
            None => return Ok(None),
        }
    }
    vm.find_spec(&intern(name), path.as_ref())
}

/// Something on standard error in the name of the program.
fn say(vm: &Vm, text: &str) {
    let name = vm
        .lib
        .config
        .orig_argv
        .first()
        .map(|a| String::from_utf8_lossy(a).into_owned())
        .unwrap_or_else(|| "taipan".into());
    let _ = vm.host.write_std(2, format!("{name}: {text}\n").as_bytes());
}

fn quoted(vm: &mut Vm, path: &[u8]) -> String {
    let text = fs_decode(path);
    vm.repr_text(&text).unwrap_or_default()
}

/// `sys.argv`, `sys.path` and the flags.
fn config(options: &Options, main: &Program, vm: &mut Vm) -> Config {
    let bytes = |s: &OsStr| s.as_bytes().to_vec();
    let mut argv: Vec<Vec<u8>> = options.rest.iter().map(|a| bytes(a)).collect();
    match main {
        Program::Command(_) => argv.insert(0, b"-c".to_vec()),
        Program::Module(_) => argv.insert(0, b"-m".to_vec()),
        Program::Stdin if argv.is_empty() => argv.push(Vec::new()),
        _ => {}
    }
    let ignore_environment = options.ignore_environment || options.isolated;
    let environment = |name: &str| {
        (!ignore_environment)
            .then(|| vm.host.env(name))
            .flatten()
            .filter(|v| !v.is_empty())
    };
    let safe_path =
        options.safe_path || options.isolated || environment("PYTHONSAFEPATH").is_some();
    let mut path: Vec<Vec<u8>> = Vec::new();
    let folder_program = matches!(main, Program::Script(p) if vm.host.is_dir(p));
    if !safe_path || folder_program {
        path.push(match main {
            Program::Script(p) if folder_program => absolute(vm, p).into_os_string().into_vec(),
            Program::Script(p) => {
                // Links are followed: a script's own modules lie beside the real file.
                let p = std::fs::canonicalize(p).unwrap_or_else(|_| absolute(vm, p));
                p.parent()
                    .map(|d| d.as_os_str().as_bytes().to_vec())
                    .unwrap_or_default()
            }
            Program::Module(_) => vm
                .host
                .current_dir()
                .map(|d| d.into_os_string().into_vec())
                .unwrap_or_default(),
            _ => Vec::new(),
        });
    }
    if let Some(more) = environment("PYTHONPATH") {
        path.extend(more.as_bytes().split(|&b| b == b':').map(|p| p.to_vec()));
    }
    path.extend(
        vm.lib
            .libraries
            .iter()
            .map(|l| l.root().as_bytes().to_vec()),
    );
    let mut warnoptions: Vec<String> = environment("PYTHONWARNINGS")
        .map(|w| {
            w.to_string_lossy()
                .split(',')
                .map(|w| w.to_string())
                .collect()
        })
        .unwrap_or_default();
    warnoptions.extend(options.warnings.iter().cloned());
    let xoptions: Vec<(String, Option<String>)> = options
        .x
        .iter()
        .map(|x| match x.split_once('=') {
            Some((name, value)) => (name.into(), Some(value.into())),
            None => (x.clone(), None),
        })
        .collect();
    let executable = std::env::current_exe()
        .map(|p| p.into_os_string().into_vec())
        .unwrap_or_default();
    let prefix = std::env::current_exe()
        .ok()
        .and_then(|p| Some(p.parent()?.parent()?.as_os_str().as_bytes().to_vec()))
        .unwrap_or_default();
    Config {
        argv,
        orig_argv: options.original.iter().map(|a| bytes(a)).collect(),
        path,
        executable,
        prefix,
        isolated: options.isolated,
        ignore_environment,
        no_user_site: options.no_user_site,
        no_site: options.no_site,
        inspect: options.inspect,
        interactive: options.inspect,
        verbose: options.verbose as i32,
        quiet: options.quiet,
        bytes_warning: options.bytes_warning as i32,
        dont_write_bytecode: options.dont_write_bytecode
            || environment("PYTHONDONTWRITEBYTECODE").is_some(),
        dev_mode: xoptions.iter().any(|x| x.0 == "dev"),
        safe_path,
        unbuffered: options.unbuffered || environment("PYTHONUNBUFFERED").is_some(),
        warnoptions,
        xoptions,
    }
}
