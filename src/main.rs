//! The command `taipan`: a large stack for Python, signals, and the exit code.

mod cli;
mod repl;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: taipan_vm::value::alloc::SmallBlocks = taipan_vm::value::alloc::SmallBlocks;

/// Reserved for the thread that runs Python; memory is used only as it is touched.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let options = match cli::Options::from_command_line() {
        Ok(options) => options,
        Err(code) => return code,
    };
    let mut size = STACK;
    loop {
        let options = options.clone();
        let thread = std::thread::Builder::new()
            .name("python".into())
            .stack_size(size)
            .spawn(move || cli::run(options, size));
        match thread {
            Ok(thread) => {
                cli::signals::watch(&thread);
                return match thread.join() {
                    Ok(code) => code,
                    Err(_) => ExitCode::FAILURE,
                };
            }
            // Address space may be limited: less nesting then.
            Err(_) if size > 8 << 20 => size /= 2,
            Err(e) => {
                eprintln!("taipan: cannot start a thread: {e}");
                return ExitCode::FAILURE;
            }
        }
    }
}
