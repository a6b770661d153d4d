//! `SyntaxError`: its details, and making one for a compile error.

use super::classes::{self, joined};
use super::fields::{
    self, END_LINENO, END_OFFSET, FILENAME, LINENO, METADATA, MSG, OFFSET, PRINT_FILE_AND_LINE,
    TEXT,
};
use crate::native::Args;
use crate::value::slots::Slots;
use crate::value::*;
use crate::vm::{new_int, new_str, new_tuple};
use crate::{R, Vm, errors, getset};

pub(super) fn slots(s: &Slots) {
    s.init.set(Some(init));
    s.str.set(Some(str));
}

/// `(filename, lineno, offset, text[, end_lineno, end_offset[, metadata]])` to the places of the fields.
const DETAILS: [usize; 7] = [
    FILENAME, LINENO, OFFSET, TEXT, END_LINENO, END_OFFSET, METADATA,
];

pub(super) fn init(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    classes::init(vm, exc, args)?;
    let Some(message) = args.all.first() else {
        return Ok(());
    };
    fields::set(exc, MSG, message.clone());
    let [_, details] = args.all else {
        return Ok(());
    };
    let details = vm.collect(details)?;
    if !(4..=7).contains(&details.len()) {
        let (bound, n) = if details.len() < 4 {
            ("least", 4)
        } else {
            ("most", 7)
        };
        let text = format!(
            "function takes at {bound} {n} arguments ({} given)",
            details.len()
        );
        return Err(vm.type_error(&text));
    }
    for (i, v) in DETAILS.iter().zip(&details) {
        fields::set(exc, *i, v.clone());
    }
    if details.len() == 5 {
        return Err(vm.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

/// For exceptions made from Rust: a message, or a message and a tuple of details.
pub(super) fn init_fields(exc: &Ref, args: &[Ref]) {
    let mut all = vec![Ref::UNDEFINED; METADATA + 1];
    if let Some(m) = args.first() {
        all[MSG] = m.clone();
    }
    if let [_, details] = args
        && let Some(details) = details.tuple_items()
    {
        for (i, v) in DETAILS.iter().zip(details) {
            all[*i] = v.clone();
        }
    }
    fields::set_all(exc, all);
}

fn str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let message = fields::get(exc, MSG);
    let message = vm.str(&message)?;
    let filename = fields::get_opt(exc, FILENAME).filter(|f| f.is_str());
    let line = fields::get_opt(exc, LINENO)
        .filter(|l| l.is_int() && !l.is_bool())
        .map(|l| l.as_i64().unwrap_or(-1));
    let mut place = Vec::new();
    if let Some(f) = &filename {
        let path = f.str_obj().bytes();
        let base = path.rsplit(|&b| b == b'/').next().unwrap_or(path);
        place.extend_from_slice(base);
    }
    if let Some(line) = line {
        if filename.is_some() {
            place.extend_from_slice(b", ");
        }
        place.extend_from_slice(format!("line {line}").as_bytes());
    }
    if filename.is_none() && line.is_none() {
        return Ok(message);
    }
    Ok(joined(&[message.str_obj().bytes(), b" (", &place, b")"]))
}

getset! { pub(super) GETSET;
    "msg" => fields::member::<MSG>, set::<MSG>, "What is wrong.";
    "filename" => fields::member::<FILENAME>, set::<FILENAME>, "The file that the text is from.";
    "lineno" => fields::member::<LINENO>, set::<LINENO>, "The line where the error begins, counted from 1.";
    "offset" => fields::member::<OFFSET>, set::<OFFSET>, "The column where the error begins, counted from 1.";
    "text" => fields::member::<TEXT>, set::<TEXT>, "The line where it is.";
    "end_lineno" => fields::member::<END_LINENO>, set::<END_LINENO>, "The line where the error ends.";
    "end_offset" => fields::member::<END_OFFSET>, set::<END_OFFSET>, "The column after the error's end.";
    "print_file_and_line" => fields::member::<PRINT_FILE_AND_LINE>, set::<PRINT_FILE_AND_LINE>, "Kept for old programs; unused.";
    "_metadata" => fields::member::<METADATA>, set::<METADATA>, "For the interpreter itself.";
}
fn set<const I: usize>(vm: &mut Vm, exc: &Ref, v: Option<Ref>) -> R<()> {
    fields::set_member::<I>(vm, exc, v)
}

/// Which class a compile error has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxKind {
    Syntax,
    Indentation,
    Tab,
    /// More input would help: the interactive loop asks for it.
    Incomplete,
}

/// Where a compile error is. Lines and offsets count from 1; offsets are in characters.
#[derive(Clone, Copy, Debug, Default)]
pub struct SyntaxPlace<'a> {
    pub filename: &'a str,
    pub lineno: u32,
    pub offset: u32,
    /// The faulty source line.
    pub text: Option<&'a str>,
    /// None: not known.
    pub end: Option<(u32, u32)>,
}

/// A new SyntaxError (not raised).
pub fn new_syntax_error(kind: SyntaxKind, message: &str, place: &SyntaxPlace) -> Ref {
    let t = &rt().types;
    let class = match kind {
        SyntaxKind::Syntax => &t.syntax_error,
        SyntaxKind::Indentation => &t.indentation_error,
        SyntaxKind::Tab => &t.tab_error,
        SyntaxKind::Incomplete => &t.incomplete_input_error,
    };
    let number = |n: u32| new_int(n as i64);
    let mut details = vec![
        new_str(place.filename),
        number(place.lineno),
        number(place.offset),
        place.text.map_or_else(Ref::none, new_str),
    ];
    if let Some((line, offset)) = place.end {
        details.extend([number(line), number(offset)]);
    }
    errors::new_exception(class, vec![new_str(message), new_tuple(details)])
}
