//! `sys.monitoring` (PEP 669): tools, their callbacks and the events that they want.
//!
//! All of it is remembered and given back; no event is delivered, since the interpreter has no hooks for them yet.

use super::super::{new_module, set};
use crate::value::*;
use crate::vm::new_int;
use crate::{R, Vm, functions};
use std::collections::HashMap;

const TOOLS: usize = 6;
/// Events, in the order of their bits. Those up to [`LOCAL`] can be asked for by code object.
const EVENTS: [&str; 19] = [
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH_LEFT",
    "BRANCH_RIGHT",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
    "C_RAISE",
    "BRANCH",
];
const LOCAL: u32 = 1 << 11;
const CALL: u32 = 1 << 4;
const C_EVENTS: u32 = 3 << 16;
const BRANCH: u32 = 1 << 18;
const BRANCHES: u32 = 3 << 8;

/// What one tool has said.
#[derive(Default)]
struct Tool {
    name: Option<Ref>,
    events: u32,
    callbacks: HashMap<u32, Ref>,
    /// Events wanted of single code objects, by their identity. The object is kept, so that the number stays its own.
    local: HashMap<u64, (Ref, u32)>,
}

/// All tools, by number.
#[derive(Default)]
pub(crate) struct Monitoring {
    tools: [Tool; TOOLS],
}

functions! { FUNCTIONS;
    "_all_events()" => |vm, _| {
        let result = DictObj::new_dict();
        let d = result.cast::<DictObj>();
        for (i, name) in EVENTS.iter().enumerate() {
            let tools = vm.lib.monitoring.tools.iter().enumerate();
            let wanted = tools.filter(|(_, t)| t.events & (1 << i) != 0).fold(0, |all, (n, _)| all | (1 << n));
            if let (Some(d), true) = (d, wanted != 0) {
                d.set_name(name, new_int(wanted));
            }
        }
        Ok(result)
    }, "A dict from the name of each event to the tools that want it, as bits.";
    "clear_tool_id(tool_id, /)" => |vm, a| {
        let tool = tool(vm, &a[0])?;
        if tool.name.is_some() {
            let name = tool.name.take();
            *tool = Tool { name, ..Tool::default() };
        }
        Ok(Ref::none())
    }, "Forgets the events and callbacks of a tool.";
    "free_tool_id(tool_id, /)" => |vm, a| {
        *tool(vm, &a[0])? = Tool::default();
        Ok(Ref::none())
    }, "Gives the number of a tool back, with all that it stands for.";
    "get_events(tool_id, /)" => |vm, a| Ok(new_int(tool(vm, &a[0])?.events as i64)), "The events that a tool wants from everywhere.";
    "get_local_events(tool_id, code, /)" => |vm, a| {
        code_arg(vm, &a[1])?;
        let id = a[1].id();
        Ok(new_int(tool(vm, &a[0])?.local.get(&id).map_or(0, |l| l.1) as i64))
    }, "The events that a tool wants from one code object.";
    "get_tool(tool_id, /)" => |vm, a| Ok(tool(vm, &a[0])?.name.clone().unwrap_or_else(Ref::none)), "The name of the tool with this number, or None.";
    "register_callback(tool_id, event, func, /)" => |vm, a| {
        tool(vm, &a[0])?;
        let event = vm.index_i32(&a[1])? as u32;
        if event.count_ones() != 1 {
            return Err(vm.value_error("The callback can only be set for one event at a time"));
        }
        if event >= 1 << EVENTS.len() {
            return Err(vm.value_error(&format!("invalid event {event}")));
        }
        let callbacks = &mut tool(vm, &a[0])?.callbacks;
        let old = match a[2].is_none() {
            true => callbacks.remove(&event),
            false => callbacks.insert(event, a[2].clone()),
        };
        Ok(old.unwrap_or_else(Ref::none))
    }, "Sets what is called for an event, None for nothing. Gives what was set before.";
    "restart_events()" => |_, _| Ok(Ref::none()), "Ends what callbacks have asked for with DISABLE.";
    "set_events(tool_id, event_set, /)" => |vm, a| {
        tool(vm, &a[0])?;
        let bits = vm.index_i32(&a[1])? as u32;
        if bits >= 1 << EVENTS.len() {
            return Err(vm.value_error(&format!("invalid event set 0x{bits:x}")));
        }
        let bits = together(vm, bits)?;
        used(vm, &a[0])?.events = bits;
        Ok(Ref::none())
    }, "Sets the events that a tool wants from everywhere.";
    "set_local_events(tool_id, code, event_set, /)" => |vm, a| {
        tool(vm, &a[0])?;
        code_arg(vm, &a[1])?;
        let bits = vm.index_i32(&a[2])? as u32;
        let bits = together(vm, bits)?;
        if bits >= LOCAL {
            return Err(vm.value_error(&format!("invalid local event set 0x{bits:x}")));
        }
        used(vm, &a[0])?.local.insert(a[1].id(), (a[1].clone(), bits));
        Ok(Ref::none())
    }, "Sets the events that a tool wants from one code object.";
    "use_tool_id(tool_id, name, /)" => |vm, a| {
        tool(vm, &a[0])?;
        if !a[1].is_str() {
            return Err(vm.value_error("tool name must be a str"));
        }
        let number = vm.index_i32(&a[0])?;
        let tool = tool(vm, &a[0])?;
        if tool.name.is_some() {
            return Err(vm.value_error(&format!("tool {number} is already in use")));
        }
        tool.name = Some(a[1].clone());
        Ok(Ref::none())
    }, "Takes a number for a tool of that name.";
}

