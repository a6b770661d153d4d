//! Conversions that the language asks of every value: truth, text, int.

use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm};

impl Vm {
    /// `bool(r)`.
    #[inline]
    pub fn truthy(&mut self, r: &Ref) -> R<bool> {
        let v = r.value();
        if v.is_bool() {
            return Ok(v == Value::TRUE);
        }
        if v.is_none() {
            return Ok(false);
        }
        if v.is_int() {
            return Ok(v.int() != 0);
        }
        self.truthy_slow(r)
    }
    fn truthy_slow(&mut self, r: &Ref) -> R<bool> {
        let slots = &r.class().slots;
        if let Some(f) = slots.bool.get() {
            f(self, r)
        } else if let Some(f) = slots.len.get() {
            Ok(f(self, r)? != 0)
        } else {
            Ok(true)
        }
    }

    /// `repr(r)`, a str.
    pub fn repr(&mut self, r: &Ref) -> R<Ref> {
        self.check_native_stack()?;
        let text = match r.class().slots.repr.get() {
            Some(f) => f(self, r)?,
            None => self.default_repr(r),
        };
        if !text.is_str() {
            let text = format!(
                "__repr__ returned non-string (type {})",
                self.type_name(&text)
            );
            return Err(self.type_error(&text));
        }
        Ok(text)
    }
    /// `str(r)`, a str.
    pub fn str(&mut self, r: &Ref) -> R<Ref> {
        if r.exact::<StrObj>().is_some() {
            return Ok(r.clone());
        }
        self.check_native_stack()?;
        let text = match r.class().slots.str.get() {
            Some(f) => f(self, r)?,
            None => return self.repr(r),
        };
        if !text.is_str() {
            let text = format!(
                "__str__ returned non-string (type {})",
                self.type_name(&text)
            );
            return Err(self.type_error(&text));
        }
        Ok(text)
    }
    /// `ascii(r)`.
    pub fn ascii(&mut self, r: &Ref) -> R<Ref> {
        let text = self.repr(r)?;
        let s = text.str_obj();
        if s.is_ascii() {
            return Ok(text);
        }
        let mut out = Vec::new();
        for (_, cp) in taipan_text::wtf8::code_points(s.bytes()) {
            match cp {
                0..0x80 => out.push(cp as u8),
                0x80..0x100 => out.extend_from_slice(format!("\\x{cp:02x}").as_bytes()),
                0x100..0x10000 => out.extend_from_slice(format!("\\u{cp:04x}").as_bytes()),
                _ => out.extend_from_slice(format!("\\U{cp:08x}").as_bytes()),
            }
        }
        Ok(StrObj::make(&out))
    }
    /// The Rust text of `repr(r)`, for messages.
    pub fn repr_text(&mut self, r: &Ref) -> R<String> {
        let s = self.repr(r)?;
        Ok(self.str_lossy(&s))
    }
    /// The Rust text of `str(r)`.
    pub fn str_text(&mut self, r: &Ref) -> R<String> {
        let s = self.str(r)?;
        Ok(self.str_lossy(&s))
    }
    /// `<module.Class object at 0x...>`.
    pub fn default_repr(&mut self, r: &Ref) -> Ref {
        let name = self.full_class_name(r.class());
        new_str(&format!("<{name} object at {:#x}>", r.id()))
    }
    /// `module.qualname`, without the module for builtins.
    pub fn full_class_name(&self, t: &TypeObj) -> String {
        let q = self.str_lossy(t.qualname.get(self));
        match t.namespace().get_name("__module__") {
            Some(m) if m.is_str() => {
                let m = self.str_lossy(&m);
                if m == "builtins" {
                    q
                } else {
                    format!("{m}.{q}")
                }
            }
            _ => q,
        }
    }

