//! The serial form of code objects: compact, versioned, and checked when it is read.
//!
//! Numbers are LEB128, signed ones zigzag. Instructions keep their operands whole; cache words are not stored, except that
//! of `AsyncForIter`, which the compiler fills. Reading garbage gives an error: never a panic, and never more memory than the
//! input is long, times a constant.

use crate::code::{Code, Const, ExceptionEntry, Instr, Position};
use crate::ops::{OPS, Op};
use num_bigint::BigInt;
use std::sync::Arc;

const MAGIC: &[u8; 4] = b"TPC\n";
/// Raised whenever the format changes.
const FORMAT: u64 = 1;
/// Constants nested deeper than this are refused.
const MAX_DEPTH: u32 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Not serialised code at all.
    BadMagic,
    /// Written by a version with another format or instruction table.
    OtherVersion,
    /// Cut short or damaged.
    Damaged,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ReadError::BadMagic => "not compiled code",
            ReadError::OtherVersion => "compiled by another version",
            ReadError::Damaged => "compiled code is damaged",
        })
    }
}

impl std::error::Error for ReadError {}

type Result<T> = std::result::Result<T, ReadError>;

/// A number that changes with the instruction table.
pub fn table_fingerprint() -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    let mut mix = |b: u8| h = (h ^ b as u64).wrapping_mul(0x100_0000_01b3);
    for info in OPS {
        info.name.bytes().for_each(&mut mix);
        mix(info.cache_words);
        info.roles.iter().for_each(|role| mix(*role as u8));
    }
    h
}

/// The bytes of a code object and all it contains.
pub fn write(code: &Code) -> Vec<u8> {
    let mut w = Writer {
        out: MAGIC.to_vec(),
    };
    w.number(FORMAT);
    w.out.extend_from_slice(&table_fingerprint().to_le_bytes());
    w.code(code);
    w.out
}

/// The code object that [`write`] made these bytes of.
pub fn read(bytes: &[u8]) -> Result<Arc<Code>> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(ReadError::BadMagic)?;
    let mut r = Reader { rest, depth: 0 };
    if r.number()? != FORMAT {
        return Err(ReadError::OtherVersion);
    }
    if r.take(8)? != table_fingerprint().to_le_bytes() {
        return Err(ReadError::OtherVersion);
    }
    let code = r.code()?;
    if r.rest.is_empty() {
        Ok(code)
    } else {
        Err(ReadError::Damaged)
    }
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.out.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.out.push(n as u8);
    }

    fn signed(&mut self, n: i64) {
        self.number(((n << 1) ^ (n >> 63)) as u64);
    }

    fn bytes(&mut self, b: &[u8]) {
        self.number(b.len() as u64);
        self.out.extend_from_slice(b);
    }

    fn strings(&mut self, list: &[Box<str>]) {
        self.number(list.len() as u64);
        list.iter().for_each(|s| self.bytes(s.as_bytes()));
    }

    fn code(&mut self, c: &Code) {
        self.bytes(c.name.as_bytes());
        self.bytes(c.qualname.as_bytes());
        self.bytes(c.filename.as_bytes());
        let numbers = [
            c.argcount,
            c.posonlyargcount,
            c.kwonlyargcount,
            c.nlocals,
            c.nregs,
        ];
        self.number(c.first_line as u64);
        self.number(c.flags as u64);
        numbers.iter().for_each(|n| self.number(*n as u64));
        self.strings(&c.varnames);
        self.number(c.cellvars.len() as u64);
        c.cellvars.iter().for_each(|n| self.number(*n as u64));
        self.strings(&c.freevars);
        self.strings(&c.names);
        self.number(c.consts.len() as u64);
        c.consts.iter().for_each(|k| self.constant(k));
        self.instructions(c);
        self.number(c.exceptions.len() as u64);
        for e in &c.exceptions {
            let numbers = [e.start, e.end, e.handler, e.exc as u32, e.depth as u32];
            numbers.iter().for_each(|n| self.number(*n as u64));
        }
        self.positions(&c.positions);
    }

    fn instructions(&mut self, c: &Code) {
        self.number(c.iter().count() as u64);
        for (index, i) in c.iter() {
            self.number(i.op.base() as u64);
            [i.a, i.b, i.c].iter().for_each(|n| self.number(*n as u64));
            if i.op == Op::AsyncForIter {
                self.number(c.instrs.get(index as usize + 1).map_or(0, |w| w.a) as u64);
            }
        }
    }

    /// Positions as differences from the one before.
    fn positions(&mut self, list: &[(u32, Position)]) {
        self.number(list.len() as u64);
        let mut last = 0i64;
        for (n, p) in list {
            self.number(*n as u64);
            self.signed(p.line as i64 - last);
            self.signed(p.end_line as i64 - p.line as i64);
            self.number(p.col as u64);
            self.number(p.end_col as u64);
            last = p.line as i64;
        }
    }

    fn constants(&mut self, tag: u8, items: &[Const]) {
        self.out.push(tag);
        self.number(items.len() as u64);
        items.iter().for_each(|k| self.constant(k));
    }

    fn constant(&mut self, k: &Const) {
        match k {
            Const::None => self.out.push(0),
            Const::True => self.out.push(1),
            Const::False => self.out.push(2),
            Const::Ellipsis => self.out.push(3),
            Const::Int(n) => {
                self.out.push(4);
                self.signed(*n);
            }
            Const::BigInt(n) => {
                self.out.push(5);
                self.bytes(&n.to_signed_bytes_le());
            }
            Const::Float(f) => {
                self.out.push(6);
                self.out.extend_from_slice(&f.to_bits().to_le_bytes());
            }
            Const::Complex(re, im) => {
                self.out.push(7);
                self.out.extend_from_slice(&re.to_bits().to_le_bytes());
                self.out.extend_from_slice(&im.to_bits().to_le_bytes());
            }
            Const::Str(s) => {
                self.out.push(8);
                self.bytes(s);
            }
            Const::Bytes(s) => {
                self.out.push(9);
                self.bytes(s);
            }
            Const::Tuple(items) => self.constants(10, items),
            Const::FrozenSet(items) => self.constants(11, items),
            Const::Slice(items) => self.constants(12, &items[..]),
            Const::Code(code) => {
                self.out.push(13);
                self.code(code);
            }
        }
    }
}

