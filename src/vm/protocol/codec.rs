//! Encoding and decoding of text for the language: the built-in codecs and error handlers, and the registry of those that
//! Python code adds (`codecs.register`, `codecs.register_error`).

use crate::value::*;
use crate::vm::{new_str, new_usize};
use crate::{R, Vm, errors};
use std::cell::Cell;
use std::collections::HashMap;
use taipan_text::codec::{self, Codec, DecodeState, EncodeError, Fault, Handler, Replacement};
use taipan_text::{codec_names, wtf8};

/// Search functions and error handlers that Python code registered, and the codecs found so far.
#[derive(Default)]
pub struct Registry {
    pub search: Guarded<Vec<Ref>>,
    pub found: Guarded<HashMap<String, Ref>>,
    pub handlers: Guarded<HashMap<String, Ref>>,
    /// The package `encodings`, which registers the search function of the library, has been asked for.
    started: Cell<bool>,
}

/// Who answers faults.
pub enum Answers {
    Builtin(Handler),
    Python(Ref),
}

impl Vm {
    /// The error handler of that name.
    pub fn answers(&mut self, errors: &str) -> R<Answers> {
        if let Some(h) = Handler::by_name(errors) {
            return Ok(Answers::Builtin(h));
        }
        match rt().types.codecs.handlers.get(self).get(errors) {
            Some(f) => Ok(Answers::Python(f.clone())),
            None => {
                let text = format!("unknown error handler name '{errors}'");
                Err(self.error(&rt().types.lookup_error, &text))
            }
        }
    }

    /// A new UnicodeDecodeError, not raised.
    pub fn unicode_decode_error(&mut self, encoding: &str, data: &Ref, fault: &Fault) -> Ref {
        let class = rt().types.unicode_decode_error.clone();
        unicode_error(
            &class,
            encoding,
            data,
            fault.start,
            fault.end,
            &fault.reason,
        )
    }
    /// A new UnicodeEncodeError, not raised. The fault's offsets are bytes.
    pub fn unicode_encode_error(&mut self, encoding: &str, text: &Ref, fault: &Fault) -> Ref {
        let s = text.str_obj();
        let start = char_index(s, fault.start);
        let end = start + wtf8::count(s.bytes().get(fault.start..fault.end).unwrap_or(b""));
        let class = rt().types.unicode_encode_error.clone();
        unicode_error(&class, encoding, text, start, end, &fault.reason)
    }

    /// `text.encode(encoding, errors)`, a bytes object. `text` is a str.
    pub fn encode(&mut self, text: &Ref, encoding: &str, errors: &str) -> R<Ref> {
        match Codec::by_name(encoding) {
            Some(codec) => self.encode_with_codec(text, codec, errors),
            None => {
                let r = self.call_codec(text, encoding, errors, 0)?;
                if r.cast::<BytesObj>().is_some() {
                    return Ok(r);
                }
                let text = format!(
                    "'{encoding}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
                    self.type_name(&r)
                );
                Err(self.type_error(&text))
            }
        }
    }
    pub fn encode_with_codec(&mut self, text: &Ref, codec: Codec, errors: &str) -> R<Ref> {
        let s = text.str_obj();
        let bytes = s.bytes();
        let direct = match codec {
            Codec::Ascii | Codec::Latin1 => s.is_ascii(),
            Codec::Utf8 => s.is_ascii() || wtf8::first_surrogate(bytes).is_none(),
            _ => false,
        };
        if direct {
            return Ok(BytesObj::make(bytes));
        }
        let mut who: Option<Answers> = None;
        let r = codec::encode_with(codec, bytes, &mut |fault| {
            let who = match &who {
                Some(w) => w,
                None => who.insert(self.answers(errors)?),
            };
            match who {
                Answers::Builtin(h) => match codec::handle_encode(*h, codec, bytes, fault) {
                    Some(r) => Ok(r),
                    None => {
                        let exc = self.unicode_encode_error(codec.error_name(), text, fault);
                        Err(self.raise(exc))
                    }
                },
                Answers::Python(f) => {
                    let exc = self.unicode_encode_error(codec.error_name(), text, fault);
                    self.ask_encode_handler(&f.clone(), exc, s)
                }
            }
        });
        match r {
            Ok(out) => Ok(BytesObj::make(&out)),
            Err(EncodeError::Raised(e)) => Err(e),
            Err(EncodeError::Replacement(fault)) => {
                let exc = self.unicode_encode_error(codec.error_name(), text, &fault);
                Err(self.raise(exc))
            }
        }
    }

