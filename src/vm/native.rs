//! How Rust functions are declared to Python: signatures, argument binding, tables of methods and computed attributes.
//!
//! A method is one row: `"pop(self, index=-1, /)" => list_pop, "doc"`. The signature text is what Python shows as
//! `__text_signature__`, gives the number of arguments and the names for keyword arguments, and
//! chooses the reference's wording of errors. The function gets the bound arguments in order; those not given are
//! missing at the end of the slice or undefined (see [`arg`]).

use crate::value::*;
use crate::{R, Vm};

/// The arguments of a call: positional ones, then one value for each name in `names` (a tuple of str, or undefined).
#[derive(Clone, Copy)]
pub struct Args<'a> {
    pub all: &'a [Ref],
    pub names: &'a [Ref],
}

impl<'a> Args<'a> {
    pub fn new(all: &'a [Ref], names: &'a [Ref]) -> Args<'a> {
        Args { all, names }
    }
    pub fn positional(all: &'a [Ref]) -> Args<'a> {
        Args { all, names: &[] }
    }
    pub fn pos(&self) -> &'a [Ref] {
        &self.all[..self.all.len() - self.names.len()]
    }
    pub fn kw(&self) -> impl Iterator<Item = (&'a Ref, &'a Ref)> + use<'a> {
        self.names
            .iter()
            .zip(&self.all[self.all.len() - self.names.len()..])
    }
    pub fn has_kw(&self) -> bool {
        !self.names.is_empty()
    }
    /// The keyword argument of that name.
    pub fn get_kw(&self, name: &str) -> Option<&'a Ref> {
        self.kw()
            .find(|(k, _)| {
                k.cast::<StrObj>()
                    .is_some_and(|s| s.bytes() == name.as_bytes())
            })
            .map(|(_, v)| v)
    }
    /// Without the first positional argument.
    pub fn rest(&self) -> Args<'a> {
        Args {
            all: &self.all[1..],
            names: self.names,
        }
    }
}

/// The argument number `i`, if it was given.
#[inline(always)]
pub fn arg(args: &[Ref], i: usize) -> Option<&Ref> {
    args.get(i).filter(|r| !r.is_undefined())
}

/// `args` are the bound arguments, `self` first for methods.
pub type NativeFn = fn(&mut Vm, &[Ref]) -> R<Ref>;
/// For signatures with `*args` or `**kwargs`.
pub type VariadicFn = fn(&mut Vm, Args) -> R<Ref>;

/// Up to so many parameters are bound without the heap.
const FEW: usize = 8;

/// Interned names of a function's parameters, and which have a default; by the address of its declaration.
pub(crate) type ParamNames = hashbrown::HashMap<usize, Box<[(u64, bool)]>>;

#[derive(Clone, Copy)]
pub enum Body {
    Fixed(NativeFn),
    Variadic(VariadicFn),
}

/// What kind of callable a row declares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefKind {
    Function,
    Method,
    ClassMethod,
    StaticMethod,
}

pub struct NativeDef {
    /// `name(params)`, in the syntax of `__text_signature__`.
    pub signature: &'static str,
    pub body: Body,
    pub kind: DefKind,
    pub doc: &'static str,
    pub info: SigInfo,
}

/// What is read off a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigInfo {
    pub name_len: usize,
    /// Fewest and most positional arguments, self included.
    pub min: usize,
    pub max_positional: usize,
    /// All named parameters, keyword-only ones included.
    pub params: usize,
    /// Leading positional-only parameters.
    pub positional_only: usize,
}

