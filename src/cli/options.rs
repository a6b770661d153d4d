//! Options of the command, in CPython's spelling.

use clap::{ArgAction, Parser};
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::process::ExitCode;

/// What the command line asks for.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "taipan",
    about = "A Python 3.14 interpreter",
    disable_version_flag = true,
    after_help = "Arguments after the script, -c or -m belong to the program (sys.argv).",
    override_usage = "taipan [OPTIONS] [-c COMMAND | -m MODULE | SCRIPT | -] [ARGUMENT]..."
)]
pub struct Options {
    /// Program passed in as a string
    #[arg(short = 'c', value_name = "COMMAND")]
    pub command: Option<OsString>,
    /// Run a library module as a script
    #[arg(short = 'm', value_name = "MODULE")]
    pub module: Option<OsString>,
    /// Show the version and leave
    #[arg(short = 'V', long = "version", action = ArgAction::Count)]
    pub version: u8,
    /// Show the bytecode of a file instead of running it
    #[arg(long = "dis", value_name = "FILE")]
    pub dis: Option<OsString>,
    /// Ignore environment variables and the current folder
    #[arg(short = 'I')]
    pub isolated: bool,
    /// Ignore the environment variables of Python
    #[arg(short = 'E')]
    pub ignore_environment: bool,
    /// Don't write bytecode files (they are never written)
    #[arg(short = 'B')]
    pub dont_write_bytecode: bool,
    /// Leave out assertions; twice: docstrings too
    #[arg(short = 'O', action = ArgAction::Count)]
    pub optimize: u8,
    /// Don't put a possibly unsafe folder in front of sys.path
    #[arg(short = 'P')]
    pub safe_path: bool,
    /// Don't add the user's site folder
    #[arg(short = 's')]
    pub no_user_site: bool,
    /// Don't import site
    #[arg(short = 'S')]
    pub no_site: bool,
    /// Write standard output and error without buffering
    #[arg(short = 'u')]
    pub unbuffered: bool,
    /// Tell about imports
    #[arg(short = 'v', action = ArgAction::Count)]
    pub verbose: u8,
    /// Say nothing at the start
    #[arg(short = 'q')]
    pub quiet: bool,
    /// Stay interactive after the program
    #[arg(short = 'i')]
    pub inspect: bool,
    /// Warn about comparisons of bytes with str
    #[arg(short = 'b', action = ArgAction::Count)]
    pub bytes_warning: u8,
    /// Debugging output of the parser (accepted, without effect)
    #[arg(short = 'd', action = ArgAction::Count, hide = true)]
    pub debug: u8,
    /// Control of warnings
    #[arg(short = 'W', value_name = "FILTER")]
    pub warnings: Vec<String>,
    /// Options of the implementation
    #[arg(short = 'X', value_name = "OPTION")]
    pub x: Vec<String>,
    /// Accepted for compatibility
    #[arg(short = 'R', hide = true)]
    pub random_hashes: bool,

    /// The script and the program's arguments.
    #[arg(skip)]
    pub rest: Vec<OsString>,
    /// The whole command line.
    #[arg(skip)]
    pub original: Vec<OsString>,
}

/// Letters of options that take a value.
const WITH_VALUE: &[u8] = b"cmWX";
/// Of these the ones that end the interpreter's own options.
const LAST: &[u8] = b"cm";

/// How many arguments (after the program's name) are the interpreter's; the rest is the script's.
fn own_arguments(args: &[OsString]) -> usize {
    let mut i = 0;
    while let Some(arg) = args.get(i) {
        let b = arg.as_bytes();
        if b == b"-" || !b.starts_with(b"-") {
            return i;
        }
        i += 1;
        if b.starts_with(b"--") {
            if b == b"--" {
                return i;
            }
            if b == b"--dis" {
                return (i + 1).min(args.len());
            }
            continue;
        }
        // A cluster like -Ec: a letter with a value takes the rest of it, or the next argument.
        for (at, letter) in b.iter().enumerate().skip(1) {
            if WITH_VALUE.contains(letter) {
                if at + 1 == b.len() {
                    i = (i + 1).min(args.len());
                }
                if LAST.contains(letter) {
                    return i;
                }
                break;
            }
        }
    }
    i
}

impl Options {
    /// Reads the command line; an error or a request for help ends the program with the code given.
    pub fn from_command_line() -> Result<Options, ExitCode> {
        let original: Vec<OsString> = std::env::args_os().collect();
        let arguments = original.get(1..).unwrap_or_default();
        let own = own_arguments(arguments);
        let head = &original[..(own + 1).min(original.len())];
        match Options::try_parse_from(head) {
            Ok(mut options) => {
                options.rest = arguments[own..].to_vec();
                options.original = original;
                Ok(options)
            }
            Err(e) => {
                let _ = e.print();
                Err(if e.use_stderr() {
                    ExitCode::from(2)
                } else {
                    ExitCode::SUCCESS
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(args: &[&str]) -> usize {
        own_arguments(&args.iter().map(|a| a.into()).collect::<Vec<_>>())
    }

    #[test]
    fn options_end_where_the_program_begins() {
        assert_eq!(own(&["-E", "x.py", "-c"]), 1);
        assert_eq!(own(&["-c", "pass", "-x"]), 2);
        assert_eq!(own(&["-Ic", "pass", "-x"]), 2);
        assert_eq!(own(&["-cpass", "-x"]), 1);
        assert_eq!(own(&["-W", "error", "-Xdev", "-", "a"]), 3);
        assert_eq!(own(&["--dis", "f.py"]), 2);
    }
}
