//! The compiler's state: the block being compiled, its registers, constants and names.

use crate::CompileOptions;
use crate::asm::{Assembler, Label, Reg, TEMP};
use crate::blocks::Block;
use crate::error::{CompileError, Result, Warning};
use crate::scope::*;
use hashbrown::HashTable;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use taipan_bytecode::{Code, Const, Op, flags};
use taipan_grammar::ast::{Span, Symbol};
use taipan_grammar::{Interner, LineIndex};

pub struct Compiler<'a> {
    pub interner: &'a mut Interner,
    pub lines: &'a LineIndex,
    pub options: &'a CompileOptions,
    pub scopes: Scopes,
    pub names: WellKnown,
    pub future_annotations: bool,
    /// The block being compiled, and those around it.
    pub u: Unit<'a>,
    pub outer: Vec<Unit<'a>>,
    /// The free variables of the block finished last, for whoever makes a function of it.
    pub finished_free: Vec<Symbol>,
    pub warnings: Vec<Warning>,
    pub warned: HashSet<(Span, String)>,
    pub depth: u32,
    /// Instructions in copies of `finally` bodies.
    pub copied: usize,
}

/// One block on its way to becoming a code object.
pub struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: ScopeKind,
    pub asm: Assembler,
    pub names: IntIndexMap<Symbol, ()>,
    pub consts: Vec<Const>,
    const_index: HashTable<u32>,
    locals: IntMap<u64, Reg>,
    /// Registers of finished inlined comprehensions' variables, to be used again by name.
    spare: IntMap<Symbol, Vec<Reg>>,
    varnames: Vec<Box<str>>,
    cellvars: Vec<u16>,
    free: IntIndexMap<Symbol, ()>,
    top: u16,
    max_top: u16,
    pub blocks: Vec<Block<'a>>,
    /// The inlined comprehensions being compiled, innermost last.
    pub inlined: Vec<ScopeId>,
    pub name: Symbol,
    pub qualname: String,
    pub private: Option<Symbol>,
    pub span: Span,
    pub first_line: u32,
    pub flags: u32,
    pub argcount: u16,
    pub posonlyargcount: u16,
    pub kwonlyargcount: u16,
    /// Class bodies: attributes that methods assign to `self`.
    pub static_attributes: IntIndexMap<Symbol, ()>,
    /// Class bodies and modules: numbers of conditional annotations, by address.
    pub annotation_index: IntMap<usize, u32>,
    /// Handlers to be put behind everything else.
    pub cold: Vec<Cold>,
    /// Registers of the implicit cells of a class body.
    pub class_cell: Reg,
    pub classdict_cell: Reg,
    pub conditional_cell: Reg,
}

/// What undefines the variables of an inlined comprehension that an exception leaves.
#[derive(Debug)]
pub struct Cold {
    pub label: Label,
    pub start: usize,
    pub end: usize,
    pub exc: Reg,
    pub outer: u32,
    pub variables: Vec<Reg>,
    pub span: Span,
}

/// Where a name lives, as seen from the code being compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Local(Reg),
    Cell(Reg),
    Free(u16),
    /// A free variable behind the namespace of a class body.
    NamespaceOrFree(u16),
    Global,
    Name,
    /// From an annotation scope in a class: first the class namespace (`__classdict__`).
    ClassOrGlobal,
    ClassOrFree(u16),
}

impl<'a> Unit<'a> {
    pub fn new(scope: ScopeId, kind: ScopeKind, name: Symbol, span: Span) -> Self {
        Unit {
            scope,
            kind,
            asm: Assembler::default(),
            names: Default::default(),
            consts: Vec::new(),
            const_index: HashTable::new(),
            locals: Default::default(),
            spare: Default::default(),
            varnames: Vec::new(),
            cellvars: Vec::new(),
            free: Default::default(),
            top: 0,
            max_top: 0,
            blocks: Vec::new(),
            inlined: Vec::new(),
            name,
            qualname: String::new(),
            private: None,
            span,
            first_line: 1,
            flags: 0,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            static_attributes: Default::default(),
            annotation_index: Default::default(),
            cold: Vec::new(),
            class_cell: Reg::NONE,
            classdict_cell: Reg::NONE,
            conditional_cell: Reg::NONE,
        }
    }

