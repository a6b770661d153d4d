//! Attribute instructions and their inline caches.

use super::exc::{attempt, next, put, raise, take};
use super::frame::*;
use super::link::put_word;
use super::{Fp, Pc};
use crate::Vm;
use crate::native::DefKind;
use crate::protocol::attr::CLASS_EPOCH;
use crate::value::header::Kind;
use crate::value::shape::{Shape, shape_flag};
use crate::value::*;
use std::sync::atomic::Ordering;
use taipan_bytecode::{Instr, Op};

pub(super) fn epoch() -> u32 {
    CLASS_EPOCH.load(Ordering::Relaxed) & 0x7fff_ffff
}

/// Which state of its class an object's shape stands for; 0 if no lookup has been made in it yet. Unlike the epoch this changes
/// even when one plain value replaces another, so a cache that holds a value can rely on it.
pub(super) fn class_version(shape_id: u32) -> u32 {
    object::type_payload(rt().shape(shape_id).class)
        .version
        .get()
}

/// Byte offset of an inline slot.
fn slot_offset(shape: &Shape, i: u16) -> u64 {
    shape.ext_offset as u64 + 8 + 8 * i as u64
}

fn cacheable(shape: &Shape) -> bool {
    shape.ext_offset != 0 && shape.flags & (shape_flag::DICT_MODE | shape_flag::VARIABLE) == 0
}

/// What sites have learnt of a shape and a name, for all sites: one that sees many shapes need not work it out again.
pub(crate) struct SiteCache(Vec<Site>);

#[derive(Clone, Copy)]
struct Site {
    shape: u32,
    epoch: u32,
    name: u64,
    family: u32,
    op: Op,
    words: [u64; 2],
}

const SITES: usize = 2048;
/// Families of sites; the low bits tell which operands are temporaries, which the words hold as well.
const LOAD: u32 = 0;
const STORE: u32 = 4;
const METHOD: u32 = 8;

impl Default for SiteCache {
    fn default() -> SiteCache {
        let none = Site {
            shape: 0,
            epoch: 0,
            name: 0,
            family: 0,
            op: Op::Nop,
            words: [0; 2],
        };
        SiteCache(vec![none; SITES])
    }
}

impl SiteCache {
    pub(crate) fn clear(&mut self) {
        *self = SiteCache::default();
    }
    #[inline(always)]
    fn at(&mut self, shape: u32, name: u64, family: u32) -> &mut Site {
        let i = (shape as usize)
            .wrapping_mul(37)
            .wrapping_add(name as usize >> 4)
            .wrapping_add(family as usize * 517);
        &mut self.0[i % SITES]
    }
}

/// If other sites know what this one needs for the object `v`: makes it the quick form for that. The site's own words must be of another
/// shape, so that a quick form that could not finish is not tried again.
#[inline(always)]
unsafe fn known_site(pc: Pc, v: Value, name: &Ref, family: u32, base: Op) -> bool {
    // SAFETY: `pc` is an instruction with two cache words.
    unsafe {
        let id = v.shape_id();
        if id == 0 || (*pc).op != base && *(pc.add(1) as *const u64) as u32 == id {
            return false;
        }
        let site = rt().types.site_cache.at(id, name.id(), family);
        if site.shape != id
            || site.name != name.id()
            || site.family != family
            || site.epoch != epoch()
            || site.op == Op::LoadAttrClass && class_version(id) != (site.words[0] >> 32) as u32
        {
            return false;
        }
        let at = pc as *mut Instr;
        put_word(at.add(1), site.words[0]);
        put_word(at.add(2), site.words[1]);
        (*at).op = site.op;
        true
    }
}

/// Lets other sites know what this one has become.
unsafe fn share_site(pc: Pc, shape: u32, name: &Ref, family: u32) {
    // SAFETY: as for `known_site`.
    unsafe {
        let words = [*(pc.add(1) as *const u64), *(pc.add(2) as *const u64)];
        *rt().types.site_cache.at(shape, name.id(), family) = Site {
            shape,
            epoch: epoch(),
            name: name.id(),
            family,
            op: (*pc).op,
            words,
        };
    }
}

