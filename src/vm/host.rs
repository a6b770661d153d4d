//! The host boundary: files, environment, network, processes, clock, entropy and standard streams are reached only through [`Host`], so that
//! an embedding program or a sandbox can replace or deny them in one place.

use crate::host_os::HostOs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// What the VM may ask of the outside. Errors become OSError with the `errno` of the `io::Error`.
pub trait Host {
    /// Writes all of `data` to standard output (1) or standard error (2).
    fn write_std(&self, fd: i32, data: &[u8]) -> io::Result<()>;
    /// Reads from standard input; 0 bytes at the end.
    fn read_stdin(&self, buf: &mut [u8]) -> io::Result<usize>;
    fn is_terminal(&self, fd: i32) -> bool;
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>>;
    fn is_file(&self, path: &Path) -> bool;
    fn is_dir(&self, path: &Path) -> bool;
    fn list_dir(&self, path: &Path) -> io::Result<Vec<std::ffi::OsString>>;
    /// Opens a file; the result stays behind the boundary as a handle.
    fn open(&self, path: &Path, options: &OpenOptions) -> io::Result<Box<dyn HostFile>>;
    /// Standard input (0), output (1) or error (2) as a file; `None` for any other number.
    fn standard_file(&self, fd: i32) -> Option<Box<dyn HostFile>>;
    /// A file over a descriptor that the program has got from elsewhere.
    fn adopt_fd(&self, fd: i32) -> io::Result<Box<dyn HostFile>> {
        let _ = fd;
        Err(io::Error::from_raw_os_error(9))
    }
    fn env(&self, name: &str) -> Option<std::ffi::OsString>;
    fn env_all(&self) -> Vec<(std::ffi::OsString, std::ffi::OsString)>;
    fn current_dir(&self) -> io::Result<PathBuf>;
    /// Seconds since 1970.
    fn time_ns(&self) -> i128;
    fn monotonic_ns(&self) -> i128;
    /// CPU time of the process.
    fn process_time_ns(&self) -> i128;
    fn sleep(&self, d: Duration);
    fn random(&self, buf: &mut [u8]) -> io::Result<()>;
    fn pid(&self) -> u32;
    /// The file system beyond opening files, and the system: what `os` needs. Without it, such calls are not permitted.
    fn os(&self) -> Option<&dyn HostOs> {
        None
    }
}

/// How to open a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions {
    pub read: bool,
    pub write: bool,
    pub append: bool,
    pub truncate: bool,
    pub create: bool,
    pub create_new: bool,
}

/// An open file behind the boundary.
pub trait HostFile {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize>;
    fn write(&mut self, data: &[u8]) -> io::Result<usize>;
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64>;
    fn truncate(&mut self, size: u64) -> io::Result<()>;
    fn flush(&mut self) -> io::Result<()>;
    fn fileno(&self) -> Option<i32>;
    fn size(&self) -> io::Result<u64>;
}

/// The real system.
pub struct System {
    start: std::time::Instant,
}

impl Default for System {
    fn default() -> Self {
        System {
            start: std::time::Instant::now(),
        }
    }
}

/// An open file; that of `os.open` is closed with the last owner.
struct SystemFile {
    file: Rc<std::fs::File>,
    adopted: bool,
}

impl Drop for SystemFile {
    fn drop(&mut self) {
        if self.adopted {
            crate::host_os::forget(&self.file);
        }
    }
}

impl HostFile for SystemFile {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        io::Read::read(&mut &*self.file, buf)
    }
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut &*self.file, data)
    }
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        io::Seek::seek(&mut &*self.file, pos)
    }
    fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.file.set_len(size)
    }
    fn flush(&mut self) -> io::Result<()> {
        io::Write::flush(&mut &*self.file)
    }
    fn fileno(&self) -> Option<i32> {
        Some(std::os::fd::AsRawFd::as_raw_fd(&*self.file))
    }
    fn size(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }
}

/// A standard stream, reached without a buffer.
struct StandardFile(i32);