/// Reads a signature at compile time.
pub const fn parse_signature(s: &str) -> SigInfo {
    let b = s.as_bytes();
    let mut i = 0;
    while b[i] != b'(' {
        i += 1;
    }
    let name_len = i;
    i += 1;
    let (mut min, mut max, mut params, mut posonly) = (0, 0, 0, 0);
    let mut kwonly = false;
    while b[i] != b')' {
        while b[i] == b' ' || b[i] == b',' {
            i += 1;
        }
        if b[i] == b')' {
            break;
        }
        if b[i] == b'/' {
            posonly = params;
            i += 1;
            continue;
        }
        if b[i] == b'*' {
            kwonly = true;
            while b[i] != b',' && b[i] != b')' {
                i += 1;
            }
            continue;
        }
        let mut default = false;
        let mut depth = 0;
        let mut quote = 0u8;
        while depth > 0 || quote != 0 || (b[i] != b',' && b[i] != b')') {
            if quote != 0 {
                if b[i] == quote {
                    quote = 0;
                }
            } else if b[i] == b'\'' || b[i] == b'"' {
                quote = b[i];
            } else if b[i] == b'(' || b[i] == b'[' {
                depth += 1;
            } else if b[i] == b')' || b[i] == b']' {
                depth -= 1;
            } else if b[i] == b'=' {
                default = true;
            }
            i += 1;
        }
        params += 1;
        if !kwonly {
            max += 1;
            if !default {
                min += 1;
            }
        }
    }
    SigInfo {
        name_len,
        min,
        max_positional: max,
        params,
        positional_only: posonly,
    }
}

