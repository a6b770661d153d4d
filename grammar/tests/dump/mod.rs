//! The syntax tree as text, for comparison with CPython's: `ast.dump` without contexts, positions as `@line:column-line:column`,
//! strings in hexadecimal, and `elif` clauses nested as CPython nests them.

use std::fmt::Write as _;

use taipan_grammar::ast::*;
use taipan_grammar::{Interner, LineIndex};

struct Dump<'p> {
    out: String,
    names: &'p Interner,
    lines: &'p LineIndex,
}

/// The tree in the notation of `record.py`.
pub fn dump(module: &Mod<'_>, names: &Interner, lines: &LineIndex) -> String {
    let mut dump = Dump {
        out: String::new(),
        names,
        lines,
    };
    dump.module(module);
    dump.out
}

macro_rules! node {
    ($d:expr, $name:expr, $span:expr, { $($field:ident : $value:expr),* $(,)? }) => {{
        $d.out.push_str($name);
        $d.out.push('(');
        #[allow(unused_mut, unused_assignments)]
        let mut first = true;
        $(
            if !first { $d.out.push_str(", "); }
            first = false;
            $d.out.push_str(concat!(stringify!($field), "="));
            $value;
        )*
        $d.end(first, $span);
    }};
}

impl Dump<'_> {
    fn end(&mut self, first: bool, span: Option<Span>) {
        if let Some(span) = span {
            let (l, c) = self.lines.line_col(span.start);
            let (el, ec) = self.lines.line_col(span.end);
            let _ = write!(
                self.out,
                "{}@{l}:{c}-{el}:{ec}",
                if first { "" } else { ", " }
            );
        }
        self.out.push(')');
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.out.push('[');
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            each(self, item);
        }
        self.out.push(']');
    }

    fn opt<T>(&mut self, item: Option<T>, each: impl FnOnce(&mut Self, T)) {
        match item {
            Some(item) => each(self, item),
            None => self.out.push_str("None"),
        }
    }

    fn sym(&mut self, name: Symbol) {
        let text = self.names.get(name).to_owned();
        let _ = write!(self.out, "'{text}'");
    }

    fn exprs(&mut self, items: &[ExprRef<'_>]) {
        self.list(items, |d, e| d.expr(e));
    }

    fn module(&mut self, m: &Mod<'_>) {
        match m {
            Mod::Module(b) => node!(self, "Module", None, { body: self.body(b) }),
            Mod::Interactive(b) => node!(self, "Interactive", None, { body: self.body(b) }),
            Mod::Expression(e) => node!(self, "Expression", None, { body: self.expr(e) }),
        }
    }

    fn body(&mut self, b: &[Stmt<'_>]) {
        self.list(b, |d, s| d.stmt(s));
    }

    fn function(&mut self, name: &str, f: &FunctionDef<'_>, s: Span) {
        node!(self, name, Some(s), {
            name: self.sym(f.name.name), args: self.arguments(f.args), body: self.body(f.body),
            decorator_list: self.exprs(f.decorators), returns: self.opt(f.returns, |d, e| d.expr(e)),
            type_params: self.type_params(f.type_params)
        })
    }

    fn for_(&mut self, name: &str, f: &For<'_>, s: Span) {
        node!(self, name, Some(s), { target: self.expr(f.target), iter: self.expr(f.iter), body: self.body(f.body), orelse: self.body(f.orelse) })
    }

    fn with(&mut self, name: &str, w: &With<'_>, s: Span) {
        node!(self, name, Some(s), {
            items: self.list(w.items, |d, i| node!(d, "withitem", None, {
                context_expr: d.expr(i.context_expr), optional_vars: d.opt(i.optional_vars, |d, e| d.expr(e)) })),
            body: self.body(w.body)
        })
    }

    fn try_(&mut self, name: &str, t: &Try<'_>, s: Span) {
        node!(self, name, Some(s), {
            body: self.body(t.body),
            handlers: self.list(t.handlers, |d, h| node!(d, "ExceptHandler", Some(h.span), {
                type: d.opt(h.typ, |d, e| d.expr(e)), name: d.opt(h.name, |d, n| d.sym(n.name)), body: d.body(h.body) })),
            orelse: self.body(t.orelse), finalbody: self.body(t.finalbody)
        })
    }

    fn if_(&mut self, clauses: &[IfClause<'_>], orelse: &[Stmt<'_>], end: u32) {
        let mut open = 0;
        for (i, c) in clauses.iter().enumerate() {
            self.out.push_str("If(test=");
            self.expr(c.test);
            self.out.push_str(", body=");
            self.body(c.body);
            self.out.push_str(", orelse=");
            if i + 1 < clauses.len() {
                self.out.push('[');
            } else {
                self.body(orelse);
            }
            open += 1;
        }
        for i in (0..open).rev() {
            self.out.push_str(", ");
            self.end(
                true,
                Some(Span {
                    start: clauses[i].span.start,
                    end,
                }),
            );
            if i > 0 {
                self.out.push(']');
            }
        }
    }

    fn stmt(&mut self, s: &Stmt<'_>) {
        let at = Some(s.span);
        match s.kind {
            StmtKind::FunctionDef(f) => self.function("FunctionDef", f, s.span),
            StmtKind::AsyncFunctionDef(f) => self.function("AsyncFunctionDef", f, s.span),
            StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                decorators,
                type_params,
            } => node!(self, "ClassDef", at, {
                name: self.sym(name.name), bases: self.exprs(bases), keywords: self.keywords(keywords), body: self.body(body),
                decorator_list: self.exprs(decorators), type_params: self.type_params(type_params)
            }),
            StmtKind::Return(e) => {
                node!(self, "Return", at, { value: self.opt(*e, |d, e| d.expr(e)) })
            }
            StmtKind::Delete(t) => node!(self, "Delete", at, { targets: self.exprs(t) }),
            StmtKind::Assign { targets, value } => {
                node!(self, "Assign", at, { targets: self.exprs(targets), value: self.expr(value) })
            }
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => node!(self, "TypeAlias", at, {
                name: self.expr(name), type_params: self.type_params(type_params), value: self.expr(value) }),
            StmtKind::AugAssign { target, op, value } => node!(self, "AugAssign", at, {
                target: self.expr(target), op: { let _ = write!(self.out, "{op:?}()"); }, value: self.expr(value) }),
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => node!(self, "AnnAssign", at, {
                target: self.expr(target), annotation: self.expr(annotation), value: self.opt(*value, |d, e| d.expr(e)),
                simple: { let _ = write!(self.out, "{}", u8::from(*simple)); } }),
            StmtKind::For(f) => self.for_("For", f, s.span),
            StmtKind::AsyncFor(f) => self.for_("AsyncFor", f, s.span),
            StmtKind::While { test, body, orelse } => {
                node!(self, "While", at, { test: self.expr(test), body: self.body(body), orelse: self.body(orelse) })
            }
            StmtKind::If { clauses, orelse } => self.if_(clauses, orelse, s.span.end),
            StmtKind::With(w) => self.with("With", w, s.span),
            StmtKind::AsyncWith(w) => self.with("AsyncWith", w, s.span),
            StmtKind::Match { subject, cases } => node!(self, "Match", at, {
                subject: self.expr(subject),
                cases: self.list(cases, |d, c| node!(d, "match_case", None, {
                    pattern: d.pattern(c.pattern), guard: d.opt(c.guard, |d, e| d.expr(e)), body: d.body(c.body) })) }),
            StmtKind::Raise { exc, cause } => {
                node!(self, "Raise", at, { exc: self.opt(*exc, |d, e| d.expr(e)), cause: self.opt(*cause, |d, e| d.expr(e)) })
            }
            StmtKind::Try(t) => self.try_("Try", t, s.span),
            StmtKind::TryStar(t) => self.try_("TryStar", t, s.span),
            StmtKind::Assert { test, msg } => {
                node!(self, "Assert", at, { test: self.expr(test), msg: self.opt(*msg, |d, e| d.expr(e)) })
            }
            StmtKind::Import(names) => node!(self, "Import", at, { names: self.aliases(names) }),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => node!(self, "ImportFrom", at, {
                module: self.opt(*module, |d, m| d.sym(m.name)), names: self.aliases(names),
                level: { let _ = write!(self.out, "{level}"); } }),
            StmtKind::Global(n) => {
                node!(self, "Global", at, { names: self.list(n, |d, n| d.sym(n.name)) })
            }
            StmtKind::Nonlocal(n) => {
                node!(self, "Nonlocal", at, { names: self.list(n, |d, n| d.sym(n.name)) })
            }
            StmtKind::Expr(e) => node!(self, "Expr", at, { value: self.expr(e) }),
            StmtKind::Pass => node!(self, "Pass", at, {}),
            StmtKind::Break => node!(self, "Break", at, {}),
            StmtKind::Continue => node!(self, "Continue", at, {}),
        }
    }

    fn aliases(&mut self, names: &[Alias<'_>]) {
        self.list(names, |d, a| node!(d, "alias", Some(a.span), { name: d.sym(a.name.name), asname: d.opt(a.asname, |d, n| d.sym(n.name)) }));
    }

    fn keywords(&mut self, keywords: &[Keyword<'_>]) {
        self.list(keywords, |d, k| node!(d, "keyword", Some(k.span), { arg: d.opt(k.arg, |d, n| d.sym(n.name)), value: d.expr(k.value) }));
    }

    fn type_params(&mut self, params: &[TypeParam<'_>]) {
        self.list(params, |d, p| {
            if p.kind == TypeParamKind::TypeVar {
                node!(d, "TypeVar", Some(p.span), { name: d.sym(p.name.name), bound: d.opt(p.bound, |d, e| d.expr(e)),
                    default_value: d.opt(p.default, |d, e| d.expr(e)) })
            } else {
                let name = format!("{:?}", p.kind);
                node!(d, &name, Some(p.span), { name: d.sym(p.name.name), default_value: d.opt(p.default, |d, e| d.expr(e)) })
            }
        });
    }

    fn arg(&mut self, a: &Arg<'_>) {
        node!(self, "arg", Some(a.span), { arg: self.sym(a.arg.name), annotation: self.opt(a.annotation, |d, e| d.expr(e)) })
    }

    fn arguments(&mut self, a: &Arguments<'_>) {
        node!(self, "arguments", None, {
            posonlyargs: self.list(a.posonlyargs, |d, a| d.arg(a)), args: self.list(a.args, |d, a| d.arg(a)),
            vararg: self.opt(a.vararg, |d, a| d.arg(a)), kwonlyargs: self.list(a.kwonlyargs, |d, a| d.arg(a)),
            kw_defaults: self.list(a.kw_defaults, |d, e| d.opt(*e, |d, e| d.expr(e))), kwarg: self.opt(a.kwarg, |d, a| d.arg(a)),
            defaults: self.exprs(a.defaults)
        })
    }

    fn comprehensions(&mut self, gens: &[Comprehension<'_>]) {
        self.list(gens, |d, g| {
            node!(d, "comprehension", None, {
            target: d.expr(g.target), iter: d.expr(g.iter), ifs: d.exprs(g.ifs),
            is_async: { let _ = write!(d.out, "{}", u8::from(g.is_async)); } })
        });
    }

    fn debug(&mut self, value: impl std::fmt::Debug) {
        let _ = write!(self.out, "{value:?}()");
    }

    fn conversion(&mut self, c: Option<u8>) {
        let _ = write!(self.out, "{}", c.map_or(-1, i32::from));
    }

    fn expr(&mut self, e: &Expr<'_>) {
        let at = Some(e.span);
        match e.kind {
            ExprKind::BoolOp { op, values } => {
                node!(self, "BoolOp", at, { op: self.debug(op), values: self.exprs(values) })
            }
            ExprKind::NamedExpr { target, value } => {
                node!(self, "NamedExpr", at, { target: self.expr(target), value: self.expr(value) })
            }
            ExprKind::BinOp { left, op, right } => {
                node!(self, "BinOp", at, { left: self.expr(left), op: self.debug(op), right: self.expr(right) })
            }
            ExprKind::UnaryOp { op, operand } => {
                node!(self, "UnaryOp", at, { op: self.debug(op), operand: self.expr(operand) })
            }
            ExprKind::Lambda { args, body } => {
                node!(self, "Lambda", at, { args: self.arguments(args), body: self.expr(body) })
            }
            ExprKind::IfExp { test, body, orelse } => {
                node!(self, "IfExp", at, { test: self.expr(test), body: self.expr(body), orelse: self.expr(orelse) })
            }
            ExprKind::Dict(items) => node!(self, "Dict", at, {
                keys: self.list(items, |d, i| d.opt(i.0, |d, e| d.expr(e))), values: self.list(items, |d, i| d.expr(i.1)) }),
            ExprKind::Set(elts) => node!(self, "Set", at, { elts: self.exprs(elts) }),
            ExprKind::ListComp { elt, generators } => {
                node!(self, "ListComp", at, { elt: self.expr(elt), generators: self.comprehensions(generators) })
            }
            ExprKind::SetComp { elt, generators } => {
                node!(self, "SetComp", at, { elt: self.expr(elt), generators: self.comprehensions(generators) })
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => node!(self, "DictComp", at, {
                key: self.expr(key), value: self.expr(value), generators: self.comprehensions(generators) }),
            ExprKind::GeneratorExp { elt, generators } => {
                node!(self, "GeneratorExp", at, { elt: self.expr(elt), generators: self.comprehensions(generators) })
            }
            ExprKind::Await(v) => node!(self, "Await", at, { value: self.expr(v) }),
            ExprKind::Yield(v) => {
                node!(self, "Yield", at, { value: self.opt(v, |d, e| d.expr(e)) })
            }
            ExprKind::YieldFrom(v) => node!(self, "YieldFrom", at, { value: self.expr(v) }),
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => node!(self, "Compare", at, {
                left: self.expr(left), ops: self.list(ops, |d, o| d.debug(*o)), comparators: self.exprs(comparators) }),
            ExprKind::Call {
                func,
                args,
                keywords,
            } => node!(self, "Call", at, {
                func: self.expr(func), args: self.exprs(args), keywords: self.keywords(keywords) }),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => node!(self, "FormattedValue", at, {
                value: self.expr(value), conversion: self.conversion(conversion),
                format_spec: self.opt(format_spec, |d, e| d.expr(e)) }),
            ExprKind::Interpolation {
                value,
                text,
                conversion,
                format_spec,
            } => node!(self, "Interpolation", at, {
                value: self.expr(value), str: self.bytes(text), conversion: self.conversion(conversion),
                format_spec: self.opt(format_spec, |d, e| d.expr(e)) }),
            ExprKind::JoinedStr(v) => node!(self, "JoinedStr", at, { values: self.exprs(v) }),
            ExprKind::TemplateStr(v) => node!(self, "TemplateStr", at, { values: self.exprs(v) }),
            ExprKind::Constant(c) => node!(self, "Constant", at, { value: self.constant(&c),
                kind: self.out.push_str(if matches!(c, Constant::Str { u_prefix: true, .. }) { "'u'" } else { "None" }) }),
            ExprKind::Attribute { value, attr } => {
                node!(self, "Attribute", at, { value: self.expr(value), attr: self.sym(attr.name) })
            }
            ExprKind::Subscript { value, slice } => {
                node!(self, "Subscript", at, { value: self.expr(value), slice: self.expr(slice) })
            }
            ExprKind::Starred(v) => node!(self, "Starred", at, { value: self.expr(v) }),
            ExprKind::Name(n) => node!(self, "Name", at, { id: self.sym(n) }),
            ExprKind::List(v) => node!(self, "List", at, { elts: self.exprs(v) }),
            ExprKind::Tuple(v) => node!(self, "Tuple", at, { elts: self.exprs(v) }),
            ExprKind::Slice { lower, upper, step } => node!(self, "Slice", at, {
                lower: self.opt(lower, |d, e| d.expr(e)), upper: self.opt(upper, |d, e| d.expr(e)), step: self.opt(step, |d, e| d.expr(e)) }),
        }
    }

    fn bytes(&mut self, value: &[u8]) {
        self.out.push('"');
        for b in value {
            let _ = write!(self.out, "{b:02x}");
        }
        self.out.push('"');
    }

    fn constant(&mut self, c: &Constant<'_>) {
        match c {
            Constant::None => self.out.push_str("None"),
            Constant::True => self.out.push_str("True"),
            Constant::False => self.out.push_str("False"),
            Constant::Ellipsis => self.out.push_str("Ellipsis"),
            Constant::Int(i) => {
                let _ = write!(self.out, "0x{i:x}");
            }
            Constant::BigInt { digits, radix: 16 } => {
                let _ = write!(self.out, "0x{}", digits.to_ascii_lowercase());
            }
            Constant::BigInt { digits, radix } => {
                let _ = write!(self.out, "big{radix}:{digits}");
            }
            Constant::Float(f) => {
                let _ = write!(self.out, "f{:016x}", f.to_bits());
            }
            Constant::Complex(f) => {
                let _ = write!(self.out, "j{:016x}", f.to_bits());
            }
            Constant::Str { value, .. } => self.bytes(value),
            Constant::Bytes(value) => {
                self.out.push('b');
                self.bytes(value);
            }
        }
    }

    fn pattern(&mut self, p: &Pattern<'_>) {
        let at = Some(p.span);
        match p.kind {
            PatternKind::MatchValue(e) => node!(self, "MatchValue", at, { value: self.expr(e) }),
            PatternKind::MatchSingleton(c) => {
                node!(self, "MatchSingleton", at, { value: self.constant(&c) })
            }
            PatternKind::MatchSequence(v) => {
                node!(self, "MatchSequence", at, { patterns: self.list(v, |d, p| d.pattern(p)) })
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => node!(self, "MatchMapping", at, {
                keys: self.exprs(keys), patterns: self.list(patterns, |d, p| d.pattern(p)), rest: self.opt(rest, |d, n| d.sym(n.name)) }),
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => node!(self, "MatchClass", at, {
                cls: self.expr(cls), patterns: self.list(patterns, |d, p| d.pattern(p)),
                kwd_attrs: self.list(kwd_attrs, |d, n| d.sym(n.name)), kwd_patterns: self.list(kwd_patterns, |d, p| d.pattern(p)) }),
            PatternKind::MatchStar(n) => {
                node!(self, "MatchStar", at, { name: self.opt(n, |d, n| d.sym(n.name)) })
            }
            PatternKind::MatchAs { pattern, name } => node!(self, "MatchAs", at, {
                pattern: self.opt(pattern, |d, p| d.pattern(p)), name: self.opt(name, |d, n| d.sym(n.name)) }),
            PatternKind::MatchOr(v) => {
                node!(self, "MatchOr", at, { patterns: self.list(v, |d, p| d.pattern(p)) })
            }
        }
    }
}