    /// Whether names of this block are kept in a namespace mapping in register 0.
    pub fn has_namespace(&self) -> bool {
        !self.kind.is_function_like()
    }
}

fn local_key(scope: ScopeId, name: Symbol) -> u64 {
    (scope as u64) << 32 | name.0 as u64
}

impl<'a> Compiler<'a> {
    // Registers. Temporaries are a stack: what is pushed last is released first.

    /// A new temporary above all others.
    pub fn push(&mut self) -> Reg {
        self.push_n(1)
    }

    /// The first of `n` consecutive new temporaries.
    pub fn push_n(&mut self, n: u16) -> Reg {
        let u = &mut self.u;
        let first = u.top;
        // Past the limit the count stays put and `finish_unit` reports it.
        u.top = u.top.saturating_add(n).min(TEMP - 8);
        u.max_top = u.max_top.max(u.top);
        Reg::temp(first)
    }

    /// What `release` will go back to.
    pub fn mark(&self) -> u16 {
        self.u.top
    }

    /// Gives up every temporary pushed since `mark`; they must be dead.
    pub fn release(&mut self, mark: u16) {
        debug_assert!(mark <= self.u.top, "temporaries released out of order");
        self.u.top = mark;
    }

    /// Whether `reg` is the temporary pushed last.
    pub fn is_top(&self, reg: Reg) -> bool {
        reg.is_temp() && reg.0 & !TEMP == self.u.top.wrapping_sub(1)
    }

    // Emitting, with registers and plain numbers as operands.

    pub fn emit(&mut self, op: Op, a: Reg, b: Reg, c: Reg) {
        self.u.asm.emit(op, a.0, b.0, c.0);
    }

    pub fn emit_raw(&mut self, op: Op, a: u16, b: u16, c: u16) {
        self.u.asm.emit(op, a, b, c);
    }

    pub fn emit2(&mut self, op: Op, a: Reg, b: Reg) {
        self.u.asm.emit(op, a.0, b.0, 0);
    }

    pub fn emit1(&mut self, op: Op, a: Reg) {
        self.u.asm.emit(op, a.0, 0, 0);
    }

    pub fn jump(&mut self, to: Label) {
        self.u.asm.jump(Op::Jump, 0, 0, to);
    }

    pub fn label(&mut self) -> Label {
        self.u.asm.label()
    }

    pub fn place(&mut self, label: Label) {
        self.u.asm.place(label);
    }

    /// Instructions emitted from now on come from `span`; returns the place in force before.
    pub fn at(&mut self, span: Span) -> Span {
        std::mem::replace(&mut self.u.asm.span, span)
    }

    /// Moves `from`, a temporary, to `to`, unless they are the same.
    pub fn move_to(&mut self, to: Reg, from: Reg) {
        if to != from {
            let op = if from.is_temp() { Op::Move } else { Op::Copy };
            self.emit2(op, to, from);
            self.mark_bound(to);
        }
    }

    pub fn mark_bound(&mut self, reg: Reg) {
        if !reg.is_temp() && self.u.asm.reachable {
            self.u.asm.bound.insert(reg.0);
        }
    }

    pub fn load_none(&mut self, to: Reg) {
        self.emit1(Op::LoadNone, to);
    }

    pub fn load_int(&mut self, to: Reg, n: i16) {
        self.u.asm.emit(Op::LoadInt, to.0, n as u16, 0);
    }

    pub fn load_const(&mut self, to: Reg, value: Const) {
        match value {
            Const::None => self.load_none(to),
            Const::Int(n) if i16::try_from(n).is_ok() => self.load_int(to, n as i16),
            value => {
                let k = self.constant(value);
                self.u.asm.emit_wide(Op::LoadConst, to.0, k);
            }
        }
    }

