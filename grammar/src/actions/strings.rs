//! Adjacent string literals are one (Language reference, 2.5.3), f- and t-strings included.

use super::{Checked, Ctx, Seq, refuse};
use crate::ast::{Constant, ExprKind, ExprRef, Ident, Span};
use crate::strings::Piece;

/// A literal, or a part of an f- or t-string.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'a> {
    Text {
        span: Span,
        piece: Piece<'a>,
    },
    /// A field; `debug` is its own text, when `=` asks for it.
    Field {
        value: Field<'a>,
        debug: Option<(Span, &'a [u8])>,
    },
    /// A whole f- or t-string.
    Fields {
        template: bool,
        parts: &'a [&'a Part<'a>],
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    span: Span,
    value: ExprRef<'a>,
    text: &'a [u8],
    conversion: Option<u8>,
    format_spec: Option<Spec<'a>>,
}

type Spec<'a> = (u32, Seq<'a, &'a Part<'a>>, u32);

impl<'a> Ctx<'_, 'a> {
    pub fn string_part(&self, l: u32, index: u32, r: u32) -> &'a Part<'a> {
        let piece = self.lexed.strings[index as usize];
        self.alloc(Part::Text {
            span: Span { start: l, end: r },
            piece,
        })
    }

    pub fn fields_part(&self, flags: u32, parts: Seq<'a, &'a Part<'a>>) -> &'a Part<'a> {
        self.alloc(Part::Fields {
            template: flags & 1 != 0,
            parts: self.slice(parts),
        })
    }

    /// `{value = !conversion :spec}`; `expression` is the span between the brace and what ends the expression.
    pub fn field(
        &self,
        span: Span,
        expression: Span,
        value: ExprRef<'a>,
        equal: Option<u32>,
        conversion: Option<Ident>,
        format_spec: Option<Spec<'a>>,
    ) -> Checked<&'a Part<'a>> {
        let conversion = match conversion {
            None => None,
            Some(ident) => {
                let names = self.names.borrow();
                let name = names.get(ident.name);
                // The conversion follows the exclamation mark at once.
                let adjacent = ident.span.end - ident.span.start == 1;
                match name.as_bytes() {
                    [c @ (b's' | b'r' | b'a')] if adjacent => Some(*c),
                    _ => return refuse(),
                }
            }
        };
        let conversion = match (conversion, equal, &format_spec) {
            (None, Some(_), None) => Some(b'r'),
            (given, ..) => given,
        };
        let debug = equal.map(|end| {
            let start = expression.start as usize;
            // What separates it from the next token belongs to it, line continuations included.
            let end = self.token_at(end).unwrap_or(end) as usize;
            let text = self.without_comments(start, end);
            (
                Span {
                    start: start as u32,
                    end: end as u32,
                },
                &*self.arena.bump.alloc_slice_copy(text.as_bytes()),
            )
        });
        // The source of the expression, which a t-string keeps.
        let text_end = equal.map_or(expression.end, |end| end - 1);
        let text_end = self.token_at(text_end).unwrap_or(text_end);
        let text = self.without_comments(expression.start as usize, text_end as usize);
        let text = self.arena.bump.alloc_slice_copy(text.as_bytes());
        let value = Field {
            span,
            value,
            text,
            conversion,
            format_spec,
        };
        Ok(self.alloc(Part::Field { value, debug }))
    }

    /// The start of the first token at an offset or after it.
    fn token_at(&self, offset: u32) -> Option<u32> {
        let tokens = &self.lexed.tokens;
        tokens
            .get(tokens.partition_point(|t| t.span.start < offset))
            .map(|t| t.span.start)
    }

    /// A stretch of source; CPython leaves comments out of the text of a field. They can only stand between tokens.
    fn without_comments(&self, start: usize, end: usize) -> String {
        let text = &self.source[start..end];
        if !text.contains('#') {
            return text.to_owned();
        }
        let mut kept = String::with_capacity(text.len());
        let mut at = start;
        let first = self
            .lexed
            .tokens
            .partition_point(|t| (t.span.start as usize) < start);
        for token in &self.lexed.tokens[first..] {
            let next = (token.span.start as usize).min(end);
            for line in self.source[at.min(next)..next].split_inclusive('\n') {
                let code = line.find('#').map_or(line, |n| &line[..n]);
                kept.push_str(code);
                if code.len() < line.len() && line.ends_with('\n') {
                    kept.push('\n');
                }
            }
            if next == end {
                break;
            }
            at = (token.span.end as usize).min(end);
            kept.push_str(&self.source[next..at]);
        }
        kept
    }

    /// Joins adjacent literals.
    pub fn strings(&self, l: u32, parts: Seq<'a, &'a Part<'a>>, r: u32) -> Checked<ExprRef<'a>> {
        if let Some(&Part::Text { piece, .. }) = parts.single() {
            return Ok(self.constant(l, r, plain(piece)));
        }
        let parts = self.slice(parts);
        let mut bytes = 0;
        let mut formatted = 0;
        let mut templates = 0;
        for part in parts {
            match part {
                Part::Text { piece, .. } => bytes += usize::from(piece.bytes),
                Part::Fields { template: true, .. } => templates += 1,
                _ => formatted += 1,
            }
        }
        if (bytes != 0 && bytes != parts.len()) || (templates != 0 && templates != parts.len()) {
            return refuse();
        }
        if formatted + templates == 0 {
            return Ok(self.constant(l, r, self.join_plain(parts)));
        }
        let template = templates != 0;
        let mut values = Values {
            ctx: self,
            template,
            done: Vec::new(),
            text: Vec::new(),
            span: None,
        };
        for part in parts {
            match part {
                Part::Fields { parts, .. } => parts.iter().for_each(|p| values.add(p)),
                text => values.add(text),
            }
        }
        let values = values.finish();
        Ok(self.expr(
            l,
            r,
            if template {
                ExprKind::TemplateStr(values)
            } else {
                ExprKind::JoinedStr(values)
            },
        ))
    }

    fn join_plain(&self, parts: &[&'a Part<'a>]) -> Constant<'a> {
        let pieces = || {
            parts.iter().filter_map(|p| {
                if let Part::Text { piece, .. } = p {
                    Some(piece)
                } else {
                    None
                }
            })
        };
        let mut all = Vec::with_capacity(pieces().map(|p| p.value.len()).sum());
        pieces().for_each(|p| all.extend_from_slice(p.value));
        let value = self.arena.bump.alloc_slice_copy(&all);
        let (bytes, u_prefix) = pieces()
            .next()
            .map_or((false, false), |p| (p.bytes, p.u_prefix));
        plain(Piece {
            value,
            bytes,
            u_prefix,
        })
    }
}

