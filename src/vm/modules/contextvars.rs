//! `_contextvars`: context variables (PEP 567).
//!
//! A context is a persistent map, so copying one costs nothing. The running one is in [`super::State`]; event loops switch it with
//! [`enter`] and [`leave`] around each callback.

use crate::native::{Args, arg};
use crate::types::{module, spec::TypeSpec};
use crate::value::slots::Cmp;
use crate::value::*;
use crate::vm::{new_list, new_str, new_tuple};
use crate::{R, Vm, functions, getset, methods, trace};
use rpds::HashTrieMap;
use std::cell::{Cell, RefCell};
use std::hash::{BuildHasherDefault, Hasher};

/// Spreads the addresses that are the keys.
#[derive(Default)]
struct AddressHasher(u64);
impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(*b as u64);
        }
    }
    fn write_u64(&mut self, n: u64) {
        let mixed = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// Variable and value by the variable's address. The variable is kept, so its address stays its own.
type Values = HashTrieMap<u64, (Ref, Ref), archery::RcK, BuildHasherDefault<AddressHasher>>;

struct Context {
    values: RefCell<Values>,
    /// The context that was running when this one was entered.
    outer: RefCell<Option<Ref>>,
    entered: Cell<bool>,
}
// What a map holds may be shared with other contexts, so the collector, which counts owners, must not follow it.
trace!(Context);
impl NativePayload for Context {}

struct ContextVar {
    name: Ref,
    default: Option<Ref>,
}
trace!(ContextVar; name, default);
impl NativePayload for ContextVar {}

struct Token {
    context: Ref,
    var: Ref,
    /// `None` if the variable had no value.
    old: Option<Ref>,
    used: Cell<bool>,
}
trace!(Token; context, var, old);
impl NativePayload for Token {}

struct Missing;
trace!(Missing);
impl NativePayload for Missing {}

static CONTEXT: TypeSpec = TypeSpec {
    name: "_contextvars.Context",
    methods: CONTEXT_METHODS,
    slots: |s| {
        s.new.set(Some(|vm, _, args| {
            if !args.all.is_empty() {
                return Err(vm.type_error("Context() does not accept any arguments"));
            }
            Ok(new_context(vm, Values::default()))
        }));
        s.len
            .set(Some(|vm, r| Ok(context(vm, r)?.values.borrow().size())));
        s.iter.set(Some(|vm, r| {
            let keys = pairs(vm, r)?.into_iter().map(|p| p.0).collect();
            vm.iter(&new_list(keys))
        }));
        s.contains.set(Some(|vm, r, key| {
            let key = key_of(vm, key)?;
            Ok(context(vm, r)?.values.borrow().contains_key(&key))
        }));
        s.getitem.set(Some(|vm, r, key| {
            let id = key_of(vm, key)?;
            let found = context(vm, r)?
                .values
                .borrow()
                .get(&id)
                .map(|v| v.1.clone());
            match found {
                Some(v) => Ok(v),
                None => Err(vm.key_error(key)),
            }
        }));
        s.richcmp.set(Some(|vm, a, b, op| {
            if !matches!(op, Cmp::Eq | Cmp::Ne) || b.native::<Context>().is_none() {
                return Ok(Ref::not_implemented());
            }
            let (x, y) = (pairs(vm, a)?, pairs(vm, b)?);
            let mut same = x.len() == y.len();
            if same {
                for (var, value) in x {
                    let other = context(vm, b)?
                        .values
                        .borrow()
                        .get(&var.id())
                        .map(|v| v.1.clone());
                    same = match other {
                        Some(o) => vm.equal(&value, &o)?,
                        None => false,
                    };
                    if !same {
                        break;
                    }
                }
            }
            Ok(Ref::bool(same == matches!(op, Cmp::Eq)))
        }));
    },
    ..TypeSpec::DEFAULT
};

methods! { CONTEXT_METHODS;
    var "run(self, /, callable, *args, **kwargs)" => |vm, args: Args| {
        let this = args.all[0].clone();
        let Some(f) = args.pos().get(1) else {
            return Err(vm.type_error("run() missing 1 required positional argument"));
        };
        enter(vm, &this)?;
        let r = vm.call_args(f, args.rest().rest());
        leave(vm, &this)?;
        r
    }, "Run callable in the context object.\n\nThe context object is entered while callable runs, with args and kwargs\npassed on to it.";
    "copy(self, /)" => |vm, a| {
        let values = context(vm, &a[0])?.values.borrow().clone();
        Ok(new_context(vm, values))
    }, "A copy of the context, which then changes on its own.";
    "get(self, key, default=None, /)" => |vm, a| {
        let id = key_of(vm, &a[1])?;
        let found = context(vm, &a[0])?.values.borrow().get(&id).map(|v| v.1.clone());
        Ok(found.unwrap_or_else(|| arg(a, 2).cloned().unwrap_or_else(Ref::none)))
    }, "The variable's value in this context, or the default.";
    "keys(self, /)" => |vm, a| {
        let items = pairs(vm, &a[0])?.into_iter().map(|p| p.0).collect();
        vm.iter(&new_list(items))
    }, "A view of the variables that have a value here.";
    "values(self, /)" => |vm, a| {
        let items = pairs(vm, &a[0])?.into_iter().map(|p| p.1).collect();
        vm.iter(&new_list(items))
    }, "A view of the values.";
    "items(self, /)" => |vm, a| {
        let items = pairs(vm, &a[0])?.into_iter().map(|p| new_tuple(vec![p.0, p.1])).collect();
        vm.iter(&new_list(items))
    }, "A view of the pairs of variable and value.";
}

fn new_context(vm: &mut Vm, values: Values) -> Ref {
    let class = vm.native_type(&CONTEXT);
    Ref::new_native(
        &class,
        Context {
            values: RefCell::new(values),
            outer: RefCell::new(None),
            entered: Cell::new(false),
        },
    )
}
fn context<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Context> {
    match r.native::<Context>() {
        Some(c) => Ok(c),
        None => Err(vm.type_error("an instance of Context was expected")),
    }
}
fn pairs(vm: &mut Vm, r: &Ref) -> R<Vec<(Ref, Ref)>> {
    Ok(context(vm, r)?
        .values
        .borrow()
        .iter()
        .map(|(_, v)| v.clone())
        .collect())
}
fn key_of(vm: &mut Vm, key: &Ref) -> R<u64> {
    if key.native::<ContextVar>().is_none() {
        let text = format!("a ContextVar key was expected, got {}", vm.repr_text(key)?);
        return Err(vm.type_error(&text));
    }
    Ok(key.id())
}

/// The running context.
pub fn current(vm: &mut Vm) -> Ref {
    if vm.lib.context.is_undefined() {
        let class = new_context(vm, Values::default());
        vm.lib.context = class;
    }
    vm.lib.context.clone()
}

/// A copy of the running context: what `copy_context()` gives.
pub fn copy_current(vm: &mut Vm) -> Ref {
    let now = current(vm);
    let values = now
        .native::<Context>()
        .map(|c| c.values.borrow().clone())
        .unwrap_or_default();
    new_context(vm, values)
}

/// Makes a context the running one. RuntimeError if it is running somewhere already.
pub fn enter(vm: &mut Vm, r: &Ref) -> R<()> {
    let c = context(vm, r)?;
    if c.entered.replace(true) {
        let text = format!(
            "cannot enter context: {} is already entered",
            vm.repr_text(r)?
        );
        return Err(vm.runtime_error(&text));
    }
    let outer = current(vm);
    c.outer.replace(Some(outer));
    vm.lib.context = r.clone();
    Ok(())
}

/// Goes back to the context that was running before [`enter`].
pub fn leave(vm: &mut Vm, r: &Ref) -> R<()> {
    let c = context(vm, r)?;
    if !vm.lib.context.is(r) || !c.entered.get() {
        let text = "cannot exit context: thread state references a different context object";
        return Err(vm.runtime_error(text));
    }
    c.entered.set(false);
    vm.lib.context = c.outer.replace(None).unwrap_or_default();
    Ok(())
}

/// Is `r` a context?
pub fn is_context(r: &Ref) -> bool {
    r.native::<Context>().is_some()
}

static CONTEXT_VAR: TypeSpec = TypeSpec {
    name: "_contextvars.ContextVar",
    methods: VAR_METHODS,
    getset: VAR_GETSET,
    slots: |s| {
        s.new.set(Some(|vm, class, args| {
            let pos = args.pos();
            let odd = args
                .kw()
                .find(|(k, _)| !matches!(k.str_obj().bytes(), b"name" | b"default"));
            if let Some((k, _)) = odd {
                return Err(vm.unknown_keyword("ContextVar", k, &["name", "default"]));
            }
            let name = match (pos, args.get_kw("name")) {
                ([name], None) | ([], Some(name)) => name,
                _ => {
                    let text = format!(
                        "ContextVar() takes exactly 1 positional argument ({} given)",
                        pos.len()
                    );
                    return Err(vm.type_error(&text));
                }
            };
            if !name.is_str() {
                return Err(vm.type_error("context variable name must be a str"));
            }
            let var = ContextVar {
                name: name.clone(),
                default: args.get_kw("default").cloned(),
            };
            Ok(Ref::new_native(class, var))
        }));
        s.repr.set(Some(|vm, r| {
            let v = var(vm, r)?;
            let mut text = format!("<ContextVar name={}", vm.repr_text(&v.name)?);
            if let Some(d) = &v.default {
                text.push_str(&format!(" default={}", vm.repr_text(d)?));
            }
            text.push_str(&format!(" at {:#x}>", r.id()));
            Ok(new_str(&text))
        }));
    },
    ..TypeSpec::DEFAULT
};
fn var<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a ContextVar> {
    match r.native::<ContextVar>() {
        Some(v) => Ok(v),
        None => Err(vm.type_error("an instance of ContextVar was expected")),
    }
}

getset! { VAR_GETSET;
    "name" => |vm, r| Ok(var(vm, r)?.name.clone()), "";
}
methods! { VAR_METHODS;
    "get(self, default=None, /)" => |vm, a| {
        let v = var(vm, &a[0])?;
        let now = current(vm);
        let found = now.native::<Context>().and_then(|c| c.values.borrow().get(&a[0].id()).map(|v| v.1.clone()));
        if let Some(value) = found.or_else(|| arg(a, 1).cloned()).or_else(|| v.default.clone()) {
            return Ok(value);
        }
        let class = rt().types.lookup_error.clone();
        Err(vm.raise_new(&class, vec![a[0].clone()]))
    }, "The variable's value in the current context; else the default given here, else the one it was made with.\n\nLookupError is raised if there is none.";
    "set(self, value, /)" => |vm, a| {
        var(vm, &a[0])?;
        let now = current(vm);
        let mut old = None;
        if let Some(c) = now.native::<Context>() {
            old = c.values.borrow().get(&a[0].id()).map(|v| v.1.clone());
            c.values.borrow_mut().insert_mut(a[0].id(), (a[0].clone(), a[1].clone()));
        }
        let class = vm.native_type(&TOKEN);
        Ok(Ref::new_native(&class, Token { context: now, var: a[0].clone(), old, used: Cell::new(false) }))
    }, "Gives the variable a value in the current context.\n\nThe token that comes back lets reset() undo it.";
    "reset(self, token, /)" => |vm, a| {
        reset(vm, &a[0], &a[1])?;
        Ok(Ref::none())
    }, "Undoes the set() that gave this token.";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

fn reset(vm: &mut Vm, this: &Ref, token: &Ref) -> R<()> {
    var(vm, this)?;
    let Some(t) = token.native::<Token>() else {
        let text = format!(
            "expected an instance of Token, got {}",
            vm.repr_text(token)?
        );
        return Err(vm.type_error(&text));
    };
    if t.used.get() {
        let text = format!("{} has already been used once", vm.repr_text(token)?);
        return Err(vm.runtime_error(&text));
    }
    if !t.var.is(this) {
        let text = format!(
            "{} was created by a different ContextVar",
            vm.repr_text(token)?
        );
        return Err(vm.value_error(&text));
    }
    let now = current(vm);
    if !t.context.is(&now) {
        let text = format!(
            "{} was created in a different Context",
            vm.repr_text(token)?
        );
        return Err(vm.value_error(&text));
    }
    t.used.set(true);
    if let Some(c) = now.native::<Context>() {
        let mut values = c.values.borrow_mut();
        match &t.old {
            Some(old) => values.insert_mut(this.id(), (this.clone(), old.clone())),
            None => {
                values.remove_mut(&this.id());
            }
        }
    }
    Ok(())
}

static MISSING: TypeSpec = TypeSpec {
    name: "_contextvars.Token.MISSING",
    flags: type_flag::NO_NEW,
    slots: |s| s.repr.set(Some(|_, _| Ok(new_str("<Token.MISSING>")))),
    ..TypeSpec::DEFAULT
};
fn missing(vm: &mut Vm) -> Ref {
    if vm.lib.context_missing.is_undefined() {
        let class = vm.native_type(&MISSING);
        vm.lib.context_missing = Ref::new_native(&class, Missing);
    }
    vm.lib.context_missing.clone()
}

static TOKEN: TypeSpec = TypeSpec {
    name: "_contextvars.Token",
    methods: TOKEN_METHODS,
    getset: TOKEN_GETSET,
    slots: |s| {
        s.new.set(Some(|vm, _, _| {
            Err(vm.runtime_error("Tokens can only be created by ContextVars"))
        }));
        s.repr.set(Some(|vm, r| {
            let Some(t) = r.native::<Token>() else {
                return Ok(vm.default_repr(r));
            };
            let used = if t.used.get() { " used" } else { "" };
            let text = format!(
                "<Token{used} var={} at {:#x}>",
                vm.repr_text(&t.var)?,
                r.id()
            );
            Ok(new_str(&text))
        }));
    },
    ..TypeSpec::DEFAULT
};
getset! { TOKEN_GETSET;
    "var" => |_, r| Ok(r.native::<Token>().map_or_else(Ref::none, |t| t.var.clone())), "";
    "old_value" => |vm, r| match r.native::<Token>().and_then(|t| t.old.clone()) {
        Some(v) => Ok(v),
        None => Ok(missing(vm)),
    }, "";
}
methods! { TOKEN_METHODS;
    "__enter__(self, /)" => |_, a| Ok(a[0].clone()), "The token itself, so that with can undo a set().";
    "__exit__(self, type, val, tb, /)" => |vm, a| {
        if let Some(t) = a[0].native::<Token>() {
            reset(vm, &t.var, &a[0])?;
        }
        Ok(Ref::none())
    }, "Resets the variable.";
    class "__class_getitem__(cls, object, /)" => |vm, a| crate::types::generic_alias::new_alias(vm, &a[0], &a[1]), "The class with types in brackets, for annotations.";
}

functions! { FUNCTIONS;
    "copy_context()" => |vm, _| Ok(copy_current(vm)), "";
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_contextvars",
        "Context variables, for the module contextvars.",
    );
    module::add_functions(vm, &m, FUNCTIONS);
    for (name, spec) in [
        ("Context", &CONTEXT),
        ("ContextVar", &CONTEXT_VAR),
        ("Token", &TOKEN),
    ] {
        let class = vm.native_type(spec);
        module::add_value(&m, name, class);
    }
    let token = vm.native_type(&TOKEN);
    if let Some(t) = token.cast::<TypeObj>() {
        let missing = missing(vm);
        t.namespace().set_name("MISSING", missing);
    }
    Ok(m)
}
