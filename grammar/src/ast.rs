//! The abstract syntax tree: arena-allocated nodes whose names are those of Python's `ast` module.
//!
//! Every node lives in one [`Arena`](crate::Arena) for as long as the parse result does. Nodes are small, are
//! referred to by plain references and have no destructor, so that a chain of 100,000 operators
//! is freed as cheaply as one. Positions are byte offsets; [`LineIndex`](crate::LineIndex)
//! turns them into lines and columns when someone asks.
//!
//! Two things differ from the `ast` module on purpose. There is no `ctx`: whether a name is
//! stored, deleted or loaded follows from where it stands. `If` holds its `elif` clauses as a
//! flat list, so that 100,000 of them are not a tree 100,000 deep.

/// A half-open range of byte offsets into the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// An identifier, interned in the parse result's [`Interner`](crate::Interner).
/// Identifiers are NFKC-normalised, as the language reference demands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

/// An identifier where the grammar stores one as a plain field, with its own position.
#[derive(Clone, Copy, Debug)]
pub struct Ident {
    pub name: Symbol,
    pub span: Span,
}

/// What a whole input parses to, by start symbol.
#[derive(Clone, Copy, Debug)]
pub enum Mod<'a> {
    Module(&'a [Stmt<'a>]),
    Interactive(&'a [Stmt<'a>]),
    Expression(ExprRef<'a>),
}