impl NativeDef {
    pub const fn fixed(
        signature: &'static str,
        f: NativeFn,
        kind: DefKind,
        doc: &'static str,
    ) -> NativeDef {
        NativeDef {
            signature,
            body: Body::Fixed(f),
            kind,
            doc,
            info: parse_signature(signature),
        }
    }
    pub const fn variadic(
        signature: &'static str,
        f: VariadicFn,
        kind: DefKind,
        doc: &'static str,
    ) -> NativeDef {
        NativeDef {
            signature,
            body: Body::Variadic(f),
            kind,
            doc,
            info: parse_signature(signature),
        }
    }
    pub fn name(&self) -> &'static str {
        &self.signature[..self.info.name_len]
    }
    /// Names and defaults of the parameters, in order; keyword-only ones last.
    pub fn params(&self) -> Vec<(&'static str, bool)> {
        let inner = &self.signature[self.info.name_len + 1..self.signature.len() - 1];
        let mut out = Vec::new();
        let (mut depth, mut quote, mut start) = (0, 0u8, 0);
        let bytes = inner.as_bytes();
        let mut parts = Vec::new();
        for (i, &c) in bytes.iter().enumerate() {
            match c {
                _ if quote != 0 => quote = if c == quote { 0 } else { quote },
                b'\'' | b'"' => quote = c,
                b'(' | b'[' => depth += 1,
                b')' | b']' => depth -= 1,
                b',' if depth == 0 => {
                    parts.push(&inner[start..i]);
                    start = i + 1;
                }
                _ => {}
            }
        }
        parts.push(&inner[start..]);
        for part in parts {
            let part = part.trim();
            if part.is_empty() || part == "/" || part.starts_with('*') {
                continue;
            }
            match part.split_once('=') {
                Some((name, _)) => out.push((name.trim(), true)),
                None => out.push((part, false)),
            }
        }
        out
    }
    /// Calls the function. `args.all[0]` is self for methods.
    #[inline]
    pub fn call(&'static self, vm: &mut Vm, args: Args) -> R<Ref> {
        self.call_in(vm, args, None)
    }
    /// The same; `of` is the function object, from which messages take its module.
    #[inline]
    pub fn call_in(
        &'static self,
        vm: &mut Vm,
        args: Args,
        of: Option<&NativeFunctionObj>,
    ) -> R<Ref> {
        match self.body {
            Body::Fixed(f) => {
                let n = args.all.len();
                if args.names.is_empty()
                    && n >= self.info.min
                    && n <= self.info.max_positional
                    && self.info.params == self.info.max_positional
                {
                    f(vm, args.all)
                } else {
                    let mut few: [Ref; FEW] = Default::default();
                    if let Some(n) = self.bind_few(&mut few, args) {
                        return f(vm, &few[..n]);
                    }
                    let bound = self.bind_in(vm, args, of)?;
                    f(vm, &bound)
                }
            }
            Body::Variadic(f) => f(vm, args),
        }
    }
    /// Number of leading arguments that messages don't count (self, cls).
    fn hidden(&self) -> usize {
        matches!(self.kind, DefKind::Method | DefKind::ClassMethod) as usize
    }

    /// Binds a call with keywords that has nothing wrong with it, without the heap. Gives the number of arguments up to the last
    /// one given; `None` if that can't be done here.
    fn bind_few(&'static self, bound: &mut [Ref; FEW], args: Args) -> Option<usize> {
        let info = &self.info;
        let given = args.pos().len();
        if info.params > FEW || given > info.max_positional {
            return None;
        }
        let params = rt()
            .types
            .native_params
            .entry(self as *const NativeDef as usize)
            .or_insert_with(|| {
                self.params()
                    .iter()
                    .map(|(name, default)| (intern(name).id(), *default))
                    .collect()
            });
        for (key, value) in args.kw() {
            let i = params.iter().position(|p| p.0 == key.id())?;
            if i < info.positional_only || i < given || !bound[i].is_undefined() {
                return None;
            }
            bound[i] = value.clone();
        }
        for (to, arg) in bound.iter_mut().zip(args.pos()) {
            *to = arg.clone();
        }
        let mut n = 0;
        for (i, p) in params.iter().enumerate() {
            if !bound[i].is_undefined() {
                n = i + 1;
            } else if !p.1 {
                return None;
            }
        }
        Some(n)
    }

    /// Binds arguments to parameters with the reference's errors.
    pub(crate) fn bind(&'static self, vm: &mut Vm, args: Args) -> R<Vec<Ref>> {
        self.bind_in(vm, args, None)
    }
    #[cold]
    fn bind_in(
        &'static self,
        vm: &mut Vm,
        args: Args,
        of: Option<&NativeFunctionObj>,
    ) -> R<Vec<Ref>> {
        let info = self.info;
        let hidden = self.hidden();
        let name = self.name();
        let given = args.pos().len();
        let shown = given.saturating_sub(hidden);
        let (min, max) = (
            info.min - hidden.min(info.min),
            info.max_positional - hidden,
        );
        if args.has_kw() && info.positional_only >= info.params {
            // No parameter can be given by keyword.
            let q = self.qualified(vm, args, of);
            return Err(vm.type_error(&format!("{q}() takes no keyword arguments")));
        }
        let keywordable = info.positional_only < info.params;
        if !keywordable {
            if max == 0 && min == 0 && shown != 0 {
                let q = self.qualified(vm, args, of);
                return Err(vm.type_error(&format!("{q}() takes no arguments ({shown} given)")));
            }
            if min == 1 && max == 1 && shown != 1 {
                let q = self.qualified(vm, args, of);
                return Err(
                    vm.type_error(&format!("{q}() takes exactly one argument ({shown} given)"))
                );
            }
            if shown < min || shown > max {
                let (bound, limit) = match (min == max, shown < min) {
                    (true, _) => ("", min),
                    (false, true) => ("at least ", min),
                    (false, false) => ("at most ", max),
                };
                let s = if limit == 1 { "" } else { "s" };
                return Err(vm.type_error(&format!(
                    "{name} expected {bound}{limit} argument{s}, got {shown}"
                )));
            }
            return Ok(args.all.to_vec());
        }
        let params = self.params();
        let total = params.len() - hidden;
        let all_shown = args.all.len().saturating_sub(hidden);
        if shown > max {
            let word = if args.has_kw() || info.max_positional == info.params {
                "argument"
            } else {
                "positional argument"
            };
            let exactly = if min == max && info.max_positional == info.params {
                "exactly"
            } else {
                "at most"
            };
            let count = if info.max_positional == info.params {
                all_shown
            } else {
                shown
            };
            let s = if max == 1 { "" } else { "s" };
            if max == 0 {
                return Err(vm.type_error(&format!("{name}() takes no positional arguments")));
            }
            return Err(vm.type_error(&format!(
                "{name}() takes {exactly} {max} {word}{s} ({count} given)"
            )));
        }
        if all_shown > total {
            let s = if total == 1 { "" } else { "s" };
            return Err(vm.type_error(&format!(
                "{name}() takes at most {total} argument{s} ({all_shown} given)"
            )));
        }
        let mut bound: Vec<Ref> = Vec::with_capacity(params.len());
        bound.extend_from_slice(args.pos());
        bound.resize_with(params.len(), Ref::default);
        let mut unknown = None;
        for (key, value) in args.kw() {
            let text = vm.str_lossy(key);
            match params.iter().position(|p| p.0 == text) {
                Some(i) if i >= info.positional_only => {
                    if !bound[i].is_undefined() {
                        let at = i + 1 - hidden;
                        return Err(vm.type_error(&format!(
                            "argument for {name}() given by name ('{text}') and position ({at})"
                        )));
                    }
                    bound[i] = value.clone();
                }
                _ => {
                    let keywords = params.iter().skip(info.positional_only.max(hidden));
                    let near = taipan_text::similar::suggest(
                        text.as_bytes(),
                        keywords.map(|p| p.0.as_bytes()),
                    );
                    let hint = near.map_or_else(String::new, |n| {
                        format!(". Did you mean '{}'?", String::from_utf8_lossy(n))
                    });
                    // That a required one is missing is said first.
                    unknown.get_or_insert(format!(
                        "{name}() got an unexpected keyword argument '{text}'{hint}"
                    ));
                }
            }
        }
        for (i, (param, default)) in params.iter().enumerate() {
            if !default && bound[i].is_undefined() {
                if i < info.positional_only {
                    let (bound, limit) = if min == max {
                        ("exactly", min)
                    } else {
                        ("at least", min)
                    };
                    let s = if limit == 1 { "" } else { "s" };
                    return Err(vm.type_error(&format!(
                        "{name}() takes {bound} {limit} positional argument{s} ({shown} given)"
                    )));
                }
                let at = i + 1 - hidden;
                return Err(vm.type_error(&format!(
                    "{name}() missing required argument '{param}' (pos {at})"
                )));
            }
        }
        if let Some(text) = unknown {
            return Err(vm.type_error(&text));
        }
        while bound.last().is_some_and(|r| r.is_undefined()) {
            bound.pop();
        }
        Ok(bound)
    }
    /// `list.append` for methods, `sys.intern` for functions of modules other than `builtins`.
    fn qualified(&self, vm: &Vm, args: Args, of: Option<&NativeFunctionObj>) -> String {
        // Classes are named without their module here.
        let qualname = |vm: &Vm, t: &TypeObj| vm.str_lossy(t.qualname.get(vm));
        let name = self.name();
        let class = match (self.kind, args.all.first()) {
            (DefKind::Method, Some(this)) => Some(
                vm.defining_class(this.class(), self)
                    .unwrap_or_else(|| qualname(vm, this.class())),
            ),
            (DefKind::ClassMethod, Some(this)) => this.cast::<TypeObj>().map(|t| qualname(vm, t)),
            (DefKind::StaticMethod, _) => of
                .and_then(|f| f.owner.cast::<TypeObj>())
                .map(|t| qualname(vm, t)),
            _ => of
                .map(|f| &f.module)
                .filter(|m| m.is_str() && m.str_obj().bytes() != b"builtins")
                .map(|m| vm.str_lossy(m)),
        };
        match class {
            Some(class) => format!("{class}.{name}"),
            None => name.into(),
        }
    }
}