    pub fn load_str(&mut self, to: Reg, text: &str) {
        self.load_const(to, Const::Str(text.as_bytes().into()));
    }

    pub fn load_symbol(&mut self, to: Reg, name: Symbol) {
        let text = self.text(name).as_bytes().into();
        self.load_const(to, Const::Str(text));
    }

    pub fn symbol_const(&self, name: Symbol) -> Const {
        Const::Str(self.text(name).as_bytes().into())
    }

    pub fn text(&self, name: Symbol) -> &str {
        self.interner.get(name)
    }

    /// Index of a constant, equal ones (of equal type) being kept once.
    pub fn constant(&mut self, value: Const) -> u32 {
        let Unit {
            consts,
            const_index,
            ..
        } = &mut self.u;
        let hash = hash_const(&value);
        if let Some(&n) = const_index.find(hash, |&n| same_const(&consts[n as usize], &value)) {
            return n;
        }
        let n = consts.len() as u32;
        consts.push(value);
        const_index.insert_unique(hash, n, |&n| hash_const(&consts[n as usize]));
        n
    }

    /// Index of a name operand, already mangled.
    pub fn name_index(&mut self, name: Symbol) -> Result<u16> {
        let (index, _) = self.u.names.insert_full(name, ());
        u16::try_from(index).map_err(|_| CompileError::too_large("names", self.u.span))
    }

    pub fn mangled(&mut self, name: Symbol) -> Symbol {
        let only = self.scopes.get(self.u.scope).mangled.as_ref();
        if only.is_some_and(|only| !only.contains(&name)) {
            return name;
        }
        mangle(self.interner, self.u.private, name)
    }

    pub fn error<T>(&self, message: impl Into<String>, span: Span) -> Result<T> {
        Err(CompileError::syntax(message, span))
    }

    /// A SyntaxWarning, once for a place although `finally` bodies are compiled twice.
    pub fn warn(&mut self, message: String, span: Span) {
        if self.warned.insert((span, message.clone())) {
            self.warnings.push(Warning {
                category: "SyntaxWarning",
                message,
                span,
            });
        }
    }

    pub fn deeper(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > self.options.max_depth {
            return Err(CompileError::recursion(span));
        }
        Ok(())
    }

    // Blocks.

    /// Begins a block: allots its locals and makes its cells.
    pub fn enter_unit(&mut self, scope: ScopeId, span: Span) -> Result<()> {
        let s = self.scopes.get(scope);
        let (kind, name) = (s.kind, s.name);
        let mut unit = Unit::new(scope, kind, name, span);
        unit.private = self.u.private;
        unit.first_line = self.lines.line_col(span.start).0;
        unit.qualname = self.qualname_for(name, kind);
        unit.flags = self.unit_flags(scope);
        let outer = std::mem::replace(&mut self.u, unit);
        self.outer.push(outer);
        self.begin_unit()
    }

    pub fn unit_flags(&self, scope: ScopeId) -> u32 {
        let s = self.scopes.get(scope);
        let mut f = 0;
        if s.kind.is_function_like() {
            f |= flags::OPTIMIZED | flags::NEWLOCALS;
            if s.nested {
                f |= flags::NESTED;
            }
            let is_async = s.is_async_def || s.kind.is_comprehension() && s.is_coroutine;
            f |= match (s.is_generator, is_async) {
                (true, true) => flags::ASYNC_GENERATOR,
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (false, false) => 0,
            };
            let in_class = s
                .parent
                .is_some_and(|p| self.scopes.get(p).kind == ScopeKind::Class);
            if in_class
                && (matches!(s.kind, ScopeKind::Function | ScopeKind::Lambda)
                    || s.kind.is_comprehension())
            {
                f |= flags::METHOD;
            }
        } else {
            f |= flags::NAMESPACE;
            if self.options.top_level_await && s.is_coroutine {
                f |= flags::COROUTINE;
            }
        }
        if self.future_annotations {
            f |= flags::FUTURE_ANNOTATIONS;
        }
        f
    }

