//! The module `gc`.

use super::new_module;
use crate::native::arg;
use crate::value::object::Tracer;
use crate::value::*;
use crate::vm::{new_int, new_list, new_tuple};
use crate::{R, Vm, functions};
use num_traits::ToPrimitive;

functions! { FUNCTIONS;
    "enable()" => |_, _| { rt().gc.enabled = true; Ok(Ref::none()) }, "Lets the collector run by itself.";
    "disable()" => |_, _| { rt().gc.enabled = false; Ok(Ref::none()) }, "Keeps the collector from running by itself.";
    "isenabled()" => |_, _| Ok(Ref::bool(rt().gc.enabled)), "Whether the collector runs by itself.";
    "collect(generation=2)" => collect, "Collects now, and says how many objects could not be reached.";
    "get_debug()" => |_, _| Ok(new_int(0)), "The flags set by set_debug().";
    "set_debug(flags, /)" => |vm, a| { vm.index_i32(&a[0])?; Ok(Ref::none()) }, "Sets what the collector reports, by the DEBUG flags.";
    "get_threshold()" => |_, _| Ok(new_tuple(rt().gc.thresholds.iter().map(|&n| new_int(n)).collect())), "The numbers of objects that make the collector run.";
    var "set_threshold(threshold0, threshold1=10, threshold2=10, /)" => |vm, args| {
        let a = args.all;
        if args.has_kw() || !(1..=3).contains(&a.len()) {
            return Err(vm.type_error(if args.has_kw() {
                "gc.set_threshold() takes no keyword arguments"
            } else {
                "gc.set_threshold requires 1 to 3 arguments"
            }));
        }
        for i in 0..3 {
            if let Some(n) = arg(a, i) {
                rt().gc.thresholds[i] = vm.index_i32(n)? as i64;
            }
        }
        Ok(Ref::none())
    }, "Sets the numbers of objects that make the collector run. 0 turns it off.";
    "get_count()" => |_, _| Ok(new_tuple(vec![new_int(0), new_int(0), new_int(0)])), "How far the counts are that get_threshold() is compared with.";
    "get_stats()" => get_stats, "A dict of counts for each generation.";
    "get_objects(generation=None)" => |vm, a| {
        if let Some(g) = arg(a, 0).filter(|g| !g.is_none()) {
            generation(vm, g)?;
        }
        let mut out = Vec::new();
        every_container(&mut |r| out.push(r));
        Ok(new_list(out))
    }, "A list of the objects that the collector watches.";
    var "get_referrers(*objs)" => |_, args| {
        let mut out = Vec::new();
        every_container(&mut |r| {
            let mut found = false;
            visit(&r, &mut |to| found |= args.all.iter().any(|o| o.is(&to)));
            if found {
                out.push(r);
            }
        });
        Ok(new_list(out))
    }, "A list of the objects that refer to one of these.";
    var "get_referents(*objs)" => |_, args| {
        let mut out = Vec::new();
        for r in args.all {
            visit(r, &mut |to| out.push(to));
        }
        Ok(new_list(out))
    }, "A list of the objects that these refer to.";
    "is_tracked(obj, /)" => |_, a| Ok(Ref::bool(a[0].shape().is_some_and(object::is_container))), "Whether the collector watches the object.";
    "is_finalized(obj, /)" => |_, a| Ok(Ref::bool(a[0].flag(header::flag::FINALIZED))), "Whether the collector has run the object's finalizer.";
    "freeze()" => |_, _| {
        let mut n = 0;
        every_container(&mut |_| n += 1);
        rt().gc.frozen = n;
        Ok(Ref::none())
    }, "Leaves all present objects alone from now on.";
    "unfreeze()" => |_, _| { rt().gc.frozen = 0; Ok(Ref::none()) }, "Looks at frozen objects again.";
    "get_freeze_count()" => |_, _| Ok(new_int(rt().gc.frozen)), "How many objects are frozen.";
}

fn generation(vm: &mut Vm, g: &Ref) -> R<i32> {
    let n = vm.index_i32(g)?;
    if !(0..=2).contains(&n) {
        return Err(vm.value_error(if n < 0 {
            "generation parameter cannot be negative"
        } else {
            "generation parameter must be less than the number of available generations (3)"
        }));
    }
    Ok(n)
}

fn collect(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    if let Some(g) = arg(a, 0) {
        let n = vm.index_i32(g)?;
        if !(0..=2).contains(&n) {
            return Err(vm.value_error("invalid generation"));
        }
    }
    let module = vm.import("gc")?;
    let callbacks = match vm.getattr_opt(&module, &intern("callbacks"))? {
        Some(c) => vm.collect(&c)?,
        None => vec![],
    };
    let notify = |vm: &mut Vm, phase: &str, collected: i64| -> R<()> {
        for f in &callbacks {
            let info = DictObj::new_dict();
            if let Some(d) = info.cast::<DictObj>() {
                d.set_name("generation", new_int(2));
                d.set_name("collected", new_int(collected));
                d.set_name("uncollectable", new_int(0));
            }
            if vm.call(f, &[intern(phase), info]).is_err() {
                let exc = vm.take_exc();
                vm.unraisable(&exc, Some(f), "");
            }
        }
        Ok(())
    };
    notify(vm, "start", 0)?;
    let n = vm.collect_garbage();
    notify(vm, "stop", n.to_i64().unwrap_or(0))?;
    Ok(crate::vm::new_usize(n))
}

fn get_stats(vm: &mut Vm, _: &[Ref]) -> R<Ref> {
    let _ = vm;
    let mut out = Vec::new();
    for generation in 0..3 {
        let d = DictObj::new_dict();
        if let Some(d) = d.cast::<DictObj>() {
            let (n, collected) = if generation == 2 {
                (rt().gc.collections as i64, rt().gc.collected as i64)
            } else {
                (0, 0)
            };
            d.set_name("collections", new_int(n));
            d.set_name("collected", new_int(collected));
            d.set_name("uncollectable", new_int(0));
        }
        out.push(d);
    }
    Ok(new_list(out))
}

/// Shows every live container.
fn every_container(f: &mut dyn FnMut(Ref)) {
    let mut all = Vec::new();
    rt().heap.each(&mut |h| all.push(Value::from_header(h)));
    for v in all {
        let r = v.to_ref();
        if r.shape().is_some_and(object::is_container) {
            f(r);
        }
    }
}

/// Shows what an object refers to.
fn visit(r: &Ref, f: &mut dyn FnMut(Ref)) {
    object::trace_ref(r, &mut Tracer(&mut |h| f(Value::from_header(h).to_ref())));
}

pub(super) fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "gc",
        "The collector of objects that only refer to each other.\n\nIt can be run, turned off, tuned and asked what it sees.",
        FUNCTIONS,
    );
    for (name, value) in [
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
        ("DEBUG_LEAK", 38),
    ] {
        super::set(&m, name, new_int(value));
    }
    super::set(&m, "garbage", new_list(vec![]));
    super::set(&m, "callbacks", new_list(vec![]));
    Ok(m)
}