struct Reader<'b> {
    rest: &'b [u8],
    depth: u32,
}

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8]> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or(ReadError::Damaged)?;
        self.rest = rest;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u64> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let b = self.byte()?;
            n |= ((b & 0x7F) as u64) << shift;
            if b < 0x80 {
                return Ok(n);
            }
        }
        Err(ReadError::Damaged)
    }

    fn signed(&mut self) -> Result<i64> {
        let n = self.number()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Result<T> {
        T::try_from(self.number()?).map_err(|_| ReadError::Damaged)
    }

    /// A count of items that take at least a byte each.
    fn count(&mut self) -> Result<usize> {
        let n: usize = self.small()?;
        if n > self.rest.len() {
            Err(ReadError::Damaged)
        } else {
            Ok(n)
        }
    }

    fn bytes(&mut self) -> Result<&'b [u8]> {
        let n = self.count()?;
        self.take(n)
    }

    fn string(&mut self) -> Result<Box<str>> {
        std::str::from_utf8(self.bytes()?)
            .map(Into::into)
            .map_err(|_| ReadError::Damaged)
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let n = self.count()?;
        (0..n).map(|_| item(self)).collect()
    }

    fn code(&mut self) -> Result<Arc<Code>> {
        let mut c = Code {
            name: self.string()?,
            qualname: self.string()?,
            filename: self.string()?,
            ..Code::default()
        };
        c.first_line = self.small()?;
        c.flags = self.small()?;
        c.argcount = self.small()?;
        c.posonlyargcount = self.small()?;
        c.kwonlyargcount = self.small()?;
        c.nlocals = self.small()?;
        c.nregs = self.small()?;
        c.varnames = self.list(Self::string)?;
        c.cellvars = self.list(Self::small)?;
        c.freevars = self.list(Self::string)?;
        c.names = self.list(Self::string)?;
        c.consts = self.list(Self::constant)?;
        self.instructions(&mut c)?;
        c.exceptions = self.list(|r| {
            Ok(ExceptionEntry {
                start: r.small()?,
                end: r.small()?,
                handler: r.small()?,
                exc: r.small()?,
                depth: r.small()?,
            })
        })?;
        c.positions = self.positions()?;
        Ok(Arc::new(c))
    }

    fn instructions(&mut self, c: &mut Code) -> Result<()> {
        for _ in 0..self.count()? {
            let op = Op::from_u16(self.small()?).ok_or(ReadError::Damaged)?;
            if op.base() != op {
                return Err(ReadError::Damaged);
            }
            let (a, b, third) = (self.small()?, self.small()?, self.small()?);
            c.instrs.push(Instr::new(op, a, b, third));
            for _ in 0..op.info().cache_words {
                let mut word = Instr::CACHE;
                if op == Op::AsyncForIter {
                    word.a = self.small()?;
                }
                c.instrs.push(word);
            }
        }
        Ok(())
    }

    fn positions(&mut self) -> Result<Vec<(u32, Position)>> {
        let mut last = 0i64;
        self.list(|r| {
            let n = r.small()?;
            let line = last.checked_add(r.signed()?).ok_or(ReadError::Damaged)?;
            let end_line = line.checked_add(r.signed()?).ok_or(ReadError::Damaged)?;
            last = line;
            let narrow = |n: i64| u32::try_from(n).map_err(|_| ReadError::Damaged);
            Ok((
                n,
                Position {
                    line: narrow(line)?,
                    end_line: narrow(end_line)?,
                    col: r.small()?,
                    end_col: r.small()?,
                },
            ))
        })
    }

    fn float(&mut self) -> Result<f64> {
        let bytes: [u8; 8] = self.take(8)?.try_into().map_err(|_| ReadError::Damaged)?;
        Ok(f64::from_bits(u64::from_le_bytes(bytes)))
    }

    fn constant(&mut self) -> Result<Const> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ReadError::Damaged);
        }
        let k = match self.byte()? {
            0 => Const::None,
            1 => Const::True,
            2 => Const::False,
            3 => Const::Ellipsis,
            4 => Const::Int(self.signed()?),
            5 => Const::BigInt(BigInt::from_signed_bytes_le(self.bytes()?)),
            6 => Const::Float(self.float()?),
            7 => Const::Complex(self.float()?, self.float()?),
            8 => Const::Str(self.bytes()?.into()),
            9 => Const::Bytes(self.bytes()?.into()),
            10 => Const::Tuple(self.list(Self::constant)?.into()),
            11 => Const::FrozenSet(self.list(Self::constant)?.into()),
            12 => {
                let items: [Const; 3] = self
                    .list(Self::constant)?
                    .try_into()
                    .map_err(|_| ReadError::Damaged)?;
                Const::Slice(Box::new(items))
            }
            13 => Const::Code(self.code()?),
            _ => return Err(ReadError::Damaged),
        };
        self.depth -= 1;
        Ok(k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Code {
        let inner = Code {
            name: "f".into(),
            qualname: "C.f".into(),
            ..Code::default()
        };
        Code {
            name: "<module>".into(),
            qualname: "<module>".into(),
            filename: "a.py".into(),
            first_line: 1,
            flags: 0x1000_0000,
            nlocals: 1,
            nregs: 9,
            varnames: vec!["x".into()],
            cellvars: vec![0],
            consts: vec![
                Const::None,
                Const::Int(-5),
                Const::BigInt(BigInt::from(1u8) << 100),
                Const::Float(-0.0),
                Const::Complex(1.0, 2.5),
                Const::Str("h\u{e9}".as_bytes().into()),
                Const::Bytes([0, 255].into()),
                Const::Tuple([Const::True, Const::Ellipsis].into()),
                Const::FrozenSet([Const::False].into()),
                Const::Slice(Box::new([Const::None, Const::Int(1), Const::None])),
                Const::Code(Arc::new(inner)),
            ],
            instrs: vec![
                Instr::new(Op::LoadNone, 1, 0, 0),
                Instr::new(Op::AsyncForIter, 1, 2, 3),
                Instr {
                    a: 65535,
                    ..Instr::CACHE
                },
                Instr::new(Op::Return, 1, 0, 0),
            ],
            exceptions: vec![ExceptionEntry {
                start: 0,
                end: 2,
                handler: 3,
                exc: 2,
                depth: 1,
            }],
            positions: vec![
                (
                    2,
                    Position {
                        line: 3,
                        end_line: 3,
                        col: 1,
                        end_col: 7,
                    },
                ),
                (2, Position::default()),
            ],
            ..Code::default()
        }
    }

    #[test]
    fn round_trip() {
        let code = sample();
        let bytes = write(&code);
        let again = read(&bytes).expect("reads what was written");
        assert_eq!(format!("{code:?}"), format!("{again:?}"));
        assert_eq!(bytes, write(&again));
    }

    #[test]
    fn garbage_is_refused() {
        let bytes = write(&sample());
        assert_eq!(read(b"").unwrap_err(), ReadError::BadMagic);
        for n in 0..bytes.len() {
            assert!(read(&bytes[..n]).is_err());
            for flip in [1, 0x80, 0xFF] {
                let mut damaged = bytes.clone();
                damaged[n] ^= flip;
                let _ = read(&damaged);
            }
        }
    }
}
