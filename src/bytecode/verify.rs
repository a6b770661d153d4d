//! Checks that a code object keeps the rules of the instruction table: every operand names something, every jump leads to an
//! instruction, and registers are owned as `ops` says.
//!
//! The last is an abstract run over all paths, exceptions included. A temporary is dead, live, or either (after paths
//! met that disagree): it must be live where it is read and not live where it is overwritten, and nothing but the result may be
//! live at a return. A local must surely be bound where an instruction other than a check reads it. This is what the
//! compiler promises the VM, which looks no further.

use crate::code::{Code, Const, Instr};
use crate::ops::{Op, Role};

/// The first broken rule found, with the block and instruction that break it.
#[derive(Clone, Debug)]
pub struct Fault {
    pub code: String,
    pub index: u32,
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}: {}", self.code, self.index, self.message)
    }
}

/// Verifies `code` and every code object among its constants.
pub fn verify(code: &Code) -> Result<(), Fault> {
    let mut todo = vec![code];
    while let Some(code) = todo.pop() {
        Verifier::new(code)?.run()?;
        for k in &code.consts {
            if let Const::Code(inner) = k {
                todo.push(inner);
            }
        }
    }
    Ok(())
}

/// Of a temporary: dead or live; of a local: not surely bound or bound.
const NO: u8 = 0;
const YES: u8 = 1;
/// Of a temporary: either.
const EITHER: u8 = 2;

type State = Vec<u8>;

/// Registers in the order in which an instruction deals with them.
#[derive(Default)]
struct Effects {
    consumed: Vec<u16>,
    peeked: Vec<u16>,
    written: Vec<u16>,
    /// Dropped when the instruction goes on, kept when it jumps.
    dropped_unless_jump: Option<u16>,
    /// Written only when it jumps.
    written_if_jump: Option<u16>,
    /// Base of a call window above which only the arguments may be live.
    window: Option<u16>,
}

struct Verifier<'c> {
    code: &'c Code,
    /// For each word: whether an instruction begins there.
    starts: Vec<bool>,
    states: Vec<Option<State>>,
    todo: Vec<u32>,
}

impl<'c> Verifier<'c> {
    fn new(code: &'c Code) -> Result<Self, Fault> {
        let mut starts = vec![false; code.instrs.len()];
        let mut end = 0;
        for (index, instr) in code.iter() {
            starts[index as usize] = true;
            end = index as usize + 1 + instr.op.info().cache_words as usize;
        }
        let v = Verifier {
            code,
            starts,
            states: vec![None; code.instrs.len()],
            todo: Vec::new(),
        };
        if end != code.instrs.len() || end == 0 {
            return Err(v.fault(0, "the instructions end inside of one"));
        }
        v.check_tables()?;
        Ok(v)
    }

    fn fault(&self, index: u32, message: impl Into<String>) -> Fault {
        Fault {
            code: format!(
                "{} ({}:{})",
                self.code.qualname, self.code.filename, self.code.first_line
            ),
            index,
            message: message.into(),
        }
    }

    fn check_tables(&self) -> Result<(), Fault> {
        let code = self.code;
        if code.nlocals > code.nregs || code.varnames.len() != code.nlocals as usize {
            return Err(self.fault(0, "locals don't add up"));
        }
        if code.cellvars.iter().any(|r| *r >= code.nlocals) {
            return Err(self.fault(0, "a cell that is no local"));
        }
        for e in &code.exceptions {
            let fine = e.start < e.end
                && e.end as usize <= code.instrs.len()
                && self.starts.get(e.handler as usize) == Some(&true)
                && e.depth >= code.nlocals
                && e.depth <= e.exc
                && e.exc < code.nregs;
            if !fine {
                return Err(self.fault(e.start, format!("bad exception entry {e:?}")));
            }
        }
        let words: u64 = code.positions.iter().map(|(n, _)| *n as u64).sum();
        if words != code.instrs.len() as u64 {
            return Err(self.fault(0, "positions don't add up"));
        }
        for (index, instr) in code.iter() {
            self.check_operands(index, instr)?;
        }
        Ok(())
    }

