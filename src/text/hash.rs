//! Hashes of numbers, bytes, tuples and sets, equal to CPython's on 64 bits.

use num_bigint::{BigInt, Sign};

/// Numeric hashes are residues of this Mersenne prime, so that equal numbers of any type have one hash.
pub const MODULUS: u64 = (1 << 61) - 1;
/// `hash(float('inf'))`
pub const INFINITY: i64 = 314159;
/// `sys.hash_info.imag`
pub const IMAGINARY: u64 = 1_000_003;

/// -1 is not a hash.
#[inline]
pub fn avoid_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

#[inline]
fn signed(negative: bool, residue: u64) -> i64 {
    let hash = residue as i64;
    avoid_minus_one(if negative { -hash } else { hash })
}

#[inline]
pub fn hash_small_int(n: i64) -> i64 {
    let magnitude = n.unsigned_abs();
    signed(
        n < 0,
        if magnitude < MODULUS {
            magnitude
        } else {
            magnitude % MODULUS
        },
    )
}

pub fn hash_int(n: &BigInt) -> i64 {
    // 2**64 is 8 modulo 2**61 - 1.
    let residue = n
        .magnitude()
        .iter_u64_digits()
        .rev()
        .fold(0u64, |hash, digit| {
            ((u128::from(hash) * 8 + u128::from(digit)) % u128::from(MODULUS)) as u64
        });
    signed(n.sign() == Sign::Minus, residue)
}

/// Hash of a float; None for NaN, whose hash is that of its identity.
pub fn hash_float(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { INFINITY } else { -INFINITY });
    }
    let (mantissa, exponent) = crate::float_repr::decompose(x);
    // Multiplying by 2 rotates a residue of 61 bits.
    let turn = exponent.rem_euclid(61) as u32;
    let residue = if turn == 0 {
        mantissa
    } else {
        (mantissa << turn & MODULUS) | mantissa >> (61 - turn)
    };
    Some(signed(x < 0.0, residue % MODULUS))
}

/// Hash of a complex number from the hashes of its parts.
pub fn combine_complex(real: i64, imaginary: i64) -> i64 {
    avoid_minus_one((real as u64).wrapping_add(IMAGINARY.wrapping_mul(imaginary as u64)) as i64)
}

/// Key of the hash of str and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashKey(pub u64, pub u64);

impl HashKey {
    /// The key that PYTHONHASHSEED=seed stands for.
    pub fn from_seed(seed: u32) -> HashKey {
        if seed == 0 {
            return HashKey(0, 0);
        }
        let mut state = seed;
        let mut word = || {
            let mut bytes = [0u8; 8];
            for byte in &mut bytes {
                state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
                *byte = (state >> 16) as u8;
            }
            u64::from_le_bytes(bytes)
        };
        HashKey(word(), word())
    }
}

/// SipHash-1-3 of bytes as `hash(bytes)` gives it.
pub fn hash_bytes(s: &[u8], key: HashKey) -> i64 {
    if s.is_empty() {
        return 0;
    }
    let mut v = [
        key.0 ^ 0x736f_6d65_7073_6575,
        key.1 ^ 0x646f_7261_6e64_6f6d,
        key.0 ^ 0x6c79_6765_6e65_7261,
        key.1 ^ 0x7465_6462_7974_6573,
    ];
    #[inline(always)]
    fn round(v: &mut [u64; 4]) {
        v[0] = v[0].wrapping_add(v[1]);
        v[2] = v[2].wrapping_add(v[3]);
        v[1] = v[1].rotate_left(13) ^ v[0];
        v[3] = v[3].rotate_left(16) ^ v[2];
        v[0] = v[0].rotate_left(32);
        v[2] = v[2].wrapping_add(v[1]);
        v[0] = v[0].wrapping_add(v[3]);
        v[1] = v[1].rotate_left(17) ^ v[2];
        v[3] = v[3].rotate_left(21) ^ v[0];
        v[2] = v[2].rotate_left(32);
    }
    let (chunks, tail) = s.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        v[3] ^= word;
        round(&mut v);
        v[0] ^= word;
    }
    let last = tail
        .iter()
        .enumerate()
        .fold((s.len() as u64) << 56, |word, (at, &b)| {
            word | u64::from(b) << (8 * at)
        });
    v[3] ^= last;
    round(&mut v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for _ in 0..3 {
        round(&mut v);
    }
    avoid_minus_one((v[0] ^ v[1] ^ v[2] ^ v[3]) as i64)
}

/// Hash of a str: over one, two or four bytes a character, whichever its widest needs, as CPython stores it.
pub fn hash_str(s: &[u8], ascii: bool, key: HashKey) -> i64 {
    if ascii {
        return hash_bytes(s, key);
    }
    let widest = crate::wtf8::code_points(s)
        .map(|(_, cp)| cp)
        .max()
        .unwrap_or(0);
    let mut units = Vec::with_capacity(s.len());
    for (_, cp) in crate::wtf8::code_points(s) {
        match widest {
            0..=0xff => units.push(cp as u8),
            0x100..=0xffff => units.extend_from_slice(&(cp as u16).to_le_bytes()),
            _ => units.extend_from_slice(&cp.to_le_bytes()),
        }
    }
    hash_bytes(&units, key)
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// The hash of a tuple, fed with the hashes of its items.
#[derive(Clone, Copy, Debug)]
pub struct TupleHasher {
    state: u64,
    length: u64,
}

impl Default for TupleHasher {
    fn default() -> Self {
        TupleHasher {
            state: PRIME_5,
            length: 0,
        }
    }
}

impl TupleHasher {
    pub fn new() -> Self {
        Self::default()
    }

    #[inline]
    pub fn add(&mut self, hash: i64) {
        let lane = (hash as u64).wrapping_mul(PRIME_2);
        self.state = self
            .state
            .wrapping_add(lane)
            .rotate_left(31)
            .wrapping_mul(PRIME_1);
        self.length += 1;
    }

    pub fn finish(self) -> i64 {
        let hash = self.state.wrapping_add(self.length ^ PRIME_5 ^ 3_527_539) as i64;
        if hash == -1 { 1_546_275_796 } else { hash }
    }
}

pub fn hash_tuple(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut hasher = TupleHasher::new();
    hashes.into_iter().for_each(|hash| hasher.add(hash));
    hasher.finish()
}

/// `hash(frozenset)` from the hashes of its members, in any order.
pub fn hash_frozenset(hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut count = 0u64;
    let mut hash = 0u64;
    for member in hashes {
        let h = member as u64;
        hash ^= (h ^ 89_869_747 ^ (h << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    hash ^= (count + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907_133_923);
    if hash as i64 == -1 {
        590_923_713
    } else {
        hash as i64
    }
}