    fn qualname_for(&self, name: Symbol, kind: ScopeKind) -> String {
        let text = self.text(name);
        if kind == ScopeKind::TypeParams {
            return self.qualified(&format!("<generic parameters of {text}>"), None);
        }
        self.qualified(
            text,
            matches!(kind, ScopeKind::Function | ScopeKind::Class).then_some(name),
        )
    }

    /// `text` behind the qualified name of the block being compiled. A function or class that is
    /// declared global stands alone.
    fn qualified(&self, text: &str, declared: Option<Symbol>) -> String {
        let mut parent = &self.u;
        if parent.kind.is_annotation_like()
            && let Some(outer) = self.outer.last()
        {
            parent = outer;
        }
        let global = declared.is_some_and(|name| {
            let name = self.scopes.get(parent.scope).symbols.get(&name);
            name.is_some_and(|s| s.resolution == Resolution::GlobalExplicit)
        });
        match parent.kind {
            ScopeKind::Module => text.to_string(),
            _ if global => text.to_string(),
            ScopeKind::Function | ScopeKind::Lambda => {
                format!("{}.<locals>.{text}", parent.qualname)
            }
            _ => format!("{}.{text}", parent.qualname),
        }
    }

    pub fn begin_unit(&mut self) -> Result<()> {
        let scope = self.u.scope;
        if self.u.has_namespace() {
            self.new_local(".namespace");
            self.u.asm.bound.insert(0);
        }
        let s = self.scopes.get(scope);
        let mut free: Vec<Symbol> = Vec::new();
        for (&name, info) in &s.symbols {
            if info.resolution == Resolution::Free || info.flags & def::FREE_CLASS != 0 {
                free.push(name);
            }
        }
        free.sort_by(|a, b| self.interner.get(*a).cmp(self.interner.get(*b)));
        self.u.free = free.into_iter().map(|name| (name, ())).collect();
        if self.u.kind.is_function_like() {
            self.allot_locals();
        } else {
            self.u.asm.span = self.u.span;
            let s = self.scopes.get(scope);
            let (class, dict, cond) = (
                s.needs_class_cell,
                s.needs_classdict,
                s.needs_conditional_cell,
            );
            if class {
                self.u.class_cell = self.new_cell("__class__");
            }
            if dict {
                self.u.classdict_cell = self.new_cell("__classdict__");
            }
            if cond {
                self.u.conditional_cell = self.new_cell("__conditional_annotations__");
            }
        }
        Ok(())
    }

    fn allot_locals(&mut self) {
        let scope = self.u.scope;
        let s = self.scopes.get(scope);
        let params = s.params.clone();
        let others: Vec<(Symbol, SymbolInfo)> = s.symbols.iter().map(|(n, i)| (*n, *i)).collect();
        for &name in &params {
            let reg = self.new_symbol_local(scope, name);
            self.u.asm.bound.insert(reg.0);
        }
        for &(name, info) in &others {
            if matches!(info.resolution, Resolution::Local | Resolution::Cell)
                && info.flags & def::PARAM == 0
            {
                self.new_symbol_local(scope, name);
            }
        }
        for &(name, info) in &others {
            let Some(&reg) = self.u.locals.get(&local_key(scope, name)) else {
                continue;
            };
            if info.resolution == Resolution::Cell {
                self.emit1(Op::MakeCell, reg);
                self.u.cellvars.push(reg.0);
            }
            if info.flags & def::UNBINDS != 0 {
                self.u.asm.unbindable.insert(reg.0);
            }
        }
    }

    fn new_local(&mut self, name: &str) -> Reg {
        let reg = Reg(self.u.varnames.len().min(TEMP as usize - 1) as u16);
        self.u.varnames.push(name.into());
        reg
    }

