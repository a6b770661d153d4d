//! Identifiers by number, so that tokens and nodes hold four bytes instead of text.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::ast::Symbol;

/// Identifiers of one parse, by number.
#[derive(Default, Debug)]
pub struct Interner {
    names: Vec<Box<str>>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    pub fn intern(&mut self, name: &str) -> Symbol {
        let hash = self.hasher.hash_one(name);
        let names = &self.names;
        if let Some(&n) = self.numbers.find(hash, |&n| &*names[n as usize] == name) {
            return Symbol(n);
        }
        let n = self.names.len() as u32;
        self.names.push(name.into());
        let (names, hasher) = (&self.names, &self.hasher);
        self.numbers
            .insert_unique(hash, n, |&n| hasher.hash_one(&*names[n as usize]));
        Symbol(n)
    }

    /// Interns an identifier as it stands in the source: in normal form NFKC (Language reference, 2.3).
    pub fn intern_identifier(&mut self, name: &str) -> Symbol {
        if name.is_ascii() || is_nfkc_quick(name.chars()) == IsNormalized::Yes {
            return self.intern(name);
        }
        let normal: String = name.nfkc().collect();
        self.intern(&normal)
    }

    pub fn get(&self, name: Symbol) -> &str {
        &self.names[name.0 as usize]
    }
}
