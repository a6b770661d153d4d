//! Shapes: what class an object has and where its attributes lie.
//!
//! All instances of a class that got the same attributes in the same order share a shape. A shape's number stands in
//! the object's header, so one comparison tells an inline cache both the class and the place of an
//! attribute. Instances in *dict mode* (someone asked for `__dict__`, deleted an attribute, or there were more
//! attributes than the instance has room for) keep their attributes in a dict to which the `ext` word points.

use super::header::Kind;
use super::runtime::rt;
use super::word::Value;
use hashbrown::HashMap;
use std::cell::RefCell;

pub mod shape_flag {
    /// Instances own a reference to their class.
    pub const HEAP_CLASS: u32 = 1;
    /// Instances may need a finaliser: `__del__`, or a generator.
    pub const FINALIZE: u32 = 2;
    /// Attributes are in a dict in the `ext` word.
    pub const DICT_MODE: u32 = 4;
    /// No attributes but those of `__slots__`.
    pub const NO_DICT: u32 = 8;
    /// The payload's size differs from object to object (str, bytes, tuple subclasses): always dict mode.
    pub const VARIABLE: u32 = 16;
}

pub struct Shape {
    pub id: u32,
    pub kind: Kind,
    pub flags: u32,
    /// The class; borrowed, since the class owns its shapes.
    pub class: Value,
    /// Where in the object (in bytes) the `ext` word is; 0 if it has none. Inline slots follow it.
    pub ext_offset: u16,
    /// How many inline slots instances have.
    pub capacity: u16,
    /// How many of them `__slots__` has taken.
    pub fixed: u16,
    /// Attribute names after the fixed slots, in order of their slots.
    pub names: Vec<Value>,
    /// Only for many names.
    index: HashMap<u64, u16>,
    transitions: RefCell<Vec<(Value, u32)>>,
}

const LINEAR: usize = 8;

impl Shape {
    pub fn new(kind: Kind, class: Value, flags: u32) -> Shape {
        Shape {
            id: 0,
            kind,
            flags,
            class,
            ext_offset: 0,
            capacity: 0,
            fixed: 0,
            names: Vec::new(),
            index: HashMap::new(),
            transitions: RefCell::new(Vec::new()),
        }
    }

    /// The slot of the attribute `name` (an interned str).
    #[inline]
    pub fn find(&self, name: Value) -> Option<u16> {
        if self.names.len() <= LINEAR {
            let at = self.names.iter().position(|&n| n == name)?;
            return Some(self.fixed + at as u16);
        }
        self.index.get(&name.0).copied()
    }

    /// Slots in use.
    pub fn used(&self) -> u16 {
        self.fixed + self.names.len() as u16
    }

    /// The shape of an instance of this shape that gets the attribute `name` as well, if it has room for it.
    pub fn with(&self, name: Value) -> Option<&'static Shape> {
        if let Some(&(_, to)) = self.transitions.borrow().iter().find(|t| t.0 == name) {
            return Some(rt().shape(to));
        }
        if self.used() >= self.capacity
            || self.flags & (shape_flag::DICT_MODE | shape_flag::NO_DICT) != 0
        {
            return None;
        }
        let mut names = self.names.clone();
        names.push(name);
        let index = if names.len() > LINEAR {
            names
                .iter()
                .enumerate()
                .map(|(i, n)| (n.0, self.fixed + i as u16))
                .collect()
        } else {
            HashMap::new()
        };
        let next = Shape {
            id: 0,
            names,
            index,
            transitions: RefCell::new(Vec::new()),
            ..*self
        };
        let next = rt().add_shape(next);
        self.transitions.borrow_mut().push((name, next.id));
        super::object::remember_shape(self.class, next.id);
        Some(next)
    }
}
