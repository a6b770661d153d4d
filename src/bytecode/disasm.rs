//! Readable bytecode: what `taipan --dis` prints.

use crate::code::{Code, Const, Instr};
use crate::ops::Role;
use std::fmt::Write;

/// The listing of `code` and, after it, of every code object among its constants.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    let mut todo = vec![code];
    while let Some(code) = todo.pop() {
        one(code, &mut out);
        for k in code.consts.iter().rev() {
            if let Const::Code(inner) = k {
                todo.push(inner);
            }
        }
        if !todo.is_empty() {
            out.push('\n');
        }
    }
    out
}

fn one(code: &Code, out: &mut String) {
    let _ = writeln!(
        out,
        "{} ({}:{}) locals {} registers {} flags {:#x}",
        code.qualname, code.filename, code.first_line, code.nlocals, code.nregs, code.flags
    );
    let mut last_line = 0;
    let targets: std::collections::HashSet<u32> = code
        .iter()
        .filter_map(|(i, ins)| code.jump_target(i, ins))
        .chain(code.exceptions.iter().map(|e| e.handler))
        .collect();
    for (index, instr) in code.iter() {
        let line = code.position(index).map_or(0, |p| p.line);
        let mark = if targets.contains(&index) { '>' } else { ' ' };
        if line != last_line && line != 0 {
            let _ = write!(out, "{line:5} {mark}");
        } else {
            let _ = write!(out, "      {mark}");
        }
        last_line = line;
        let _ = writeln!(out, "{index:5}  {}", instruction(code, index, instr));
    }
    for e in &code.exceptions {
        let _ = writeln!(
            out,
            "  {}..{} -> {} in r{}",
            e.start, e.end, e.handler, e.exc
        );
    }
}

/// One instruction with its operands by their roles.
pub fn instruction(code: &Code, index: u32, instr: Instr) -> String {
    let info = instr.op.info();
    let mut s = format!("{:<20}", info.name);
    let values = [instr.a, instr.b, instr.c];
    let reg = |r: u16| match code.varnames.get(r as usize) {
        Some(name) if r < code.nlocals => format!("{name}"),
        _ => format!("t{}", r.saturating_sub(code.nlocals)),
    };
    for (role, v) in info.roles.iter().zip(values) {
        let text = match role {
            Role::o => continue,
            Role::w => format!("->{}", reg(v)),
            Role::r | Role::W | Role::B => reg(v),
            Role::p => format!("&{}", reg(v)),
            Role::k => format!("={}", constant(code, v as usize)),
            Role::K => format!("={}", constant(code, instr.bc() as u32 as usize)),
            Role::n => format!(".{}", code.names.get(v as usize).map_or("?", |s| s)),
            Role::f => format!("free:{}", code.freevars.get(v as usize).map_or("?", |s| s)),
            Role::i => format!("#{}", v as i16),
            Role::x => format!("{v}"),
            Role::j | Role::J => format!("to {}", code.jump_target(index, instr).unwrap_or(0)),
        };
        s.push(' ');
        s.push_str(&text);
    }
    s.trim_end().to_string()
}

fn constant(code: &Code, index: usize) -> String {
    code.consts.get(index).map_or("?".into(), show)
}

fn show(k: &Const) -> String {
    match k {
        Const::None => "None".into(),
        Const::True => "True".into(),
        Const::False => "False".into(),
        Const::Ellipsis => "...".into(),
        Const::Int(i) => i.to_string(),
        Const::BigInt(i) => i.to_string(),
        Const::Float(f) => format!("{f:?}"),
        Const::Complex(re, im) => format!("({re:?}+{im:?}j)"),
        Const::Str(s) => format!("{:?}", String::from_utf8_lossy(s)),
        Const::Bytes(s) => format!("b{:?}", String::from_utf8_lossy(s)),
        Const::Tuple(items) => format!(
            "({})",
            items.iter().map(show).collect::<Vec<_>>().join(", ")
        ),
        Const::FrozenSet(items) => format!(
            "frozenset({})",
            items.iter().map(show).collect::<Vec<_>>().join(", ")
        ),
        Const::Slice(s) => format!("slice({}, {}, {})", show(&s[0]), show(&s[1]), show(&s[2])),
        Const::Code(c) => format!("<code {}>", c.qualname),
    }
}