    fn check_operands(&self, index: u32, instr: Instr) -> Result<(), Fault> {
        let code = self.code;
        for (role, v) in instr
            .op
            .info()
            .roles
            .iter()
            .zip([instr.a, instr.b, instr.c])
        {
            let fine = match role {
                Role::w | Role::r | Role::p | Role::W => v < code.nregs,
                Role::B => v <= code.nregs,
                Role::k => {
                    (v as usize) < code.consts.len()
                        || !matches!(instr.op, Op::CallKw | Op::CallMethodKw)
                }
                Role::K => (instr.bc() as u32 as usize) < code.consts.len(),
                Role::n => (v as usize) < code.names.len(),
                Role::f => (v as usize) < code.freevars.len(),
                _ => true,
            };
            if !fine {
                return Err(self.fault(
                    index,
                    format!("{} has a bad operand {v} ({role:?})", instr.op.info().name),
                ));
            }
        }
        if let Some(target) = code.jump_target(index, instr)
            && self.starts.get(target as usize) != Some(&true)
        {
            return Err(self.fault(index, format!("jump to {target}, which is no instruction")));
        }
        let touched = effects(instr);
        let all = touched
            .consumed
            .iter()
            .chain(&touched.peeked)
            .chain(&touched.written);
        if let Some(r) = all
            .chain(&touched.written_if_jump)
            .find(|r| **r >= code.nregs)
        {
            return Err(self.fault(index, format!("register {r} of {}", code.nregs)));
        }
        Ok(())
    }