    fn new_cell(&mut self, name: &str) -> Reg {
        let reg = self.new_local(name);
        self.emit1(Op::MakeCell, reg);
        self.u.cellvars.push(reg.0);
        reg
    }

    fn new_symbol_local(&mut self, scope: ScopeId, name: Symbol) -> Reg {
        let text: Box<str> = self.interner.get(name).into();
        let reg = self.new_local(&text);
        self.u.locals.insert(local_key(scope, name), reg);
        reg
    }

    /// The local register of a name of this block; a parameter or another name known to be local.
    pub fn local(&self, name: Symbol) -> Option<Reg> {
        self.u.locals.get(&local_key(self.u.scope, name)).copied()
    }

    fn place_cold(&mut self) {
        for cold in std::mem::take(&mut self.u.cold) {
            self.u.asm.handler = cold.outer;
            self.u.asm.span = cold.span;
            self.u
                .asm
                .place_handler(cold.label, cold.start, cold.end, Default::default());
            for reg in cold.variables {
                self.emit1(Op::ClearLocal, reg);
            }
            self.emit1(Op::Reraise, cold.exc);
            self.u.asm.end();
        }
    }

    /// Ends the block and gives its code.
    pub fn finish_unit(&mut self) -> Result<Arc<Code>> {
        self.u.asm.end();
        self.place_cold();
        self.finished_free = self.u.free.keys().copied().collect();
        let outer = self.outer.pop();
        let u = match outer {
            Some(outer) => std::mem::replace(&mut self.u, outer),
            None => {
                let (scope, kind, name, span) =
                    (self.u.scope, self.u.kind, self.u.name, self.u.span);
                std::mem::replace(&mut self.u, Unit::new(scope, kind, name, span))
            }
        };
        if u.varnames.len() >= TEMP as usize - 1 || u.max_top >= TEMP - 8 {
            return Err(CompileError::too_large("registers", u.span));
        }
        let texts = |map: &IntIndexMap<Symbol, ()>| -> Vec<Box<str>> {
            map.keys().map(|n| self.interner.get(*n).into()).collect()
        };
        let name = self.interner.get(u.name);
        let name = if u.kind == ScopeKind::TypeParams {
            format!("<generic parameters of {name}>")
        } else {
            name.to_string()
        };
        let mut code = Code {
            name: name.into(),
            qualname: u.qualname.into(),
            filename: self.options.filename.as_str().into(),
            first_line: u.first_line,
            flags: u.flags,
            argcount: u.argcount,
            posonlyargcount: u.posonlyargcount,
            kwonlyargcount: u.kwonlyargcount,
            cellvars: u.cellvars,
            freevars: texts(&u.free),
            names: texts(&u.names),
            consts: u.consts,
            ..Code::default()
        };
        let nlocals = u.varnames.len() as u16;
        code.varnames = u.varnames;
        u.asm
            .finish(&mut code, nlocals, u.max_top, self.lines, u.span)?;
        Ok(Arc::new(code))
    }

    // Names.