/// `R[a] := R[b].N[c]`.
#[inline(never)]
pub(crate) fn load(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let name = &code.names[i.c as usize];
        let temp = i.b as u32 >= code.nlocals;
        let at = pc as *mut Instr;
        let v = *fp.add(i.b as usize);
        if known_site(pc, v, name, LOAD | temp as u32, Op::LoadAttr) {
            return (pc, fp);
        }
        // Quick forms that are not in the loop.
        let cache = *(pc.add(1) as *const u64);
        match i.op {
            Op::LoadAttrClass
                if v.is_ptr()
                    && v.shape_id() == cache as u32
                    && class_version(cache as u32) == (cache >> 32) as u32 =>
            {
                let found = Value(*(pc.add(2) as *const u64)).to_ref();
                put(fp, i.a, found);
                if temp && i.a != i.b {
                    put(fp, i.b, Ref::UNDEFINED);
                }
                return next(vm, pc, fp, 3);
            }
            Op::LoadAttrModule if v.shape_id() == Kind::Module as u32 => {
                let d = payload_of::<ModuleObj>(v).dict.cast::<DictObj>();
                if let Some(d) = d {
                    let t = &*d.d.raw();
                    if t.current_version() == cache as u32 {
                        let found = t.entries[(cache >> 32) as usize].value.clone();
                        put(fp, i.a, found);
                        if temp && i.a != i.b {
                            put(fp, i.b, Ref::UNDEFINED);
                        }
                        return next(vm, pc, fp, 3);
                    }
                }
            }
            Op::LoadAttrType
                if v.is_ptr()
                    && v.bits() == *(pc.add(1) as *const u64)
                    && epoch() as u64 == *(pc.add(2) as *const u64) >> 32 =>
            {
                let place = *(pc.add(2) as *const u64) as u32;
                let d = &*payload_of::<TypeObj>(v).namespace().d.raw();
                if let Some(e) = d.entries.get(place as usize)
                    && e.key.is(name)
                {
                    let found = e.value.clone();
                    put(fp, i.a, found);
                    if temp && i.a != i.b {
                        put(fp, i.b, Ref::UNDEFINED);
                    }
                    return next(vm, pc, fp, 3);
                }
            }
            Op::LoadAttrProperty
                if v.is_ptr()
                    && v.shape_id() == cache as u32
                    && epoch() == (cache >> 32) as u32 =>
            {
                let getter = Value(*(pc.add(2) as *const u64)).to_ref();
                let o = take(fp, code, i.b);
                return super::calls::push_call(vm, pc, fp, i.a, 3, getter, [o]);
            }
            _ => {}
        }
        let o = take(fp, code, i.b);
        (*at).op = Op::LoadAttr;
        if let Some(shape) = o.shape() {
            let t = o.class();
            if t.has_flag(type_flag::PLAIN_GETATTR) {
                let found = vm.lookup(t, name);
                match &found {
                    Some(d) if d.class().slots.descr_set.get().is_some() => {
                        if let Some(m) = d.exact::<MemberObj>()
                            && m.def.is_none()
                            && shape.ext_offset != 0
                            && t.is_subtype(&m.owner)
                        {
                            put_word(
                                at.add(1),
                                shape.id as u64 | slot_offset(shape, m.index) << 32,
                            );
                            (*at).op = if temp {
                                Op::LoadAttrSlotTemp
                            } else {
                                Op::LoadAttrSlot
                            };
                        } else if let Some(p) = d.exact::<PropertyObj>() {
                            let g = p.get.cloned();
                            if g.exact::<FunctionObj>().is_some() {
                                put_word(at.add(1), shape.id as u64 | (epoch() as u64) << 32);
                                put_word(at.add(2), g.value().bits());
                                (*at).op = Op::LoadAttrProperty;
                            }
                        }
                    }
                    _ => {
                        if cacheable(shape)
                            && let Some(slot) = shape.find(name.value())
                        {
                            put_word(at.add(1), shape.id as u64 | slot_offset(shape, slot) << 32);
                            (*at).op = if temp {
                                Op::LoadAttrSlotTemp
                            } else {
                                Op::LoadAttrSlot
                            };
                        } else if let Some(d) = &found
                            && cacheable(shape)
                            && d.class().slots.descr_get.get().is_none()
                            && t.version.get() != 0
                        {
                            put_word(at.add(1), shape.id as u64 | (t.version.get() as u64) << 32);
                            put_word(at.add(2), d.value().bits());
                            (*at).op = Op::LoadAttrClass;
                        }
                    }
                }
            } else if shape.id == Kind::Module as u32 {
                if let Some(d) = payload_of::<ModuleObj>(o.value()).dict.cast::<DictObj>()
                    && let Some(place) = d.place_of_str(name)
                    && vm
                        .lookup(t, name)
                        .is_none_or(|f| f.class().slots.descr_set.get().is_none())
                {
                    put_word(at.add(1), d.keys_version() as u64 | (place as u64) << 32);
                    (*at).op = Op::LoadAttrModule;
                }
            } else if shape.kind == Kind::Type
                && class_of(&o).is(&rt().types.type_)
                && let Some(place) = payload_of::<TypeObj>(o.value())
                    .namespace()
                    .place_of_str(name)
                && vm.lookup(t, name).is_none()
            {
                let d = &*payload_of::<TypeObj>(o.value()).namespace().d.raw();
                if d.entries[place]
                    .value
                    .class()
                    .slots
                    .descr_get
                    .get()
                    .is_none()
                {
                    put_word(at.add(1), o.value().bits());
                    put_word(at.add(2), place as u64 | (epoch() as u64) << 32);
                    (*at).op = Op::LoadAttrType;
                }
            }
            if matches!(
                (*at).op,
                Op::LoadAttrSlot | Op::LoadAttrSlotTemp | Op::LoadAttrClass | Op::LoadAttrProperty
            ) {
                share_site(pc, shape.id, name, LOAD | temp as u32);
            }
        }
        let r = attempt!(vm, pc, fp, vm.getattr(&o, name));
        drop(o);
        put(fp, i.a, r);
        next(vm, pc, fp, 3)
    }
}

