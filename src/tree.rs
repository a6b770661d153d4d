//! Syntax trees as Python objects: what `compile()` gives with `ast.PyCF_ONLY_AST`.

use crate::compile_hook::{parse_error, source_text};
use num_bigint::BigInt;
use std::collections::HashMap;
use taipan_grammar::ast::*;
use taipan_grammar::{Arena, Interner, LineIndex, Mode, ParseOptions, parse_with};
use taipan_vm::value::TypeObj;
use taipan_vm::vm::{
    CompileRequest, new_bigint, new_bytes, new_complex, new_float, new_int, new_list, new_str,
    new_wtf8,
};
use taipan_vm::{R, Ref, Vm, intern};

/// Parses for `Vm::parse_tree`.
pub fn parse_tree(vm: &mut Vm, request: &CompileRequest) -> R<Ref> {
    let source = source_text(vm, request)?;
    let mode = match request.mode {
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => Mode::Exec,
    };
    let arena = Arena::default();
    let mut interner = Interner::default();
    let parsed = parse_with(
        &source,
        mode,
        ParseOptions::default(),
        &arena,
        &mut interner,
    );
    let parsed = match parsed {
        Ok(p) => p,
        Err(e) => return Err(parse_error(vm, request, &source, &e)),
    };
    let module = vm.import("_ast")?;
    let mut tree = Tree {
        vm,
        module,
        names: &interner,
        lines: &parsed.lines,
        classes: HashMap::new(),
        marks: HashMap::new(),
    };
    tree.module(&parsed.module)
}

#[derive(Clone, Copy)]
enum Ctx {
    Load,
    Store,
    Del,
}

struct Tree<'t> {
    vm: &'t mut Vm,
    module: Ref,
    names: &'t Interner,
    lines: &'t LineIndex,
    classes: HashMap<&'static str, Ref>,
    /// Nodes without contents, one of each: contexts and operators.
    marks: HashMap<&'static str, Ref>,
}