    /// Where `name`, already mangled, lives.
    pub fn lookup(&self, name: Symbol) -> Place {
        let u = &self.u;
        for &scope in u.inlined.iter().rev() {
            let Some(info) = self.scopes.get(scope).symbols.get(&name) else {
                continue;
            };
            let reg = || u.locals.get(&local_key(scope, name)).copied();
            match info.resolution {
                Resolution::Local => return reg().map_or(Place::Global, Place::Local),
                Resolution::Cell => return reg().map_or(Place::Global, Place::Cell),
                Resolution::Free => continue,
                Resolution::GlobalExplicit => return Place::Global,
                Resolution::GlobalImplicit if u.kind == ScopeKind::Module => return Place::Name,
                Resolution::GlobalImplicit => return Place::Global,
            }
        }
        let inlined = !u.inlined.is_empty();
        if inlined
            && u.kind == ScopeKind::Class
            && let Some(cell) = self.class_cell(name)
        {
            return Place::Cell(cell);
        }
        let info = self.scopes.get(u.scope).symbols.get(&name);
        let free = u.free.get_index_of(&name).map(|n| n as u16);
        let resolution = info.map_or(Resolution::GlobalImplicit, |i| i.resolution);
        let sees_class = self.scopes.get(u.scope).can_see_class;
        match (resolution, free) {
            (_, Some(n)) if inlined => Place::Free(n),
            (Resolution::Free, Some(n)) if u.kind == ScopeKind::Class => Place::NamespaceOrFree(n),
            (Resolution::Free, Some(n)) if sees_class => Place::ClassOrFree(n),
            (Resolution::Free, Some(n)) => Place::Free(n),
            (Resolution::GlobalExplicit, _) => Place::Global,
            (Resolution::Local | Resolution::Cell, _) if u.kind.is_function_like() => {
                match u.locals.get(&local_key(u.scope, name)) {
                    Some(&reg) if resolution == Resolution::Cell => Place::Cell(reg),
                    Some(&reg) => Place::Local(reg),
                    None => Place::Global,
                }
            }
            _ if u.kind == ScopeKind::Class && inlined => Place::Global,
            _ if !u.kind.is_function_like() => Place::Name,
            _ if sees_class => Place::ClassOrGlobal,
            _ => Place::Global,
        }
    }

    /// The register of an implicit cell of the class body being compiled.
    fn class_cell(&self, name: Symbol) -> Option<Reg> {
        let u = &self.u;
        let reg = if name == self.names.class {
            u.class_cell
        } else if name == self.names.classdict {
            u.classdict_cell
        } else if name == self.names.conditional_annotations {
            u.conditional_cell
        } else {
            Reg::NONE
        };
        (reg != Reg::NONE).then_some(reg)
    }

    /// The register of a plain local that can be read where it is.
    pub fn local_of(&mut self, name: Symbol) -> Option<Reg> {
        let name = self.mangled(name);
        match self.lookup(name) {
            Place::Local(reg) => Some(reg),
            _ => None,
        }
    }

    /// Raises if a local may be unbound here.
    pub fn check_bound(&mut self, reg: Reg) {
        if !self.u.asm.bound.contains(reg.0) {
            self.emit1(Op::CheckLocal, reg);
            self.mark_bound(reg);
        }
    }