pub type Getter = fn(&mut Vm, &Ref) -> R<Ref>;
pub type Setter = fn(&mut Vm, &Ref, Option<Ref>) -> R<()>;

impl Vm {
    /// The error of a keyword argument that the function doesn't have, with the one that may be meant.
    #[cold]
    pub(crate) fn unknown_keyword(
        &mut self,
        function: &str,
        key: &Ref,
        names: &[&str],
    ) -> crate::Raised {
        let key = self.str_lossy(key);
        let near =
            taipan_text::similar::suggest(key.as_bytes(), names.iter().map(|n| n.as_bytes()));
        let hint = near.map_or_else(String::new, |n| {
            format!(". Did you mean '{}'?", String::from_utf8_lossy(n))
        });
        self.type_error(&format!(
            "{function}() got an unexpected keyword argument '{key}'{hint}"
        ))
    }
}

/// A computed attribute: getter, setter (with no value: deleter), documentation.
pub struct GetSetDef {
    pub name: &'static str,
    pub get: Getter,
    pub set: Option<Setter>,
    pub doc: &'static str,
}

/// A dunder name and how it is called through a slot; see `protocol/slot_table.rs`.
pub struct SlotDef {
    pub name: &'static str,
    pub signature: &'static str,
    pub doc: &'static str,
    /// Number of arguments after self.
    pub min: usize,
    pub max: usize,
    /// Whether the class has the slot.
    pub present: fn(&Slots) -> bool,
    /// Makes the slot of this dunder the same as another class's.
    pub copy: fn(&Slots, &Slots),
    /// Puts the function in that calls the Python method.
    pub install: fn(&Slots),
    /// Empties it.
    pub remove: fn(&Slots),
    /// Calls the slot of `owner` as Python code does: self, then arguments.
    pub call: fn(&mut Vm, &TypeObj, Args) -> R<Ref>,
    /// Dunders with the same number share a slot.
    pub group: u16,
}
use crate::value::slots::Slots;