type Fields = Vec<(&'static str, Ref)>;

impl Tree<'_> {
    fn class(&mut self, name: &'static str) -> R<Ref> {
        if let Some(c) = self.classes.get(name) {
            return Ok(c.clone());
        }
        let class = self.vm.getattr_str(&self.module.clone(), name)?;
        self.classes.insert(name, class.clone());
        Ok(class)
    }
    fn bare(&mut self, name: &'static str, fields: Fields) -> R<Ref> {
        let class = self.class(name)?;
        let Some(t) = class.cast::<TypeObj>() else {
            return Err(self.vm.type_error("a syntax tree class is required"));
        };
        let node = Ref::new_instance(t);
        for (field, value) in fields {
            self.vm.set_instance_attr(&node, &intern(field), value);
        }
        Ok(node)
    }
    fn mark(&mut self, name: &'static str) -> R<Ref> {
        if let Some(m) = self.marks.get(name) {
            return Ok(m.clone());
        }
        let m = self.bare(name, vec![])?;
        self.marks.insert(name, m.clone());
        Ok(m)
    }
    fn node(&mut self, name: &'static str, span: Span, mut fields: Fields) -> R<Ref> {
        let (line, col) = self.lines.line_col(span.start);
        let (end_line, end_col) = self.lines.line_col(span.end);
        fields.extend([
            ("lineno", new_int(line as i64)),
            ("col_offset", new_int(col as i64)),
            ("end_lineno", new_int(end_line as i64)),
            ("end_col_offset", new_int(end_col as i64)),
        ]);
        self.bare(name, fields)
    }
    fn name(&self, s: Symbol) -> Ref {
        intern(self.names.get(s))
    }
    fn ident(&self, i: Option<Ident>) -> Ref {
        i.map_or_else(Ref::none, |i| self.name(i.name))
    }
    fn idents(&self, list: &[Ident]) -> Ref {
        new_list(list.iter().map(|i| self.name(i.name)).collect())
    }

    fn module(&mut self, m: &Mod) -> R<Ref> {
        match m {
            Mod::Module(body) => {
                let body = self.body(body)?;
                self.bare(
                    "Module",
                    vec![("body", body), ("type_ignores", new_list(vec![]))],
                )
            }
            Mod::Interactive(body) => {
                let body = self.body(body)?;
                self.bare("Interactive", vec![("body", body)])
            }
            Mod::Expression(e) => {
                let body = self.expr(e, Ctx::Load)?;
                self.bare("Expression", vec![("body", body)])
            }
        }
    }

    fn body(&mut self, body: &[Stmt]) -> R<Ref> {
        let mut out = Vec::with_capacity(body.len());
        for s in body {
            out.push(self.stmt(s)?);
        }
        Ok(new_list(out))
    }
    fn exprs(&mut self, list: &[ExprRef], ctx: Ctx) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for e in list {
            out.push(self.expr(e, ctx)?);
        }
        Ok(new_list(out))
    }
    fn opt(&mut self, e: Option<ExprRef>) -> R<Ref> {
        match e {
            Some(e) => self.expr(e, Ctx::Load),
            None => Ok(Ref::none()),
        }
    }
    fn load(&mut self, e: ExprRef) -> R<Ref> {
        self.expr(e, Ctx::Load)
    }

    fn stmt(&mut self, s: &Stmt) -> R<Ref> {
        self.vm.check_native_stack()?;
        let span = s.span;
        let (name, fields): (&'static str, Fields) = match s.kind {
            StmtKind::FunctionDef(f) => ("FunctionDef", self.function(f)?),
            StmtKind::AsyncFunctionDef(f) => ("AsyncFunctionDef", self.function(f)?),
            StmtKind::ClassDef {
                name,
                bases,
                keywords,
                body,
                decorators,
                type_params,
            } => (
                "ClassDef",
                vec![
                    ("name", self.name(name.name)),
                    ("bases", self.exprs(bases, Ctx::Load)?),
                    ("keywords", self.keywords(keywords)?),
                    ("body", self.body(body)?),
                    ("decorator_list", self.exprs(decorators, Ctx::Load)?),
                    ("type_params", self.type_params(type_params)?),
                ],
            ),
            StmtKind::Return(v) => ("Return", vec![("value", self.opt(*v)?)]),
            StmtKind::Delete(t) => ("Delete", vec![("targets", self.exprs(t, Ctx::Del)?)]),
            StmtKind::Assign { targets, value } => (
                "Assign",
                vec![
                    ("targets", self.exprs(targets, Ctx::Store)?),
                    ("value", self.load(value)?),
                    ("type_comment", Ref::none()),
                ],
            ),
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => (
                "TypeAlias",
                vec![
                    ("name", self.expr(name, Ctx::Store)?),
                    ("type_params", self.type_params(type_params)?),
                    ("value", self.load(value)?),
                ],
            ),
            StmtKind::AugAssign { target, op, value } => (
                "AugAssign",
                vec![
                    ("target", self.expr(target, Ctx::Store)?),
                    ("op", self.mark(operator(*op))?),
                    ("value", self.load(value)?),
                ],
            ),
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => (
                "AnnAssign",
                vec![
                    ("target", self.expr(target, Ctx::Store)?),
                    ("annotation", self.load(annotation)?),
                    ("value", self.opt(*value)?),
                    ("simple", new_int(*simple as i64)),
                ],
            ),
            StmtKind::For(f) => ("For", self.for_loop(f)?),
            StmtKind::AsyncFor(f) => ("AsyncFor", self.for_loop(f)?),
            StmtKind::While { test, body, orelse } => (
                "While",
                vec![
                    ("test", self.load(test)?),
                    ("body", self.body(body)?),
                    ("orelse", self.body(orelse)?),
                ],
            ),
            StmtKind::If { clauses, orelse } => return self.if_statement(span, clauses, orelse),
            StmtKind::With(w) => ("With", self.with(w)?),
            StmtKind::AsyncWith(w) => ("AsyncWith", self.with(w)?),
            StmtKind::Match { subject, cases } => {
                let subject = self.load(subject)?;
                let mut out = Vec::with_capacity(cases.len());
                for c in *cases {
                    let fields = vec![
                        ("pattern", self.pattern(c.pattern)?),
                        ("guard", self.opt(c.guard)?),
                        ("body", self.body(c.body)?),
                    ];
                    out.push(self.bare("match_case", fields)?);
                }
                (
                    "Match",
                    vec![("subject", subject), ("cases", new_list(out))],
                )
            }
            StmtKind::Raise { exc, cause } => (
                "Raise",
                vec![("exc", self.opt(*exc)?), ("cause", self.opt(*cause)?)],
            ),
            StmtKind::Try(t) => ("Try", self.try_statement(t)?),
            StmtKind::TryStar(t) => ("TryStar", self.try_statement(t)?),
            StmtKind::Assert { test, msg } => (
                "Assert",
                vec![("test", self.load(test)?), ("msg", self.opt(*msg)?)],
            ),
            StmtKind::Import(names) => ("Import", vec![("names", self.aliases(names)?)]),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => (
                "ImportFrom",
                vec![
                    ("module", self.ident(*module)),
                    ("names", self.aliases(names)?),
                    ("level", new_int(*level as i64)),
                ],
            ),
            StmtKind::Global(n) => ("Global", vec![("names", self.idents(n))]),
            StmtKind::Nonlocal(n) => ("Nonlocal", vec![("names", self.idents(n))]),
            StmtKind::Expr(e) => ("Expr", vec![("value", self.load(e)?)]),
            StmtKind::Pass => ("Pass", vec![]),
            StmtKind::Break => ("Break", vec![]),
            StmtKind::Continue => ("Continue", vec![]),
        };
        self.node(name, span, fields)
    }

    /// Clauses from the last one backwards, each the `else` of the one before.
    fn if_statement(&mut self, span: Span, clauses: &[IfClause], orelse: Body) -> R<Ref> {
        let mut rest = self.body(orelse)?;
        for (i, c) in clauses.iter().enumerate().rev() {
            let fields = vec![
                ("test", self.load(c.test)?),
                ("body", self.body(c.body)?),
                ("orelse", rest),
            ];
            let start = if i == 0 { span.start } else { c.span.start };
            let place = Span {
                start,
                end: span.end,
            };
            let node = self.node("If", place, fields)?;
            if i == 0 {
                return Ok(node);
            }
            rest = new_list(vec![node]);
        }
        Ok(Ref::none())
    }
    fn function(&mut self, f: &FunctionDef) -> R<Fields> {
        Ok(vec![
            ("name", self.name(f.name.name)),
            ("args", self.arguments(f.args)?),
            ("body", self.body(f.body)?),
            ("decorator_list", self.exprs(f.decorators, Ctx::Load)?),
            ("returns", self.opt(f.returns)?),
            ("type_comment", Ref::none()),
            ("type_params", self.type_params(f.type_params)?),
        ])
    }
    fn for_loop(&mut self, f: &For) -> R<Fields> {
        Ok(vec![
            ("target", self.expr(f.target, Ctx::Store)?),
            ("iter", self.load(f.iter)?),
            ("body", self.body(f.body)?),
            ("orelse", self.body(f.orelse)?),
            ("type_comment", Ref::none()),
        ])
    }
    fn with(&mut self, w: &With) -> R<Fields> {
        let mut items = Vec::with_capacity(w.items.len());
        for i in w.items {
            let vars = match i.optional_vars {
                Some(v) => self.expr(v, Ctx::Store)?,
                None => Ref::none(),
            };
            let fields = vec![
                ("context_expr", self.load(i.context_expr)?),
                ("optional_vars", vars),
            ];
            items.push(self.bare("withitem", fields)?);
        }
        Ok(vec![
            ("items", new_list(items)),
            ("body", self.body(w.body)?),
            ("type_comment", Ref::none()),
        ])
    }
    fn try_statement(&mut self, t: &Try) -> R<Fields> {
        let body = self.body(t.body)?;
        let mut handlers = Vec::with_capacity(t.handlers.len());
        for h in t.handlers {
            let fields = vec![
                ("type", self.opt(h.typ)?),
                ("name", self.ident(h.name)),
                ("body", self.body(h.body)?),
            ];
            handlers.push(self.node("ExceptHandler", h.span, fields)?);
        }
        Ok(vec![
            ("body", body),
            ("handlers", new_list(handlers)),
            ("orelse", self.body(t.orelse)?),
            ("finalbody", self.body(t.finalbody)?),
        ])
    }
    fn aliases(&mut self, names: &[Alias]) -> R<Ref> {
        let mut out = Vec::with_capacity(names.len());
        for n in names {
            let fields = vec![
                ("name", self.name(n.name.name)),
                ("asname", self.ident(n.asname)),
            ];
            out.push(self.node("alias", n.span, fields)?);
        }
        Ok(new_list(out))
    }
    fn keywords(&mut self, list: &[Keyword]) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for k in list {
            let fields = vec![("arg", self.ident(k.arg)), ("value", self.load(k.value)?)];
            out.push(self.node("keyword", k.span, fields)?);
        }
        Ok(new_list(out))
    }
    fn type_params(&mut self, list: &[TypeParam]) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for p in list {
            let mut fields = vec![("name", self.name(p.name.name))];
            let class = match p.kind {
                TypeParamKind::TypeVar => {
                    fields.push(("bound", self.opt(p.bound)?));
                    "TypeVar"
                }
                TypeParamKind::ParamSpec => "ParamSpec",
                TypeParamKind::TypeVarTuple => "TypeVarTuple",
            };
            fields.push(("default_value", self.opt(p.default)?));
            out.push(self.node(class, p.span, fields)?);
        }
        Ok(new_list(out))
    }
    fn arg(&mut self, a: &Arg) -> R<Ref> {
        let fields = vec![
            ("arg", self.name(a.arg.name)),
            ("annotation", self.opt(a.annotation)?),
            ("type_comment", Ref::none()),
        ];
        self.node("arg", a.span, fields)
    }
    fn args(&mut self, list: &[Arg]) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for a in list {
            out.push(self.arg(a)?);
        }
        Ok(new_list(out))
    }
    fn arguments(&mut self, a: &Arguments) -> R<Ref> {
        let mut kw_defaults = Vec::with_capacity(a.kw_defaults.len());
        for d in a.kw_defaults {
            kw_defaults.push(self.opt(*d)?);
        }
        let vararg = match a.vararg {
            Some(v) => self.arg(v)?,
            None => Ref::none(),
        };
        let kwarg = match a.kwarg {
            Some(v) => self.arg(v)?,
            None => Ref::none(),
        };
        let fields = vec![
            ("posonlyargs", self.args(a.posonlyargs)?),
            ("args", self.args(a.args)?),
            ("vararg", vararg),
            ("kwonlyargs", self.args(a.kwonlyargs)?),
            ("kw_defaults", new_list(kw_defaults)),
            ("kwarg", kwarg),
            ("defaults", self.exprs(a.defaults, Ctx::Load)?),
        ];
        self.bare("arguments", fields)
    }
    fn generators(&mut self, list: &[Comprehension]) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for g in list {
            let fields = vec![
                ("target", self.expr(g.target, Ctx::Store)?),
                ("iter", self.load(g.iter)?),
                ("ifs", self.exprs(g.ifs, Ctx::Load)?),
                ("is_async", new_int(g.is_async as i64)),
            ];
            out.push(self.bare("comprehension", fields)?);
        }
        Ok(new_list(out))
    }

    fn expr(&mut self, e: ExprRef, ctx: Ctx) -> R<Ref> {
        self.vm.check_native_stack()?;
        let context = match ctx {
            Ctx::Load => "Load",
            Ctx::Store => "Store",
            Ctx::Del => "Del",
        };
        let (name, fields): (&'static str, Fields) = match &e.kind {
            ExprKind::BoolOp { op, values } => {
                let op = match op {
                    BoolOp::And => "And",
                    BoolOp::Or => "Or",
                };
                (
                    "BoolOp",
                    vec![
                        ("op", self.mark(op)?),
                        ("values", self.exprs(values, Ctx::Load)?),
                    ],
                )
            }
            ExprKind::NamedExpr { target, value } => (
                "NamedExpr",
                vec![
                    ("target", self.expr(target, Ctx::Store)?),
                    ("value", self.load(value)?),
                ],
            ),
            ExprKind::BinOp { left, op, right } => (
                "BinOp",
                vec![
                    ("left", self.load(left)?),
                    ("op", self.mark(operator(*op))?),
                    ("right", self.load(right)?),
                ],
            ),
            ExprKind::UnaryOp { op, operand } => {
                let op = match op {
                    UnaryOp::Invert => "Invert",
                    UnaryOp::Not => "Not",
                    UnaryOp::UAdd => "UAdd",
                    UnaryOp::USub => "USub",
                };
                (
                    "UnaryOp",
                    vec![("op", self.mark(op)?), ("operand", self.load(operand)?)],
                )
            }
            ExprKind::Lambda { args, body } => (
                "Lambda",
                vec![("args", self.arguments(args)?), ("body", self.load(body)?)],
            ),
            ExprKind::IfExp { test, body, orelse } => (
                "IfExp",
                vec![
                    ("test", self.load(test)?),
                    ("body", self.load(body)?),
                    ("orelse", self.load(orelse)?),
                ],
            ),
            ExprKind::Dict(items) => {
                let (mut keys, mut values) = (Vec::new(), Vec::new());
                for (k, v) in *items {
                    keys.push(self.opt(*k)?);
                    values.push(self.load(v)?);
                }
                (
                    "Dict",
                    vec![("keys", new_list(keys)), ("values", new_list(values))],
                )
            }
            ExprKind::Set(items) => ("Set", vec![("elts", self.exprs(items, Ctx::Load)?)]),
            ExprKind::ListComp { elt, generators } => ("ListComp", self.comp(elt, generators)?),
            ExprKind::SetComp { elt, generators } => ("SetComp", self.comp(elt, generators)?),
            ExprKind::GeneratorExp { elt, generators } => {
                ("GeneratorExp", self.comp(elt, generators)?)
            }
            ExprKind::DictComp {
                key,
                value,
                generators,
            } => (
                "DictComp",
                vec![
                    ("key", self.load(key)?),
                    ("value", self.load(value)?),
                    ("generators", self.generators(generators)?),
                ],
            ),
            ExprKind::Await(v) => ("Await", vec![("value", self.load(v)?)]),
            ExprKind::Yield(v) => ("Yield", vec![("value", self.opt(*v)?)]),
            ExprKind::YieldFrom(v) => ("YieldFrom", vec![("value", self.load(v)?)]),
            ExprKind::Compare {
                left,
                ops,
                comparators,
            } => {
                let left = self.load(left)?;
                let mut marks = Vec::with_capacity(ops.len());
                for op in *ops {
                    marks.push(self.mark(comparison(*op))?);
                }
                (
                    "Compare",
                    vec![
                        ("left", left),
                        ("ops", new_list(marks)),
                        ("comparators", self.exprs(comparators, Ctx::Load)?),
                    ],
                )
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => (
                "Call",
                vec![
                    ("func", self.load(func)?),
                    ("args", self.exprs(args, Ctx::Load)?),
                    ("keywords", self.keywords(keywords)?),
                ],
            ),
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => (
                "FormattedValue",
                vec![
                    ("value", self.load(value)?),
                    ("conversion", new_int(conversion.map_or(-1, |c| c as i64))),
                    ("format_spec", self.opt(*format_spec)?),
                ],
            ),
            ExprKind::Interpolation {
                value,
                text,
                conversion,
                format_spec,
            } => (
                "Interpolation",
                vec![
                    ("value", self.load(value)?),
                    ("str", new_wtf8(text)),
                    ("conversion", new_int(conversion.map_or(-1, |c| c as i64))),
                    ("format_spec", self.opt(*format_spec)?),
                ],
            ),
            ExprKind::JoinedStr(v) => ("JoinedStr", vec![("values", self.exprs(v, Ctx::Load)?)]),
            ExprKind::TemplateStr(v) => {
                ("TemplateStr", vec![("values", self.exprs(v, Ctx::Load)?)])
            }
            ExprKind::Constant(c) => {
                let kind = match c {
                    Constant::Str { u_prefix: true, .. } => new_str("u"),
                    _ => Ref::none(),
                };
                ("Constant", vec![("value", constant(c)), ("kind", kind)])
            }
            ExprKind::Attribute { value, attr } => (
                "Attribute",
                vec![
                    ("value", self.load(value)?),
                    ("attr", self.name(attr.name)),
                    ("ctx", self.mark(context)?),
                ],
            ),
            ExprKind::Subscript { value, slice } => (
                "Subscript",
                vec![
                    ("value", self.load(value)?),
                    ("slice", self.load(slice)?),
                    ("ctx", self.mark(context)?),
                ],
            ),
            ExprKind::Starred(v) => (
                "Starred",
                vec![("value", self.expr(v, ctx)?), ("ctx", self.mark(context)?)],
            ),
            ExprKind::Name(n) => (
                "Name",
                vec![("id", self.name(*n)), ("ctx", self.mark(context)?)],
            ),
            ExprKind::List(v) => (
                "List",
                vec![("elts", self.exprs(v, ctx)?), ("ctx", self.mark(context)?)],
            ),
            ExprKind::Tuple(v) => (
                "Tuple",
                vec![("elts", self.exprs(v, ctx)?), ("ctx", self.mark(context)?)],
            ),
            ExprKind::Slice { lower, upper, step } => (
                "Slice",
                vec![
                    ("lower", self.opt(*lower)?),
                    ("upper", self.opt(*upper)?),
                    ("step", self.opt(*step)?),
                ],
            ),
        };
        self.node(name, e.span, fields)
    }
    fn comp(&mut self, elt: ExprRef, generators: &[Comprehension]) -> R<Fields> {
        Ok(vec![
            ("elt", self.load(elt)?),
            ("generators", self.generators(generators)?),
        ])
    }

    fn patterns(&mut self, list: &[Pattern]) -> R<Ref> {
        let mut out = Vec::with_capacity(list.len());
        for p in list {
            out.push(self.pattern(p)?);
        }
        Ok(new_list(out))
    }
    fn pattern(&mut self, p: &Pattern) -> R<Ref> {
        self.vm.check_native_stack()?;
        let (name, fields): (&'static str, Fields) = match &p.kind {
            PatternKind::MatchValue(e) => ("MatchValue", vec![("value", self.load(e)?)]),
            PatternKind::MatchSingleton(c) => ("MatchSingleton", vec![("value", constant(c))]),
            PatternKind::MatchSequence(l) => {
                ("MatchSequence", vec![("patterns", self.patterns(l)?)])
            }
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => (
                "MatchMapping",
                vec![
                    ("keys", self.exprs(keys, Ctx::Load)?),
                    ("patterns", self.patterns(patterns)?),
                    ("rest", self.ident(*rest)),
                ],
            ),
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => (
                "MatchClass",
                vec![
                    ("cls", self.load(cls)?),
                    ("patterns", self.patterns(patterns)?),
                    ("kwd_attrs", self.idents(kwd_attrs)),
                    ("kwd_patterns", self.patterns(kwd_patterns)?),
                ],
            ),
            PatternKind::MatchStar(n) => ("MatchStar", vec![("name", self.ident(*n))]),
            PatternKind::MatchAs { pattern, name } => {
                let inner = match pattern {
                    Some(p) => self.pattern(p)?,
                    None => Ref::none(),
                };
                (
                    "MatchAs",
                    vec![("pattern", inner), ("name", self.ident(*name))],
                )
            }
            PatternKind::MatchOr(l) => ("MatchOr", vec![("patterns", self.patterns(l)?)]),
        };
        self.node(name, p.span, fields)
    }
}