/// `R[a].N[c] := R[b]`.
#[inline(never)]
pub(crate) fn store(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let name = &code.names[i.c as usize];
        let at = pc as *mut Instr;
        let flags =
            (i.b as u32 >= code.nlocals) as u64 | ((i.a as u32 >= code.nlocals) as u64) << 1;
        let family = STORE | flags as u32;
        if known_site(pc, *fp.add(i.a as usize), name, family, Op::StoreAttr) {
            return (pc, fp);
        }
        let v = take(fp, code, i.b);
        let o = take(fp, code, i.a);
        (*at).op = Op::StoreAttr;
        if let Some(shape) = o.shape()
            && o.class().has_flag(type_flag::PLAIN_SETATTR)
        {
            match vm.lookup(o.class(), name) {
                Some(d) if d.class().slots.descr_set.get().is_some() => {
                    if let Some(m) = d.exact::<MemberObj>()
                        && m.def.is_none()
                        && shape.ext_offset != 0
                        && o.class().is_subtype(&m.owner)
                    {
                        put_word(
                            at.add(1),
                            shape.id as u64 | slot_offset(shape, m.index) << 32,
                        );
                        put_word(at.add(2), flags);
                        (*at).op = Op::StoreAttrSlot;
                    }
                }
                _ if cacheable(shape) => {
                    if let Some(slot) = shape.find(name.value()) {
                        put_word(at.add(1), shape.id as u64 | slot_offset(shape, slot) << 32);
                        put_word(at.add(2), flags);
                        (*at).op = Op::StoreAttrSlot;
                    } else if let Some(to) = shape.with(name.value()) {
                        put_word(
                            at.add(1),
                            shape.id as u64 | slot_offset(shape, shape.used()) << 32,
                        );
                        put_word(at.add(2), flags | (to.id as u64) << 32);
                        (*at).op = Op::StoreAttrAdd;
                    }
                }
                _ => {}
            }
            if (*at).op != Op::StoreAttr {
                share_site(pc, shape.id, name, family);
            }
        }
        attempt!(vm, pc, fp, vm.setattr(&o, name, Some(v)));
        drop(o);
        next(vm, pc, fp, 3)
    }
}

