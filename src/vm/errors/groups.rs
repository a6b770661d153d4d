//! Exception groups (PEP 654): the classes' methods, and what `except*` needs.

use super::classes;
use super::fields::{self, EXCEPTIONS, EXCEPTIONS_TEXT, MESSAGE};
use crate::native::Args;
use crate::value::slots::{InitFn, Slots};
use crate::value::*;
use crate::vm::{new_list, new_tuple};
use crate::{R, Vm, errors, getset, methods};
use std::collections::HashSet;

pub(super) fn slots(s: &Slots) {
    s.new.set(Some(new));
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.str.set(Some(str));
}

/// `ExceptionGroup` has two bases, the one builtin class that does.
pub(super) fn add_second_base(class: &Ref) {
    let exception = rt().types.exception.clone();
    let (Some(t), Some(e)) = (class.cast::<TypeObj>(), exception.cast::<TypeObj>()) else {
        return;
    };
    let mut bases = t.bases.cloned();
    bases.push(exception.clone());
    t.bases.set(bases);
    let mut mro = t.mro.cloned();
    mro.insert(2.min(mro.len()), exception.clone());
    t.mro.set(mro);
    e.subclasses.borrow_mut().push(class.value());
}

/// Whether the exception is a group.
pub fn is_group(exc: &Ref) -> bool {
    exc.class().is_subtype(&rt().types.base_exception_group)
}

/// The exceptions directly inside a group.
pub fn members(group: &Ref) -> Vec<Ref> {
    fields::get(group, EXCEPTIONS)
        .tuple_items()
        .map(|i| i.to_vec())
        .unwrap_or_default()
}

fn is_exception(r: &Ref) -> bool {
    r.cast::<ExceptionObj>().is_some()
}
fn is_plain_exception(r: &Ref) -> bool {
    r.class().is_subtype(&rt().types.exception)
}

fn is_sequence(r: &Ref) -> bool {
    r.class().slots.getitem.get().is_some()
        && r.cast::<DictObj>().is_none()
        && r.cast::<MappingProxyObj>().is_none()
}