pub type ExprRef<'a> = &'a Expr<'a>;
pub type Body<'a> = &'a [Stmt<'a>];

#[derive(Clone, Copy, Debug)]
pub struct Stmt<'a> {
    pub span: Span,
    pub kind: &'a StmtKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum StmtKind<'a> {
    FunctionDef(FunctionDef<'a>),
    /// `async def`.
    AsyncFunctionDef(FunctionDef<'a>),
    ClassDef {
        name: Ident,
        bases: &'a [ExprRef<'a>],
        keywords: &'a [Keyword<'a>],
        body: Body<'a>,
        decorators: &'a [ExprRef<'a>],
        type_params: &'a [TypeParam<'a>],
    },
    Return(Option<ExprRef<'a>>),
    Delete(&'a [ExprRef<'a>]),
    Assign {
        targets: &'a [ExprRef<'a>],
        value: ExprRef<'a>,
    },
    TypeAlias {
        name: ExprRef<'a>,
        type_params: &'a [TypeParam<'a>],
        value: ExprRef<'a>,
    },
    AugAssign {
        target: ExprRef<'a>,
        op: Operator,
        value: ExprRef<'a>,
    },
    /// `simple` is true when the target is a bare name without parentheses.
    AnnAssign {
        target: ExprRef<'a>,
        annotation: ExprRef<'a>,
        value: Option<ExprRef<'a>>,
        simple: bool,
    },
    For(For<'a>),
    AsyncFor(For<'a>),
    While {
        test: ExprRef<'a>,
        body: Body<'a>,
        orelse: Body<'a>,
    },
    /// `if` with all its `elif`s, in order; at least one clause.
    If {
        clauses: &'a [IfClause<'a>],
        orelse: Body<'a>,
    },
    With(With<'a>),
    AsyncWith(With<'a>),
    Match {
        subject: ExprRef<'a>,
        cases: &'a [MatchCase<'a>],
    },
    Raise {
        exc: Option<ExprRef<'a>>,
        cause: Option<ExprRef<'a>>,
    },
    Try(Try<'a>),
    /// `try` with `except*`.
    TryStar(Try<'a>),
    Assert {
        test: ExprRef<'a>,
        msg: Option<ExprRef<'a>>,
    },
    Import(&'a [Alias<'a>]),
    /// `level` counts the leading dots; `module` is the dotted name, absent in `from . import a`.
    ImportFrom {
        module: Option<Ident>,
        names: &'a [Alias<'a>],
        level: u32,
    },
    Global(&'a [Ident]),
    Nonlocal(&'a [Ident]),
    Expr(ExprRef<'a>),
    Pass,
    Break,
    Continue,
}

#[derive(Clone, Copy, Debug)]
pub struct FunctionDef<'a> {
    pub name: Ident,
    pub args: &'a Arguments<'a>,
    pub body: Body<'a>,
    pub decorators: &'a [ExprRef<'a>],
    pub returns: Option<ExprRef<'a>>,
    pub type_params: &'a [TypeParam<'a>],
}

#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    pub target: ExprRef<'a>,
    pub iter: ExprRef<'a>,
    pub body: Body<'a>,
    pub orelse: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct IfClause<'a> {
    /// From the `if` or `elif` keyword to the end of the clause's body.
    pub span: Span,
    pub test: ExprRef<'a>,
    pub body: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    pub items: &'a [WithItem<'a>],
    pub body: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct WithItem<'a> {
    pub context_expr: ExprRef<'a>,
    pub optional_vars: Option<ExprRef<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Try<'a> {
    pub body: Body<'a>,
    pub handlers: &'a [ExceptHandler<'a>],
    pub orelse: Body<'a>,
    pub finalbody: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct ExceptHandler<'a> {
    pub span: Span,
    pub typ: Option<ExprRef<'a>>,
    pub name: Option<Ident>,
    pub body: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Expr<'a> {
    pub span: Span,
    /// True when the expression was written inside its own parentheses; its span leaves them out
    /// (except for a tuple or generator expression, whose span includes them, as in CPython).
    pub parenthesized: bool,
    pub kind: ExprKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum ExprKind<'a> {
    BoolOp {
        op: BoolOp,
        values: &'a [ExprRef<'a>],
    },
    NamedExpr {
        target: ExprRef<'a>,
        value: ExprRef<'a>,
    },
    BinOp {
        left: ExprRef<'a>,
        op: Operator,
        right: ExprRef<'a>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: ExprRef<'a>,
    },
    Lambda {
        args: &'a Arguments<'a>,
        body: ExprRef<'a>,
    },
    IfExp {
        test: ExprRef<'a>,
        body: ExprRef<'a>,
        orelse: ExprRef<'a>,
    },
    /// A key of `None` stands for `**value`.
    Dict(&'a [(Option<ExprRef<'a>>, ExprRef<'a>)]),
    Set(&'a [ExprRef<'a>]),
    ListComp {
        elt: ExprRef<'a>,
        generators: &'a [Comprehension<'a>],
    },
    SetComp {
        elt: ExprRef<'a>,
        generators: &'a [Comprehension<'a>],
    },
    DictComp {
        key: ExprRef<'a>,
        value: ExprRef<'a>,
        generators: &'a [Comprehension<'a>],
    },
    GeneratorExp {
        elt: ExprRef<'a>,
        generators: &'a [Comprehension<'a>],
    },
    Await(ExprRef<'a>),
    Yield(Option<ExprRef<'a>>),
    YieldFrom(ExprRef<'a>),
    Compare {
        left: ExprRef<'a>,
        ops: &'a [CmpOp],
        comparators: &'a [ExprRef<'a>],
    },
    Call {
        func: ExprRef<'a>,
        args: &'a [ExprRef<'a>],
        keywords: &'a [Keyword<'a>],
    },
    /// A replacement field of an f-string. `conversion` is `None` or one of `s`, `r`, `a`;
    /// `format_spec`, when there is one, is a `JoinedStr`.
    FormattedValue {
        value: ExprRef<'a>,
        conversion: Option<u8>,
        format_spec: Option<ExprRef<'a>>,
    },
    /// A replacement field of a t-string; `text` is the expression as written.
    Interpolation {
        value: ExprRef<'a>,
        text: &'a [u8],
        conversion: Option<u8>,
        format_spec: Option<ExprRef<'a>>,
    },
    /// Its values are string constants and `FormattedValue`s.
    JoinedStr(&'a [ExprRef<'a>]),
    /// Its values are string constants and `Interpolation`s.
    TemplateStr(&'a [ExprRef<'a>]),
    Constant(Constant<'a>),
    Attribute {
        value: ExprRef<'a>,
        attr: Ident,
    },
    Subscript {
        value: ExprRef<'a>,
        slice: ExprRef<'a>,
    },
    Starred(ExprRef<'a>),
    Name(Symbol),
    List(&'a [ExprRef<'a>]),
    Tuple(&'a [ExprRef<'a>]),
    Slice {
        lower: Option<ExprRef<'a>>,
        upper: Option<ExprRef<'a>>,
        step: Option<ExprRef<'a>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant<'a> {
    None,
    True,
    False,
    Ellipsis,
    /// An integer that fits `i64`.
    Int(i64),
    /// A larger one: its digits without prefix and underscores, and their radix (2, 8, 10 or 16).
    BigInt {
        digits: &'a str,
        radix: u32,
    },
    Float(f64),
    /// The imaginary part of an imaginary literal.
    Complex(f64),
    /// WTF-8: UTF-8 in which `\ud800`-style escapes may have left lone surrogates. `u_prefix`
    /// is true for `u"..."` (the `kind` of `ast.Constant`).
    Str {
        value: &'a [u8],
        u_prefix: bool,
    },
    Bytes(&'a [u8]),
}

#[derive(Clone, Copy, Debug)]
pub struct Comprehension<'a> {
    pub target: ExprRef<'a>,
    pub iter: ExprRef<'a>,
    pub ifs: &'a [ExprRef<'a>],
    pub is_async: bool,
}