    /// Loads a name as written.
    pub fn load_name(&mut self, name: Symbol, to: Reg) -> Result<()> {
        let name = self.mangled(name);
        match self.lookup(name) {
            Place::Local(reg) => {
                self.check_bound(reg);
                self.move_to(to, reg);
            }
            Place::Cell(reg) => self.emit2(Op::LoadCell, to, reg),
            Place::Free(n) => self.emit_raw(Op::LoadFree, to.0, n, 0),
            Place::NamespaceOrFree(n) => {
                let mark = self.mark();
                let t = self.scratch(to);
                self.emit1(Op::LoadLocals, t);
                self.emit_raw(Op::LoadFromDictOrFree, to.0, t.0, n);
                self.release(mark);
            }
            Place::Global => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::LoadGlobal, to.0, n, 0);
            }
            Place::Name => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::LoadName, to.0, n, 0);
            }
            Place::ClassOrGlobal => {
                let n = self.name_index(name)?;
                self.load_through_class(to, Op::LoadFromDictOrGlobals, n);
            }
            Place::ClassOrFree(n)
                if name == self.names.classdict || name == self.names.conditional_annotations =>
            {
                self.emit_raw(Op::LoadFree, to.0, n, 0);
            }
            Place::ClassOrFree(n) => self.load_through_class(to, Op::LoadFromDictOrFree, n),
        }
        Ok(())
    }

    fn load_through_class(&mut self, to: Reg, op: Op, n: u16) {
        let mark = self.mark();
        let t = self.scratch(to);
        match self.u.free.get_index_of(&self.names.classdict) {
            Some(dict) => self.emit_raw(Op::LoadFree, t.0, dict as u16, 0),
            None => self.emit1(Op::LoadLocals, t),
        }
        self.emit_raw(op, to.0, t.0, n);
        self.release(mark);
    }

    /// `to` itself if it is a temporary, which then holds the operand before the result; else a new one.
    pub fn scratch(&mut self, to: Reg) -> Reg {
        if to.is_temp() { to } else { self.push() }
    }

    /// Stores `from` (consumed if it is a temporary) in a name as written.
    pub fn store_name(&mut self, name: Symbol, from: Reg) -> Result<()> {
        let name = self.mangled(name);
        match self.lookup(name) {
            Place::Local(reg) => self.move_to(reg, from),
            Place::Cell(reg) => self.emit2(Op::StoreCell, reg, from),
            Place::Free(n) | Place::NamespaceOrFree(n) | Place::ClassOrFree(n) => {
                self.emit_raw(Op::StoreFree, n, from.0, 0);
            }
            Place::Global | Place::ClassOrGlobal => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::StoreGlobal, n, from.0, 0);
            }
            Place::Name => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::StoreName, n, from.0, 0);
            }
        }
        Ok(())
    }

    pub fn delete_name(&mut self, name: Symbol) -> Result<()> {
        let name = self.mangled(name);
        match self.lookup(name) {
            Place::Local(reg) => {
                self.emit1(Op::DeleteLocal, reg);
                self.u.asm.bound.remove(reg.0);
            }
            Place::Cell(reg) => self.emit1(Op::DeleteCell, reg),
            Place::Free(n) | Place::NamespaceOrFree(n) | Place::ClassOrFree(n) => {
                self.emit_raw(Op::DeleteFree, n, 0, 0)
            }
            Place::Global | Place::ClassOrGlobal => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::DeleteGlobal, n, 0, 0);
            }
            Place::Name => {
                let n = self.name_index(name)?;
                self.emit_raw(Op::DeleteName, n, 0, 0);
            }
        }
        Ok(())
    }

    /// Unbinds the name of `except ... as name`, whether it is still bound or not.
    pub fn clear_name(&mut self, name: Symbol) -> Result<()> {
        let mangled = self.mangled(name);
        if let Place::Local(reg) = self.lookup(mangled) {
            self.emit1(Op::ClearLocal, reg);
            self.u.asm.bound.remove(reg.0);
            return Ok(());
        }
        let mark = self.mark();
        let none = self.push();
        self.load_none(none);
        self.store_name(name, none)?;
        self.release(mark);
        self.delete_name(name)
    }

    /// Puts the cell behind a name into `to`, to close over it.
    pub fn load_cell_itself(&mut self, name: Symbol, to: Reg) {
        let place = match self.class_cell(name) {
            Some(reg) if self.u.kind == ScopeKind::Class => Place::Cell(reg),
            _ => self.lookup(name),
        };
        match place {
            Place::Cell(reg) | Place::Local(reg) => self.emit2(Op::Copy, to, reg),
            Place::Free(n) | Place::NamespaceOrFree(n) | Place::ClassOrFree(n) => {
                self.emit_raw(Op::LoadFreeCell, to.0, n, 0);
            }
            _ => match self.u.free.get_index_of(&name) {
                // A class body has a variable of the same name, which its nested blocks don't see.
                Some(n) => self.emit_raw(Op::LoadFreeCell, to.0, n as u16, 0),
                None => self.load_none(to),
            },
        }
    }

    // Variables of inlined comprehensions (PEP 709).

    /// Gives the variables of an inlined comprehension registers, undefined ones.
    pub fn enter_inlined(&mut self, scope: ScopeId) {
        let variables = self.inlined_variables(scope);
        for &(name, resolution) in &variables {
            let spare = self.u.spare.get_mut(&name).and_then(Vec::pop);
            let reg = match spare {
                Some(reg) => {
                    self.u.locals.insert(local_key(scope, name), reg);
                    reg
                }
                None => self.new_symbol_local(scope, name),
            };
            self.u.asm.bound.remove(reg.0);
            if resolution == Resolution::Cell {
                self.emit1(Op::MakeCell, reg);
                if !self.u.cellvars.contains(&reg.0) {
                    self.u.cellvars.push(reg.0);
                }
            }
        }
        self.u.inlined.push(scope);
    }

    pub fn leave_inlined(&mut self, scope: ScopeId) {
        self.u.inlined.pop();
        self.clear_inlined(scope);
        for (name, resolution) in self.inlined_variables(scope) {
            // A register that held a cell is only used for cells again: `locals()` looks into them.
            let Some(&reg) = self.u.locals.get(&local_key(scope, name)) else {
                continue;
            };
            if resolution == Resolution::Local {
                self.u.spare.entry(name).or_default().push(reg);
            }
        }
    }

    /// Undefines the variables, as at the end of the comprehension and where an exception leaves it.
    pub fn clear_inlined(&mut self, scope: ScopeId) {
        for (name, _) in self.inlined_variables(scope) {
            if let Some(&reg) = self.u.locals.get(&local_key(scope, name)) {
                self.emit1(Op::ClearLocal, reg);
                self.u.asm.bound.remove(reg.0);
            }
        }
    }

    pub fn inlined_registers(&self, scope: ScopeId) -> Vec<Reg> {
        let register = |(name, _)| self.u.locals.get(&local_key(scope, name)).copied();
        self.inlined_variables(scope)
            .into_iter()
            .filter_map(register)
            .collect()
    }

    fn inlined_variables(&self, scope: ScopeId) -> Vec<(Symbol, Resolution)> {
        let own = |i: &SymbolInfo| matches!(i.resolution, Resolution::Local | Resolution::Cell);
        let s = self.scopes.get(scope);
        s.symbols
            .iter()
            .filter(|(_, i)| own(i))
            .map(|(n, i)| (*n, i.resolution))
            .collect()
    }
}

