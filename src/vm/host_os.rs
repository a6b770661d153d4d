//! The part of the host boundary that changes the file system and asks about the system: what `os` needs beyond opening files. A host that
//! offers none of it gives no [`HostOs`], and Python programs get PermissionError.

use crate::host::System;
use rustix::fs::{self as rfs, AtFlags, CWD};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::rc::{Rc, Weak};

/// What `os.stat` tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileStatus {
    pub mode: u32,
    pub inode: u64,
    pub device: u64,
    pub links: u64,
    pub uid: u32,
    pub gid: u32,
    pub size: u64,
    pub accessed_ns: i128,
    pub modified_ns: i128,
    pub changed_ns: i128,
    pub block_size: u64,
    pub blocks: u64,
    pub raw_device: u64,
}

/// User and group, real and effective, and the parent process.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity {
    pub uid: u32,
    pub euid: u32,
    pub gid: u32,
    pub egid: u32,
    pub parent: u32,
}

/// System name, node name, release, version, machine.
pub type SystemName = [String; 5];

thread_local! {
    /// Files that Python code knows by their numbers; those that `os.open` gave it are kept here until `os.close`.
    static OPEN: RefCell<HashMap<i32, (Weak<File>, Option<Rc<File>>)>> = RefCell::default();
}

/// Makes a file known by its number.
pub(crate) fn note(file: &Rc<File>) {
    OPEN.with_borrow_mut(|o| o.insert(file.as_raw_fd(), (Rc::downgrade(file), None)));
}
/// The file with that number. EBADF if there is none.
pub(crate) fn opened(fd: i32) -> io::Result<Rc<File>> {
    OPEN.with_borrow(|o| o.get(&fd)?.0.upgrade())
        .ok_or_else(|| io::Error::from_raw_os_error(9))
}
/// Keeps an open file under its number until it is closed by that.
fn keep(file: File) -> i32 {
    let (fd, file) = (file.as_raw_fd(), Rc::new(file));
    OPEN.with_borrow_mut(|o| o.insert(fd, (Rc::downgrade(&file), Some(file))));
    fd
}
/// Gives up what `os.open` keeps.
pub(crate) fn forget(file: &Rc<File>) {
    OPEN.with_borrow_mut(|o| o.remove(&file.as_raw_fd()));
}

/// A limit that the program itself may change, and the limit of that.
pub type Limits = (Option<u64>, Option<u64>);

/// Operations on paths and questions about the system.
pub trait HostOs {
    fn status(&self, path: &Path, follow: bool) -> io::Result<FileStatus>;
    /// Opens a file by the flags and the mode of `open(2)`; gives its number.
    fn open_fd(&self, path: &Path, flags: u32, mode: u32) -> io::Result<i32>;
    fn close_fd(&self, fd: i32) -> io::Result<()>;
    fn read_fd(&self, fd: i32, buf: &mut [u8]) -> io::Result<usize>;
    fn write_fd(&self, fd: i32, data: &[u8]) -> io::Result<usize>;
    fn seek_fd(&self, fd: i32, to: io::SeekFrom) -> io::Result<u64>;
    fn truncate_fd(&self, fd: i32, size: u64) -> io::Result<()>;
    fn sync_fd(&self, fd: i32) -> io::Result<()>;
    /// The status of an open file.
    fn status_fd(&self, fd: i32) -> io::Result<FileStatus>;
    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()>;
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()>;
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn set_current_dir(&self, path: &Path) -> io::Result<()>;
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()>;
    fn set_times(
        &self,
        path: &Path,
        accessed_ns: i128,
        modified_ns: i128,
        follow: bool,
    ) -> io::Result<()>;
    fn truncate(&self, path: &Path, size: u64) -> io::Result<()>;
    /// `mode` has the bits of `os.R_OK`, `W_OK` and `X_OK`.
    fn access(&self, path: &Path, mode: u32) -> bool;
    fn set_umask(&self, mask: u32) -> u32;
    fn identity(&self) -> Identity;
    fn system_name(&self) -> SystemName;
    fn cpu_count(&self) -> Option<usize>;
    /// Columns and lines.
    fn terminal_size(&self, fd: i32) -> io::Result<(u16, u16)>;
    /// A limit (soft, hard) of a process, 0 for this one, after setting it if it is given. `None` is without limit.
    fn limits(&self, pid: i32, resource: u32, new: Option<Limits>) -> io::Result<Limits> {
        let _ = (pid, resource, new);
        Err(io::Error::from_raw_os_error(1))
    }
    /// A pipe: the numbers of the end to read from and the end to write to.
    fn pipe(&self) -> io::Result<(i32, i32)> {
        Err(io::Error::from_raw_os_error(1))
    }
    /// Starts a program; gives the number of its process.
    fn spawn(&self, program: &Spawn) -> io::Result<u32> {
        let _ = program;
        Err(io::Error::from_raw_os_error(1))
    }
    /// What has become of a child (any, for -1): its number and status, zeros if it still runs and nobody wants to wait.
    fn wait(&self, pid: i32, block: bool) -> io::Result<(i32, i32)> {
        let _ = (pid, block);
        Err(io::Error::from_raw_os_error(1))
    }
    /// Sends a signal; 0 only asks whether that could be done.
    fn kill(&self, pid: i32, signal: i32) -> io::Result<()> {
        let _ = (pid, signal);
        Err(io::Error::from_raw_os_error(1))
    }
    /// Ends the process at once.
    fn exit(&self, code: i32) -> !;
}