/// The parameters of a function, in the order of their kinds.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    pub posonlyargs: &'a [Arg<'a>],
    pub args: &'a [Arg<'a>],
    pub vararg: Option<&'a Arg<'a>>,
    pub kwonlyargs: &'a [Arg<'a>],
    /// One for each of `kwonlyargs`.
    pub kw_defaults: &'a [Option<ExprRef<'a>>],
    pub kwarg: Option<&'a Arg<'a>>,
    /// Defaults of the last positional parameters.
    pub defaults: &'a [ExprRef<'a>],
}

#[derive(Clone, Copy, Debug)]
pub struct Arg<'a> {
    pub span: Span,
    pub arg: Ident,
    /// For `*args: *Ts` this is a `Starred`.
    pub annotation: Option<ExprRef<'a>>,
}

/// A keyword argument; without a name it is `**value`.
#[derive(Clone, Copy, Debug)]
pub struct Keyword<'a> {
    pub span: Span,
    pub arg: Option<Ident>,
    pub value: ExprRef<'a>,
}

/// `name` is the dotted name as one symbol, or `*`.
#[derive(Clone, Copy, Debug)]
pub struct Alias<'a> {
    pub span: Span,
    pub name: Ident,
    pub asname: Option<Ident>,
    pub marker: std::marker::PhantomData<&'a ()>,
}

#[derive(Clone, Copy, Debug)]
pub struct MatchCase<'a> {
    pub span: Span,
    pub pattern: &'a Pattern<'a>,
    pub guard: Option<ExprRef<'a>>,
    pub body: Body<'a>,
}

#[derive(Clone, Copy, Debug)]
pub struct Pattern<'a> {
    pub span: Span,
    pub kind: PatternKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum PatternKind<'a> {
    MatchValue(ExprRef<'a>),
    /// `None`, `True` or `False`.
    MatchSingleton(Constant<'a>),
    MatchSequence(&'a [Pattern<'a>]),
    MatchMapping {
        keys: &'a [ExprRef<'a>],
        patterns: &'a [Pattern<'a>],
        rest: Option<Ident>,
    },
    MatchClass {
        cls: ExprRef<'a>,
        patterns: &'a [Pattern<'a>],
        kwd_attrs: &'a [Ident],
        kwd_patterns: &'a [Pattern<'a>],
    },
    /// `*name`, or `*_` without a name.
    MatchStar(Option<Ident>),
    /// `pattern as name`, a capture (no pattern), or the wildcard `_` (neither).
    MatchAs {
        pattern: Option<&'a Pattern<'a>>,
        name: Option<Ident>,
    },
    MatchOr(&'a [Pattern<'a>]),
}

#[derive(Clone, Copy, Debug)]
pub struct TypeParam<'a> {
    pub span: Span,
    pub name: Ident,
    pub kind: TypeParamKind,
    /// Only for `TypeVar`.
    pub bound: Option<ExprRef<'a>>,
    pub default: Option<ExprRef<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParamKind {
    TypeVar,
    ParamSpec,
    TypeVarTuple,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}