impl HostFile for StandardFile {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(rustix::stdio::stdin(), buf)?)
    }
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        Ok(match self.0 {
            2 => rustix::io::write(rustix::stdio::stderr(), data)?,
            _ => rustix::io::write(rustix::stdio::stdout(), data)?,
        })
    }
    fn seek(&mut self, pos: io::SeekFrom) -> io::Result<u64> {
        let pos = match pos {
            io::SeekFrom::Start(n) => rustix::fs::SeekFrom::Start(n),
            io::SeekFrom::Current(n) => rustix::fs::SeekFrom::Current(n),
            io::SeekFrom::End(n) => rustix::fs::SeekFrom::End(n),
        };
        Ok(match self.0 {
            0 => rustix::fs::seek(rustix::stdio::stdin(), pos)?,
            2 => rustix::fs::seek(rustix::stdio::stderr(), pos)?,
            _ => rustix::fs::seek(rustix::stdio::stdout(), pos)?,
        })
    }
    fn truncate(&mut self, _: u64) -> io::Result<()> {
        Err(io::Error::from_raw_os_error(22))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn fileno(&self) -> Option<i32> {
        Some(self.0)
    }
    fn size(&self) -> io::Result<u64> {
        Ok(0)
    }
}

impl Host for System {
    fn adopt_fd(&self, fd: i32) -> io::Result<Box<dyn HostFile>> {
        let file = crate::host_os::opened(fd)?;
        Ok(Box::new(SystemFile {
            file,
            adopted: true,
        }))
    }
    fn standard_file(&self, fd: i32) -> Option<Box<dyn HostFile>> {
        (0..=2)
            .contains(&fd)
            .then(|| Box::new(StandardFile(fd)) as Box<dyn HostFile>)
    }
    fn write_std(&self, fd: i32, data: &[u8]) -> io::Result<()> {
        use io::Write;
        if fd == 2 {
            io::stderr().write_all(data)
        } else {
            let mut out = io::stdout().lock();
            out.write_all(data)?;
            out.flush()
        }
    }
    fn read_stdin(&self, buf: &mut [u8]) -> io::Result<usize> {
        use io::Read;
        io::stdin().lock().read(buf)
    }
    fn is_terminal(&self, fd: i32) -> bool {
        use io::IsTerminal;
        match fd {
            0 => io::stdin().is_terminal(),
            1 => io::stdout().is_terminal(),
            2 => io::stderr().is_terminal(),
            _ => false,
        }
    }
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }
    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }
    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }
    fn list_dir(&self, path: &Path) -> io::Result<Vec<std::ffi::OsString>> {
        std::fs::read_dir(path)?
            .map(|e| Ok(e?.file_name()))
            .collect()
    }
    fn open(&self, path: &Path, o: &OpenOptions) -> io::Result<Box<dyn HostFile>> {
        let f = std::fs::OpenOptions::new()
            .read(o.read)
            .write(o.write)
            .append(o.append)
            .truncate(o.truncate)
            .create(o.create)
            .create_new(o.create_new)
            .open(path)?;
        if f.metadata()?.is_dir() {
            return Err(io::Error::from_raw_os_error(21));
        }
        let file = Rc::new(f);
        crate::host_os::note(&file);
        Ok(Box::new(SystemFile {
            file,
            adopted: false,
        }))
    }
    fn env(&self, name: &str) -> Option<std::ffi::OsString> {
        std::env::var_os(name)
    }
    fn env_all(&self) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
        std::env::vars_os().collect()
    }
    fn current_dir(&self) -> io::Result<PathBuf> {
        std::env::current_dir()
    }
    fn time_ns(&self) -> i128 {
        match std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH) {
            Ok(d) => d.as_nanos() as i128,
            Err(e) => -(e.duration().as_nanos() as i128),
        }
    }
    fn monotonic_ns(&self) -> i128 {
        self.start.elapsed().as_nanos() as i128 + 1_000_000_000
    }
    fn process_time_ns(&self) -> i128 {
        let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        t.tv_sec as i128 * 1_000_000_000 + t.tv_nsec as i128
    }
    fn sleep(&self, d: Duration) {
        std::thread::sleep(d);
    }
    fn random(&self, buf: &mut [u8]) -> io::Result<()> {
        let mut at = 0;
        while at < buf.len() {
            at += rustix::rand::getrandom(&mut buf[at..], rustix::rand::GetRandomFlags::empty())?;
        }
        Ok(())
    }
    fn pid(&self) -> u32 {
        std::process::id()
    }
    fn os(&self) -> Option<&dyn HostOs> {
        Some(self)
    }
}
