//! f-strings (PEP 498, 701) and t-strings (PEP 750).

use crate::asm::Reg;
use crate::error::Result;
use crate::unit::Compiler;
use taipan_bytecode::{Const, Op};
use taipan_grammar::ast::*;

/// More pieces than this are joined in several steps, to bound the number of registers.
const MAX_PIECES: usize = 32;

impl<'a> Compiler<'a> {
    pub fn joined_str(&mut self, parts: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        let span = self.u.asm.span;
        match parts {
            [] => {
                self.load_str(to, "");
                return Ok(());
            }
            [one] => return self.piece(one, to),
            _ => {}
        }
        if parts.len() <= MAX_PIECES {
            return self.join(parts, to, span);
        }
        // "".join of a list: one pass, whatever the length.
        let w = self.window(to);
        let joiner = self.push();
        self.load_str(joiner, "");
        self.release(self.mark() - 1);
        let join = self.interner.intern("join");
        let n = self.name_index(join)?;
        self.emit_raw(Op::LoadMethod, w.0, joiner.0, n);
        self.push_n(crate::call::FRAME_WORDS + 1);
        let list = self.push();
        let mark = self.mark();
        self.emit_raw(Op::BuildList, list.0, Reg::temp(mark).0, 0);
        for part in parts {
            let t = self.push();
            self.piece(part, t)?;
            self.at(span);
            self.emit2(Op::ListAppend, list, t);
            self.release(mark);
        }
        self.emit_raw(Op::CallMethod, w.0, 1, 0);
        self.move_to(to, w);
        Ok(())
    }

    fn join(&mut self, parts: &'a [ExprRef<'a>], to: Reg, span: Span) -> Result<()> {
        let first = Reg::temp(self.mark());
        for part in parts {
            let t = self.push();
            self.piece(part, t)?;
        }
        self.at(span);
        self.emit_raw(Op::BuildString, to.0, first.0, parts.len() as u16);
        Ok(())
    }

    fn piece(&mut self, part: ExprRef<'a>, to: Reg) -> Result<()> {
        let mark = self.mark();
        self.expr_into(part, to)?;
        self.release(mark);
        Ok(())
    }

    pub fn formatted_value(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        let ExprKind::FormattedValue {
            value,
            conversion,
            format_spec,
        } = e.kind
        else {
            return Ok(());
        };
        let later: Vec<ExprRef<'a>> = format_spec.into_iter().collect();
        let mut r = self.operand_before(value, to, &later)?;
        self.at(e.span);
        if let Some(c) = conversion {
            let t = if r.is_temp() { r } else { self.scratch(to) };
            self.emit_raw(Op::Convert, t.0, r.0, conversion_number(c));
            r = t;
        }
        match format_spec {
            Some(spec) => {
                let spec = self.operand(spec)?;
                self.at(e.span);
                self.emit(Op::FormatWithSpec, to, r, spec);
            }
            None => self.emit2(Op::FormatSimple, to, r),
        }
        Ok(())
    }

    /// A template is its strings (one more than its fields) and its interpolations.
    pub fn template_str(&mut self, parts: &'a [ExprRef<'a>], to: Reg) -> Result<()> {
        let span = self.u.asm.span;
        let first = self.push_n(2);
        let mut strings: Vec<Const> = Vec::new();
        let mut pending: Vec<u8> = Vec::new();
        let mut fields = Vec::new();
        for part in parts {
            match part.kind {
                ExprKind::Constant(Constant::Str { value, .. }) => pending.extend_from_slice(value),
                _ => {
                    strings.push(Const::Str(std::mem::take(&mut pending).into()));
                    fields.push(*part);
                }
            }
        }
        strings.push(Const::Str(pending.into()));
        self.load_const(first, Const::Tuple(strings.into()));
        let mark = self.mark();
        let list = first.plus(1);
        let small = fields.len() <= MAX_PIECES;
        if !small {
            self.emit_raw(Op::BuildList, list.0, Reg::temp(mark).0, 0);
        }
        for field in &fields {
            let t = self.push();
            self.piece(field, t)?;
            if !small {
                self.at(span);
                self.emit2(Op::ListAppend, list, t);
                self.release(mark);
            }
        }
        self.at(span);
        if small {
            self.emit_raw(
                Op::BuildTuple,
                list.0,
                Reg::temp(mark).0,
                fields.len() as u16,
            );
        } else {
            self.emit2(Op::ListToTuple, list, list);
        }
        self.release(mark);
        self.emit2(Op::BuildTemplate, to, first);
        Ok(())
    }

    pub fn interpolation(&mut self, e: ExprRef<'a>, to: Reg) -> Result<()> {
        let ExprKind::Interpolation {
            value,
            text,
            conversion,
            format_spec,
        } = e.kind
        else {
            return Ok(());
        };
        let first = self.expr_push(value)?;
        let t = self.push();
        self.load_const(t, Const::Str(text.into()));
        let mut flags = conversion.map_or(0, conversion_number);
        if let Some(spec) = format_spec {
            self.expr_push(spec)?;
            flags |= 4;
        }
        self.at(e.span);
        self.emit_raw(Op::BuildInterpolation, to.0, first.0, flags);
        Ok(())
    }
}

fn conversion_number(c: u8) -> u16 {
    match c {
        b's' => 1,
        b'r' => 2,
        _ => 3,
    }
}