/// A program to be started.
pub struct Spawn {
    pub arguments: Vec<OsString>,
    /// Where it may be, in the order to try.
    pub paths: Vec<PathBuf>,
    pub folder: Option<PathBuf>,
    /// Instead of this process's environment.
    pub environment: Option<Vec<(OsString, OsString)>>,
    /// Numbers of the files that become its standard input, output and error; -1: those of this process.
    pub stdio: [i32; 3],
    pub process_group: Option<i32>,
    pub user: Option<u32>,
    pub group: Option<u32>,
}

/// A file of this process for one of the standard streams of another.
fn stream(fd: i32) -> io::Result<Stdio> {
    Ok(match fd {
        -1 => Stdio::inherit(),
        0 => io::stdin().as_fd().try_clone_to_owned()?.into(),
        1 => io::stdout().as_fd().try_clone_to_owned()?.into(),
        2 => io::stderr().as_fd().try_clone_to_owned()?.into(),
        n => opened(n)?.try_clone()?.into(),
    })
}

fn nanoseconds(seconds: i64, part: i64) -> i128 {
    seconds as i128 * 1_000_000_000 + part as i128
}

fn timespec(ns: i128) -> rfs::Timespec {
    rfs::Timespec {
        tv_sec: ns.div_euclid(1_000_000_000) as i64,
        tv_nsec: ns.rem_euclid(1_000_000_000) as _,
    }
}

fn status_of(m: &std::fs::Metadata) -> FileStatus {
    use std::os::unix::fs::MetadataExt;
    FileStatus {
        mode: m.mode(),
        inode: m.ino(),
        device: m.dev(),
        links: m.nlink(),
        uid: m.uid(),
        gid: m.gid(),
        size: m.size(),
        accessed_ns: nanoseconds(m.atime(), m.atime_nsec()),
        modified_ns: nanoseconds(m.mtime(), m.mtime_nsec()),
        changed_ns: nanoseconds(m.ctime(), m.ctime_nsec()),
        block_size: m.blksize(),
        blocks: m.blocks(),
        raw_device: m.rdev(),
    }
}