fn plain(piece: Piece<'_>) -> Constant<'_> {
    if piece.bytes {
        Constant::Bytes(piece.value)
    } else {
        Constant::Str {
            value: piece.value,
            u_prefix: piece.u_prefix,
        }
    }
}

/// The values of a `JoinedStr` or `TemplateStr`: adjacent text is one constant, and empty text none.
struct Values<'c, 's, 'a> {
    ctx: &'c Ctx<'s, 'a>,
    template: bool,
    done: Vec<ExprRef<'a>>,
    text: Vec<u8>,
    span: Option<Span>,
}

impl<'a> Values<'_, '_, 'a> {
    fn add_text(&mut self, span: Span, value: &[u8]) {
        if value.is_empty() {
            return;
        }
        self.text.extend_from_slice(value);
        let start = self.span.map_or(span.start, |s| s.start);
        self.span = Some(Span {
            start,
            end: span.end,
        });
    }

    fn flush(&mut self) {
        if let Some(span) = self.span.take() {
            let value = self.ctx.arena.bump.alloc_slice_copy(&self.text);
            self.text.clear();
            self.done.push(self.ctx.constant(
                span.start,
                span.end,
                Constant::Str {
                    value,
                    u_prefix: false,
                },
            ));
        }
    }

    fn add(&mut self, part: &Part<'a>) {
        match part {
            Part::Text { span, piece } => self.add_text(*span, piece.value),
            Part::Field { value, debug } => {
                if let Some((span, text)) = debug {
                    self.add_text(*span, text);
                }
                self.flush();
                self.done.push(self.field(value));
            }
            Part::Fields { .. } => {}
        }
    }

    fn field(&self, f: &Field<'a>) -> ExprRef<'a> {
        // Format specifications hold ordinary fields even in a t-string; they nest two deep at most.
        let format_spec = f.format_spec.map(|(l, parts, r)| {
            let mut inner = Values {
                ctx: self.ctx,
                template: false,
                done: Vec::new(),
                text: Vec::new(),
                span: None,
            };
            self.ctx.slice(parts).iter().for_each(|p| inner.add(p));
            self.ctx.expr(l, r, ExprKind::JoinedStr(inner.finish()))
        });
        let (value, conversion) = (f.value, f.conversion);
        let kind = if self.template {
            ExprKind::Interpolation {
                value,
                text: f.text,
                conversion,
                format_spec,
            }
        } else {
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            }
        };
        self.ctx.expr(f.span.start, f.span.end, kind)
    }

    fn finish(mut self) -> &'a [ExprRef<'a>] {
        self.flush();
        self.ctx.arena.bump.alloc_slice_copy(&self.done)
    }
}
