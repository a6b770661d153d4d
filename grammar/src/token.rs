//! Tokens: the flat patterns that logos recognises, and the kinds the layers above it make of them.
//!
//! A token is twelve bytes next to its kind, whatever it stands for: names are symbols, and numbers and strings
//! are indices into the tables of [`Lexed`](crate::lexer::Lexed), so that the parser's stack moves little.

use logos::Logos;

use crate::ast::Span;

/// The kind of a token.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[logos(skip r"[ \t\x0c]+")]
pub enum Kind {
    // Made by the lexer, never by a pattern.
    /// What the parser is to make of the rest; the first token of every stream.
    StartModule,
    StartInteractive,
    StartExpression,
    Indent,
    Dedent,
    EndMarker,
    /// A lexical error; the payload is its index in the table of errors. Nothing follows it.
    Error,
    /// A string with a malformed escape sequence: an error only once a parser gets as far as it.
    BadString,
    /// A string or bytes literal.
    Str,
    /// The prefix and opening quotes of an f- or t-string.
    FStringStart,
    /// Literal text between replacement fields.
    FStringMiddle,
    FStringEnd,
    /// The brace that opens a replacement field.
    FieldOpen,
    FieldClose,
    /// The `=` that asks for a field's own text.
    FieldEqual,
    FieldBang,
    /// The `:` that begins a field's format specification.
    FieldColon,
    /// `match`, `case` and `type` where they are keywords.
    Match,
    Case,
    Type,
    /// The bracket of `with (...):`, which may hold a list of with-items.
    WithLpar,

    /// A character that begins nothing: `$`, `?`, a backquote.
    Unknown,

    // Lines.
    #[token("\n")]
    Newline,
    #[regex(r"#[^\n]*", allow_greedy = true)]
    Comment,
    #[token("\\\n")]
    Continuation,
    #[token("\\")]
    Backslash,

    // What is scanned further by hand.
    #[regex(r"[0-9]|\.[0-9]")]
    Number,
    #[regex(
        r#"([bBuUrRfFtT]|[bB][rR]|[rR][bB]|[fF][rR]|[rR][fF]|[tT][rR]|[rR][tT])?("""|'''|"|')"#
    )]
    Quote,
    #[regex(
        r"[A-Za-z_\u{80}-\u{10FFFF}][A-Za-z0-9_\u{80}-\u{10FFFF}]*",
        allow_greedy = true
    )]
    Name,

    // Keywords.
    #[token("False")]
    False,
    #[token("None")]
    None,
    #[token("True")]
    True,
    #[token("and")]
    And,
    #[token("as")]
    As,
    #[token("assert")]
    Assert,
    #[token("async")]
    Async,
    #[token("await")]
    Await,
    #[token("break")]
    Break,
    #[token("class")]
    Class,
    #[token("continue")]
    Continue,
    #[token("def")]
    Def,
    #[token("del")]
    Del,
    #[token("elif")]
    Elif,
    #[token("else")]
    Else,
    #[token("except")]
    Except,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("from")]
    From,
    #[token("global")]
    Global,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lambda")]
    Lambda,
    #[token("nonlocal")]
    Nonlocal,
    #[token("not")]
    Not,
    #[token("or")]
    Or,
    #[token("pass")]
    Pass,
    #[token("raise")]
    Raise,
    #[token("return")]
    Return,
    #[token("try")]
    Try,
    #[token("while")]
    While,
    #[token("with")]
    With,
    #[token("yield")]
    Yield,

    // Brackets and punctuation.
    #[token("(")]
    Lpar,
    #[token(")")]
    Rpar,
    #[token("[")]
    Lsqb,
    #[token("]")]
    Rsqb,
    #[token("{")]
    Lbrace,
    #[token("}")]
    Rbrace,
    #[token(",")]
    Comma,
    #[token(":")]
    Colon,
    #[token(";")]
    Semi,
    #[token(".")]
    Dot,
    #[token("...")]
    Ellipsis,
    #[token("->")]
    Arrow,
    #[token("!")]
    Exclamation,
    #[token("=")]
    Equal,
    #[token(":=")]
    ColonEqual,

    // Operators.
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("**")]
    DoubleStar,
    #[token("/")]
    Slash,
    #[token("//")]
    DoubleSlash,
    #[token("%")]
    Percent,
    #[token("@")]
    At,
    #[token("|")]
    Bar,
    #[token("^")]
    Circumflex,
    #[token("&")]
    Ampersand,
    #[token("~")]
    Tilde,
    #[token("<<")]
    LeftShift,
    #[token(">>")]
    RightShift,
    #[token("<")]
    Less,
    #[token(">")]
    Greater,
    #[token("<=")]
    LessEqual,
    #[token(">=")]
    GreaterEqual,
    #[token("==")]
    EqEqual,
    #[token("!=")]
    NotEqual,
    /// Recognised only to be refused: PEP 401's joke.
    #[token("<>")]
    Barry,

    // Augmented assignment.
    #[token("+=")]
    PlusEqual,
    #[token("-=")]
    MinusEqual,
    #[token("*=")]
    StarEqual,
    #[token("**=")]
    DoubleStarEqual,
    #[token("/=")]
    SlashEqual,
    #[token("//=")]
    DoubleSlashEqual,
    #[token("%=")]
    PercentEqual,
    #[token("@=")]
    AtEqual,
    #[token("|=")]
    BarEqual,
    #[token("^=")]
    CircumflexEqual,
    #[token("&=")]
    AmpersandEqual,
    #[token("<<=")]
    LeftShiftEqual,
    #[token(">>=")]
    RightShiftEqual,
}

impl Kind {
    pub fn is_keyword(self) -> bool {
        (Kind::False as u8..=Kind::Yield as u8).contains(&(self as u8))
    }

    pub fn is_augmented(self) -> bool {
        (Kind::PlusEqual as u8..=Kind::RightShiftEqual as u8).contains(&(self as u8))
    }
}

/// What the grammar's terminals are made of.
#[derive(Clone, Copy, Debug)]
pub struct Tok {
    pub kind: Kind,
    /// A symbol, or an index into one of the lexer's tables.
    pub data: u32,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub tok: Tok,
    pub span: Span,
}

impl Token {
    pub fn kind(&self) -> Kind {
        self.tok.kind
    }
}
