//! `format()`: the conversion of values to text under a format specification, as f-strings and `str.format` ask for it.

use crate::value::*;
use crate::{R, Raised, Vm};
use taipan_text::int_text::Int;
use taipan_text::{Kind as TextKind, TextError, format_spec};

/// An int (bool and subclasses included) as the text algorithms take it.
pub fn text_int(r: &Ref) -> Option<Int> {
    match r.as_i64() {
        Some(n) => Some(Int::Small(n)),
        None => r.as_bigint().map(Int::from_big),
    }
}

impl Vm {
    /// Raises what a text algorithm found wrong.
    pub fn text_error(&mut self, e: TextError) -> Raised {
        match e.kind {
            TextKind::Value => self.value_error(&e.message),
            TextKind::Type => self.type_error(&e.message),
            TextKind::Overflow => self.overflow_error(&e.message),
            TextKind::Index => self.index_error(&e.message),
            TextKind::Memory => self.memory_error(),
            TextKind::Lookup => self.error(&rt().types.lookup_error, &e.message),
            TextKind::Key => {
                let key = StrObj::make(e.message.as_bytes());
                self.key_error(&key)
            }
        }
    }

    /// `format(value, spec)`; `spec` is a str.
    pub fn format(&mut self, value: &Ref, spec: &Ref) -> R<Ref> {
        let v = value.value();
        let text = spec.str_obj().bytes();
        if text.is_empty() {
            if value.exact::<StrObj>().is_some() {
                return Ok(value.clone());
            }
            if v.is_int() || v.is_float() {
                return self.str(value);
            }
        } else if v.is_int() {
            return self.format_int(value, text);
        } else if v.is_float() {
            return self.format_float(value, v.float(), text);
        } else if value.exact::<StrObj>().is_some() {
            return self.format_str(value, text);
        }
        let name = intern("__format__");
        match self.call_special(value, &name, &[spec])? {
            Some(r) if r.is_str() => Ok(r),
            Some(r) => {
                let text = format!("__format__ must return a str, not {}", self.type_name(&r));
                Err(self.type_error(&text))
            }
            None => {
                let text = format!("Type {} doesn't define __format__", self.type_name(value));
                Err(self.type_error(&text))
            }
        }
    }

    /// `str.__format__`.
    pub fn format_str(&mut self, value: &Ref, spec: &[u8]) -> R<Ref> {
        let s = value.str_obj();
        if spec.is_empty() {
            return self.str(value);
        }
        let name = self.type_name(value);
        match format_spec::format_str(s.bytes(), s.is_ascii(), spec, &name) {
            Ok(out) => Ok(StrObj::make(&out)),
            Err(e) => Err(self.text_error(e)),
        }
    }
    /// `int.__format__`.
    pub fn format_int(&mut self, value: &Ref, spec: &[u8]) -> R<Ref> {
        if spec.is_empty() {
            return self.str(value);
        }
        let name = self.type_name(value);
        let n = text_int(value).unwrap_or(Int::Small(0));
        match format_spec::format_int(&n, spec, &name, self.int_max_str_digits) {
            Ok(out) => Ok(StrObj::make(&out)),
            Err(e) => Err(self.text_error(e)),
        }
    }
    /// `float.__format__` of `value`, which is worth `x`.
    pub fn format_float(&mut self, value: &Ref, x: f64, spec: &[u8]) -> R<Ref> {
        if spec.is_empty() {
            return self.str(value);
        }
        let name = self.type_name(value);
        match format_spec::format_float(x, spec, &name) {
            Ok(out) => Ok(StrObj::make(&out)),
            Err(e) => Err(self.text_error(e)),
        }
    }
    /// `complex.__format__`.
    pub fn format_complex(&mut self, value: &Ref, re: f64, im: f64, spec: &[u8]) -> R<Ref> {
        if spec.is_empty() {
            return self.str(value);
        }
        let name = self.type_name(value);
        match format_spec::format_complex(re, im, spec, &name) {
            Ok(out) => Ok(StrObj::make(&out)),
            Err(e) => Err(self.text_error(e)),
        }
    }

    /// What `!r`, `!s` and `!a` of replacement fields do: `conversion` is that letter.
    pub fn convert(&mut self, value: &Ref, conversion: u8) -> R<Ref> {
        match conversion {
            b'r' => self.repr(value),
            b'a' => self.ascii(value),
            _ => self.str(value),
        }
    }
}