    fn run(&mut self) -> Result<(), Fault> {
        let code = self.code;
        let mut first = vec![NO; code.nregs as usize];
        let params = code.argcount as usize
            + code.kwonlyargcount as usize
            + (code.flags & crate::flags::VARARGS != 0) as usize
            + (code.flags & crate::flags::VARKEYWORDS != 0) as usize
            + (code.flags & crate::flags::NAMESPACE != 0) as usize;
        first.iter_mut().take(params).for_each(|r| *r = YES);
        self.flow(0, &first);
        while let Some(start) = self.todo.pop() {
            let Some(mut state) = self.states[start as usize].clone() else {
                continue;
            };
            let mut at = start;
            loop {
                match self.step(at, &mut state)? {
                    Some(next) if self.states[next as usize].is_some() || self.is_target(next) => {
                        self.flow(next, &state);
                        break;
                    }
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Whether a state is kept for the instruction: only where paths begin, or meet the loop's own.
    fn is_target(&self, index: u32) -> bool {
        // Every 64th instruction too, so that nothing is walked over and over.
        index.is_multiple_of(64)
    }

    /// Merges `state` into what is known at `index`.
    fn flow(&mut self, index: u32, state: &State) {
        let nlocals = self.code.nlocals as usize;
        match &mut self.states[index as usize] {
            Some(known) => {
                let mut changed = false;
                for (r, (k, s)) in known.iter_mut().zip(state).enumerate() {
                    let merged = match (r < nlocals, *k == *s) {
                        (_, true) => *k,
                        (true, false) => NO,
                        (false, false) => EITHER,
                    };
                    changed |= merged != *k;
                    *k = merged;
                }
                if changed {
                    self.todo.push(index);
                }
            }
            slot @ None => {
                *slot = Some(state.clone());
                self.todo.push(index);
            }
        }
    }

    /// One instruction; gives the next one on the straight path.
    fn step(&mut self, index: u32, state: &mut State) -> Result<Option<u32>, Fault> {
        let code = self.code;
        let instr = code.instrs[index as usize];
        let e = effects(instr);
        self.raise_edge(index, state, &e);
        let is_temp = |r: u16| r >= code.nlocals;
        for &r in &e.consumed {
            let known = state[r as usize];
            if known != YES {
                return Err(self.fault(
                    index,
                    format!("{} reads {}", instr.op.info().name, self.describe(r, known)),
                ));
            }
            if is_temp(r) {
                state[r as usize] = NO;
            }
        }
        for &r in &e.peeked {
            let known = state[r as usize];
            let may_be_unbound = match instr.op {
                Op::ClearLocal => true,
                Op::CheckLocal | Op::MakeCell | Op::DeleteLocal => !is_temp(r),
                _ => false,
            };
            if known != YES && !may_be_unbound {
                return Err(self.fault(
                    index,
                    format!(
                        "{} looks at {}",
                        instr.op.info().name,
                        self.describe(r, known)
                    ),
                ));
            }
            match instr.op {
                Op::CheckLocal | Op::MakeCell => state[r as usize] = YES,
                Op::DeleteLocal | Op::ClearLocal => state[r as usize] = NO,
                _ => {}
            }
        }
        if let Some(w) = e.window
            && let Some(r) = (w + 1..code.nregs).find(|r| is_temp(*r) && state[*r as usize] != NO)
        {
            return Err(self.fault(
                index,
                format!(
                    "{} with live register {r} above its window",
                    instr.op.info().name
                ),
            ));
        }
        for &r in e.written.iter() {
            self.write(index, instr, state, r)?;
        }
        if let Some(target) = code.jump_target(index, instr) {
            let mut jumped = state.clone();
            if let Some(r) = e.written_if_jump {
                self.write(index, instr, &mut jumped, r)?;
            }
            self.flow(target, &jumped);
        }
        if let Some(r) = e.dropped_unless_jump {
            state[r as usize] = NO;
        }
        self.end_of_path(index, instr, state)
    }

    fn end_of_path(&self, index: u32, instr: Instr, state: &State) -> Result<Option<u32>, Fault> {
        let code = self.code;
        match instr.op {
            Op::Return | Op::ReturnNone => {
                match (code.nlocals..code.nregs).find(|r| state[*r as usize] != NO) {
                    Some(r) => {
                        Err(self.fault(index, format!("register {r} is live at the return")))
                    }
                    None => Ok(None),
                }
            }
            Op::Jump | Op::Raise | Op::RaiseFrom | Op::RaiseCurrent | Op::Reraise => Ok(None),
            _ => {
                let next = index + 1 + instr.op.info().cache_words as u32;
                if next as usize >= code.instrs.len() {
                    return Err(self.fault(index, "goes on past the end"));
                }
                Ok(Some(next))
            }
        }
    }

    fn write(&self, index: u32, instr: Instr, state: &mut State, r: u16) -> Result<(), Fault> {
        if r >= self.code.nlocals && state[r as usize] == YES {
            return Err(self.fault(
                index,
                format!("{} overwrites live register {r}", instr.op.info().name),
            ));
        }
        state[r as usize] = YES;
        Ok(())
    }

    fn describe(&self, r: u16, known: u8) -> String {
        let nlocals = self.code.nlocals;
        match (self.code.varnames.get(r as usize), known) {
            (Some(name), _) if r < nlocals => format!("local {name}, which may be unbound"),
            (_, EITHER) => format!("register {r}, which may be dead"),
            _ => format!("dead register {r}"),
        }
    }

    /// An exception in this instruction leads to its handler, with what the instruction consumes gone or not.
    fn raise_edge(&mut self, index: u32, state: &State, e: &Effects) {
        if cannot_raise(self.code.instrs[index as usize].op) {
            return;
        }
        let entry = self
            .code
            .exceptions
            .iter()
            .find(|x| x.start <= index && index < x.end);
        let Some(entry) = entry.copied() else { return };
        let mut raised = state.clone();
        for &r in &e.consumed {
            if r >= self.code.nlocals {
                raised[r as usize] = EITHER;
            }
        }
        raised
            .iter_mut()
            .skip(entry.depth as usize)
            .for_each(|r| *r = NO);
        raised[entry.exc as usize] = YES;
        self.flow(entry.handler, &raised);
    }
}

/// Instructions that only move values about.
fn cannot_raise(op: Op) -> bool {
    matches!(
        op,
        Op::Nop
            | Op::Move
            | Op::Copy
            | Op::LoadConst
            | Op::LoadInt
            | Op::LoadNone
            | Op::Drop
            | Op::ClearLocal
            | Op::MakeCell
            | Op::LoadFreeCell
            | Op::PushExc
            | Op::PopExc
            | Op::Jump
            | Op::Return
            | Op::ReturnNone
    )
}

/// What an instruction does to registers.
fn effects(i: Instr) -> Effects {
    let mut e = Effects::default();
    let values = [i.a, i.b, i.c];
    for (role, &v) in i.op.info().roles.iter().zip(&values) {
        match role {
            Role::r => e.consumed.push(v),
            Role::p => e.peeked.push(v),
            Role::w => e.written.push(v),
            _ => {}
        }
    }
    let run = |first: u16, n: u16| first..first.saturating_add(n);
    match i.op {
        Op::Move => {}
        Op::LoadMethod | Op::LoadSpecial => e.written.extend([i.a, i.a + 4]),
        Op::LoadSuperAttr => e.consumed.extend(run(i.b, 3)),
        Op::LoadSuperMethod => {
            e.consumed.extend(run(i.b, 3));
            e.written.extend([i.a, i.a + 4]);
        }
        Op::LoadSlice | Op::StoreSlice => e.consumed.extend(run(i.c, 2)),
        Op::BuildSlice => e.consumed.extend(run(i.b, i.c)),
        Op::Unpack => e.written.extend(run(i.a, i.c)),
        Op::UnpackEx => e.written.extend(run(i.a, (i.c & 255) + 1 + (i.c >> 8))),
        Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString => {
            e.consumed.extend(run(i.b, i.c))
        }
        Op::BuildMap => e.consumed.extend(run(i.b, i.c.saturating_mul(2))),
        Op::BuildInterpolation => e
            .consumed
            .extend(run(i.b, if i.c & 4 != 0 { 3 } else { 2 })),
        Op::BuildTemplate | Op::ImportName => e.consumed.extend(run(i.b, 2)),
        Op::MatchClass => e.consumed.extend(run(i.b, 3)),
        Op::MakeFunction => e.consumed.extend(run(i.b, 1 + i.c.count_ones() as u16)),
        Op::GetAIter => e.written.push(i.a),
        Op::CheckExcStar => e.written.extend([i.a, i.a + 1]),
        Op::LoadExcArgs => e.written.extend(run(i.a, 3)),
        Op::Intrinsic => e.consumed.extend(run(i.b, intrinsic_operands(i.c))),
        Op::Call | Op::CallKw => call_effects(&mut e, i.a, i.b),
        Op::CallMethod | Op::CallMethodKw => call_effects(&mut e, i.a, i.b + 1),
        Op::CallEx => call_effects(&mut e, i.a, 1 + i.b),
        Op::JumpIfTrueKeep | Op::JumpIfFalseKeep => e.dropped_unless_jump = Some(i.a),
        Op::ForIter => {
            e.written.clear();
            e.dropped_unless_jump = Some(i.a);
            e.written_if_jump = Some(i.b);
        }
        Op::AsyncForIter => {
            e.written.clear();
            e.dropped_unless_jump = Some(i.b);
            e.written_if_jump = Some(i.a);
        }
        // The result takes the place of the iterator.
        Op::Delegate => {
            e.peeked.clear();
            e.consumed.push(i.b);
        }
        _ => {}
    }
    e
}

fn call_effects(e: &mut Effects, w: u16, n: u16) {
    e.consumed.push(w);
    e.consumed.extend(w + 4..(w + 4).saturating_add(n));
    e.written.push(w);
    e.window = Some(w);
}

fn intrinsic_operands(which: u16) -> u16 {
    match which {
        0 | 3 | 4 | 7 | 9 => 1,
        1 | 2 | 5 | 8 => 2,
        6 => 3,
        _ => 0,
    }
}