/// Declares a table of methods: `methods! { NAME; "sig(self, x)" => f, "doc"; class "…" => …; static "…" => …; var "…" => …; }`
#[macro_export]
macro_rules! methods {
    ($(#[$m:meta])* $vis:vis $name:ident; $($rows:tt)*) => {
        $(#[$m])*
        $vis static $name: &[$crate::native::NativeDef] = $crate::methods!(@rows Method [] $($rows)*);
    };
    (@rows $k:ident [$($out:tt)*]) => { &[$($out)*] };
    (@rows $k:ident [$($out:tt)*] class var $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::variadic($sig, $f, $crate::native::DefKind::ClassMethod, $doc),] $($rest)*)
    };
    (@rows $k:ident [$($out:tt)*] static var $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::variadic($sig, $f, $crate::native::DefKind::StaticMethod, $doc),] $($rest)*)
    };
    (@rows $k:ident [$($out:tt)*] class $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::fixed($sig, $f, $crate::native::DefKind::ClassMethod, $doc),] $($rest)*)
    };
    (@rows $k:ident [$($out:tt)*] static $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::fixed($sig, $f, $crate::native::DefKind::StaticMethod, $doc),] $($rest)*)
    };
    (@rows $k:ident [$($out:tt)*] var $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::variadic($sig, $f, $crate::native::DefKind::$k, $doc),] $($rest)*)
    };
    (@rows $k:ident [$($out:tt)*] $sig:literal => $f:expr, $doc:literal; $($rest:tt)*) => {
        $crate::methods!(@rows $k [$($out)* $crate::native::NativeDef::fixed($sig, $f, $crate::native::DefKind::$k, $doc),] $($rest)*)
    };
}

/// Declares a table of module functions, as [`methods!`] but without self.
#[macro_export]
macro_rules! functions {
    ($(#[$m:meta])* $vis:vis $name:ident; $($rows:tt)*) => {
        $(#[$m])*
        $vis static $name: &[$crate::native::NativeDef] = $crate::methods!(@rows Function [] $($rows)*);
    };
}

/// Declares a table of computed attributes: `getset! { NAME; "name" => get, "doc"; "name" => get, set, "doc"; }`
#[macro_export]
macro_rules! getset {
    ($vis:vis $name:ident; $($attr:literal => $get:expr, $($set:path,)? $doc:literal;)*) => {
        $vis static $name: &[$crate::native::GetSetDef] = &[$($crate::native::GetSetDef {
            name: $attr, get: $get, set: $crate::getset!(@set $($set)?), doc: $doc,
        }),*];
    };
    (@set) => { None };
    (@set $set:path) => { Some($set) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let i = parse_signature("pop(self, index=-1, /)");
        assert_eq!(
            (
                i.name_len,
                i.min,
                i.max_positional,
                i.params,
                i.positional_only
            ),
            (3, 1, 2, 2, 2)
        );
        let i = parse_signature("sort(self, /, *, key=None, reverse=False)");
        assert_eq!(
            (i.min, i.max_positional, i.params, i.positional_only),
            (1, 1, 3, 1)
        );
        let i = parse_signature("f(a, b=(1, 2), *args, c=',')");
        assert_eq!(
            (i.min, i.max_positional, i.params, i.positional_only),
            (1, 2, 3, 0)
        );
    }
}
