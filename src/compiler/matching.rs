//! The `match` statement (PEP 634).
//!
//! While a pattern is tried, what it takes apart stays in temporaries: items, attributes, keys. Nothing is bound
//! before the whole pattern has matched. The temporaries that are live form a chain ([`Node`]), each node with the label
//! at which that temporary and all below it are dropped; a test that fails jumps to the label of the newest one.

use crate::asm::{Label, Reg};
use crate::error::Result;
use crate::scope::IntSet;
use crate::unit::Compiler;
use taipan_bytecode::{Const, Op};
use taipan_grammar::ast::*;

/// A live temporary, and where failing with it and its elders live leads.
struct Node {
    reg: Reg,
    label: Label,
    parent: usize,
}

struct Attempt {
    /// Node 0 stands for "nothing live"; its label is where a failed pattern goes.
    nodes: Vec<Node>,
    newest: usize,
    stores: Vec<(Symbol, Reg)>,
    names: IntSet<Symbol>,
    allow_irrefutable: bool,
}

impl Attempt {
    fn fail(&self) -> Label {
        self.nodes[self.newest].label
    }
}

impl<'a> Compiler<'a> {
    pub fn match_stmt(&mut self, subject: ExprRef<'a>, cases: &'a [MatchCase<'a>]) -> Result<()> {
        let end = self.label();
        let subject = match self.subject_in_place(subject, cases)? {
            Some(reg) => reg,
            None => self.expr_push(subject)?,
        };
        for (n, case) in cases.iter().enumerate() {
            let next = self.label();
            let mark = self.mark();
            let last = n + 1 == cases.len();
            let mut attempt = self.attempt(next, case.guard.is_some() || last);
            self.at(case.pattern.span);
            self.pattern(case.pattern, subject, &mut attempt)?;
            self.finish_attempt(attempt, subject, case.pattern.span)?;
            self.release(mark);
            if let Some(guard) = case.guard {
                self.jump_if(guard, false, next)?;
            }
            if subject.is_temp() {
                self.emit1(Op::Drop, subject);
            }
            self.body(case.body)?;
            self.jump(end);
            self.place(next);
        }
        if subject.is_temp() {
            self.emit1(Op::Drop, subject);
        }
        self.place(end);
        Ok(())
    }

    /// A plain local is matched where it is, unless a pattern or guard might rebind it in between.
    fn subject_in_place(
        &mut self,
        subject: ExprRef<'a>,
        cases: &[MatchCase<'a>],
    ) -> Result<Option<Reg>> {
        let ExprKind::Name(name) = subject.kind else {
            return Ok(None);
        };
        if self.local_of(name).is_none() {
            return Ok(None);
        }
        let mangled = self.mangled(name);
        if self.scopes.get(self.u.scope).walrus.contains(&mangled)
            || cases.iter().any(|c| captures(c.pattern, name))
        {
            return Ok(None);
        }
        self.operand(subject).map(Some)
    }

    fn attempt(&mut self, fail: Label, allow_irrefutable: bool) -> Attempt {
        Attempt {
            nodes: vec![Node {
                reg: Reg::NONE,
                label: fail,
                parent: 0,
            }],
            newest: 0,
            stores: Vec::new(),
            names: IntSet::default(),
            allow_irrefutable,
        }
    }

    /// A new live temporary, filled already.
    fn keep(&mut self, reg: Reg, a: &mut Attempt) {
        let label = self.label();
        a.nodes.push(Node {
            reg,
            label,
            parent: a.newest,
        });
        a.newest = a.nodes.len() - 1;
    }

    /// The pattern has matched: binds its names, drops the other temporaries, and places the ways out for failure.
    fn finish_attempt(&mut self, a: Attempt, subject: Reg, span: Span) -> Result<()> {
        self.at(span);
        let mut moved: IntSet<u16> = IntSet::default();
        for (n, &(name, reg)) in a.stores.iter().enumerate() {
            let again = reg == subject || a.stores[n + 1..].iter().any(|(_, r)| *r == reg);
            if !again {
                self.store_name(name, reg)?;
                moved.insert(reg.0);
            } else if let Some(local) = self.local_of(name) {
                self.emit2(Op::Copy, local, reg);
                self.mark_bound(local);
            } else {
                let mark = self.mark();
                let copy = self.push();
                self.emit2(Op::Copy, copy, reg);
                self.store_name(name, copy)?;
                self.release(mark);
            }
        }
        let mut at = a.newest;
        while at != 0 {
            let node = &a.nodes[at];
            if !moved.contains(&node.reg.0) {
                self.emit1(Op::Drop, node.reg);
            }
            at = node.parent;
        }
        self.place_failures(&a);
        Ok(())
    }

    fn place_failures(&mut self, a: &Attempt) {
        let matched = self.label();
        let used = a.nodes[1..].iter().any(|n| self.u.asm.is_used(n.label));
        if !used {
            return;
        }
        self.jump(matched);
        for node in a.nodes[1..].iter().rev() {
            if self.u.asm.is_used(node.label) {
                self.place(node.label);
                self.emit1(Op::Drop, node.reg);
                self.jump(a.nodes[node.parent].label);
            }
        }
        self.place(matched);
    }

    /// A copy of `from` that an instruction may consume; a local is just read.
    fn peek(&mut self, from: Reg) -> Reg {
        if !from.is_temp() {
            return from;
        }
        let t = self.push();
        self.emit2(Op::Copy, t, from);
        t
    }

    fn pattern(&mut self, p: &'a Pattern<'a>, subject: Reg, a: &mut Attempt) -> Result<()> {
        self.deeper(p.span)?;
        self.at(p.span);
        match p.kind {
            PatternKind::MatchValue(e) => {
                if !is_literal_or_attribute(e) {
                    let m = "patterns may only match literals and attribute lookups";
                    return self.error(m, p.span);
                }
                self.match_value(e, subject, a)?;
            }
            PatternKind::MatchSingleton(ref c) => self.match_singleton(c, subject, a),
            PatternKind::MatchSequence(items) => self.match_sequence(p, items, subject, a)?,
            PatternKind::MatchMapping {
                keys,
                patterns,
                rest,
            } => self.match_mapping(p, keys, patterns, rest, subject, a)?,
            PatternKind::MatchClass {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => {
                self.match_class(p, cls, patterns, kwd_attrs, kwd_patterns, subject, a)?;
            }
            PatternKind::MatchStar(name) => self.capture(name, subject, p.span, a)?,
            PatternKind::MatchAs {
                pattern: None,
                name,
            } => {
                if !a.allow_irrefutable {
                    let m = match name {
                        Some(n) => format!(
                            "name capture '{}' makes remaining patterns unreachable",
                            self.text(n.name)
                        ),
                        None => "wildcard makes remaining patterns unreachable".to_string(),
                    };
                    return self.error(m, p.span);
                }
                self.capture(name, subject, p.span, a)?;
            }
            PatternKind::MatchAs {
                pattern: Some(inner),
                name,
            } => {
                self.pattern(inner, subject, a)?;
                self.capture(name, subject, p.span, a)?;
            }
            PatternKind::MatchOr(alternatives) => self.match_or(p, alternatives, subject, a)?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// A part of a larger pattern, in which anything may be irrefutable.
    fn subpattern(&mut self, p: &'a Pattern<'a>, subject: Reg, a: &mut Attempt) -> Result<()> {
        let old = std::mem::replace(&mut a.allow_irrefutable, true);
        self.pattern(p, subject, a)?;
        a.allow_irrefutable = old;
        Ok(())
    }

    fn capture(
        &mut self,
        name: Option<Ident>,
        subject: Reg,
        span: Span,
        a: &mut Attempt,
    ) -> Result<()> {
        let Some(name) = name else { return Ok(()) };
        if !a.names.insert(name.name) {
            let m = format!(
                "multiple assignments to name '{}' in pattern",
                self.text(name.name)
            );
            return self.error(m, span);
        }
        a.stores.push((name.name, subject));
        Ok(())
    }

    fn match_value(&mut self, e: ExprRef<'a>, subject: Reg, a: &Attempt) -> Result<()> {
        let mark = self.mark();
        let s = self.peek(subject);
        let span = self.u.asm.span;
        match self.immediate(e) {
            Some(imm) => self.u.asm.jump(Op::JumpNotEqImm, s.0, imm as u16, a.fail()),
            None => {
                let value = self.operand(e)?;
                self.at(span);
                self.u.asm.jump(Op::JumpNotEq, s.0, value.0, a.fail());
            }
        }
        self.release(mark);
        Ok(())
    }

    fn match_singleton(&mut self, c: &Constant<'a>, subject: Reg, a: &Attempt) {
        let mark = self.mark();
        let s = self.peek(subject);
        match c {
            Constant::None => self.u.asm.jump(Op::JumpIfNotNone, s.0, 0, a.fail()),
            _ => {
                let t = self.push();
                self.load_const(t, crate::fold::literal(c));
                self.u.asm.jump(Op::JumpIsNot, s.0, t.0, a.fail());
            }
        }
        self.release(mark);
    }

    /// Fails unless `op` (`MatchSequence`, `MatchMapping`) holds of the subject.
    fn require(&mut self, op: Op, subject: Reg, a: &Attempt) {
        let t = self.push();
        self.emit2(op, t, subject);
        self.u.asm.jump(Op::JumpIfFalse, t.0, 0, a.fail());
        self.release(self.mark() - 1);
    }

    fn require_len(&mut self, unless: Op, n: usize, subject: Reg, a: &Attempt) {
        let mark = self.mark();
        let t = self.push();
        self.emit2(Op::GetLen, t, subject);
        self.u.asm.jump(unless, t.0, n as u16, a.fail());
        self.release(mark);
    }

    fn match_sequence(
        &mut self,
        p: &Pattern<'a>,
        items: &'a [Pattern<'a>],
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        let is_star = |p: &&Pattern<'a>| matches!(p.kind, PatternKind::MatchStar(_));
        let is_wild = |p: &Pattern<'a>| {
            matches!(
                p.kind,
                PatternKind::MatchStar(None)
                    | PatternKind::MatchAs {
                        pattern: None,
                        name: None
                    }
            )
        };
        if items.iter().filter(is_star).count() > 1 {
            return self.error("multiple starred names in sequence pattern", p.span);
        }
        if items.len() > i16::MAX as usize {
            return self.error(
                "too many expressions in star-unpacking sequence pattern",
                p.span,
            );
        }
        let star = items.iter().position(|p| is_star(&p));
        self.require(Op::MatchSequence, subject, a);
        let size = items.len();
        match star {
            None => self.require_len(Op::JumpNotEqImm, size, subject, a),
            Some(_) if size > 1 => self.require_len(Op::JumpNotGeImm, size - 1, subject, a),
            Some(_) => {}
        }
        if items.iter().all(is_wild) {
            return Ok(());
        }
        if let Some(at) = star
            && is_wild(&items[at])
        {
            return self.match_items(items, at, subject, a);
        }
        if let Some(at) = star
            && (at >= 256 || size - at > 256)
        {
            return self.error(
                "too many expressions in star-unpacking sequence pattern",
                p.span,
            );
        }
        self.unpack_and_match(items, star, subject, a)
    }

    fn unpack_and_match(
        &mut self,
        items: &'a [Pattern<'a>],
        star: Option<usize>,
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        let first = self.push_n(items.len() as u16);
        let mark = self.mark();
        let s = self.peek(subject);
        self.emit_unpack(first, s, items.len(), star);
        self.release(mark);
        for n in 0..items.len() {
            self.keep(first.plus(n as u16), a);
        }
        for (n, item) in items.iter().enumerate() {
            self.subpattern(item, first.plus(n as u16), a)?;
        }
        Ok(())
    }

    /// `[a, *_, b]` looks at its items by number and leaves the others alone.
    fn match_items(
        &mut self,
        items: &'a [Pattern<'a>],
        star: usize,
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        for (n, item) in items.iter().enumerate() {
            if n == star
                || matches!(
                    item.kind,
                    PatternKind::MatchAs {
                        pattern: None,
                        name: None
                    }
                )
            {
                continue;
            }
            self.at(item.span);
            let value = self.push();
            let mark = self.mark();
            let s = self.peek(subject);
            let index = self.push();
            if n < star {
                self.load_const(index, Const::Int(n as i64));
            } else {
                self.emit2(Op::GetLen, index, subject);
                self.emit_raw(Op::SubImm, index.0, index.0, (items.len() - n) as u16);
            }
            self.emit(Op::LoadSubscr, value, s, index);
            self.release(mark);
            self.keep(value, a);
            self.subpattern(item, value, a)?;
        }
        Ok(())
    }

    fn match_mapping(
        &mut self,
        p: &Pattern<'a>,
        keys: &'a [ExprRef<'a>],
        patterns: &'a [Pattern<'a>],
        rest: Option<Ident>,
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        self.require(Op::MatchMapping, subject, a);
        if keys.is_empty() && rest.is_none() {
            return Ok(());
        }
        if keys.len() > i16::MAX as usize {
            return self.error("too many sub-patterns in mapping pattern", p.span);
        }
        if !keys.is_empty() {
            self.require_len(Op::JumpNotGeImm, keys.len(), subject, a);
        }
        self.check_keys(keys, p.span)?;
        let tuple = self.push();
        let constants: Option<Box<[Const]>> = keys.iter().map(|k| self.fold(k)).collect();
        match constants {
            Some(constants) => self.load_const(tuple, Const::Tuple(constants)),
            None => {
                self.list_pieces(keys, tuple)?;
                self.at(p.span);
                self.emit2(Op::ListToTuple, tuple, tuple);
            }
        }
        self.keep(tuple, a);
        if !keys.is_empty() {
            let values = self.push();
            let mark = self.mark();
            self.emit(Op::MatchKeys, values, subject, tuple);
            self.require_values(values, a);
            self.release(mark);
            self.take_apart(values, patterns.iter().collect(), a)?;
        }
        if let Some(name) = rest {
            let others = self.push();
            let mark = self.mark();
            let t = self.push();
            self.at(p.span);
            self.emit2(Op::Copy, t, tuple);
            self.emit(Op::MatchRest, others, subject, t);
            self.release(mark);
            self.keep(others, a);
            self.capture(Some(name), others, p.span, a)?;
        }
        Ok(())
    }

    /// Fails if `values` is None.
    fn require_values(&mut self, values: Reg, a: &Attempt) {
        let fine = self.label();
        let t = self.push();
        self.emit2(Op::Copy, t, values);
        self.u.asm.jump(Op::JumpIfNotNone, t.0, 0, fine);
        self.emit1(Op::Drop, values);
        self.jump(a.fail());
        self.place(fine);
        self.release(self.mark() - 1);
    }

    /// Matches the items of the tuple in `values`, which is consumed, one by one.
    fn take_apart(
        &mut self,
        values: Reg,
        patterns: Vec<&'a Pattern<'a>>,
        a: &mut Attempt,
    ) -> Result<()> {
        let n = patterns.len() as u16;
        let first = self.push_n(n);
        self.emit_raw(Op::Unpack, first.0, values.0, n);
        for i in 0..n {
            self.keep(first.plus(i), a);
        }
        for (i, p) in patterns.into_iter().enumerate() {
            self.subpattern(p, first.plus(i as u16), a)?;
        }
        Ok(())
    }

    fn check_keys(&self, keys: &'a [ExprRef<'a>], span: Span) -> Result<()> {
        let mut seen = std::collections::HashSet::new();
        for key in keys {
            if !is_literal_or_attribute(key) {
                let m = "mapping pattern keys may only match literals and attribute lookups";
                return self.error(m, span);
            }
            let Some(k) = self.fold(key) else { continue };
            if !seen.insert(key_identity(&k)) {
                let shown = crate::unparse::constant_text(&k);
                return self.error(
                    format!("mapping pattern checks duplicate key ({shown})"),
                    span,
                );
            }
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn match_class(
        &mut self,
        p: &Pattern<'a>,
        cls: ExprRef<'a>,
        patterns: &'a [Pattern<'a>],
        kwd_attrs: &'a [Ident],
        kwd_patterns: &'a [Pattern<'a>],
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        let mut seen = IntSet::default();
        for (attr, p) in kwd_attrs.iter().zip(kwd_patterns) {
            if !seen.insert(attr.name) {
                let m = format!(
                    "attribute name repeated in class pattern: {}",
                    self.text(attr.name)
                );
                return self.error(m, p.span);
            }
        }
        if patterns.len() + kwd_patterns.len() > i16::MAX as usize {
            return self.error("too many sub-patterns in class pattern", p.span);
        }
        let values = self.push();
        let mark = self.mark();
        let first = self.push();
        self.emit2(Op::Copy, first, subject);
        self.expr_push(cls)?;
        let names = self.push();
        let texts = kwd_attrs
            .iter()
            .map(|attr| self.symbol_const(attr.name))
            .collect();
        self.at(p.span);
        self.load_const(names, Const::Tuple(texts));
        self.emit_raw(Op::MatchClass, values.0, first.0, patterns.len() as u16);
        self.release(mark);
        self.require_values(values, a);
        self.take_apart(values, patterns.iter().chain(kwd_patterns).collect(), a)
    }

    /// Alternatives bind the same names; each moves what it captured to the same registers.
    fn match_or(
        &mut self,
        p: &Pattern<'a>,
        alternatives: &'a [Pattern<'a>],
        subject: Reg,
        a: &mut Attempt,
    ) -> Result<()> {
        let mut names: Vec<Symbol> = Vec::new();
        captured_names(&alternatives[0], &mut names);
        let canonical = self.push_n(names.len() as u16);
        let mark = self.mark();
        let matched = self.label();
        for (n, alternative) in alternatives.iter().enumerate() {
            let last = n + 1 == alternatives.len();
            let next = self.label();
            let mut inner = self.attempt(next, last && a.allow_irrefutable);
            self.pattern(alternative, subject, &mut inner)?;
            let same =
                inner.stores.len() == names.len() && names.iter().all(|n| inner.names.contains(n));
            if !same {
                return self.error("alternative patterns bind different names", p.span);
            }
            self.settle_alternative(&inner, &names, canonical, subject);
            self.jump(matched);
            self.place(next);
            self.release(mark);
        }
        self.at(p.span);
        self.jump(a.fail());
        self.place(matched);
        for (n, &name) in names.iter().enumerate() {
            let reg = canonical.plus(n as u16);
            self.keep(reg, a);
            if !a.names.insert(name) {
                let m = format!(
                    "multiple assignments to name '{}' in pattern",
                    self.text(name)
                );
                return self.error(m, p.span);
            }
            a.stores.push((name, reg));
        }
        Ok(())
    }

    fn settle_alternative(
        &mut self,
        inner: &Attempt,
        names: &[Symbol],
        canonical: Reg,
        subject: Reg,
    ) {
        let mut moved: IntSet<u16> = IntSet::default();
        for (n, &(name, reg)) in inner.stores.iter().enumerate() {
            let Some(place) = names.iter().position(|n| *n == name) else {
                continue;
            };
            let again = reg == subject || inner.stores[n + 1..].iter().any(|(_, r)| *r == reg);
            self.emit2(
                if again { Op::Copy } else { Op::Move },
                canonical.plus(place as u16),
                reg,
            );
            if !again {
                moved.insert(reg.0);
            }
        }
        let mut at = inner.newest;
        while at != 0 {
            let node = &inner.nodes[at];
            if !moved.contains(&node.reg.0) {
                self.emit1(Op::Drop, node.reg);
            }
            at = node.parent;
        }
        self.place_failures(inner);
    }
}

