//! Readiness of files: which descriptors a loop watches, and for whom. All that takes descriptors by their number is here.
//!
//! `polling` in level mode, since `add_reader` means: as long as there is something to read.
#![allow(unsafe_code)]

use polling::{Event, Events, PollMode, Poller};
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd};
use std::time::Duration;
use taipan_vm::value::{Ref, Trace, Tracer};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    Read,
    Write,
}

/// The handles of one descriptor; undefined when it isn't watched for that.
#[derive(Default)]
struct Entry {
    read: Ref,
    write: Ref,
}

#[derive(Default)]
pub struct Files {
    poller: Option<(Poller, Events)>,
    entries: BTreeMap<i32, Entry>,
}

impl Trace for Files {
    fn trace(&self, t: &mut Tracer) {
        for e in self.entries.values() {
            t.visit(&e.read);
            t.visit(&e.write);
        }
    }
}

/// Events taken from the system in one call.
const BATCH: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

impl Files {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Watches a descriptor; gives the handle that did so before.
    pub fn set(&mut self, fd: i32, which: Watch, handle: Ref) -> io::Result<Option<Ref>> {
        let new = !self.entries.contains_key(&fd);
        let entry = self.entries.entry(fd).or_default();
        let slot = if which == Watch::Read {
            &mut entry.read
        } else {
            &mut entry.write
        };
        let old = std::mem::replace(slot, handle);
        if old.is_undefined()
            && let Err(e) = self.tell(fd, new)
        {
            self.forget(fd, which);
            return Err(e);
        }
        Ok(Some(old).filter(|o| !o.is_undefined()))
    }

    /// Watches it no longer; gives the handle that did.
    pub fn unset(&mut self, fd: i32, which: Watch) -> Option<Ref> {
        let old = self.forget(fd, which)?;
        if self.entries.contains_key(&fd) {
            // It may have been closed already; then there is nothing to change.
            let _ = self.tell(fd, false);
        } else if let Some((poller, _)) = &self.poller {
            // SAFETY: used only during the call; a stale number is an error of the system call.
            let _ = poller.delete(unsafe { BorrowedFd::borrow_raw(fd) });
        }
        Some(old)
    }

    fn forget(&mut self, fd: i32, which: Watch) -> Option<Ref> {
        let entry = self.entries.get_mut(&fd)?;
        let slot = if which == Watch::Read {
            &mut entry.read
        } else {
            &mut entry.write
        };
        let old = std::mem::take(slot);
        if entry.read.is_undefined() && entry.write.is_undefined() {
            self.entries.remove(&fd);
        }
        Some(old).filter(|o| !o.is_undefined())
    }

    /// Tells the system what is wanted of a descriptor.
    fn tell(&mut self, fd: i32, new: bool) -> io::Result<()> {
        if self.poller.is_none() {
            self.poller = Some((Poller::new()?, Events::with_capacity(BATCH)));
        }
        let (Some((poller, _)), Some(entry)) = (&self.poller, self.entries.get(&fd)) else {
            return Ok(());
        };
        let event = Event::new(
            fd as usize,
            !entry.read.is_undefined(),
            !entry.write.is_undefined(),
        );
        // SAFETY: used only during the call; a stale number is an error of the system call.
        let source = unsafe { BorrowedFd::borrow_raw(fd) };
        if new {
            // SAFETY: the epoll set forgets a descriptor when it is closed, and nothing but its number is kept here.
            let added = unsafe { poller.add_with_mode(&source, event, PollMode::Level) };
            match added {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                other => return other,
            }
        }
        poller.modify_with_mode(source, event, PollMode::Level)
    }

    /// Waits; gives who is told of what is ready, readers before writers of the same descriptor.
    pub fn wait(&mut self, timeout: Duration) -> io::Result<Vec<(Ref, Watch)>> {
        let Some((poller, events)) = &mut self.poller else {
            std::thread::sleep(timeout);
            return Ok(Vec::new());
        };
        events.clear();
        poller.wait(events, Some(timeout))?;
        let mut found = Vec::new();
        for event in events.iter() {
            let Some(entry) = self.entries.get(&(event.key as i32)) else {
                continue;
            };
            if event.readable && !entry.read.is_undefined() {
                found.push((entry.read.clone(), Watch::Read));
            }
            if event.writable && !entry.write.is_undefined() {
                found.push((entry.write.clone(), Watch::Write));
            }
        }
        Ok(found)
    }
}

/// Takes over a descriptor that a program gives as a number.
pub fn adopt(fd: i32) -> OwnedFd {
    // SAFETY: Python's contract of `socket(fileno=)` and `close(fd)`: the descriptor is the caller's to give away. Callers check the sign.
    unsafe { OwnedFd::from_raw_fd(fd) }
}

/// A file that `select` or `poll` waits for.
pub struct Interest {
    pub fd: i32,
    pub events: u16,
    /// What was found.
    pub found: u16,
}

fn borrow(fd: i32) -> BorrowedFd<'static> {
    // SAFETY: the number is only handed to the system during one call, which answers EBADF or POLLNVAL if no file has it. Callers check the
    // sign.
    unsafe { BorrowedFd::borrow_raw(fd) }
}

fn timespec(limit: Duration) -> rustix::event::Timespec {
    rustix::event::Timespec {
        tv_sec: limit.as_secs().min(i64::MAX as u64) as i64,
        tv_nsec: limit.subsec_nanos().into(),
    }
}

/// Waits until one of the files is ready; how many are.
pub fn wait_for(files: &mut [Interest], limit: Option<Duration>) -> io::Result<usize> {
    use rustix::event::{PollFd, PollFlags, poll};
    let mut all: Vec<PollFd> = files
        .iter()
        .map(|f| PollFd::from_borrowed_fd(borrow(f.fd), PollFlags::from_bits_retain(f.events)))
        .collect();
    let n = poll(&mut all, limit.map(timespec).as_ref())?;
    for (file, found) in files.iter_mut().zip(&all) {
        file.found = found.revents().bits();
    }
    Ok(n)
}

/// What to do with a file in an epoll set.
#[derive(Clone, Copy)]
pub enum Change {
    Add,
    Modify,
    Remove,
}

pub fn new_epoll() -> io::Result<OwnedFd> {
    use rustix::event::epoll;
    Ok(epoll::create(epoll::CreateFlags::CLOEXEC)?)
}

pub fn change_epoll(set: i32, fd: i32, how: Change, events: u32) -> io::Result<()> {
    use rustix::event::epoll::{self, EventData, EventFlags};
    let (set, file) = (borrow(set), borrow(fd));
    let (data, flags) = (
        EventData::new_u64(fd as u64),
        EventFlags::from_bits_retain(events),
    );
    match how {
        Change::Add => epoll::add(set, file, data, flags)?,
        Change::Modify => epoll::modify(set, file, data, flags)?,
        Change::Remove => epoll::delete(set, file)?,
    }
    Ok(())
}

/// Numbers and events of at most `most` files that are ready.
pub fn wait_epoll(set: i32, most: usize, limit: Option<Duration>) -> io::Result<Vec<(i32, u32)>> {
    use rustix::event::epoll;
    let mut found: Vec<epoll::Event> = Vec::with_capacity(most);
    epoll::wait(
        borrow(set),
        rustix::buffer::spare_capacity(&mut found),
        limit.map(timespec).as_ref(),
    )?;
    Ok(found
        .iter()
        .map(|e| {
            let (data, flags) = (e.data, e.flags);
            (data.u64() as i32, flags.bits())
        })
        .collect())
}