/// Looks `R[b].N[c]` up for a call.
#[inline(never)]
pub(crate) fn load_method(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        let name = &code.names[i.c as usize];
        let at = pc as *mut Instr;
        let temp = i.b as u32 >= code.nlocals;
        if known_site(
            pc,
            *fp.add(i.b as usize),
            name,
            METHOD | temp as u32,
            Op::LoadMethod,
        ) {
            return (pc, fp);
        }
        if i.op == Op::LoadMethodModule {
            let v = *fp.add(i.b as usize);
            let cache = *(pc.add(1) as *const u64);
            if v.shape_id() == Kind::Module as u32
                && let Some(d) = payload_of::<ModuleObj>(v).dict.cast::<DictObj>()
            {
                let t = &*d.d.raw();
                if t.current_version() == cache as u32 {
                    let found = t.entries[(cache >> 32) as usize].value.clone();
                    let o = take(fp, code, i.b);
                    put(fp, i.a, found);
                    put(fp, i.a + 4, Ref::UNDEFINED);
                    drop(o);
                    return next(vm, pc, fp, 3);
                }
            }
        }
        let o = take(fp, code, i.b);
        (*at).op = Op::LoadMethod;
        if o.class().has_flag(type_flag::PLAIN_GETATTR) {
            let t = o.class();
            if let Some(f) = vm.lookup(t, name)
                && (f.exact::<FunctionObj>().is_some()
                    || f.cast::<NativeFunctionObj>().is_some_and(|n| {
                        n.this.is_undefined()
                            && n.def.kind == DefKind::Method
                            && n.owner.cast::<TypeObj>().is_some()
                    }))
            {
                let own = attempt!(vm, pc, fp, vm.instance_attr(&o, name));
                match own {
                    None => {
                        if let Some(shape) = o.shape()
                            && (cacheable(shape) && shape.find(name.value()).is_none()
                                || shape.ext_offset == 0
                                    && !matches!(
                                        shape.kind,
                                        Kind::Module
                                            | Kind::Function
                                            | Kind::ClassMethod
                                            | Kind::StaticMethod
                                    ))
                        {
                            put_word(
                                at.add(1),
                                shape.id as u64 | (epoch() as u64 | (temp as u64) << 31) << 32,
                            );
                            put_word(at.add(2), f.value().bits());
                            (*at).op = Op::LoadMethodClass;
                            share_site(pc, shape.id, name, METHOD | temp as u32);
                        }
                        put(fp, i.a, f);
                        put(fp, i.a + 4, o);
                        return next(vm, pc, fp, 3);
                    }
                    Some(v) => {
                        put(fp, i.a, v);
                        put(fp, i.a + 4, Ref::UNDEFINED);
                        drop(o);
                        return next(vm, pc, fp, 3);
                    }
                }
            }
        } else if o.shape().is_some_and(|s| s.id == Kind::Module as u32)
            && let Some(d) = payload_of::<ModuleObj>(o.value()).dict.cast::<DictObj>()
            && let Some(place) = d.place_of_str(name)
            && vm
                .lookup(o.class(), name)
                .is_none_or(|f| f.class().slots.descr_set.get().is_none())
        {
            put_word(at.add(1), d.keys_version() as u64 | (place as u64) << 32);
            (*at).op = Op::LoadMethodModule;
        }
        let r = attempt!(vm, pc, fp, vm.getattr(&o, name));
        drop(o);
        put(fp, i.a, r);
        put(fp, i.a + 4, Ref::UNDEFINED);
        next(vm, pc, fp, 3)
    }
}