    /// `data.decode(encoding, errors)`, a str.
    pub fn decode(&mut self, data: &[u8], encoding: &str, errors: &str) -> R<Ref> {
        if data.is_empty() {
            // Nobody is asked then, not even whether the encoding exists.
            return Ok(rt().types.empty_str.clone());
        }
        match Codec::by_name(encoding) {
            Some(codec) => self
                .decode_with_codec(data, codec, errors, true)
                .map(|r| r.0),
            None => {
                let object = BytesObj::make(data);
                let r = self.call_codec(&object, encoding, errors, 1)?;
                if r.is_str() {
                    return Ok(r);
                }
                let text = format!(
                    "'{encoding}' decoder returned '{}' instead of 'str'; use codecs.decode() to decode to arbitrary types",
                    self.type_name(&r)
                );
                Err(self.type_error(&text))
            }
        }
    }
    /// The text, and how many bytes of the input were used (all of them if `last`).
    pub fn decode_with_codec(
        &mut self,
        data: &[u8],
        codec: Codec,
        errors: &str,
        last: bool,
    ) -> R<(Ref, usize)> {
        self.decode_stateful(data, codec, errors, last, &mut DecodeState::default())
    }
    /// The same with what is known from the pieces before, and what this one tells.
    pub fn decode_stateful(
        &mut self,
        data: &[u8],
        codec: Codec,
        errors: &str,
        last: bool,
        state: &mut DecodeState,
    ) -> R<(Ref, usize)> {
        let direct = match codec {
            Codec::Utf8 => std::str::from_utf8(data).is_ok(),
            Codec::Ascii | Codec::Latin1 => data.is_ascii(),
            _ => false,
        };
        if direct {
            return Ok((StrObj::make(data), data.len()));
        }
        let (codec, input, skipped) = match (codec, data.strip_prefix(codec::SIGNATURE)) {
            (Codec::Utf8Sig, Some(rest)) => (Codec::Utf8, rest, codec::SIGNATURE.len()),
            _ => (codec, data, 0),
        };
        let mut out = Vec::with_capacity(input.len());
        let mut who: Option<Answers> = None;
        let mut object = None;
        let mut from = 0;
        loop {
            let fault = match codec::decode_step(codec, input, from, last, state, &mut out) {
                Ok(used) => return Ok((StrObj::make(&out), used + skipped)),
                Err(fault) => fault,
            };
            let who = match &who {
                Some(w) => w,
                None => who.insert(self.answers(errors)?),
            };
            if let Answers::Builtin(h) = who
                && let Some((text, next)) = codec::handle_decode(*h, codec, input, &fault)
            {
                out.extend_from_slice(&text);
                from = next.min(input.len());
                continue;
            }
            let object = object.get_or_insert_with(|| BytesObj::make(input)).clone();
            let exc = self.unicode_decode_error(codec.decode_error_name(state), &object, &fault);
            match who {
                Answers::Builtin(Handler::XmlCharRefReplace | Handler::NameReplace) => {
                    return Err(self.type_error(
                        "don't know how to handle UnicodeDecodeError in error callback",
                    ));
                }
                Answers::Builtin(_) => return Err(self.raise(exc)),
                Answers::Python(f) => {
                    let f = f.clone();
                    let (text, next) = self.ask_decode_handler(&f, exc, input.len())?;
                    out.extend_from_slice(text.str_obj().bytes());
                    from = next;
                }
            }
        }
    }

    /// Calls a Python error handler about a fault of encoding: what to write, and the byte offset to go on at.
    pub fn ask_encode_handler(
        &mut self,
        f: &Ref,
        exc: Ref,
        text: &StrObj,
    ) -> R<(Replacement, usize)> {
        let r = self.call(f, &[exc])?;
        let parts = match r.tuple_items() {
            Some([what, at]) => {
                let what = match (what.cast::<StrObj>(), what.cast::<BytesObj>()) {
                    (Some(s), _) => Some(Replacement::Text(s.bytes().to_vec())),
                    (_, Some(b)) => Some(Replacement::Bytes(b.bytes().to_vec())),
                    _ => None,
                };
                what.map(|w| (w, at.clone()))
            }
            _ => None,
        };
        let Some((what, at)) = parts else {
            return Err(
                self.type_error("encoding error handler must return (str/bytes, int) tuple")
            );
        };
        let at = self.handler_position(&at, text.nchars())?;
        Ok((what, text.offset(at)))
    }
    /// The same for decoding: text, and the offset to go on at.
    pub fn ask_decode_handler(&mut self, f: &Ref, exc: Ref, len: usize) -> R<(Ref, usize)> {
        let r = self.call(f, &[exc])?;
        match r.tuple_items() {
            Some([what, at]) if what.is_str() => {
                let at = self.handler_position(at, len)?;
                Ok((what.clone(), at))
            }
            _ => Err(self.type_error("decoding error handler must return (str, int) tuple")),
        }
    }
    fn handler_position(&mut self, at: &Ref, len: usize) -> R<usize> {
        let n = crate::types::str::methods::size_arg(self, at)?;
        let i = if n < 0 { n + len as isize } else { n };
        if i < 0 || i as usize > len {
            let text = format!("position {i} from error handler out of bounds");
            return Err(self.index_error(&text));
        }
        Ok(i as usize)
    }

