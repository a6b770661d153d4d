//! The plain mode: lines are read one by one, and prompts go to standard error. It is what pipes and dumb terminals get, and keeps to the letter of
//! CPython's `-i`.

use super::session::{Check, Outcome, Session, check};
use taipan::Vm;
use taipan_vm::R;

/// Where lines come from.
pub trait Lines {
    /// Shows the prompt and reads a line with its newline; an empty one is the end.
    fn line(&mut self, vm: &mut Vm, prompt: &str) -> R<Vec<u8>>;
}

/// How much is read ahead of what is run: what the program reads from standard input for itself begins behind it, as with C's `stdin`.
const AHEAD: usize = 4096;

/// Standard input, and what has been read of it but not run.
#[derive(Default)]
pub struct Stdin {
    ahead: Vec<u8>,
}

impl Lines for Stdin {
    fn line(&mut self, vm: &mut Vm, prompt: &str) -> R<Vec<u8>> {
        let _ = vm.host.write_std(2, prompt.as_bytes());
        let Some(mut file) = vm.host.standard_file(0) else {
            return Ok(Vec::new());
        };
        let mut buffer = [0; AHEAD];
        let unbuffered = vm.lib.config.unbuffered && !vm.host.is_terminal(0);
        let size = if unbuffered { 1 } else { AHEAD };
        loop {
            if let Some(end) = self.ahead.iter().position(|&b| b == b'\n') {
                return Ok(self.ahead.drain(..=end).collect());
            }
            match file.read(&mut buffer[..size]) {
                Ok(0) | Err(_) => return Ok(std::mem::take(&mut self.ahead)),
                Ok(n) => self.ahead.extend_from_slice(&buffer[..n]),
            }
            vm.check_signals()?;
        }
    }
}

/// Reads and runs to the end of the input; the exit code.
pub fn run(vm: &mut Vm, session: &mut Session, lines: &mut dyn Lines) -> i32 {
    session.set_prompts(vm);
    loop {
        match read(vm, session, lines) {
            Ok(Some(source)) => {
                if let Outcome::Exit(code) = session.run(vm, &source) {
                    return code;
                }
            }
            Ok(None) => return 0,
            Err(e) => {
                if let Outcome::Exit(code) = session.conclude(vm, Err(e)) {
                    return code;
                }
            }
        }
    }
}

/// One statement; nothing at the end of the input.
fn read(vm: &mut Vm, session: &mut Session, lines: &mut dyn Lines) -> R<Option<String>> {
    let mut source = String::new();
    loop {
        let name = if source.is_empty() { "ps1" } else { "ps2" };
        let prompt = session.prompt(vm, name);
        let line = lines.line(vm, &prompt)?;
        if line.is_empty() {
            let _ = vm.host.write_std(2, b"\n");
            return Ok((!source.is_empty()).then_some(source));
        }
        source.push_str(&decoded(vm, &line)?);
        // A line without an end is the last one, which the next attempt to read finds out.
        if source.ends_with('\n') && check(&source) == Check::Ready {
            return Ok(Some(source));
        }
    }
}

fn decoded(vm: &mut Vm, line: &[u8]) -> R<String> {
    match std::str::from_utf8(line) {
        Ok(text) => Ok(taipan_grammar::normalize_newlines(text).into_owned()),
        Err(e) => {
            let at = e.valid_up_to();
            let byte = line.get(at).copied().unwrap_or(0);
            Err(undecodable(vm, at, byte, e.error_len().is_none()))
        }
    }
}

fn undecodable(vm: &mut Vm, at: usize, byte: u8, end: bool) -> taipan_vm::Raised {
    use taipan_vm::vm::{new_int, new_str, new_tuple};
    let start = !(0xc2..0xf5).contains(&byte);
    let reason = match (start, end) {
        (true, _) => "invalid start byte",
        (false, true) => "unexpected end of data",
        (false, false) => "invalid continuation byte",
    };
    let text = format!(
        "(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: {reason}"
    );
    let place = new_tuple(vec![
        new_str("<stdin>"),
        new_int(0),
        new_int(0),
        new_str(""),
    ]);
    let class = taipan_vm::rt().types.syntax_error.clone();
    vm.raise_new(&class, vec![new_str(&text), place])
}
