//! Expressions back to text, for annotations under `from __future__ import annotations` (PEP 563).
//!
//! The form is normal: single quotes, one blank around binary operators, parentheses only where precedence asks for them.

use std::fmt::Write;
use taipan_bytecode::Const;
use taipan_grammar::Interner;
use taipan_grammar::ast::*;

/// Binding strength, weakest first.
mod level {
    pub const TUPLE: u8 = 0;
    pub const TEST: u8 = 1;
    pub const OR: u8 = 2;
    pub const AND: u8 = 3;
    pub const NOT: u8 = 4;
    pub const COMPARE: u8 = 5;
    pub const BIT_OR: u8 = 6;
    pub const BIT_XOR: u8 = 7;
    pub const BIT_AND: u8 = 8;
    pub const SHIFT: u8 = 9;
    pub const ARITH: u8 = 10;
    pub const TERM: u8 = 11;
    pub const FACTOR: u8 = 12;
    pub const POWER: u8 = 13;
    pub const AWAIT: u8 = 14;
    pub const ATOM: u8 = 15;
}

/// Deeper expressions are cut short with `...`: a chain that long is no annotation.
const MAX_DEPTH: u32 = 300;

/// The text of an annotation, in WTF-8.
pub fn annotation(interner: &Interner, e: ExprRef<'_>) -> Vec<u8> {
    let mut u = Unparser {
        interner,
        out: String::new(),
        depth: 0,
    };
    u.expr(e, level::TEST);
    u.out.into_bytes()
}

/// `repr` of a constant.
pub fn constant_text(k: &Const) -> String {
    let mut s = String::new();
    write_const(k, &mut s);
    s
}

struct Unparser<'i> {
    interner: &'i Interner,
    out: String,
    depth: u32,
}