    /// `codecs.lookup(encoding)` in the registry: the CodecInfo tuple.
    pub fn lookup_codec(&mut self, encoding: &str) -> R<Ref> {
        let key: String = encoding
            .chars()
            .map(|c| match c {
                ' ' | '-' => '_',
                c => c.to_ascii_lowercase(),
            })
            .collect();
        let registry = &rt().types.codecs;
        if let Some(found) = registry.found.get(self).get(&key) {
            return Ok(found.clone());
        }
        if !registry.started.replace(true) {
            let r = self.import("encodings");
            let class = rt().types.exception.clone();
            self.catch(r, &class)?;
        }
        let name = new_str(&key);
        for f in registry.search.cloned() {
            let r = self.call(&f, std::slice::from_ref(&name))?;
            if r.is_none() {
                continue;
            }
            if r.tuple_items().is_none_or(|t| t.len() != 4) {
                return Err(self.type_error("codec search functions must return 4-tuples"));
            }
            registry.found.get_mut(self).insert(key, r.clone());
            return Ok(r);
        }
        let text = format!("unknown encoding: {encoding}");
        Err(self.error(&rt().types.lookup_error, &text))
    }

    /// Calls the encoder (0) or decoder (1) of a registered text encoding.
    fn call_codec(&mut self, object: &Ref, encoding: &str, errors: &str, which: usize) -> R<Ref> {
        if encoding.contains('\0') {
            return Err(self.value_error("embedded null character"));
        }
        let info = self.lookup_codec(encoding)?;
        if info.exact::<TupleObj>().is_none()
            && let Some(is_text) = self.getattr_opt(&info, &intern("_is_text_encoding"))?
            && !self.truthy(&is_text)?
        {
            let text = format!(
                "'{encoding}' is not a text encoding; use codecs.{}() to handle arbitrary codecs",
                ["encode", "decode"][which]
            );
            return Err(self.error(&rt().types.lookup_error, &text));
        }
        let f = info
            .tuple_items()
            .and_then(|t| t.get(which).cloned())
            .unwrap_or_default();
        let mut args = vec![object.clone()];
        if errors != "strict" {
            args.push(new_str(errors));
        }
        let r = self.call(&f, &args)?;
        match r.tuple_items() {
            Some([what, _]) => Ok(what.clone()),
            _ => {
                let what = [
                    "encoder must return a tuple (object, integer)",
                    "decoder must return a tuple (object,integer)",
                ][which];
                Err(self.type_error(what))
            }
        }
    }

    /// Whether a handler of that name exists.
    pub fn has_error_handler(&self, name: &str) -> bool {
        Handler::by_name(name).is_some() || rt().types.codecs.handlers.get(self).contains_key(name)
    }

    /// An `encoding` or `errors` argument: a str without NUL.
    pub fn codec_argument(&mut self, r: Option<&Ref>, default: &str, what: &str) -> R<String> {
        let Some(r) = r else {
            return Ok(default.into());
        };
        let Some(s) = r.cast::<StrObj>() else {
            let text = format!("{what} must be str, not {}", self.type_name_or_none(r));
            return Err(self.type_error(&text));
        };
        if s.bytes().contains(&0) {
            return Err(self.value_error("embedded null character"));
        }
        match s.to_str() {
            Some(s) => Ok(s.into()),
            None => {
                let fault = Fault::new(
                    wtf8::first_surrogate(s.bytes()).unwrap_or(0),
                    wtf8::first_surrogate(s.bytes()).unwrap_or(0) + 3,
                    "surrogates not allowed",
                );
                let exc = self.unicode_encode_error("utf-8", r, &fault);
                Err(self.raise(exc))
            }
        }
    }
    /// The class name as argument errors show it: `None` for None.
    pub fn type_name_or_none(&self, r: &Ref) -> String {
        if r.is_none() {
            "None".into()
        } else {
            self.type_name(r)
        }
    }
}

/// `codecs.lookup(name).name` for a built-in codec.
pub fn official_name(name: &str) -> Option<&'static str> {
    codec_names::official_name(name)
}

/// Number of code points before a byte offset.
fn char_index(s: &StrObj, at: usize) -> usize {
    if s.is_ascii() {
        at
    } else {
        wtf8::count(s.bytes().get(..at).unwrap_or(b""))
    }
}

fn unicode_error(
    class: &Ref,
    encoding: &str,
    object: &Ref,
    start: usize,
    end: usize,
    reason: &str,
) -> Ref {
    let fields = [
        ("encoding", new_str(encoding)),
        ("object", object.clone()),
        ("start", new_usize(start)),
        ("end", new_usize(end)),
        ("reason", new_str(reason)),
    ];
    let exc = errors::new_exception(class, fields.iter().map(|f| f.1.clone()).collect());
    for (name, value) in fields {
        errors::set_field(&exc, name, value);
    }
    exc
}