impl HostOs for System {
    fn open_fd(&self, path: &Path, flags: u32, mode: u32) -> io::Result<i32> {
        let flags = rfs::OFlags::from_bits_retain(flags) | rfs::OFlags::CLOEXEC;
        let fd = rfs::open(path, flags, rfs::Mode::from_raw_mode(mode))?;
        let file = Rc::new(File::from(fd));
        let number = file.as_raw_fd();
        OPEN.with_borrow_mut(|o| o.insert(number, (Rc::downgrade(&file), Some(file))));
        Ok(number)
    }
    fn close_fd(&self, fd: i32) -> io::Result<()> {
        match OPEN.with_borrow_mut(|o| o.remove(&fd)) {
            Some(_) => Ok(()),
            None => Err(io::Error::from_raw_os_error(9)),
        }
    }
    fn read_fd(&self, fd: i32, buf: &mut [u8]) -> io::Result<usize> {
        if fd == 0 {
            return Ok(rustix::io::read(rustix::stdio::stdin(), buf)?);
        }
        io::Read::read(&mut &*opened(fd)?, buf)
    }
    fn write_fd(&self, fd: i32, data: &[u8]) -> io::Result<usize> {
        match fd {
            1 => Ok(rustix::io::write(rustix::stdio::stdout(), data)?),
            2 => Ok(rustix::io::write(rustix::stdio::stderr(), data)?),
            _ => io::Write::write(&mut &*opened(fd)?, data),
        }
    }
    fn seek_fd(&self, fd: i32, to: io::SeekFrom) -> io::Result<u64> {
        io::Seek::seek(&mut &*opened(fd)?, to)
    }
    fn truncate_fd(&self, fd: i32, size: u64) -> io::Result<()> {
        opened(fd)?.set_len(size)
    }
    fn sync_fd(&self, fd: i32) -> io::Result<()> {
        opened(fd)?.sync_all()
    }
    fn status_fd(&self, fd: i32) -> io::Result<FileStatus> {
        // The system lists what the process has open.
        let place = PathBuf::from(format!("/proc/self/fd/{fd}"));
        match std::fs::metadata(place) {
            Ok(m) => Ok(status_of(&m)),
            Err(_) => Err(io::Error::from_raw_os_error(9)),
        }
    }
    fn status(&self, path: &Path, follow: bool) -> io::Result<FileStatus> {
        Ok(status_of(&if follow {
            std::fs::metadata(path)?
        } else {
            std::fs::symlink_metadata(path)?
        }))
    }
    fn create_dir(&self, path: &Path, mode: u32) -> io::Result<()> {
        Ok(rfs::mkdir(path, rfs::Mode::from_raw_mode(mode))?)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        Ok(rfs::unlink(path)?)
    }
    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        Ok(rfs::rmdir(path)?)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(rfs::rename(from, to)?)
    }
    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::read_link(path)
    }
    fn symlink(&self, target: &Path, path: &Path) -> io::Result<()> {
        Ok(rfs::symlink(target, path)?)
    }
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(rfs::link(from, to)?)
    }
    fn set_current_dir(&self, path: &Path) -> io::Result<()> {
        std::env::set_current_dir(path)
    }
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        Ok(rfs::chmod(path, rfs::Mode::from_raw_mode(mode))?)
    }
    fn set_times(
        &self,
        path: &Path,
        accessed_ns: i128,
        modified_ns: i128,
        follow: bool,
    ) -> io::Result<()> {
        let times = rfs::Timestamps {
            last_access: timespec(accessed_ns),
            last_modification: timespec(modified_ns),
        };
        let flags = if follow {
            AtFlags::empty()
        } else {
            AtFlags::SYMLINK_NOFOLLOW
        };
        Ok(rfs::utimensat(CWD, path, &times, flags)?)
    }
    fn truncate(&self, path: &Path, size: u64) -> io::Result<()> {
        std::fs::OpenOptions::new()
            .write(true)
            .open(path)?
            .set_len(size)
    }
    fn access(&self, path: &Path, mode: u32) -> bool {
        rfs::access(path, rfs::Access::from_bits_truncate(mode)).is_ok()
    }
    fn set_umask(&self, mask: u32) -> u32 {
        rustix::process::umask(rfs::Mode::from_raw_mode(mask)).as_raw_mode()
    }
    fn identity(&self) -> Identity {
        use rustix::process as p;
        Identity {
            uid: p::getuid().as_raw(),
            euid: p::geteuid().as_raw(),
            gid: p::getgid().as_raw(),
            egid: p::getegid().as_raw(),
            parent: p::getppid().map_or(0, |p| p.as_raw_nonzero().get() as u32),
        }
    }
    fn system_name(&self) -> SystemName {
        let u = rustix::system::uname();
        [
            u.sysname(),
            u.nodename(),
            u.release(),
            u.version(),
            u.machine(),
        ]
        .map(|s| s.to_string_lossy().into_owned())
    }
    fn cpu_count(&self) -> Option<usize> {
        std::thread::available_parallelism().ok().map(|n| n.get())
    }
    fn terminal_size(&self, fd: i32) -> io::Result<(u16, u16)> {
        let size = match fd {
            0 => rustix::termios::tcgetwinsize(rustix::stdio::stdin())?,
            1 => rustix::termios::tcgetwinsize(rustix::stdio::stdout())?,
            2 => rustix::termios::tcgetwinsize(rustix::stdio::stderr())?,
            _ => return Err(io::Error::from_raw_os_error(9)),
        };
        Ok((size.ws_col, size.ws_row))
    }
    fn pipe(&self) -> io::Result<(i32, i32)> {
        let (r, w) = io::pipe()?;
        let (r, w) = (File::from(OwnedFd::from(r)), File::from(OwnedFd::from(w)));
        Ok((keep(r), keep(w)))
    }
    fn spawn(&self, program: &Spawn) -> io::Result<u32> {
        use std::os::unix::process::CommandExt;
        let mut failed = io::Error::from_raw_os_error(2);
        for path in &program.paths {
            let mut command = std::process::Command::new(path);
            if let Some((name, rest)) = program.arguments.split_first() {
                command.arg0(name).args(rest);
            }
            if let Some(folder) = &program.folder {
                command.current_dir(folder);
            }
            if let Some(all) = &program.environment {
                command.env_clear().envs(all.iter().map(|(k, v)| (k, v)));
            }
            let [input, output, error] = program.stdio;
            command
                .stdin(stream(input)?)
                .stdout(stream(output)?)
                .stderr(stream(error)?);
            if let Some(group) = program.process_group {
                command.process_group(group);
            }
            if let Some(user) = program.user {
                command.uid(user);
            }
            if let Some(group) = program.group {
                command.gid(group);
            }
            match command.spawn() {
                // Waiting for it is the program's business.
                Ok(child) => return Ok(child.id()),
                // Not there: elsewhere, perhaps. What else went wrong is told.
                Err(e) if matches!(e.raw_os_error(), Some(2 | 20)) => {
                    if failed.raw_os_error() == Some(2) {
                        failed = e;
                    }
                }
                Err(e) => failed = e,
            }
        }
        Err(failed)
    }
    fn wait(&self, pid: i32, block: bool) -> io::Result<(i32, i32)> {
        use rustix::process::{Pid, WaitOptions, waitpid};
        let options = if block {
            WaitOptions::empty()
        } else {
            WaitOptions::NOHANG
        };
        let which = match pid {
            -1 => None,
            n => Some(Pid::from_raw(n).ok_or_else(|| io::Error::from_raw_os_error(10))?),
        };
        Ok(match waitpid(which, options)? {
            Some((pid, status)) => (pid.as_raw_nonzero().get(), status.as_raw()),
            None => (0, 0),
        })
    }
    fn kill(&self, pid: i32, signal: i32) -> io::Result<()> {
        use rustix::process::{Pid, Signal, kill_process, test_kill_process};
        let no_such = || io::Error::from_raw_os_error(3);
        let pid = Pid::from_raw(pid).ok_or_else(no_such)?;
        if signal == 0 {
            return Ok(test_kill_process(pid)?);
        }
        let signal =
            Signal::from_named_raw(signal).ok_or_else(|| io::Error::from_raw_os_error(22))?;
        Ok(kill_process(pid, signal)?)
    }
    fn limits(&self, pid: i32, resource: u32, new: Option<Limits>) -> io::Result<Limits> {
        use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit, setrlimit};
        const ALL: [Resource; 16] = [
            Resource::Cpu,
            Resource::Fsize,
            Resource::Data,
            Resource::Stack,
            Resource::Core,
            Resource::Rss,
            Resource::Nproc,
            Resource::Nofile,
            Resource::Memlock,
            Resource::As,
            Resource::Locks,
            Resource::Sigpending,
            Resource::Msgqueue,
            Resource::Nice,
            Resource::Rtprio,
            Resource::Rttime,
        ];
        let invalid = || io::Error::from_raw_os_error(22);
        let resource = *ALL.get(resource as usize).ok_or_else(invalid)?;
        let new = new.map(|(current, maximum)| Rlimit { current, maximum });
        let old = match (pid, new) {
            (0, None) => getrlimit(resource),
            (0, Some(new)) => {
                let old = getrlimit(resource);
                setrlimit(resource, new)?;
                old
            }
            (pid, new) => {
                let gone = || io::Error::from_raw_os_error(3);
                let pid = Pid::from_raw(pid).filter(|_| pid > 0).ok_or_else(gone)?;
                // The system call sets and asks in one; to ask only, it has to be told what it says itself.
                let Some(new) = new else {
                    let path = format!("/proc/{}/limits", pid.as_raw_nonzero());
                    return limits_of_text(&std::fs::read_to_string(path)?, resource as usize)
                        .ok_or_else(invalid);
                };
                prlimit(Some(pid), resource, new)?
            }
        };
        Ok((old.current, old.maximum))
    }
    fn exit(&self, code: i32) -> ! {
        std::process::exit(code)
    }
}

/// Finds a limit in the table that Linux shows of a process, whose rows are in the order of the numbers.
fn limits_of_text(text: &str, resource: usize) -> Option<Limits> {
    // Cpu, file size, data, stack, core, rss, processes, files, locked memory, address space, locks, signals, queues, nice, ...
    let row = text.lines().nth(resource + 1)?;
    // The name of a limit takes 25 columns and has blanks in it.
    let mut fields = row.get(25..)?.split_whitespace();
    let mut number = || match fields.next()? {
        "unlimited" => Some(None),
        n => n.parse().ok().map(Some),
    };
    Some((number()?, number()?))
}