fn tool<'a>(vm: &'a mut Vm, number: &Ref) -> R<&'a mut Tool> {
    let number = vm.index_i32(number)?;
    if !(0..TOOLS as i32).contains(&number) {
        let text = format!("invalid tool {number} (must be between 0 and 5)");
        return Err(vm.value_error(&text));
    }
    Ok(&mut vm.lib.monitoring.tools[number as usize])
}

/// A tool that has a name.
fn used<'a>(vm: &'a mut Vm, number: &Ref) -> R<&'a mut Tool> {
    if tool(vm, number)?.name.is_none() {
        let text = format!("tool {} is not in use", vm.index_i32(number)?);
        return Err(vm.value_error(&text));
    }
    tool(vm, number)
}

/// Events of native functions come with CALL, and BRANCH is an old name for two others.
fn together(vm: &mut Vm, mut bits: u32) -> R<u32> {
    if bits & C_EVENTS != 0 && bits & (C_EVENTS | CALL) != C_EVENTS | CALL {
        return Err(vm.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    bits &= !C_EVENTS;
    if bits & BRANCH != 0 {
        bits = bits & !BRANCH | BRANCHES;
    }
    Ok(bits)
}

fn code_arg(vm: &mut Vm, r: &Ref) -> R<()> {
    match r.cast::<CodeObj>().is_some() {
        true => Ok(()),
        false => Err(vm.type_error("code must be a code object")),
    }
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(vm, "sys.monitoring", "", FUNCTIONS);
    let events = Ref::new_instance(crate::types::class::class_arg(
        vm,
        &rt().types.simple_namespace,
    )?);
    for (i, name) in EVENTS.iter().enumerate() {
        vm.setattr(&events, &intern(name), Some(new_int(1 << i)))?;
    }
    vm.setattr(&events, &intern("NO_EVENTS"), Some(new_int(0)))?;
    set(&m, "events", events);
    for (name, number) in [
        ("DEBUGGER_ID", 0),
        ("COVERAGE_ID", 1),
        ("PROFILER_ID", 2),
        ("OPTIMIZER_ID", 5),
    ] {
        set(&m, name, new_int(number));
    }
    let object = rt().types.object.clone();
    for name in ["DISABLE", "MISSING"] {
        let mark = vm.call(&object, &[])?;
        set(&m, name, mark);
    }
    Ok(m)
}