fn new(vm: &mut Vm, class: &Ref, args: Args) -> R<Ref> {
    let [message, exceptions] = args.pos() else {
        let text = format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.pos().len()
        );
        return Err(vm.type_error(&text));
    };
    if !message.is_str() {
        let text = format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            vm.type_name(message)
        );
        return Err(vm.type_error(&text));
    }
    if !is_sequence(exceptions) {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = vm.collect(exceptions)?;
    if items.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut only_plain = true;
    for (i, e) in items.iter().enumerate() {
        if !is_exception(e) {
            return Err(vm.value_error(&format!(
                "Item {i} of second argument (exceptions) is not an exception"
            )));
        }
        only_plain &= is_plain_exception(e);
    }
    let types = &rt().types;
    let mut class = class.clone();
    if class.is(&types.exception_group) {
        if !only_plain {
            return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    } else if class.is(&types.base_exception_group) {
        if only_plain {
            class = types.exception_group.clone();
        }
    } else if !only_plain
        && let Some(t) = class.cast::<TypeObj>()
        && t.is_subtype(&types.exception)
    {
        let text = format!("Cannot nest BaseExceptions in '{}'", vm.class_name(t));
        return Err(vm.type_error(&text));
    }
    let mut all = vec![message.clone(), new_tuple(items)];
    if exceptions.exact::<ListObj>().is_none() && exceptions.exact::<TupleObj>().is_none() {
        // What the sequence shows is kept now: it may change later.
        all.push(vm.repr(exceptions)?);
    }
    let exc = Ref::new_of(
        &class,
        errors::empty_payload(TupleObj::make(args.pos().iter().cloned())),
    );
    fields::set_all(&exc, all);
    Ok(exc)
}

fn init(vm: &mut Vm, exc: &Ref, args: Args) -> R<()> {
    classes::no_keywords(vm, exc, &args)?;
    classes::set_args(exc, args.all);
    Ok(())
}

/// For groups made from Rust with a str and a list or tuple of exceptions.
pub(super) fn init_fields(exc: &Ref, args: &[Ref]) {
    let ours = exc
        .class()
        .slots
        .init
        .get()
        .is_some_and(|f| std::ptr::fn_addr_eq(f, init as InitFn));
    if ours && let [message, exceptions] = args {
        let items = match exceptions.cast::<ListObj>() {
            Some(l) => new_tuple(l.to_vec()),
            None => exceptions.clone(),
        };
        fields::set_all(exc, vec![message.clone(), items]);
    }
}

fn repr(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let message = fields::get(exc, MESSAGE);
    let message = vm.repr(&message)?;
    let shown = match fields::get_opt(exc, EXCEPTIONS_TEXT) {
        Some(text) => text,
        None => {
            let args = classes::args_of(exc);
            let listed =
                matches!(args.tuple_items(), Some([_, l]) if l.exact::<ListObj>().is_some());
            let members = if listed {
                new_list(members(exc))
            } else {
                fields::get(exc, EXCEPTIONS)
            };
            vm.repr(&members)?
        }
    };
    let name = vm.type_name(exc);
    Ok(classes::joined(&[
        name.as_bytes(),
        b"(",
        message.str_obj().bytes(),
        b", ",
        shown.str_obj().bytes(),
        b")",
    ]))
}

fn str(vm: &mut Vm, exc: &Ref) -> R<Ref> {
    let message = fields::get(exc, MESSAGE);
    let message = vm.str(&message)?;
    let n = fields::get(exc, EXCEPTIONS)
        .tuple_items()
        .map_or(0, |i| i.len());
    let s = if n == 1 { "" } else { "s" };
    Ok(classes::joined(&[
        message.str_obj().bytes(),
        format!(" ({n} sub-exception{s})").as_bytes(),
    ]))
}

methods! { pub(super) METHODS;
    class "__class_getitem__(cls, object, /)" => |vm, a| {
        crate::types::generic_alias::new_alias(vm, &a[0], &a[1])
    }, "The class with types in brackets, for annotations.";
    "derive(self, excs, /)" => |vm, a| {
        let class = rt().types.base_exception_group.clone();
        vm.call(&class, &[fields::get(&a[0], MESSAGE), a[1].clone()])
    }, "";
    "split(self, matcher_value, /)" => |vm, a| {
        let matcher = Matcher::new(vm, &a[1])?;
        let (matching, rest) = split(vm, &a[0], &matcher, true)?;
        Ok(new_tuple(vec![matching, rest]))
    }, "";
    "subgroup(self, matcher_value, /)" => |vm, a| {
        let matcher = Matcher::new(vm, &a[1])?;
        Ok(split(vm, &a[0], &matcher, false)?.0)
    }, "";
}

getset! { pub(super) GETSET;
    "message" => fields::member::<MESSAGE>, fields::readonly, "What the group as a whole says.";
    "exceptions" => fields::member::<EXCEPTIONS>, fields::readonly, "The exceptions in the group, a tuple.";
}

/// What selects exceptions of a group.
enum Matcher {
    /// An exception class, or several.
    Classes(Vec<Ref>),
    Predicate(Ref),
    /// Exceptions that are not groups, by identity.
    Leaves(HashSet<u64>),
}

fn is_exception_class(r: &Ref) -> bool {
    r.cast::<TypeObj>()
        .is_some_and(|t| t.is_subtype(&rt().types.base_exception))
}

impl Matcher {
    fn new(vm: &mut Vm, r: &Ref) -> R<Matcher> {
        if is_exception_class(r) {
            return Ok(Matcher::Classes(vec![r.clone()]));
        }
        if let Some(items) = r.tuple_items()
            && items.iter().all(is_exception_class)
        {
            return Ok(Matcher::Classes(items.to_vec()));
        }
        if r.cast::<TypeObj>().is_none() && r.tuple_items().is_none() && vm.is_callable(r) {
            return Ok(Matcher::Predicate(r.clone()));
        }
        Err(vm.type_error(
            "expected an exception type, a tuple of exception types, or a callable (other than a class)",
        ))
    }
    fn matches(&self, vm: &mut Vm, exc: &Ref) -> R<bool> {
        match self {
            Matcher::Classes(c) => Ok(c.iter().any(|c| exc.class().is_subtype(c))),
            Matcher::Predicate(f) => {
                let r = vm.call(f, std::slice::from_ref(exc))?;
                vm.truthy(&r)
            }
            Matcher::Leaves(ids) => Ok(!is_group(exc) && ids.contains(&exc.id())),
        }
    }
}

/// The part that matches and, if asked for, the part that doesn't; None where there is nothing.
fn split(vm: &mut Vm, exc: &Ref, matcher: &Matcher, want_rest: bool) -> R<(Ref, Ref)> {
    vm.check_native_stack()?;
    if matcher.matches(vm, exc)? {
        return Ok((exc.clone(), Ref::none()));
    }
    if !is_group(exc) {
        return Ok((Ref::none(), exc.clone()));
    }
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for e in members(exc) {
        let (m, r) = split(vm, &e, matcher, want_rest)?;
        if !m.is_none() {
            matching.push(m);
        }
        if want_rest && !r.is_none() {
            rest.push(r);
        }
    }
    let matching = subset(vm, exc, matching)?;
    let rest = subset(vm, exc, rest)?;
    Ok((matching, rest))
}

/// A group like `group` with other members, made by its `derive`; None for no members.
fn subset(vm: &mut Vm, group: &Ref, members: Vec<Ref>) -> R<Ref> {
    if members.is_empty() {
        return Ok(Ref::none());
    }
    let new = vm.call_method(group, "derive", &[new_list(members)])?;
    if !is_group(&new) {
        return Err(vm.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    if let (Some(from), Some(to)) = (group.cast::<ExceptionObj>(), new.cast::<ExceptionObj>()) {
        to.traceback.set(from.traceback.cloned());
        to.context.set(from.context.cloned());
        to.cause.set(from.cause.cloned());
        to.suppress_context.set(true);
    }
    let name = intern("__notes__");
    if let Some(notes) = vm.getattr_opt(group, &name)?
        && is_sequence(&notes)
    {
        let copy = new_list(vm.collect(&notes)?);
        vm.setattr(&new, &name, Some(copy))?;
    }
    Ok(new)
}

/// A group of these exceptions, of the class that fits them.
fn make_group(exceptions: Ref) -> Ref {
    let items = match exceptions.cast::<ListObj>() {
        Some(l) => l.to_vec(),
        None => exceptions
            .tuple_items()
            .map(|i| i.to_vec())
            .unwrap_or_default(),
    };
    let types = &rt().types;
    let class = if items.iter().all(is_plain_exception) {
        &types.exception_group
    } else {
        &types.base_exception_group
    };
    errors::new_exception(class, vec![types.empty_str.clone(), exceptions])
}

/// `except* class`: the part of `exc` that the clause handles and what is left (each None if nothing). An exception that is not a
/// group is handled inside a new one, to which the caller adds the traceback of the running frame.
pub fn split_for_except_star(vm: &mut Vm, exc: &Ref, class: &Ref) -> R<(Ref, Ref)> {
    let classes: Vec<Ref> = match class.tuple_items() {
        Some(items) => items.to_vec(),
        None => vec![class.clone()],
    };
    if !classes.iter().all(is_exception_class) {
        return Err(
            vm.type_error("catching classes that do not inherit from BaseException is not allowed")
        );
    }
    let group = rt().types.base_exception_group.clone();
    if classes
        .iter()
        .any(|c| c.cast::<TypeObj>().is_some_and(|t| t.is_subtype(&group)))
    {
        return Err(vm.type_error(
            "catching ExceptionGroup with except* is not allowed. Use except instead.",
        ));
    }
    if exc.is_none() {
        return Ok((Ref::none(), Ref::none()));
    }
    if classes.iter().any(|c| exc.class().is_subtype(c)) {
        let matching = if is_group(exc) {
            exc.clone()
        } else {
            make_group(new_tuple(vec![exc.clone()]))
        };
        return Ok((matching, Ref::none()));
    }
    if !is_group(exc) {
        return Ok((Ref::none(), exc.clone()));
    }
    let pair = vm.call_method(exc, "split", std::slice::from_ref(class))?;
    match pair.tuple_items() {
        None => {
            let text = format!(
                "{}.split must return a tuple, not {}",
                vm.type_name(exc),
                vm.type_name(&pair)
            );
            Err(vm.type_error(&text))
        }
        // More than two are tolerated: such methods exist.
        Some([matching, rest, ..]) => {
            for part in [matching, rest] {
                if !part.is_none() && !is_exception(part) {
                    let text = format!(
                        "{}.split must return a tuple of exceptions, not {}",
                        vm.type_name(exc),
                        vm.type_name(part)
                    );
                    return Err(vm.type_error(&text));
                }
            }
            Ok((matching.clone(), rest.clone()))
        }
        Some(items) => {
            let text = format!(
                "{}.split must return a 2-tuple, got tuple of size {}",
                vm.type_name(exc),
                items.len()
            );
            Err(vm.type_error(&text))
        }
    }
}

/// The end of a `try` with `except*` clauses: what to raise from the exceptions that the clauses raised or raised
/// again and from what no clause handled (the last of the list); None for nothing.
pub fn prep_reraise_star(vm: &mut Vm, orig: &Ref, exceptions: &[Ref]) -> R<Ref> {
    let mut found = exceptions.iter().filter(|e| !e.is_none());
    if !is_group(orig) {
        // Only one clause can have run.
        return Ok(found.next().cloned().unwrap_or_else(Ref::none));
    }
    let (again, mut raised): (Vec<Ref>, Vec<Ref>) =
        found.cloned().partition(|e| same_origin(e, orig));
    let again = if again.is_empty() {
        Ref::none()
    } else {
        let mut ids = HashSet::new();
        for e in &again {
            leaves(vm, e, &mut ids)?;
        }
        split(vm, orig, &Matcher::Leaves(ids), false)?.0
    };
    if raised.is_empty() {
        return Ok(again);
    }
    if !again.is_none() {
        raised.push(again);
    }
    if let [one] = raised.as_slice() {
        return Ok(one.clone());
    }
    Ok(make_group(new_list(raised)))
}

/// Whether `exc` is a part of `orig` that a bare `raise` passed on: it has kept everything but the members.
fn same_origin(exc: &Ref, orig: &Ref) -> bool {
    let (Some(a), Some(b)) = (exc.cast::<ExceptionObj>(), orig.cast::<ExceptionObj>()) else {
        return false;
    };
    is_group(exc)
        && a.traceback.cloned().is(&b.traceback.cloned())
        && a.cause.cloned().is(&b.cause.cloned())
        && a.context.cloned().is(&b.context.cloned())
}

fn leaves(vm: &mut Vm, exc: &Ref, ids: &mut HashSet<u64>) -> R<()> {
    vm.check_native_stack()?;
    if is_group(exc) {
        for e in members(exc) {
            leaves(vm, &e, ids)?;
        }
    } else {
        ids.insert(exc.id());
    }
    Ok(())
}
