//! Native modules that the language itself needs, in one table: a module is a row `name => function that makes it`.

pub mod abc;
pub mod atexit;
pub mod buffer;
pub mod codecs;
pub mod collections;
pub mod contextvars;
pub mod errno;
pub mod functools;
pub mod gc;
pub mod io;
pub mod itertools;
pub mod math;
pub mod operator;
pub mod string;
pub mod structseq;
pub mod sys;
pub mod time;
pub mod tracemalloc;
pub mod types;
pub mod typing;
pub mod warnings;
pub mod weakref;

use crate::native::NativeDef;
use crate::types::spec::{TypeSpec, make_type};
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm};
use std::collections::HashMap;

/// Makes a module when it is first imported.
pub type Make = fn(&mut Vm) -> R<Ref>;

macro_rules! native_modules {
    ($($name:literal => $make:path;)*) => {
        /// All native modules of this crate, by name.
        pub static MODULES: &[(&str, Make)] = &[$(($name, $make)),*];
    };
}

native_modules! {
    "_abc" => abc::make;
    "_codecs" => codecs::make;
    "_collections" => collections::make;
    "_contextvars" => contextvars::make;
    "_functools" => functools::make;
    "_io" => io::make;
    "_operator" => operator::make;
    "_string" => string::make;
    "_types" => types::make;
    "_tracemalloc" => tracemalloc::make;
    "_typing" => typing::make;
    "_warnings" => warnings::make;
    "_weakref" => weakref::make;
    "atexit" => atexit::make;
    "builtins" => crate::builtins::make;
    "errno" => errno::make;
    "gc" => gc::make;
    "io" => io::make_thin;
    "itertools" => itertools::make;
    "math" => math::make;
    "sys" => sys::make;
    "time" => time::make;
}

/// What native modules keep beside Python's own objects.
#[derive(Default)]
pub struct State {
    /// Classes of native modules, by their declaration.
    pub(crate) types: HashMap<usize, Ref>,
    /// The same for tuples with named items.
    pub(crate) structs: structseq::Classes,
    /// Modules that an embedding program or another crate adds, or (`None`) takes away.
    pub(crate) added: HashMap<String, Option<Make>>,
    /// What `atexit` runs, in the order of registration.
    pub(crate) at_exit: Vec<atexit::Handler>,
    pub(crate) audit_hooks: Vec<Ref>,
    /// Tools of `sys.monitoring`.
    pub(crate) monitoring: sys::Monitoring,
    /// Embedded libraries, asked in this order.
    pub libraries: Vec<std::rc::Rc<dyn crate::import::Library>>,
    pub(crate) switch_interval: f64,
    /// `io.UnsupportedOperation`, once somebody asks for it.
    pub(crate) unsupported: Option<Ref>,
    /// `functools.Placeholder`, once somebody asks for it.
    pub(crate) placeholder: Ref,
    /// Parses to a syntax tree of `_ast` objects; without it `ast.parse` fails.
    pub parse_tree: Option<fn(&mut Vm, &crate::vm::CompileRequest) -> R<Ref>>,
    /// The running context (PEP 567), once there is one.
    pub(crate) context: Ref,
    pub(crate) context_missing: Ref,
    /// The local time zone, once somebody asks for it.
    pub(crate) zone: Option<jiff::tz::TimeZone>,
    /// The command line, flags and paths.
    pub config: sys::Config,
}

