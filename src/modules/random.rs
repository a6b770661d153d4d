//! `_random`: the Mersenne Twister MT19937, with the seeding and the outputs that `random` documents.

use std::cell::RefCell;
use taipan_vm::modules::{new_module, set};
use taipan_vm::native::Args;
use taipan_vm::types::spec::TypeSpec;
use taipan_vm::value::{Kind, NativePayload, type_flag};
use taipan_vm::vm::{new_bigint, new_float, new_int, new_tuple};
use taipan_vm::{R, Ref, Vm, arg, methods, trace};

const N: usize = 624;
const M: usize = 397;
/// The most words that one number may have.
const MAX_WORDS: u64 = 1 << 28;

/// The state of a generator: words, and the place of the next one.
struct Twister {
    words: Box<[u32; N]>,
    index: usize,
}

impl Twister {
    fn new() -> Twister {
        Twister {
            words: Box::new([0; N]),
            index: N,
        }
    }
    fn seed_word(&mut self, seed: u32) {
        let mut word = seed;
        self.words[0] = word;
        for i in 1..N {
            word = 1_812_433_253u32
                .wrapping_mul(word ^ word >> 30)
                .wrapping_add(i as u32);
            self.words[i] = word;
        }
        self.index = N;
    }
    /// Seeds with an array of any length but 0.
    fn seed(&mut self, key: &[u32]) {
        self.seed_word(19_650_218);
        let w = &mut self.words;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let before = w[i - 1];
            w[i] = (w[i] ^ (before ^ before >> 30).wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                w[0] = w[N - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            let before = w[i - 1];
            w[i] =
                (w[i] ^ (before ^ before >> 30).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                w[0] = w[N - 1];
                i = 1;
            }
        }
        w[0] = 0x8000_0000;
    }
    fn refill(&mut self) {
        let w = &mut self.words;
        for i in 0..N {
            let y = w[i] & 0x8000_0000 | w[(i + 1) % N] & 0x7FFF_FFFF;
            let odd = if y & 1 != 0 { 0x9908_B0DF } else { 0 };
            w[i] = w[(i + M) % N] ^ y >> 1 ^ odd;
        }
        self.index = 0;
    }
    fn next(&mut self) -> u32 {
        if self.index >= N {
            self.refill();
        }
        let mut y = self.words[self.index];
        self.index += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C_5680;
        y ^= y << 15 & 0xEFC6_0000;
        y ^ y >> 18
    }
    /// A float in [0, 1) with 53 random bits.
    fn float(&mut self) -> f64 {
        let (a, b) = (self.next() >> 5, self.next() >> 6);
        (a as f64 * 67_108_864.0 + b as f64) / 9_007_199_254_740_992.0
    }
}

/// A `Random` object.
struct Generator(RefCell<Twister>);
trace!(Generator);
impl NativePayload for Generator {}

static RANDOM: TypeSpec = TypeSpec {
    name: "_random.Random",
    kind: Kind::Native,
    flags: type_flag::BASE,
    doc: "A generator of random numbers with a state of its own.",
    methods: METHODS,
    slots: |s| {
        s.new.set(Some(|_, class, _| {
            Ok(Ref::new_native(
                class,
                Generator(RefCell::new(Twister::new())),
            ))
        }));
        s.init.set(Some(init));
    },
    ..TypeSpec::DEFAULT
};

methods! { METHODS;
    "random(self, /)" => |vm, a| {
        let x = generator(vm, &a[0])?.0.borrow_mut().float();
        Ok(new_float(x))
    }, "A float from 0 up to, but not including, 1.";
    var "seed(self, n=None, /)" => |vm, args| {
        let given = args.pos();
        if args.has_kw() {
            return Err(vm.type_error("Random.seed() takes no keyword arguments"));
        }
        if given.len() > 2 {
            let n = given.len() - 1;
            return Err(vm.type_error(&format!("seed expected at most 1 argument, got {n}")));
        }
        seed(vm, &given[0], given.get(1))?;
        Ok(Ref::none())
    }, "Starts the sequence that belongs to a value; without one, any sequence.";
    "getstate(self, /)" => getstate, "The state as a tuple of integers.";
    "setstate(self, state, /)" => setstate, "Restores a state.";
    "getrandbits(self, k, /)" => getrandbits, "An int of that many random bits.";
}

fn generator<'a>(vm: &mut Vm, r: &'a Ref) -> R<&'a Generator> {
    match r.native::<Generator>() {
        Some(g) => Ok(g),
        None => Err(vm.type_error("a Random object is required")),
    }
}

