//! Open files by their numbers.

use super::{path_arg, with_os};
use std::io::SeekFrom;
use taipan_vm::vm::{new_bigint, new_bytes, new_int, new_usize};
use taipan_vm::{R, Ref, Vm, arg, functions};

fn fd_arg(vm: &mut Vm, r: &Ref) -> R<i32> {
    vm.index_i32(r)
}

functions! { pub(super) FUNCTIONS;
    "open(path, flags, mode=0o777, *, dir_fd=None)" => |vm, a| {
        let p = path_arg(vm, &a[0], "open")?;
        let flags = vm.index_i32(&a[1])? as u32;
        let mode = match arg(a, 2) {
            Some(m) => vm.index_i32(m)? as u32,
            None => 0o777,
        };
        let fd = with_os(vm, &a[0], |os| os.open_fd(&p, flags, mode))?;
        Ok(new_int(fd as i64))
    }, "Opens a file, with flags such as O_RDONLY joined by |, and gives the number of its descriptor.";
    "close(fd)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        with_os(vm, &Ref::UNDEFINED, |os| os.close_fd(fd))?;
        Ok(Ref::none())
    }, "Closes a descriptor.";
    "read(fd, length, /)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        let n = vm.index_size(&a[1])?;
        if n < 0 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        let mut buf = Vec::new();
        if buf.try_reserve_exact(n as usize).is_err() {
            return Err(vm.memory_error());
        }
        buf.resize(n as usize, 0);
        let n = with_os(vm, &Ref::UNDEFINED, |os| os.read_fd(fd, &mut buf))?;
        Ok(new_bytes(&buf[..n]))
    }, "Reads up to that many bytes.";
    "write(fd, data, /)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        let data = vm.buffer_bytes(&a[1])?.into_owned();
        Ok(new_usize(with_os(vm, &Ref::UNDEFINED, |os| os.write_fd(fd, &data))?))
    }, "Writes bytes, and says how many.";
    "lseek(fd, position, whence, /)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        let position = vm.index(&a[1])?.as_i64().unwrap_or(i64::MAX);
        let to = match vm.index_i32(&a[2])? {
            0 if position >= 0 => SeekFrom::Start(position as u64),
            1 => SeekFrom::Current(position),
            2 => SeekFrom::End(position),
            _ => return Err(vm.os_error_number(22, &Ref::UNDEFINED)),
        };
        let at = with_os(vm, &Ref::UNDEFINED, |os| os.seek_fd(fd, to))?;
        Ok(new_bigint(at.into()))
    }, "Moves to a position in an open file, counted from its beginning, from where it is, or from its end. Gives the new one.";
    "ftruncate(fd, length, /)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        let size = vm.index_size(&a[1])?;
        if size < 0 {
            return Err(vm.os_error_number(22, &Ref::UNDEFINED));
        }
        with_os(vm, &Ref::UNDEFINED, |os| os.truncate_fd(fd, size as u64))?;
        Ok(Ref::none())
    }, "Cuts an open file off at a size, or fills it up with zeros.";
    "fsync(fd)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        with_os(vm, &Ref::UNDEFINED, |os| os.sync_fd(fd))?;
        Ok(Ref::none())
    }, "Has all changes of an open file written to the disk.";
    "fdatasync(fd)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        with_os(vm, &Ref::UNDEFINED, |os| os.sync_fd(fd))?;
        Ok(Ref::none())
    }, "Has the contents of an open file written to the disk.";
    "get_inheritable(fd, /)" => |_, _| Ok(Ref::bool(false)), "Whether programs started by this one get the descriptor.";
    "set_inheritable(fd, inheritable, /)" => |_, _| Ok(Ref::none()), "Sets whether programs started by this one get the descriptor.";
    "device_encoding(fd)" => |vm, a| {
        let fd = fd_arg(vm, &a[0])?;
        Ok(if vm.host.is_terminal(fd) { taipan_vm::vm::new_str("UTF-8") } else { Ref::none() })
    }, "The encoding of the terminal behind a descriptor, or None if there is none.";
}