fn constant(c: &Constant) -> Ref {
    match c {
        Constant::None => Ref::none(),
        Constant::True => Ref::bool(true),
        Constant::False => Ref::bool(false),
        Constant::Ellipsis => Ref::ellipsis(),
        Constant::Int(n) => new_int(*n),
        Constant::BigInt { digits, radix } => {
            new_bigint(BigInt::parse_bytes(digits.as_bytes(), *radix).unwrap_or_default())
        }
        Constant::Float(x) => new_float(*x),
        Constant::Complex(x) => new_complex(0.0, *x),
        Constant::Str { value, .. } => new_wtf8(value),
        Constant::Bytes(b) => new_bytes(b),
    }
}

fn operator(op: Operator) -> &'static str {
    match op {
        Operator::Add => "Add",
        Operator::Sub => "Sub",
        Operator::Mult => "Mult",
        Operator::MatMult => "MatMult",
        Operator::Div => "Div",
        Operator::Mod => "Mod",
        Operator::Pow => "Pow",
        Operator::LShift => "LShift",
        Operator::RShift => "RShift",
        Operator::BitOr => "BitOr",
        Operator::BitXor => "BitXor",
        Operator::BitAnd => "BitAnd",
        Operator::FloorDiv => "FloorDiv",
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "Eq",
        CmpOp::NotEq => "NotEq",
        CmpOp::Lt => "Lt",
        CmpOp::LtE => "LtE",
        CmpOp::Gt => "Gt",
        CmpOp::GtE => "GtE",
        CmpOp::Is => "Is",
        CmpOp::IsNot => "IsNot",
        CmpOp::In => "In",
        CmpOp::NotIn => "NotIn",
    }
}