fn init(vm: &mut Vm, r: &Ref, args: Args) -> R<()> {
    if args.has_kw() {
        return Err(vm.type_error("Random() takes no keyword arguments"));
    }
    let given = args.pos();
    if given.len() > 1 {
        let n = given.len();
        return Err(vm.type_error(&format!("Random expected at most 1 argument, got {n}")));
    }
    seed(vm, r, given.first())
}

fn seed(vm: &mut Vm, r: &Ref, value: Option<&Ref>) -> R<()> {
    let key = match value.filter(|v| !v.is_none()) {
        None => {
            let mut bytes = [0u8; N * 4];
            if vm.host.clone().random(&mut bytes).is_err() {
                let now = vm.host.time_ns() as u128 ^ (vm.host.monotonic_ns() as u128) << 64;
                bytes[..16].copy_from_slice(&now.to_le_bytes());
            }
            let words = bytes.as_chunks::<4>().0;
            words.iter().map(|w| u32::from_le_bytes(*w)).collect()
        }
        Some(v) => match v.as_bigint() {
            Some(n) => n.magnitude().to_u32_digits(),
            None => {
                let hash = vm.hash(v)? as u64;
                vec![hash as u32, (hash >> 32) as u32]
            }
        },
    };
    // Leading zeros don't count, but a key has one word at least.
    let used = key.iter().rposition(|w| *w != 0).map_or(1, |i| i + 1);
    let key = if key.is_empty() {
        &[0][..]
    } else {
        &key[..used.min(key.len())]
    };
    generator(vm, r)?.0.borrow_mut().seed(key);
    Ok(())
}

fn getrandbits(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let k = vm.index(&a[1])?;
    let Some(k) = k.as_bigint() else {
        return Err(vm.type_error("an integer is required"));
    };
    if k.sign() == num_bigint::Sign::Minus {
        return Err(vm.value_error("Cannot convert negative int"));
    }
    let Ok(k) = u64::try_from(&k) else {
        return Err(vm.overflow_error("Python int too large for C uint64_t"));
    };
    let words = k.div_ceil(32);
    if words > MAX_WORDS {
        return Err(vm.memory_error());
    }
    let mut twister = generator(vm, &a[0])?.0.borrow_mut();
    // The last word gives its upper bits.
    let mut word = |i: u64| {
        let w = twister.next();
        let bits = (k - i * 32).min(32);
        w >> (32 - bits)
    };
    Ok(match words {
        0 => new_int(0),
        1 => new_int(word(0) as i64),
        _ => new_bigint(num_bigint::BigUint::new((0..words).map(word).collect()).into()),
    })
}

fn getstate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let twister = generator(vm, &a[0])?.0.borrow();
    let mut state: Vec<Ref> = twister.words.iter().map(|w| new_int(*w as i64)).collect();
    state.push(new_int(twister.index as i64));
    Ok(new_tuple(state))
}

fn setstate(vm: &mut Vm, a: &[Ref]) -> R<Ref> {
    let Some(items) = arg(a, 1).and_then(|s| s.tuple_items()) else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    if items.len() != N + 1 {
        return Err(vm.value_error("state vector is the wrong size"));
    }
    let mut words = [0; N];
    for (to, item) in words.iter_mut().zip(items) {
        let Some(n) = item.as_bigint() else {
            return Err(vm.type_error("an integer is required"));
        };
        if n.sign() == num_bigint::Sign::Minus {
            return Err(vm.overflow_error("can't convert negative value to unsigned int"));
        }
        match u64::try_from(&n) {
            Ok(n) => *to = n as u32,
            Err(_) => {
                return Err(vm.overflow_error("Python int too large to convert to C unsigned long"));
            }
        }
    }
    let index = vm.index(&items[N])?.as_i64();
    let Some(index) = index.filter(|i| (0..=N as i64).contains(i)) else {
        return Err(vm.value_error("invalid state"));
    };
    let mut twister = generator(vm, &a[0])?.0.borrow_mut();
    *twister.words = words;
    twister.index = index as usize;
    Ok(Ref::none())
}

pub fn make(vm: &mut Vm) -> R<Ref> {
    let m = new_module(
        vm,
        "_random",
        "The Mersenne Twister, the native half of the module random.",
        &[],
    );
    let class = vm.native_type(&RANDOM);
    set(&m, "Random", class);
    Ok(m)
}