impl Unparser<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn grouped(&mut self, inner: u8, outer: u8, f: impl FnOnce(&mut Self)) {
        let parens = inner < outer;
        if parens {
            self.out.push('(');
        }
        f(self);
        if parens {
            self.out.push(')');
        }
    }

    fn list(&mut self, items: &[ExprRef<'_>]) {
        for (n, item) in items.iter().enumerate() {
            if n > 0 {
                self.put(", ");
            }
            self.expr(item, level::TEST);
        }
    }

    fn name(&mut self, name: Symbol) {
        let interner = self.interner;
        self.put(interner.get(name));
    }

    fn expr(&mut self, e: ExprRef<'_>, outer: u8) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.put("...");
        } else {
            self.expr_kind(e, outer);
        }
        self.depth -= 1;
    }

    fn expr_kind(&mut self, e: ExprRef<'_>, outer: u8) {
        match e.kind {
            ExprKind::BoolOp { op, values } => {
                let (text, at) = match op {
                    BoolOp::And => (" and ", level::AND),
                    BoolOp::Or => (" or ", level::OR),
                };
                self.grouped(at, outer, |u| {
                    for (n, value) in values.iter().enumerate() {
                        if n > 0 {
                            u.put(text);
                        }
                        u.expr(value, at + 1);
                    }
                });
            }
            ExprKind::NamedExpr { target, value } => self.grouped(level::TUPLE, outer, |u| {
                u.expr(target, level::ATOM);
                u.put(" := ");
                u.expr(value, level::ATOM);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (text, at) = binary(op);
                let right_assoc = op == Operator::Pow;
                self.grouped(at, outer, |u| {
                    u.expr(left, at + right_assoc as u8);
                    u.put(text);
                    u.expr(right, at + !right_assoc as u8);
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (text, at) = match op {
                    UnaryOp::Invert => ("~", level::FACTOR),
                    UnaryOp::Not => ("not ", level::NOT),
                    UnaryOp::UAdd => ("+", level::FACTOR),
                    UnaryOp::USub => ("-", level::FACTOR),
                };
                self.grouped(at, outer, |u| {
                    u.put(text);
                    u.expr(operand, at);
                });
            }
            ExprKind::Lambda { args, body } => self.grouped(level::TEST, outer, |u| {
                u.put(if all_empty(args) { "lambda" } else { "lambda " });
                u.arguments(args);
                u.put(": ");
                u.expr(body, level::TEST);
            }),
            ExprKind::IfExp { test, body, orelse } => self.grouped(level::TEST, outer, |u| {
                u.expr(body, level::TEST + 1);
                u.put(" if ");
                u.expr(test, level::TEST + 1);
                u.put(" else ");
                u.expr(orelse, level::TEST);
            }),
            ExprKind::Dict(items) => {
                self.put("{");
                for (n, (key, value)) in items.iter().enumerate() {
                    if n > 0 {
                        self.put(", ");
                    }
                    match key {
                        Some(key) => {
                            self.expr(key, level::TEST);
                            self.put(": ");
                            self.expr(value, level::TEST);
                        }
                        None => {
                            self.put("**");
                            self.expr(value, level::BIT_OR);
                        }
                    }
                }
                self.put("}");
            }
            ExprKind::Set(items) => {
                self.put("{");
                self.list(items);
                self.put("}");
            }
            ExprKind::List(items) => {
                self.put("[");
                self.list(items);
                self.put("]");
            }
            ExprKind::Tuple([]) => self.put("()"),
            ExprKind::Tuple(items) => self.grouped(level::TUPLE, outer, |u| {
                u.list(items);
                if items.len() == 1 {
                    u.put(",");
                }
            }),
            ExprKind::ListComp { elt, generators } => {
                self.comprehension("[", elt, None, generators, "]")
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension("{", elt, None, generators, "}")
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => self.comprehension("{", key, Some(value), generators, "}"),
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("(", elt, None, generators, ")")
            }
            ExprKind::Await(value) => self.grouped(level::AWAIT, outer, |u| {
                u.put("await ");
                u.expr(value, level::ATOM);
            }),
            ExprKind::Yield(value) => {
                self.put("(yield");
                if let Some(value) = value {
                    self.put(" ");
                    self.expr(value, level::TUPLE);
                }
                self.put(")");
            }
            ExprKind::YieldFrom(value) => {
                self.put("(yield from ");
                self.expr(value, level::TEST);
                self.put(")");
            }
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => self.grouped(level::COMPARE, outer, |u| {
                u.expr(left, level::COMPARE + 1);
                for (op, right) in ops.iter().zip(comparators) {
                    u.put(comparison(*op));
                    u.expr(right, level::COMPARE + 1);
                }
            }),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => self.call(func, args, keywords),
            ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => self.f_string("f", e),
            ExprKind::TemplateStr(_) | ExprKind::Interpolation { .. } => self.f_string("t", e),
            ExprKind::Constant(ref c) => {
                if let Constant::Str { u_prefix: true, .. } = c {
                    self.put("u");
                }
                let k = crate::fold::literal(c);
                write_const(&k, &mut self.out);
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value, level::ATOM);
                if matches!(
                    value.kind,
                    ExprKind::Constant(Constant::Int(_) | Constant::BigInt { .. })
                ) {
                    self.put(" ");
                }
                self.put(".");
                self.name(attr.name);
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value, level::ATOM);
                self.put("[");
                self.expr(slice, level::TUPLE);
                self.put("]");
            }
            ExprKind::Starred(inner) => {
                self.put("*");
                self.expr(inner, level::BIT_OR);
            }
            ExprKind::Name(name) => self.name(name),
            ExprKind::Slice { lower, upper, step } => {
                let mut opt = |e: Option<ExprRef<'_>>| {
                    if let Some(e) = e {
                        self.expr(e, level::TEST);
                    }
                };
                opt(lower);
                self.put(":");
                if let Some(e) = upper {
                    self.expr(e, level::TEST);
                }
                if let Some(e) = step {
                    self.put(":");
                    self.expr(e, level::TEST);
                }
            }
        }
    }

    fn comprehension(
        &mut self,
        open: &str,
        elt: ExprRef<'_>,
        value: Option<ExprRef<'_>>,
        generators: &[Comprehension<'_>],
        close: &str,
    ) {
        self.put(open);
        self.expr(elt, level::TEST);
        if let Some(value) = value {
            self.put(": ");
            self.expr(value, level::TEST);
        }
        for g in generators {
            self.put(if g.is_async { " async for " } else { " for " });
            self.expr(g.target, level::TUPLE);
            self.put(" in ");
            self.expr(g.iter, level::TEST + 1);
            for test in g.ifs {
                self.put(" if ");
                self.expr(test, level::TEST + 1);
            }
        }
        self.put(close);
    }

    fn call(&mut self, func: ExprRef<'_>, args: &[ExprRef<'_>], keywords: &[Keyword<'_>]) {
        self.expr(func, level::ATOM);
        if let ([only], []) = (args, keywords)
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            return self.expr(only, level::TEST);
        }
        self.put("(");
        self.list(args);
        for (n, k) in keywords.iter().enumerate() {
            if n > 0 || !args.is_empty() {
                self.put(", ");
            }
            match k.arg {
                Some(arg) => {
                    self.name(arg.name);
                    self.put("=");
                }
                None => self.put("**"),
            }
            self.expr(k.value, level::TEST);
        }
        self.put(")");
    }

    fn arguments(&mut self, args: &Arguments<'_>) {
        let mut first = true;
        let mut comma = |u: &mut Self| {
            if !std::mem::replace(&mut first, false) {
                u.put(", ");
            }
        };
        let positional = args.posonlyargs.len() + args.args.len();
        let plain = positional - args.defaults.len();
        for (n, arg) in args.posonlyargs.iter().chain(args.args).enumerate() {
            comma(self);
            self.name(arg.arg.name);
            if n >= plain {
                self.put("=");
                self.expr(args.defaults[n - plain], level::TEST);
            }
            if n + 1 == args.posonlyargs.len() {
                self.put(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            comma(self);
            self.put("*");
            if let Some(arg) = args.vararg {
                self.name(arg.arg.name);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(args.kw_defaults) {
            comma(self);
            self.name(arg.arg.name);
            if let Some(default) = default {
                self.put("=");
                self.expr(default, level::TEST);
            }
        }
        if let Some(arg) = args.kwarg {
            comma(self);
            self.put("**");
            self.name(arg.arg.name);
        }
    }

    fn f_string(&mut self, prefix: &str, e: ExprRef<'_>) {
        let mut inner = Unparser {
            interner: self.interner,
            out: String::new(),
            depth: self.depth,
        };
        inner.f_string_part(e);
        self.put(prefix);
        write_str(inner.out.as_bytes(), &mut self.out);
    }

    fn f_string_part(&mut self, e: ExprRef<'_>) {
        match e.kind {
            ExprKind::JoinedStr(parts) | ExprKind::TemplateStr(parts) => {
                parts.iter().for_each(|p| self.f_string_part(p))
            }
            ExprKind::Constant(Constant::Str { value, .. }) => {
                let text = String::from_utf8_lossy(value)
                    .replace('{', "{{")
                    .replace('}', "}}");
                self.put(&text);
            }
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            }
            | ExprKind::Interpolation {
                value,
                conversion,
                format_spec,
                ..
            } => {
                let start = self.out.len();
                self.put("{");
                self.expr(value, level::TEST + 1);
                if self.out[start..].starts_with("{{") {
                    self.out.insert(start + 1, ' ');
                }
                if let Some(c) = conversion {
                    self.out.push('!');
                    self.out.push(c as char);
                }
                if let Some(spec) = format_spec {
                    self.put(":");
                    self.f_string_part(spec);
                }
                self.put("}");
            }
            _ => self.expr(e, level::TEST),
        }
    }
}

fn all_empty(args: &Arguments<'_>) -> bool {
    crate::collect::all_args(args).next().is_none()
}

fn binary(op: Operator) -> (&'static str, u8) {
    match op {
        Operator::Add => (" + ", level::ARITH),
        Operator::Sub => (" - ", level::ARITH),
        Operator::Mult => (" * ", level::TERM),
        Operator::MatMult => (" @ ", level::TERM),
        Operator::Div => (" / ", level::TERM),
        Operator::Mod => (" % ", level::TERM),
        Operator::LShift => (" << ", level::SHIFT),
        Operator::RShift => (" >> ", level::SHIFT),
        Operator::BitOr => (" | ", level::BIT_OR),
        Operator::BitXor => (" ^ ", level::BIT_XOR),
        Operator::BitAnd => (" & ", level::BIT_AND),
        Operator::FloorDiv => (" // ", level::TERM),
        Operator::Pow => (" ** ", level::POWER),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

fn write_const(k: &Const, out: &mut String) {
    let all = |items: &[Const], out: &mut String| {
        for (n, k) in items.iter().enumerate() {
            if n > 0 {
                out.push_str(", ");
            }
            write_const(k, out);
        }
    };
    match k {
        Const::None => out.push_str("None"),
        Const::True => out.push_str("True"),
        Const::False => out.push_str("False"),
        Const::Ellipsis => out.push_str("..."),
        Const::Int(n) => write!(out, "{n}").unwrap_or_default(),
        Const::BigInt(n) => write!(out, "{n}").unwrap_or_default(),
        Const::Float(f) => out.push_str(&float_text(*f)),
        Const::Complex(re, im) => {
            let im = float_text(*im);
            let im = im.strip_suffix(".0").unwrap_or(&im);
            if *re == 0.0 && re.is_sign_positive() {
                write!(out, "{im}j").unwrap_or_default();
            } else {
                let re = float_text(*re);
                let re = re.strip_suffix(".0").unwrap_or(&re);
                let plus = if im.starts_with('-') { "" } else { "+" };
                write!(out, "({re}{plus}{im}j)").unwrap_or_default();
            }
        }
        Const::Str(s) => write_str(s, out),
        Const::Bytes(s) => write_bytes(s, out),
        Const::Tuple(items) => {
            out.push('(');
            all(items, out);
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Const::FrozenSet(items) => {
            out.push_str("frozenset({");
            all(items, out);
            out.push_str("})");
        }
        Const::Slice(s) => {
            out.push_str("slice(");
            all(&s[..], out);
            out.push(')');
        }
        Const::Code(c) => write!(out, "<code object {}>", c.name).unwrap_or_default(),
    }
}

/// `repr` of a float: shortest digits, an exponent from 1e16 up and below 1e-4. Infinity has no literal but an overflowing one.
fn float_text(f: f64) -> String {
    if f.is_infinite() {
        return if f > 0.0 {
            "1e309".into()
        } else {
            "-1e309".into()
        };
    }
    let exp = format!("{f:e}");
    let (mantissa, exponent) = exp.split_once('e').unwrap_or((&exp, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if f != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    let plain = format!("{f}");
    if plain.contains('.') || !f.is_finite() {
        plain
    } else {
        format!("{plain}.0")
    }
}

/// Near enough to `str.isprintable` for what annotations hold.
fn printable(c: char) -> bool {
    let noncharacter = (c as u32) & 0xFFFE == 0xFFFE;
    c == ' ' || !(c.is_control() || c.is_whitespace() || noncharacter)
}

fn write_str(s: &[u8], out: &mut String) {
    let text = String::from_utf8_lossy(s);
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if !printable(c) => match c as u32 {
                n @ ..=0xFF => write!(out, "\\x{n:02x}").unwrap_or_default(),
                n @ ..=0xFFFF => write!(out, "\\u{n:04x}").unwrap_or_default(),
                n => write!(out, "\\U{n:08x}").unwrap_or_default(),
            },
            c => out.push(c),
        }
    }
    out.push(quote);
}

fn write_bytes(s: &[u8], out: &mut String) {
    let quote = if s.contains(&b'\'') && !s.contains(&b'"') {
        b'"'
    } else {
        b'\''
    };
    out.push('b');
    out.push(quote as char);
    for &b in s {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            b if b == quote => {
                out.push('\\');
                out.push(b as char);
            }
            0x20..=0x7E => out.push(b as char),
            b => write!(out, "\\x{b:02x}").unwrap_or_default(),
        }
    }
    out.push(quote as char);
}
