//! The assembler: instructions with labels, exception regions and places in the source, and their final layout.
//!
//! It also follows two facts along the control flow, both of which the emitters rely on. Code that cannot be
//! reached is not emitted (so an emitter never asks). And at each point it is known which locals are
//! surely bound, so that only the others are checked when they are read. Facts at a label are what all jumps to it agree on;
//! at the head of a loop or of a handler, what can be undone there (`del`) is forgotten beforehand.

use crate::error::{CompileError, Result};
use taipan_bytecode::{Code, ExceptionEntry, Instr, Op, Position, Role};
use taipan_grammar::LineIndex;
use taipan_grammar::ast::Span;

/// A register. While a block is compiled its temporaries are numbered from [`TEMP`], for the number of
/// locals is not known until the end; [`Assembler::finish`] moves them behind the locals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reg(pub u16);

pub const TEMP: u16 = 0x8000;

impl Reg {
    /// "No register", where an operand may name none.
    pub const NONE: Reg = Reg(0xFFFF);

    pub fn temp(index: u16) -> Reg {
        Reg(TEMP | index)
    }
    pub fn is_temp(self) -> bool {
        self.0 & TEMP != 0
    }
    /// The register `n` places further.
    pub fn plus(self, n: u16) -> Reg {
        Reg(self.0 + n)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(u32);

const NO_LABEL: u32 = u32::MAX;
pub const NO_HANDLER: u32 = u32::MAX;

/// Locals that are surely bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoundSet(Vec<u64>);

/// Locals beyond this many are always checked, which keeps the sets, and what copying them costs, small.
const MAX_TRACKED: usize = 4096;

impl BoundSet {
    pub fn insert(&mut self, reg: u16) {
        let word = reg as usize / 64;
        if reg as usize >= MAX_TRACKED {
            return;
        }
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (reg % 64);
    }
    pub fn remove(&mut self, reg: u16) {
        if let Some(word) = self.0.get_mut(reg as usize / 64) {
            *word &= !(1 << (reg % 64));
        }
    }
    pub fn contains(&self, reg: u16) -> bool {
        self.0
            .get(reg as usize / 64)
            .is_some_and(|w| w & 1 << (reg % 64) != 0)
    }
    pub fn intersect(&mut self, other: &BoundSet) {
        self.0.truncate(other.0.len());
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a &= b;
        }
    }
    pub fn subtract(&mut self, other: &BoundSet) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a &= !b;
        }
    }
}

#[derive(Debug, Default)]
struct LabelInfo {
    /// Index of the instruction it stands before.
    at: Option<u32>,
    bound: Option<BoundSet>,
}

#[derive(Clone, Copy, Debug)]
struct Handler {
    label: Label,
    exc: Reg,
    depth: Reg,
}

#[derive(Clone, Copy, Debug)]
struct Ins {
    op: Op,
    a: u16,
    b: u16,
    c: u16,
    label: u32,
    /// For `AsyncForIter`: the exception save register, kept in its cache word.
    extra: u16,
    span: Span,
    handler: u32,
}

#[derive(Debug)]
pub struct Assembler {
    code: Vec<Ins>,
    labels: Vec<LabelInfo>,
    handlers: Vec<Handler>,
    /// The handler in force, or `NO_HANDLER`.
    pub handler: u32,
    pub span: Span,
    pub reachable: bool,
    pub bound: BoundSet,
    /// Locals that something unbinds.
    pub unbindable: BoundSet,
}

impl Default for Assembler {
    fn default() -> Self {
        Assembler {
            code: Vec::new(),
            labels: Vec::new(),
            handlers: Vec::new(),
            handler: NO_HANDLER,
            span: Span::default(),
            reachable: true,
            bound: BoundSet::default(),
            unbindable: BoundSet::default(),
        }
    }
}

impl Assembler {
    pub fn emit(&mut self, op: Op, a: u16, b: u16, c: u16) {
        self.push(op, a, b, c, NO_LABEL, 0);
    }

    fn push(&mut self, op: Op, a: u16, b: u16, c: u16, label: u32, extra: u16) {
        if self.reachable {
            let (span, handler) = (self.span, self.handler);
            self.code.push(Ins {
                op,
                a,
                b,
                c,
                label,
                extra,
                span,
                handler,
            });
        }
    }

    /// With a 32-bit number in `b` and `c`.
    pub fn emit_wide(&mut self, op: Op, a: u16, bc: u32) {
        self.emit(op, a, bc as u16, (bc >> 16) as u16);
    }

    /// A jump; `b` is ignored by those that jump far.
    pub fn jump(&mut self, op: Op, a: u16, b: u16, to: Label) {
        self.jump_extra(op, a, b, to, 0);
    }

