//! Scopes: which block binds a name, and what every other block sees of it.
//!
//! Language reference 4.2 (naming and binding), PEP 227 (nested scopes), PEP 572 (assignment
//! expressions), PEP 695 (type parameters), PEP 649/749 (annotation scopes), PEP 709 (inlined
//! comprehensions). Blocks are collected first ([`crate::collect`]), parents before children; [`Scopes::resolve`] then
//! answers for every name of every block. A name that an inlined comprehension takes from the function
//! around it is not a capture: it stays a plain local there.

use crate::error::CompileError;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use taipan_grammar::Interner;
use taipan_grammar::ast::{Span, Symbol};

/// Hashes symbols and node addresses, which are small integers already, with one multiplication.
#[derive(Default, Clone, Copy)]
pub struct IntHasher(u64);

impl Hasher for IntHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(b as u64);
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(n as u64);
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(n as u64);
    }
    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }
}

pub type IntMap<K, V> = HashMap<K, V, BuildHasherDefault<IntHasher>>;
pub type IntSet<K> = HashSet<K, BuildHasherDefault<IntHasher>>;
pub type IntIndexMap<K, V> = IndexMap<K, V, BuildHasherDefault<IntHasher>>;

/// What a block does with a name.
pub mod def {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    pub const IMPORT: u16 = 32;
    pub const ANNOT: u16 = 64;
    pub const COMP_ITER: u16 = 128;
    pub const TYPE_PARAM: u16 = 256;
    /// A class body through which a free variable of a nested block passes.
    pub const FREE_CLASS: u16 = 512;
    /// `del x` or `except ... as x` unbinds it again.
    pub const UNBINDS: u16 = 1024;
    /// At module level: some block within declares the name global, which makes it a plain global here as well.
    pub const GLOBAL_WITHIN: u16 = 2048;
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    Module,
    Function,
    Lambda,
    Class,
    ListComp,
    SetComp,
    DictComp,
    GenExp,
    /// The lazily evaluated annotations of a function, class or module.
    Annotation,
    /// Around a generic function, class or alias: holds its type parameters.
    TypeParams,
    TypeAlias,
    /// The lazily evaluated bound, constraints or default of a type parameter; with what errors call it.
    TypeVariable(&'static str),
}

impl ScopeKind {
    pub fn is_comprehension(self) -> bool {
        matches!(
            self,
            Self::ListComp | Self::SetComp | Self::DictComp | Self::GenExp
        )
    }
    pub fn is_annotation_like(self) -> bool {
        matches!(
            self,
            Self::Annotation | Self::TypeParams | Self::TypeAlias | Self::TypeVariable(_)
        )
    }
    /// Whether its names live in registers.
    pub fn is_function_like(self) -> bool {
        !matches!(self, Self::Module | Self::Class)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    Local,
    Cell,
    Free,
    GlobalExplicit,
    GlobalImplicit,
}

#[derive(Clone, Copy, Debug)]
pub struct SymbolInfo {
    pub flags: u16,
    pub resolution: Resolution,
}

pub type ScopeId = u32;

#[derive(Debug)]
pub struct Scope {
    pub kind: ScopeKind,
    pub name: Symbol,
    pub parent: Option<ScopeId>,
    pub symbols: IntIndexMap<Symbol, SymbolInfo>,
    pub params: Vec<Symbol>,
    /// Names that a `global` or `nonlocal` statement mentions, with the statement's place.
    pub directives: Vec<(Symbol, Span)>,
    /// Names that assignment expressions bind here: their registers may change in the middle of an expression.
    pub walrus: IntSet<Symbol>,
    /// In the scope of a generic class: its type parameters, the only names mangled there.
    pub mangled: Option<IntSet<Symbol>>,
    pub annotations: Option<ScopeId>,
    pub is_generator: bool,
    pub is_coroutine: bool,
    pub is_async_def: bool,
    pub return_value: Option<Span>,
    pub can_see_class: bool,
    pub inlined: bool,
    pub nested: bool,
    pub conditional_annotations: bool,
    pub in_conditional: bool,
    pub comp_iter_expr: u32,
    pub needs_class_cell: bool,
    pub needs_classdict: bool,
    pub needs_conditional_cell: bool,
}

impl Scope {
    pub fn flags(&self, name: Symbol) -> u16 {
        self.symbols.get(&name).map_or(0, |s| s.flags)
    }
}

/// Names with a meaning to the compiler.
#[derive(Clone, Copy, Debug)]
pub struct WellKnown {
    pub class: Symbol,
    pub classdict: Symbol,
    pub conditional_annotations: Symbol,
    pub super_: Symbol,
    pub debug: Symbol,
    pub dot_zero: Symbol,
    pub dot_defaults: Symbol,
    pub dot_kwdefaults: Symbol,
    pub dot_type_params: Symbol,
    pub dot_generic_base: Symbol,
    pub type_params: Symbol,
    pub format: Symbol,
    pub dot_format: Symbol,
    pub annotate: Symbol,
    pub annotations: Symbol,
    pub future: Symbol,
    pub star: Symbol,
    pub top: Symbol,
    pub lambda: Symbol,
    pub listcomp: Symbol,
    pub setcomp: Symbol,
    pub dictcomp: Symbol,
    pub genexpr: Symbol,
}

impl WellKnown {
    pub fn new(i: &mut Interner) -> Self {
        WellKnown {
            class: i.intern("__class__"),
            classdict: i.intern("__classdict__"),
            conditional_annotations: i.intern("__conditional_annotations__"),
            super_: i.intern("super"),
            debug: i.intern("__debug__"),
            dot_zero: i.intern(".0"),
            dot_defaults: i.intern(".defaults"),
            dot_kwdefaults: i.intern(".kwdefaults"),
            dot_type_params: i.intern(".type_params"),
            dot_generic_base: i.intern(".generic_base"),
            type_params: i.intern("__type_params__"),
            format: i.intern("format"),
            dot_format: i.intern(".format"),
            annotate: i.intern("__annotate__"),
            annotations: i.intern("__annotations__"),
            future: i.intern("__future__"),
            star: i.intern("*"),
            top: i.intern("<module>"),
            lambda: i.intern("<lambda>"),
            listcomp: i.intern("<listcomp>"),
            setcomp: i.intern("<setcomp>"),
            dictcomp: i.intern("<dictcomp>"),
            genexpr: i.intern("<genexpr>"),
        }
    }
}

/// A private name `__x` inside class `C` is `_C__x` (reference 6.2.1).
pub fn mangle(interner: &mut Interner, private: Option<Symbol>, name: Symbol) -> Symbol {
    let Some(class) = private else { return name };
    let text = interner.get(name);
    if !text.starts_with("__") || text.ends_with("__") || text.contains('.') {
        return name;
    }
    let class = interner.get(class).trim_start_matches('_');
    if class.is_empty() {
        return name;
    }
    let mangled = format!("_{class}{text}");
    interner.intern(&mangled)
}

/// Which of the several blocks that one node may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Body,
    TypeParams,
    Annotations,
    Bound,
    Default,
}

#[derive(Debug, Default)]
pub struct Scopes {
    pub all: Vec<Scope>,
    by_node: IntMap<(usize, u8), ScopeId>,
}

/// Where a name that a block does not bind comes from.
enum Binding {
    Found(ScopeId),
    Global,
    /// The search reached the module.
    Nowhere,
}

impl Scopes {
    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.all[id as usize]
    }
    pub fn get_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.all[id as usize]
    }
    pub fn register(&mut self, node: usize, part: Part, id: ScopeId) {
        self.by_node.insert((node, part as u8), id);
    }
    /// The block that the node at this address opened.
    pub fn of_node(&self, node: usize, part: Part) -> Option<ScopeId> {
        self.by_node.get(&(node, part as u8)).copied()
    }

    /// Decides every name of every block.
    pub fn resolve(&mut self, names: &WellKnown, interner: &Interner) -> Result<(), CompileError> {
        for id in 0..self.all.len() as ScopeId {
            let n = self.get(id).symbols.len();
            for index in 0..n {
                self.resolve_symbol(id, index, names, interner)?;
            }
        }
        Ok(())
    }

    fn directive_error(&self, id: ScopeId, name: Symbol, message: String) -> CompileError {
        let span = self
            .get(id)
            .directives
            .iter()
            .find(|(n, _)| *n == name)
            .map_or(Span::default(), |(_, span)| *span);
        CompileError::syntax(message, span)
    }

    fn resolve_symbol(
        &mut self,
        id: ScopeId,
        index: usize,
        names: &WellKnown,
        interner: &Interner,
    ) -> Result<(), CompileError> {
        let scope = self.get(id);
        let Some((&name, &info)) = scope.symbols.get_index(index) else {
            return Ok(());
        };
        let flags = info.flags;
        let text = || interner.get(name);
        let resolution = if flags & def::GLOBAL != 0 {
            if flags & def::NONLOCAL != 0 {
                let m = format!("name '{}' is nonlocal and global", text());
                return Err(self.directive_error(id, name, m));
            }
            Resolution::GlobalExplicit
        } else if flags & def::GLOBAL_WITHIN != 0 {
            Resolution::GlobalExplicit
        } else if flags & def::NONLOCAL != 0 {
            let Some(parent) = scope.parent else {
                let m = "nonlocal declaration not allowed at module level".to_string();
                return Err(self.directive_error(id, name, m));
            };
            let Binding::Found(owner) = self.find(parent, name, names) else {
                let m = format!("no binding for nonlocal '{}' found", text());
                return Err(self.directive_error(id, name, m));
            };
            if self.get(owner).flags(name) & def::TYPE_PARAM != 0 {
                let m = format!(
                    "nonlocal binding not allowed for type parameter '{}'",
                    text()
                );
                return Err(self.directive_error(id, name, m));
            }
            self.capture(id, owner, name, names);
            Resolution::Free
        } else if flags & def::BOUND != 0 {
            // A nested block may have captured it already.
            if info.resolution == Resolution::Cell {
                Resolution::Cell
            } else {
                Resolution::Local
            }
        } else if let Some(seen) = self.seen_in_class(id, name) {
            seen
        } else {
            match scope.parent.map(|p| self.find(p, name, names)) {
                Some(Binding::Found(owner)) => {
                    self.capture(id, owner, name, names);
                    Resolution::Free
                }
                _ => Resolution::GlobalImplicit,
            }
        };
        if let Some((_, info)) = self.get_mut(id).symbols.get_index_mut(index)
            && info.resolution != Resolution::Cell
        {
            info.resolution = resolution;
        }
        Ok(())
    }

    /// In an annotation scope inside a class body: what the class says of the name.
    fn seen_in_class(&self, id: ScopeId, name: Symbol) -> Option<Resolution> {
        let mut at = id;
        while self.get(at).can_see_class {
            at = self.get(at).parent?;
            let scope = self.get(at);
            if scope.kind == ScopeKind::Class {
                let flags = scope.flags(name);
                if flags & def::GLOBAL != 0 {
                    return Some(Resolution::GlobalExplicit);
                }
                let bound = flags & def::BOUND != 0 && flags & def::NONLOCAL == 0;
                return bound.then_some(Resolution::GlobalImplicit);
            }
            if scope.flags(name) & def::BOUND != 0 {
                return None;
            }
        }
        None
    }

    fn find(&self, start: ScopeId, name: Symbol, names: &WellKnown) -> Binding {
        let mut at = Some(start);
        while let Some(id) = at {
            let scope = self.get(id);
            match scope.kind {
                ScopeKind::Module => return Binding::Nowhere,
                ScopeKind::Class => {
                    if name == names.class
                        || name == names.classdict
                        || name == names.conditional_annotations
                    {
                        return Binding::Found(id);
                    }
                }
                _ => {
                    let flags = scope.flags(name);
                    if flags & def::GLOBAL != 0 {
                        return Binding::Global;
                    }
                    if flags & def::BOUND != 0 && flags & def::NONLOCAL == 0 {
                        return Binding::Found(id);
                    }
                }
            }
            at = scope.parent;
        }
        Binding::Nowhere
    }

    /// Makes `name` of block `owner` reachable from block `user`, through every block between them.
    fn capture(&mut self, user: ScopeId, owner: ScopeId, name: Symbol, names: &WellKnown) {
        let mut direct = self.get(user).inlined;
        let mut at = self.get(user).parent;
        while let Some(id) = at
            && id != owner
        {
            let scope = self.get_mut(id);
            direct &= scope.inlined;
            let is_class = scope.kind == ScopeKind::Class;
            let entry = scope.symbols.entry(name).or_insert(SymbolInfo {
                flags: 0,
                resolution: Resolution::Free,
            });
            if is_class && entry.flags != 0 {
                entry.flags |= def::FREE_CLASS;
            }
            at = scope.parent;
        }
        let owner = self.get_mut(owner);
        if owner.kind == ScopeKind::Class {
            owner.needs_class_cell |= name == names.class;
            owner.needs_classdict |= name == names.classdict;
            owner.needs_conditional_cell |= name == names.conditional_annotations;
        } else if !direct && let Some(info) = owner.symbols.get_mut(&name) {
            info.resolution = Resolution::Cell;
        }
    }
}
