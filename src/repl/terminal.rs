//! The terminal, shared by the editor and what the program prints: while a line is being edited, output goes above it.

use super::editor::Printer;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use taipan::{Host, HostFile, OpenOptions, System};
use taipan_vm::host_os::HostOs;

/// What the editor and the streams share.
#[derive(Default)]
pub struct Screen {
    editing: AtomicBool,
    /// Lines for the editor's printer. Sending does not wait for the editor, which may be waiting for the interpreter.
    printer: Mutex<Option<Sender<String>>>,
    /// A line without its end yet.
    rest: Mutex<Vec<u8>>,
    /// How the terminal was set before the editor changed it.
    before: Mutex<Option<Termios>>,
}

impl Screen {
    pub fn new() -> Arc<Screen> {
        let screen = Screen::default();
        if let Ok(mut before) = screen.before.lock() {
            *before = tcgetattr(rustix::stdio::stdin()).ok();
        }
        Arc::new(screen)
    }

    pub fn connect(&self, mut printer: Printer) {
        let (lines, given) = channel::<String>();
        let thread = std::thread::Builder::new().name("printer".into());
        let started = thread.spawn(move || {
            while let Ok(text) = given.recv() {
                if printer.print(text).is_err() {
                    return;
                }
            }
        });
        if started.is_ok()
            && let Ok(mut p) = self.printer.lock()
        {
            *p = Some(lines);
        }
    }

    /// Says whether a line is being edited. Afterwards what was held back is written.
    pub fn editing(&self, on: bool) {
        self.editing.store(on, Ordering::SeqCst);
        if !on
            && let Ok(mut rest) = self.rest.lock()
            && !rest.is_empty()
        {
            let _ = io::Write::write_all(&mut io::stdout(), &std::mem::take(&mut *rest));
            let _ = io::Write::flush(&mut io::stdout());
        }
    }

    /// True if the editor shows the text.
    fn print(&self, data: &[u8]) -> bool {
        if !self.editing.load(Ordering::SeqCst) {
            return false;
        }
        let (Ok(printer), Ok(mut rest)) = (self.printer.lock(), self.rest.lock()) else {
            return false;
        };
        let Some(lines) = printer.as_ref() else {
            return false;
        };
        rest.extend_from_slice(data);
        let Some(end) = rest.iter().rposition(|&b| b == b'\n') else {
            return true;
        };
        let whole: Vec<u8> = rest.drain(..=end).collect();
        lines
            .send(String::from_utf8_lossy(&whole).into_owned())
            .is_ok()
    }

    /// Sets the terminal as it was, for a program that ends while a line is being edited.
    pub fn restore(&self) {
        if !self.editing.load(Ordering::SeqCst) {
            return;
        }
        if let Ok(before) = self.before.lock()
            && let Some(before) = &*before
        {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, before);
            let _ = io::Write::write_all(&mut io::stdout(), b"\x1b[?2004l\r\n");
        }
    }
}

/// The system, with standard output and error by way of the screen.
pub struct TerminalHost {
    system: System,
    screen: Arc<Screen>,
}

impl TerminalHost {
    pub fn new(screen: Arc<Screen>) -> TerminalHost {
        TerminalHost {
            system: System::default(),
            screen,
        }
    }
}

struct Stream {
    file: Box<dyn HostFile>,
    screen: Arc<Screen>,
}

impl HostFile for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.file.read(buf)
    }
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.screen.print(data) {
            return Ok(data.len());
        }
        self.file.write(data)
    }
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(pos)
    }
    fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.file.truncate(size)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
    fn fileno(&self) -> Option<i32> {
        self.file.fileno()
    }
    fn size(&self) -> io::Result<u64> {
        self.file.size()
    }
}

impl Host for TerminalHost {
    fn write_std(&self, fd: i32, data: &[u8]) -> io::Result<()> {
        if self.screen.print(data) {
            return Ok(());
        }
        self.system.write_std(fd, data)
    }
    fn standard_file(&self, fd: i32) -> Option<Box<dyn HostFile>> {
        let file = self.system.standard_file(fd)?;
        if fd == 0 {
            return Some(file);
        }
        let screen = self.screen.clone();
        Some(Box::new(Stream { file, screen }))
    }
    fn read_stdin(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.system.read_stdin(buf)
    }
    fn is_terminal(&self, fd: i32) -> bool {
        self.system.is_terminal(fd)
    }
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.system.read_file(path)
    }
    fn is_file(&self, path: &Path) -> bool {
        self.system.is_file(path)
    }
    fn is_dir(&self, path: &Path) -> bool {
        self.system.is_dir(path)
    }
    fn list_dir(&self, path: &Path) -> io::Result<Vec<std::ffi::OsString>> {
        self.system.list_dir(path)
    }
    fn open(&self, path: &Path, options: &OpenOptions) -> io::Result<Box<dyn HostFile>> {
        self.system.open(path, options)
    }
    fn adopt_fd(&self, fd: i32) -> io::Result<Box<dyn HostFile>> {
        self.system.adopt_fd(fd)
    }
    fn env(&self, name: &str) -> Option<std::ffi::OsString> {
        self.system.env(name)
    }
    fn env_all(&self) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
        self.system.env_all()
    }
    fn current_dir(&self) -> io::Result<PathBuf> {
        self.system.current_dir()
    }
    fn time_ns(&self) -> i128 {
        self.system.time_ns()
    }
    fn monotonic_ns(&self) -> i128 {
        self.system.monotonic_ns()
    }
    fn process_time_ns(&self) -> i128 {
        self.system.process_time_ns()
    }
    fn sleep(&self, d: Duration) {
        self.system.sleep(d);
    }
    fn random(&self, buf: &mut [u8]) -> io::Result<()> {
        self.system.random(buf)
    }
    fn pid(&self) -> u32 {
        self.system.pid()
    }
    fn os(&self) -> Option<&dyn HostOs> {
        self.system.os()
    }
}