fn hash_const(k: &Const) -> u64 {
    let mut h = DefaultHasher::new();
    hash_into(k, &mut h);
    h.finish()
}

fn hash_into(k: &Const, h: &mut DefaultHasher) {
    std::mem::discriminant(k).hash(h);
    match k {
        Const::None | Const::True | Const::False | Const::Ellipsis => {}
        Const::Int(n) => n.hash(h),
        Const::BigInt(n) => n.hash(h),
        Const::Float(f) => f.to_bits().hash(h),
        Const::Complex(re, im) => (re.to_bits(), im.to_bits()).hash(h),
        Const::Str(s) | Const::Bytes(s) => s.hash(h),
        Const::Tuple(items) | Const::FrozenSet(items) => {
            items.len().hash(h);
            items.iter().for_each(|k| hash_into(k, h));
        }
        Const::Slice(items) => items.iter().for_each(|k| hash_into(k, h)),
        Const::Code(code) => Arc::as_ptr(code).addr().hash(h),
    }
}

/// Equality as constants: of the same type, and `0.0` is not `-0.0`.
pub fn same_const(a: &Const, b: &Const) -> bool {
    let all = |a: &[Const], b: &[Const]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_const(a, b))
    };
    match (a, b) {
        (Const::None, Const::None) | (Const::True, Const::True) => true,
        (Const::False, Const::False) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Int(a), Const::Int(b)) => a == b,
        (Const::BigInt(a), Const::BigInt(b)) => a == b,
        (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
        (Const::Complex(a, b), Const::Complex(c, d)) => {
            a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits()
        }
        (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => {
            all(a, b)
        }
        (Const::Slice(a), Const::Slice(b)) => all(&a[..], &b[..]),
        (Const::Code(a), Const::Code(b)) => Arc::ptr_eq(a, b),
        _ => false,
    }
}