fn is_literal_or_attribute(e: &Expr<'_>) -> bool {
    matches!(
        e.kind,
        ExprKind::Constant(_)
            | ExprKind::Attribute { .. }
            | ExprKind::UnaryOp { .. }
            | ExprKind::BinOp { .. }
    )
}

fn captured_names(p: &Pattern<'_>, names: &mut Vec<Symbol>) {
    let add = |name: Option<Ident>, names: &mut Vec<Symbol>| {
        if let Some(n) = name
            && !names.contains(&n.name)
        {
            names.push(n.name);
        }
    };
    match p.kind {
        PatternKind::MatchValue(_) | PatternKind::MatchSingleton(_) => {}
        PatternKind::MatchSequence(list) => list.iter().for_each(|p| captured_names(p, names)),
        PatternKind::MatchOr(list) => captured_names(&list[0], names),
        PatternKind::MatchMapping { patterns, rest, .. } => {
            patterns.iter().for_each(|p| captured_names(p, names));
            add(rest, names);
        }
        PatternKind::MatchClass {
            patterns,
            kwd_patterns,
            ..
        } => {
            patterns
                .iter()
                .chain(kwd_patterns)
                .for_each(|p| captured_names(p, names));
        }
        PatternKind::MatchStar(name) => add(name, names),
        PatternKind::MatchAs { pattern, name } => {
            if let Some(p) = pattern {
                captured_names(p, names);
            }
            add(name, names);
        }
    }
}

fn captures(p: &Pattern<'_>, name: Symbol) -> bool {
    let mut names = Vec::new();
    captured_names(p, &mut names);
    names.contains(&name)
}

/// Equal for keys that compare equal: `1`, `1.0` and `True` are the same key.
fn key_identity(k: &Const) -> String {
    match k {
        Const::True => "n1".into(),
        Const::False => "n0".into(),
        Const::Int(n) => format!("n{n}"),
        Const::Float(f) if f.fract() == 0.0 && f.abs() < 1e15 => format!("n{}", *f as i64),
        Const::Complex(re, 0.0) if re.fract() == 0.0 && re.abs() < 1e15 => {
            format!("n{}", *re as i64)
        }
        Const::Str(s) => format!("s{s:?}"),
        Const::Bytes(s) => format!("b{s:?}"),
        other => format!("{other:?}"),
    }
}