    pub fn jump_extra(&mut self, op: Op, a: u16, b: u16, to: Label, extra: u16) {
        if !self.reachable {
            return;
        }
        self.push(op, a, b, 0, to.0, extra);
        let info = &mut self.labels[to.0 as usize];
        match &mut info.bound {
            Some(bound) => bound.intersect(&self.bound),
            None => info.bound = Some(self.bound.clone()),
        }
        if op == Op::Jump {
            self.reachable = false;
        }
    }

    /// After an instruction that does not go on.
    pub fn end(&mut self) {
        self.reachable = false;
    }

    pub fn label(&mut self) -> Label {
        self.labels.push(LabelInfo::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Puts a label here that only jumps from above lead to.
    pub fn place(&mut self, label: Label) {
        let here = self.code.len() as u32;
        let info = &mut self.labels[label.0 as usize];
        info.at = Some(here);
        if let Some(bound) = info.bound.take() {
            if self.reachable {
                self.bound.intersect(&bound);
            } else {
                self.bound = bound;
                self.reachable = true;
            }
        }
    }

    /// Puts a label here that jumps from below will lead to.
    pub fn place_loop(&mut self, label: Label) {
        self.labels[label.0 as usize].at = Some(self.code.len() as u32);
        self.bound.subtract(&self.unbindable);
    }

    /// Whether anything jumps to the label so far.
    pub fn is_used(&self, label: Label) -> bool {
        self.labels[label.0 as usize].bound.is_some()
    }

    /// Where the next instruction will be; with [`Assembler::emitted_since`], whether a region is empty.
    pub fn here(&self) -> usize {
        self.code.len()
    }

    pub fn emitted_since(&self, here: usize) -> bool {
        self.code.len() > here
    }

    /// Begins a region whose exceptions go to a new label; returns the handler in force before.
    pub fn open_handler(&mut self, label: Label, exc: Reg, depth: Reg) -> u32 {
        let outer = self.handler;
        self.handlers.push(Handler { label, exc, depth });
        self.handler = self.handlers.len() as u32 - 1;
        outer
    }

    /// Puts a handler's label here: reached, with what was bound when its region began, if that region holds code.
    pub fn place_handler(&mut self, label: Label, start: usize, end: usize, at_start: BoundSet) {
        let covered = self.code[start..end].iter().any(|i| {
            self.handlers
                .get(i.handler as usize)
                .is_some_and(|h| h.label == label)
        });
        self.labels[label.0 as usize].at = Some(self.code.len() as u32);
        self.reachable = covered;
        self.bound = at_start;
        self.bound.subtract(&self.unbindable);
    }

    /// Final instructions, exception table and positions, written into `code`.
    pub fn finish(
        mut self,
        code: &mut Code,
        nlocals: u16,
        ntemps: u16,
        lines: &LineIndex,
        span: Span,
    ) -> Result<()> {
        if nlocals as u32 + ntemps as u32 >= Reg::NONE.0 as u32 {
            return Err(CompileError::too_large("registers", span));
        }
        self.thread_jumps();
        let layout = self.layout();
        let map = |r: u16| {
            if r == Reg::NONE.0 || r & TEMP == 0 {
                r
            } else {
                (r & !TEMP) + nlocals
            }
        };
        code.nlocals = nlocals;
        code.nregs = nlocals + ntemps;
        for (n, ins) in self.code.iter().enumerate() {
            self.write(n, ins, &layout, &map, code);
        }
        self.write_exceptions(&layout, &map, code);
        self.write_positions(&layout, lines, code);
        Ok(())
    }

    fn target(&self, label: u32) -> usize {
        self.labels[label as usize]
            .at
            .unwrap_or(self.code.len() as u32) as usize
    }

    /// A jump to a jump goes to its end at once.
    fn thread_jumps(&mut self) {
        for n in 0..self.code.len() {
            for _ in 0..4 {
                let ins = self.code[n];
                if ins.label == NO_LABEL {
                    break;
                }
                match self.code.get(self.target(ins.label)) {
                    Some(next) if next.op == Op::Jump && next.label != ins.label => {
                        self.code[n].label = next.label
                    }
                    _ => break,
                }
            }
        }
    }

    /// For each instruction its place in words, and whether its jump is spelled out (see `write`).
    fn layout(&self) -> Layout {
        let n = self.code.len();
        let mut far = vec![false; n];
        let mut at = vec![0u32; n + 1];
        // Each round only makes more jumps far, so that a few settle it; the last makes every jump far.
        for round in 0..6 {
            let mut word = 0u32;
            for (i, ins) in self.code.iter().enumerate() {
                at[i] = word;
                word += self.size(i, ins, far[i]);
            }
            at[n] = word;
            let mut changed = false;
            for (i, ins) in self.code.iter().enumerate() {
                if ins.label == NO_LABEL || far[i] || ins.op.info().roles[2] != Role::j {
                    continue;
                }
                let next = at[i] as i64 + 1 + ins.op.info().cache_words as i64;
                let distance = at[self.target(ins.label)] as i64 - next;
                if i16::try_from(distance).is_err() || (changed && round == 4) {
                    far[i] = true;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
            if round == 4 {
                for (i, ins) in self.code.iter().enumerate() {
                    far[i] |= ins.label != NO_LABEL && ins.op.info().roles[2] == Role::j;
                }
            }
        }
        Layout { at, far }
    }

    fn size(&self, n: usize, ins: &Ins, far: bool) -> u32 {
        if ins.op == Op::Jump && self.target(ins.label) == n + 1 {
            return 0;
        }
        let base = 1 + ins.op.info().cache_words as u32;
        if far { base + 2 } else { base }
    }

    fn write(
        &self,
        n: usize,
        ins: &Ins,
        layout: &Layout,
        map: &dyn Fn(u16) -> u16,
        code: &mut Code,
    ) {
        let info = ins.op.info();
        if ins.op == Op::Jump && self.target(ins.label) == n + 1 {
            return;
        }
        let operand = |role: Role, v: u16| match role {
            Role::w | Role::r | Role::p | Role::W | Role::B => map(v),
            _ => v,
        };
        let mut out = Instr::new(
            ins.op,
            operand(info.roles[0], ins.a),
            operand(info.roles[1], ins.b),
            operand(info.roles[2], ins.c),
        );
        if matches!(ins.op, Op::Yield | Op::AsyncYield | Op::Delegate) {
            out.c = map(ins.c);
        }
        let next = layout.at[n] as i64 + 1 + info.cache_words as i64;
        if ins.label != NO_LABEL {
            let distance = layout.at[self.target(ins.label)] as i64 - next;
            if info.roles[1] == Role::J {
                out = Instr::wide(out.op, out.a, distance as i32);
            } else if layout.far[n] {
                // `op ... to 1; Jump past; 1: Jump target`.
                out.c = 1;
            } else {
                out.c = distance as i16 as u16;
            }
        }
        code.instrs.push(out);
        for _ in 0..info.cache_words {
            let mut word = Instr::CACHE;
            if ins.op == Op::AsyncForIter {
                word.a = map(ins.extra);
            }
            code.instrs.push(word);
        }
        if layout.far[n] {
            let distance = layout.at[self.target(ins.label)] as i64 - (next + 2);
            code.instrs.push(Instr::wide(Op::Jump, 0, 1));
            code.instrs.push(Instr::wide(Op::Jump, 0, distance as i32));
        }
    }

    fn write_exceptions(&self, layout: &Layout, map: &dyn Fn(u16) -> u16, code: &mut Code) {
        let mut n = 0;
        while n < self.code.len() {
            let handler = self.code[n].handler;
            let start = n;
            while n < self.code.len() && self.code[n].handler == handler {
                n += 1;
            }
            let Some(h) = self.handlers.get(handler as usize) else {
                continue;
            };
            let (start, end) = (layout.at[start], layout.at[n]);
            if start < end {
                let handler = layout.at[self.target(h.label.0)];
                code.exceptions.push(ExceptionEntry {
                    start,
                    end,
                    handler,
                    exc: map(h.exc.0),
                    depth: map(h.depth.0),
                });
            }
        }
    }

    fn write_positions(&self, layout: &Layout, lines: &LineIndex, code: &mut Code) {
        let mut last: Option<Span> = None;
        for n in 0..self.code.len() {
            let words = layout.at[n + 1] - layout.at[n];
            if words == 0 {
                continue;
            }
            let span = self.code[n].span;
            if last == Some(span)
                && let Some(run) = code.positions.last_mut()
            {
                run.0 += words;
                continue;
            }
            last = Some(span);
            code.positions.push((words, position(lines, span)));
        }
    }
}

/// Lines and columns of a span; an empty span at 0 stands for "nowhere".
pub fn position(lines: &LineIndex, span: Span) -> Position {
    if span == Span::default() {
        return Position::default();
    }
    let (line, col) = lines.line_col(span.start);
    let (end_line, end_col) = lines.line_col(span.end);
    Position {
        line,
        end_line,
        col,
        end_col,
    }
}

struct Layout {
    at: Vec<u32>,
    far: Vec<bool>,
}