    /// `operator.index(r)`: an exact int; TypeError "'X' object cannot be interpreted as an integer".
    pub fn index(&mut self, r: &Ref) -> R<Ref> {
        if r.value().is_int() {
            return Ok(r.clone());
        }
        if r.is_int() {
            return Ok(crate::vm::new_bigint(r.as_bigint().unwrap_or_default()));
        }
        match self.index_opt(r)? {
            Some(i) => Ok(i),
            None => {
                let text = format!(
                    "'{}' object cannot be interpreted as an integer",
                    self.type_name(r)
                );
                Err(self.type_error(&text))
            }
        }
    }
    /// The same, `None` if the value has no `__index__`.
    pub fn index_opt(&mut self, r: &Ref) -> R<Option<Ref>> {
        if r.is_int() {
            return Ok(Some(r.clone()));
        }
        let Some(f) = r.class().slots.index.get() else {
            return Ok(None);
        };
        let i = f(self, r)?;
        if !i.is_int() {
            let text = format!("__index__ returned non-int (type {})", self.type_name(&i));
            return Err(self.type_error(&text));
        }
        if !i.value().is_int() && i.exact::<IntObj>().is_none() {
            let text = format!(
                "__index__ returned non-int (type {}).  The ability to return an instance of a strict subclass of int is deprecated, and may be removed in a future version of Python.",
                self.type_name(&i)
            );
            crate::types::int::warn_deprecated(self, &text)?;
        }
        Ok(Some(crate::vm::new_bigint(
            i.as_bigint().unwrap_or_default(),
        )))
    }
    /// An index-sized int; OverflowError "cannot fit 'int' into an index-sized integer".
    pub fn index_size(&mut self, r: &Ref) -> R<isize> {
        let i = self.index(r)?;
        match i.as_i64() {
            Some(n) => Ok(n as isize),
            None => {
                let text = format!(
                    "cannot fit '{}' into an index-sized integer",
                    self.type_name(r)
                );
                Err(self.overflow_error(&text))
            }
        }
    }
    /// The same for sequences: IndexError instead.
    pub fn index_for_sequence(&mut self, r: &Ref) -> R<isize> {
        let i = self.index(r)?;
        match i.as_i64() {
            Some(n) => Ok(n as isize),
            None => {
                let text = format!(
                    "cannot fit '{}' into an index-sized integer",
                    self.type_name(r)
                );
                Err(self.index_error(&text))
            }
        }
    }
    /// An int, clamped to what fits; for slices and `index(x, start, stop)`.
    pub fn index_clamped(&mut self, r: &Ref) -> R<isize> {
        let i = self.index(r)?;
        Ok(match i.as_i64() {
            Some(n) => n as isize,
            None if i
                .as_bigint()
                .is_some_and(|b| b.sign() == num_bigint::Sign::Minus) =>
            {
                isize::MIN
            }
            None => isize::MAX,
        })
    }
    /// An argument that must be a C int (`i32`).
    pub fn index_i32(&mut self, r: &Ref) -> R<i32> {
        let i = self.index(r)?;
        match i.as_i64().and_then(|n| i32::try_from(n).ok()) {
            Some(n) => Ok(n),
            None if i.as_i64().is_some() => {
                Err(self.overflow_error("signed integer is greater than maximum"))
            }
            None => Err(self.overflow_error("Python int too large to convert to C int")),
        }
    }
    /// The value as a float: float, int, `__float__`, `__index__`; TypeError "must be real number, not X".
    pub fn float_value(&mut self, r: &Ref) -> R<f64> {
        if let Some(f) = r.as_float() {
            return Ok(f);
        }
        if r.is_int() {
            return self.int_to_f64(r);
        }
        if let Some(f) = r.class().slots.float.get() {
            let x = f(self, r)?;
            return match x.as_float() {
                Some(x) => Ok(x),
                None => {
                    let text = format!(
                        "{}.__float__ returned non-float (type {})",
                        self.type_name(r),
                        self.type_name(&x)
                    );
                    Err(self.type_error(&text))
                }
            };
        }
        if let Some(i) = self.index_opt(r)? {
            return self.int_to_f64(&i);
        }
        let text = format!("must be real number, not {}", self.type_name(r));
        Err(self.type_error(&text))
    }
    /// An int as the nearest float; OverflowError "int too large to convert to float".
    pub fn int_to_f64(&mut self, r: &Ref) -> R<f64> {
        if let Some(i) = r.as_i64() {
            return Ok(i as f64);
        }
        match r
            .as_bigint()
            .as_ref()
            .and_then(num_traits::ToPrimitive::to_f64)
        {
            Some(f) if f.is_finite() => Ok(f),
            _ => Err(self.overflow_error("int too large to convert to float")),
        }
    }

    /// The bytes of a str argument; TypeError "{what} must be str, not X".
    pub fn expect_str<'a>(&mut self, r: &'a Ref, what: &str) -> R<&'a StrObj> {
        match r.cast::<StrObj>() {
            Some(s) => Ok(s),
            None => {
                let text = format!("{what} must be str, not {}", self.type_name(r));
                Err(self.type_error(&text))
            }
        }
    }
    /// Marks a container as being shown; false if it already is, so that the caller shows "[...]".
    pub fn enter_repr(&mut self, r: &Ref) -> bool {
        self.repr_active.insert(r.id())
    }
    pub fn leave_repr(&mut self, r: &Ref) {
        self.repr_active.remove(&r.id());
    }
}