/// Names of `LoadSpecial` by number.
static SPECIAL: [&str; 4] = ["__enter__", "__exit__", "__aenter__", "__aexit__"];

/// The other instructions of this family.
#[inline(never)]
pub(crate) fn op(vm: &mut Vm, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: operands are registers of the running frame.
    unsafe {
        vm.pc = pc;
        vm.fp = fp;
        let i = *pc;
        let code = code_of(fp);
        match i.op {
            Op::DeleteAttr => {
                let o = take(fp, code, i.a);
                attempt!(vm, pc, fp, vm.setattr(&o, &code.names[i.c as usize], None));
                drop(o);
                next(vm, pc, fp, 1)
            }
            Op::LoadSpecial => {
                let o = (*fp.add(i.b as usize)).to_ref();
                let name = intern(SPECIAL[i.c as usize]);
                let Some(f) = vm.lookup(o.class(), &name) else {
                    special_missing(vm, &o, i.c);
                    return raise(vm, pc, fp);
                };
                if f.exact::<FunctionObj>().is_some() {
                    put(fp, i.a, f);
                    put(fp, i.a + 4, o);
                } else {
                    let m = attempt!(vm, pc, fp, vm.bind_found(&o, &f));
                    put(fp, i.a, m);
                    put(fp, i.a + 4, Ref::UNDEFINED);
                }
                next(vm, pc, fp, 1)
            }
            _ => {
                let sup = take(fp, code, i.b);
                let class = take(fp, code, i.b + 1);
                let this = take(fp, code, i.b + 2);
                let name = &code.names[i.c as usize];
                let method = i.op == Op::LoadSuperMethod;
                if sup.is(&rt().types.super_) {
                    if method {
                        let (f, receiver) = attempt!(
                            vm,
                            pc,
                            fp,
                            crate::types::super_::super_method(vm, &class, &this, name)
                        );
                        put(fp, i.a, f);
                        put(fp, i.a + 4, receiver);
                    } else {
                        let v = attempt!(
                            vm,
                            pc,
                            fp,
                            crate::types::super_::super_getattr(vm, &class, &this, name)
                        );
                        put(fp, i.a, v);
                    }
                } else {
                    // `super` means something else here.
                    let s = attempt!(vm, pc, fp, vm.call(&sup, &[]));
                    let v = attempt!(vm, pc, fp, vm.getattr(&s, name));
                    put(fp, i.a, v);
                    if method {
                        put(fp, i.a + 4, Ref::UNDEFINED);
                    }
                }
                drop((sup, class, this));
                next(vm, pc, fp, 1)
            }
        }
    }
}

fn special_missing(vm: &mut Vm, o: &Ref, which: u16) {
    let name = vm.type_name(o);
    let has = |vm: &Vm, n: &str| vm.lookup(o.class(), &intern(n)).is_some();
    let (what, method) = match which {
        0 => ("the context manager protocol", "__enter__"),
        1 => ("the context manager protocol", "__exit__"),
        2 => ("the asynchronous context manager protocol", "__aenter__"),
        _ => ("the asynchronous context manager protocol", "__aexit__"),
    };
    let hint = if which < 2 && has(vm, "__aenter__") && has(vm, "__aexit__") {
        " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
    } else if which >= 2 && has(vm, "__enter__") && has(vm, "__exit__") {
        " but it supports the context manager protocol. Did you mean to use 'with'?"
    } else {
        ""
    };
    let text = format!("'{name}' object does not support {what} (missed {method} method){hint}");
    vm.type_error(&text);
}
