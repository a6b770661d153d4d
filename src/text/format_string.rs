//! The templates of `str.format`: literal text, replacement fields, and the names inside fields.

use crate::{Kind, TextError, unicode, wtf8};

/// A replacement field `{name!conversion:spec}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a [u8],
    pub spec: &'a [u8],
    /// The character after `!`.
    pub conversion: Option<u32>,
    /// The specification holds fields of its own.
    pub nested: bool,
}

/// Literal text (with doubled braces made single) and the field after it, if one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    pub literal: &'a [u8],
    pub field: Option<Field<'a>>,
}

/// Reads a template lazily, so that errors come after the fields before them are evaluated.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    text: &'a [u8],
    at: usize,
}

pub fn template(text: &[u8]) -> Template<'_> {
    Template { text, at: 0 }
}

impl<'a> Template<'a> {
    fn segment(&mut self) -> Result<Segment<'a>, TextError> {
        let start = self.at;
        let Some(found) = memchr::memchr2(b'{', b'}', &self.text[start..]) else {
            self.at = self.text.len();
            return Ok(Segment {
                literal: &self.text[start..],
                field: None,
            });
        };
        let brace = start + found;
        let which = self.text[brace];
        self.at = brace + 1;
        if self.text.get(brace + 1) == Some(&which) {
            self.at += 1;
            return Ok(Segment {
                literal: &self.text[start..=brace],
                field: None,
            });
        }
        if which == b'}' {
            return Err(TextError::value("Single '}' encountered in format string"));
        }
        if self.at == self.text.len() {
            return Err(TextError::value("Single '{' encountered in format string"));
        }
        let literal = &self.text[start..brace];
        Ok(Segment {
            literal,
            field: Some(self.field()?),
        })
    }

    fn field(&mut self) -> Result<Field<'a>, TextError> {
        let start = self.at;
        let end = loop {
            match self.text.get(self.at) {
                None => return Err(TextError::value("expected '}' before end of string")),
                Some(b'{') => return Err(TextError::value("unexpected '{' in field name")),
                Some(b'[') => {
                    let rest = &self.text[self.at + 1..];
                    self.at += 1 + memchr::memchr(b']', rest).unwrap_or(rest.len());
                }
                Some(b'}' | b':' | b'!') => break self.at,
                Some(_) => self.at += 1,
            }
        };
        let mut field = Field {
            name: &self.text[start..end],
            spec: b"",
            conversion: None,
            nested: false,
        };
        let stop = self.text[end];
        self.at += 1;
        if stop == b'}' {
            return Ok(field);
        }
        if stop == b'!' {
            if self.at >= self.text.len() {
                return Err(TextError::value(
                    "end of string while looking for conversion specifier",
                ));
            }
            let (conversion, width) = wtf8::decode_at(self.text, self.at);
            field.conversion = Some(conversion);
            self.at += width;
            match self.text.get(self.at) {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(field);
                }
                Some(b':') => self.at += 1,
                Some(_) => {
                    return Err(TextError::value("expected ':' after conversion specifier"));
                }
                None => {}
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(found) = memchr::memchr2(b'{', b'}', &self.text[self.at..]) {
            let brace = self.at + found;
            self.at = brace + 1;
            if self.text[brace] == b'{' {
                field.nested = true;
                depth += 1;
            } else {
                depth -= 1;
                if depth == 0 {
                    field.spec = &self.text[start..brace];
                    return Ok(field);
                }
            }
        }
        Err(TextError::value("unmatched '{' in format spec"))
    }
}

impl<'a> Iterator for Template<'a> {
    type Item = Result<Segment<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.text.len()).then(|| {
            let segment = self.segment();
            if segment.is_err() {
                self.at = self.text.len();
            }
            segment
        })
    }
}

/// The first part of a field name, or a subscript: a number or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    Index(usize),
    Name(&'a [u8]),
}

/// What follows the first part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access<'a> {
    Attribute(&'a [u8]),
    Item(Key<'a>),
}

fn key(text: &[u8]) -> Result<Key<'_>, TextError> {
    if text.is_empty() {
        return Ok(Key::Name(text));
    }
    let mut value = 0i64;
    for (_, cp) in wtf8::code_points(text) {
        let Some(digit) = unicode::decimal_value(cp) else {
            return Ok(Key::Name(text));
        };
        let next = value
            .checked_mul(10)
            .and_then(|n| n.checked_add(digit.into()));
        value = next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?;
    }
    Ok(Key::Index(value as usize))
}

/// Splits a field name `first.attr[item]...`; the rest is read lazily.
pub fn split_field_name(name: &[u8]) -> Result<(Key<'_>, Accesses<'_>), TextError> {
    let end = memchr::memchr2(b'.', b'[', name).unwrap_or(name.len());
    Ok((key(&name[..end])?, Accesses { rest: &name[end..] }))
}

/// Attribute and item accesses of a field name.
#[derive(Clone, Debug)]
pub struct Accesses<'a> {
    rest: &'a [u8],
}

impl<'a> Accesses<'a> {
    fn step(&mut self) -> Result<Access<'a>, TextError> {
        let rest = self.rest;
        let (access, used) = match rest[0] {
            b'.' => {
                let body = &rest[1..];
                let end = memchr::memchr2(b'.', b'[', body).unwrap_or(body.len());
                (Access::Attribute(&body[..end]), 1 + end)
            }
            b'[' => {
                let body = &rest[1..];
                let end = memchr::memchr(b']', body)
                    .ok_or_else(|| TextError::value("Missing ']' in format string"))?;
                (Access::Item(key(&body[..end])?), 2 + end)
            }
            _ => {
                return Err(TextError::value(
                    "Only '.' or '[' may follow ']' in format field specifier",
                ));
            }
        };
        if matches!(
            access,
            Access::Attribute(b"") | Access::Item(Key::Name(b""))
        ) {
            return Err(TextError::value("Empty attribute in format string"));
        }
        self.rest = &rest[used..];
        Ok(access)
    }
}

impl<'a> Iterator for Accesses<'a> {
    type Item = Result<Access<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_empty()).then(|| {
            let step = self.step();
            if step.is_err() {
                self.rest = b"";
            }
            step
        })
    }
}

/// Whether fields are numbered automatically or by hand: one template may not do both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbering {
    next: usize,
    manual: Option<bool>,
}

impl Numbering {
    /// The number of a field whose first part is empty (`None`) or an index; other names are not asked about.
    pub fn index(&mut self, given: Option<usize>) -> Result<usize, TextError> {
        let manual = given.is_some();
        match self.manual {
            Some(before) if before != manual => {
                return Err(TextError::new(
                    Kind::Value,
                    if before {
                        "cannot switch from manual field specification to automatic field numbering"
                    } else {
                        "cannot switch from automatic field numbering to manual field specification"
                    },
                ));
            }
            _ => self.manual = Some(manual),
        }
        Ok(given.unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        }))
    }
}
