//! Replacing matches: `sub`, `subn`, templates.

use super::matching::Spans;
use super::pattern::{self, Pattern};
use super::{length, subject, text_slice};
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{BytesObj, NativePayload, StrObj, type_flag};
use taipan_vm::vm::{new_bytes, new_wtf8};
use taipan_vm::{R, Ref, Vm, arg, trace};

/// A replacement taken apart: literals, each but the last followed by the number of a group.
struct Template {
    parts: Vec<(Ref, usize)>,
    last: Ref,
}
trace!(Template; last);
impl NativePayload for Template {}

static TEMPLATE: TypeSpec = TypeSpec {
    name: "_sre.SRE_Template",
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

/// `_sre.template(pattern, [literal, group, literal, ...])`.
pub(super) fn template(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let items = vm.collect(&a[1])?;
    if items.len() % 2 == 0 {
        return Err(vm.type_error("invalid template"));
    }
    let mut parts = Vec::new();
    let mut at = items.into_iter();
    let mut literal = at.next().unwrap_or_default();
    while let (Some(group), Some(next)) = (at.next(), at.next()) {
        let n = vm.index_size(&group)?;
        if n < 0 {
            return Err(vm.type_error("invalid template"));
        }
        parts.push((std::mem::replace(&mut literal, next), n as usize));
    }
    let class = vm.native_type(&TEMPLATE);
    Ok(Ref::new_native(
        &class,
        Template {
            parts,
            last: literal,
        },
    ))
}

/// The template of a replacement, through the library's cache.
pub(super) fn compile_template(vm: &mut Vm, pattern: &Ref, repl: &Ref) -> R<Ref> {
    let re = vm.import("re")?;
    vm.call_method(&re, "_compile_template", &[pattern.clone(), repl.clone()])
}

/// Text under construction: str or bytes.
struct Output<'a> {
    subject: &'a Ref,
    is_text: bool,
    data: Vec<u8>,
    items: usize,
}

impl Output<'_> {
    fn new(subject: &Ref) -> Output<'_> {
        Output {
            subject,
            is_text: subject.is_str(),
            data: Vec::new(),
            items: 0,
        }
    }
    fn slice(&mut self, vm: &mut Vm, start: usize, end: usize) -> R<()> {
        self.items += 1;
        match self.subject.cast::<StrObj>() {
            Some(s) => self.data.extend_from_slice(text_slice(s, start, end)),
            None => {
                let bytes = vm.buffer_bytes(self.subject)?;
                self.data
                    .extend_from_slice(bytes.get(start..end).unwrap_or_default());
            }
        }
        Ok(())
    }
    fn item(&mut self, vm: &mut Vm, r: &Ref) -> R<()> {
        if self.is_text {
            match r.cast::<StrObj>() {
                Some(s) => self.data.extend_from_slice(s.bytes()),
                None => {
                    let text = format!(
                        "sequence item {}: expected str instance, {} found",
                        self.items,
                        vm.type_name(r)
                    );
                    return Err(vm.type_error(&text));
                }
            }
        } else {
            if !vm.is_bytes_like(r) {
                let text = format!(
                    "sequence item {}: expected a bytes-like object, {} found",
                    self.items,
                    vm.type_name(r)
                );
                return Err(vm.type_error(&text));
            }
            self.data.extend_from_slice(&vm.buffer_bytes(r)?);
        }
        self.items += 1;
        Ok(())
    }
    fn template(&mut self, vm: &mut Vm, t: &Template, spans: &Spans) -> R<()> {
        for (literal, group) in &t.parts {
            self.item(vm, literal)?;
            match spans.groups.get(*group) {
                Some(Some((start, end))) => self.slice(vm, *start, *end)?,
                Some(None) => {}
                None => return Err(vm.index_error("no such group")),
            }
        }
        self.item(vm, &t.last)
    }
    fn finish(self) -> Ref {
        if self.is_text {
            new_wtf8(&self.data)
        } else {
            new_bytes(&self.data)
        }
    }
}

/// A match put into a template.
pub(super) fn expand(vm: &mut Vm, template: &Ref, string: &Ref, spans: &Spans) -> R<Ref> {
    let Some(t) = template.native::<Template>() else {
        return Ok(template.clone());
    };
    let mut out = Output::new(string);
    out.template(vm, t, spans)?;
    Ok(out.finish())
}

/// What is put in the place of a match.
enum Filter {
    Literal(Ref),
    Template(Ref),
    Function(Ref),
}

fn filter(vm: &mut Vm, pattern: &Ref, p: &Pattern, repl: &Ref) -> R<Filter> {
    if vm.is_callable(repl) {
        return Ok(Filter::Function(repl.clone()));
    }
    let plain = match (repl.cast::<StrObj>(), repl.cast::<BytesObj>()) {
        (Some(s), _) => !s.bytes().contains(&b'\\'),
        (_, Some(b)) => !b.bytes().contains(&b'\\'),
        _ => false,
    };
    if plain {
        return Ok(Filter::Literal(repl.clone()));
    }
    if !repl.is_str() && !vm.is_bytes_like(repl) && p.is_bytes == Some(false) {
        let text = format!(
            "decoding to str: need a bytes-like object, {} found",
            vm.type_name(repl)
        );
        return Err(vm.type_error(&text));
    }
    let t = compile_template(vm, pattern, repl)?;
    match t.native::<Template>() {
        Some(one) if one.parts.is_empty() => Ok(Filter::Literal(one.last.clone())),
        Some(_) => Ok(Filter::Template(t)),
        None => Ok(Filter::Literal(t)),
    }
}

/// `sub(repl, string, count=0)`: the new text and how many matches were replaced.
pub(super) fn substitute(vm: &mut Vm, a: &[Ref]) -> R<(Ref, usize)> {
    let p = pattern::this(vm, &a[0])?;
    let string = &a[2];
    let limit = match arg(a, 3) {
        Some(n) => match vm.index_size(n)? {
            0 => usize::MAX,
            n => n.max(0) as usize,
        },
        None => usize::MAX,
    };
    let filter = filter(vm, &a[0], p, &a[1])?;
    subject(vm, string, p.is_bytes)?;
    let n = length(vm, string)?;
    let found = pattern::find_all(vm, p, string, 0, n, limit)?;
    if found.is_empty() {
        return Ok((super::slice(vm, string, 0, n)?, 0));
    }
    let count = found.len();
    let mut out = Output::new(string);
    let mut last = 0;
    for spans in found {
        let (start, end) = spans.whole();
        if last < start {
            out.slice(vm, last, start)?;
        }
        last = end;
        match &filter {
            Filter::Literal(r) => out.item(vm, r)?,
            Filter::Template(t) => {
                if let Some(t) = t.native::<Template>() {
                    out.template(vm, t, &spans)?;
                }
            }
            Filter::Function(f) => {
                let m = pattern::new_match(vm, &a[0], string, spans, 0, n);
                let r = vm.call(f, &[m])?;
                if !r.is_none() {
                    out.item(vm, &r)?;
                }
            }
        }
    }
    if last < n {
        out.slice(vm, last, n)?;
    }
    Ok((out.finish(), count))
}