impl Vm {
    /// The function that makes the native module of that name.
    pub fn native_module(&self, name: &str) -> Option<Make> {
        if let Some(make) = self.lib.added.get(name) {
            return *make;
        }
        MODULES.iter().find(|m| m.0 == name).map(|m| m.1)
    }
    /// Adds a native module, or replaces one that nobody has imported yet.
    pub fn add_native_module(&mut self, name: &str, make: Make) {
        self.lib.added.insert(name.into(), Some(make));
    }
    /// Takes a native module away, in favour of one that is written in Python.
    pub fn remove_native_module(&mut self, name: &str) {
        self.lib.added.insert(name.into(), None);
    }
    /// The names of all native modules, sorted.
    pub fn native_module_names(&self) -> Vec<String> {
        let mut names: Vec<String> = MODULES.iter().map(|m| m.0.to_string()).collect();
        names.extend(self.lib.added.keys().cloned());
        names.retain(|n| self.native_module(n).is_some());
        names.sort();
        names.dedup();
        names
    }
    /// The class of a native module's declaration, derived from `object`; made when first asked for.
    pub fn native_type(&mut self, spec: &'static TypeSpec) -> Ref {
        let base = rt().types.object.clone();
        self.native_type_of(spec, &base)
    }
    /// The same with another base.
    pub fn native_type_of(&mut self, spec: &'static TypeSpec, base: &Ref) -> Ref {
        let key = spec as *const TypeSpec as usize;
        if let Some(class) = self.lib.types.get(&key) {
            return class.clone();
        }
        let class = make_type(self, spec, base);
        self.lib.types.insert(key, class.clone());
        class
    }
    /// `sys.name`, if it is there.
    pub fn sys_attr(&self, name: &str) -> Option<Ref> {
        self.sys
            .cast::<ModuleObj>()?
            .dict
            .cast::<DictObj>()?
            .get_name(name)
    }
    /// `os.fsencode(os.fspath(path))`: the bytes of a path given as str, bytes or an object with `__fspath__`.
    pub fn fs_path(&mut self, path: &Ref) -> R<Vec<u8>> {
        let mut path = path.clone();
        if !path.is_str() && path.cast::<BytesObj>().is_none() {
            let Some(p) = self.call_special(&path, &intern("__fspath__"), &[])? else {
                let text = format!(
                    "expected str, bytes or os.PathLike object, not {}",
                    self.type_name(&path)
                );
                return Err(self.type_error(&text));
            };
            if !p.is_str() && p.cast::<BytesObj>().is_none() {
                let text = format!(
                    "expected {}.__fspath__() to return str or bytes, not {}",
                    self.type_name(&path),
                    self.type_name(&p)
                );
                return Err(self.type_error(&text));
            }
            path = p;
        }
        let bytes = match path.cast::<StrObj>() {
            Some(s) => taipan_text::codec::encode(
                taipan_text::codec::Codec::Utf8,
                s.bytes(),
                taipan_text::codec::Handler::SurrogateEscape,
            )
            .unwrap_or_else(|_| s.bytes().to_vec()),
            None => path
                .cast::<BytesObj>()
                .map(|b| b.bytes().to_vec())
                .unwrap_or_default(),
        };
        if bytes.contains(&0) {
            return Err(self.value_error("embedded null byte"));
        }
        Ok(bytes)
    }
}

/// Text from the file system as Python sees it: bytes that are no UTF-8 become lone surrogates (PEP 383).
pub fn fs_decode(bytes: &[u8]) -> Ref {
    match std::str::from_utf8(bytes) {
        Ok(s) => new_str(s),
        Err(_) => match taipan_text::codec::decode(
            taipan_text::codec::Codec::Utf8,
            bytes,
            taipan_text::codec::Handler::SurrogateEscape,
            true,
        ) {
            Ok((text, _)) => StrObj::make(&text),
            Err(_) => new_str(&String::from_utf8_lossy(bytes)),
        },
    }
}

/// A module object with its functions.
pub fn new_module(vm: &mut Vm, name: &str, doc: &str, functions: &'static [NativeDef]) -> Ref {
    let dict = DictObj::new_dict();
    if let Some(d) = dict.cast::<DictObj>() {
        let name = intern(name);
        d.set_name("__name__", name.clone());
        d.set_name(
            "__doc__",
            if doc.is_empty() {
                Ref::none()
            } else {
                new_str(doc)
            },
        );
        d.set_name("__package__", rt().types.empty_str.clone());
        d.set_name("__loader__", Ref::none());
        d.set_name("__spec__", Ref::none());
        for def in functions {
            d.set_name(def.name(), vm.new_function(def, &name));
        }
    }
    Ref::new(ModuleObj { dict })
}

/// The names of the standard library's modules.
pub(crate) fn sys_names() -> &'static [&'static str] {
    sys::STDLIB_NAMES
}

/// The name of a value's class without its module.
pub(crate) fn short_name(vm: &Vm, r: &Ref) -> String {
    let name = vm.type_name(r);
    match name.rsplit_once('.') {
        Some((_, last)) => last.into(),
        None => name,
    }
}

/// Binds the arguments of a class's call by a signature whose first parameter is the class, and calls the function.
pub fn construct(vm: &mut Vm, def: &'static NativeDef, class: &Ref, args: crate::Args) -> R<Ref> {
    let mut all = Vec::with_capacity(args.all.len() + 1);
    all.push(class.clone());
    all.extend_from_slice(args.all);
    def.call(vm, crate::Args::new(&all, args.names))
}

/// Fills the slot of `__new__` from a signature and a function that gets the class and the bound arguments.
#[macro_export]
macro_rules! constructor {
    ($slots:ident, $sig:literal => $f:expr) => {
        $slots.new.set(Some(|vm, class, args| {
            static DEF: $crate::native::NativeDef = $crate::native::NativeDef::fixed(
                $sig,
                $f,
                $crate::native::DefKind::ClassMethod,
                "",
            );
            $crate::modules::construct(vm, &DEF, class, args)
        }))
    };
}

/// Sets a name of a module.
pub fn set(module: &Ref, name: &str, value: Ref) {
    if let Some(d) = module
        .cast::<ModuleObj>()
        .and_then(|m| m.dict.cast::<DictObj>())
    {
        d.set_name(name, value);
    }
}
