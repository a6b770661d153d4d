//! THE instruction table: every instruction once, with its operands, inline cache words and meaning.
//!
//! An instruction is eight bytes, `{op u16, a u16, b u16, c u16}`, followed by its cache words (eight
//! bytes each, zero when compiled, owned by the VM). The enum, the disassembler, the operand
//! roles and `docs/internals/instructions.md` all come from this table.
//!
//! # Registers
//! `R[0..nlocals]` are locals: parameters first, then other variables. They hold a value or
//! *undefined*. `R[nlocals..nregs]` are temporaries. **Reading a local borrows it; reading a temporary consumes
//! it.** One invariant carries the whole ownership of registers: *a dead temporary holds nothing counted*
//! (undefined, an int, a float, a singleton: no pointer). So an instruction that consumes a temporary clears it, and an
//! instruction that writes any register may drop what was there, local or temporary alike. An instruction that
//! raises may leave its consumed temporaries behind: the unwinder drops every temporary from the
//! handler's `depth` upwards, and a frame that is left by an exception, or a generator that is
//! destroyed, drops all its registers. Temporaries are therefore allocated like a stack, and
//! no liveness table is needed.
//!
//! # Operand roles
//! - `w` register written; `r` register read (a temporary is consumed); `p` register peeked at (not consumed even if temporary)
//! - `W` call window: `R[a]` callee, `R[a+1..=a+3]` the callee's frame words, arguments from `R[a+4]`; the result goes to `R[a]`
//! - `B` first of several consecutive temporaries, read (consumed) or written as the formula says
//! - `k` constant index; `n` name index; `i` signed 16-bit immediate; `x` plain number; `f` free variable index
//! - `j` signed 16-bit jump, in instruction words, relative to the word after this instruction and its cache words
//! - `J` in place of `b`: signed 32-bit jump (or number) held in `b` (low) and `c` (high); `K` the same for a constant index
//! - `_` unused
//!
//! Signature order is `(a, b, c)`.

macro_rules! instructions {
    ($($(#[doc = $doc:literal])+ $name:ident $a:ident $b:ident $c:ident $cache:literal $(of $base:ident)?;)*) => {
        /// An instruction's operation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum Op { $($(#[doc = $doc])+ $name,)* }

        /// Every operation with what is known of it, indexed by its number.
        pub static OPS: &[OpInfo] = &[$(OpInfo {
            op: Op::$name, name: stringify!($name), roles: [Role::$a, Role::$b, Role::$c],
            cache_words: $cache, doc: concat!($($doc),+), base: instructions!(@base $($base)?),
        },)*];
    };
    (@base) => { None };
    (@base $base:ident) => { Some(Op::$base) };
}

/// What an operand means; see the notation at the top of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)]
pub enum Role {
    /// Unused.
    o,
    w,
    r,
    p,
    W,
    B,
    k,
    n,
    i,
    x,
    f,
    j,
    J,
    K,
}

/// One row of the table.
#[derive(Debug)]
pub struct OpInfo {
    pub op: Op,
    pub name: &'static str,
    pub roles: [Role; 3],
    pub cache_words: u8,
    pub doc: &'static str,
    /// For a quickened form: the instruction that the compiler emits.
    pub base: Option<Op>,
}

instructions! {
    // Moves and constants.
    /// Nothing.
    Nop o o o 0;
    /// `R[a] := R[b]`, `R[b]` being a temporary, which is moved
    Move w r o 0;
    /// `R[a] := R[b]`, leaving `R[b]` (a local, or a temporary still needed) as it is
    Copy w p o 0;
    /// `R[a] := K[bc]`; the VM puts the value itself into the cache word
    LoadConst w K o 1;
    /// `R[a] := b` as an int
    LoadInt w i o 0;
    /// `R[a] := None`
    LoadNone w o o 0;
    /// Drops the temporary `R[a]`
    Drop r o o 0;
    /// Raises UnboundLocalError if the local `R[a]` is undefined
    CheckLocal p o o 0;
    /// `del` of the local `R[a]`; UnboundLocalError if it is undefined
    DeleteLocal p o o 0;
    /// `R[a] := undefined` for a local, whatever it was (end of `except ... as`, comprehension variables)
    ClearLocal p o o 0;

    // Cells. A cell variable's register holds its cell; free variables live in the running function's closure.
    /// `R[a] := cell(R[a])` (start of a function; an undefined local makes an empty cell)
    MakeCell p o o 0;
    /// `R[a] := R[b].contents`; UnboundLocalError naming the variable if empty
    LoadCell w p o 0;
    /// `R[a].contents := R[b]`
    StoreCell p r o 0;
    /// `del R[a].contents`; UnboundLocalError if empty
    DeleteCell p o o 0;
    /// `R[a] := free[b].contents`; NameError ("cannot access free variable ...") if empty
    LoadFree w f o 0;
    /// `free[a].contents := R[b]`
    StoreFree f r o 0;
    /// `del free[a].contents`
    DeleteFree f o o 0;
    /// `R[a] := free[b]`, the cell itself (to build a closure)
    LoadFreeCell w f o 0;

    // Names. Code with the NAMESPACE flag (module, class body, exec) keeps its namespace mapping in `R[0]`.
    /// `R[a] := globals[N[b]]`, else builtins
    LoadGlobal w n o 2;
    /// `globals[N[a]] := R[b]`
    StoreGlobal n r o 1;
    /// `del globals[N[a]]`
    DeleteGlobal n o o 0;
    /// `R[a] := R[0][N[b]]`, else globals, else builtins
    LoadName w n o 2;
    /// `R[0][N[a]] := R[b]`
    StoreName n r o 1;
    /// `del R[0][N[a]]`
    DeleteName n o o 0;
    /// `R[a] := R[b][N[c]]`, else globals, else builtins (annotation scopes in a class)
    LoadFromDictOrGlobals w r n 0;
    /// `R[a] := R[b][name of free[c]]`, else the contents of `free[c]`
    LoadFromDictOrFree w r f 0;
    /// `R[a] := R[0]`, the namespace (class body, module) or, in a function, a new `locals()`
    LoadLocals w o o 0;

    // Attributes.
    /// `R[a] := R[b].N[c]`
    LoadAttr w r n 2;
    /// `R[a].N[c] := R[b]`
    StoreAttr r r n 2;
    /// `del R[a].N[c]`
    DeleteAttr r o n 0;
    /// Looks `R[b].N[c]` up for a call: `R[a] := function, R[a+4] := R[b]` for a method, else `R[a] := attribute, R[a+4] := undefined`
    LoadMethod W r n 2;
    /// `R[a] := super-attribute N[c]`; `R[b], R[b+1], R[b+2]` are the value of the name `super`, `__class__` and the first argument
    LoadSuperAttr w B n 0;
    /// The same for a call, as `LoadMethod` leaves it
    LoadSuperMethod W B n 0;
    /// As `LoadMethod` for a special method looked up on the type: `c` is 0 `__enter__`, 1 `__exit__`, 2 `__aenter__`, 3 `__aexit__`; `R[b]` is peeked at
    LoadSpecial W p x 0;

    // Subscription.
    /// `R[a] := R[b][R[c]]`
    LoadSubscr w r r 0;
    /// `R[a][R[b]] := R[c]`
    StoreSubscr r r r 0;
    /// `del R[a][R[b]]`
    DeleteSubscr r r o 0;
    /// `R[a] := R[b][R[c]:R[c+1]]`
    LoadSlice w r B 0;
    /// `R[a][R[c]:R[c+1]] := R[b]`
    StoreSlice r r B 0;
    /// `R[a] := slice(R[b], R[b+1], R[b+2] if c == 3 else None)`
    BuildSlice w B x 0;

    // Arithmetic: binary, augmented, with an immediate, unary.
    /// `R[a] := R[b] + R[c]`
    Add w r r 0;
    /// `R[a] := R[b] - R[c]`
    Sub w r r 0;
    /// `R[a] := R[b] * R[c]`
    Mul w r r 0;
    /// `R[a] := R[b] / R[c]`
    TrueDiv w r r 0;
    /// `R[a] := R[b] // R[c]`
    FloorDiv w r r 0;
    /// `R[a] := R[b] % R[c]`
    Mod w r r 0;
    /// `R[a] := R[b] ** R[c]`
    Pow w r r 0;
    /// `R[a] := R[b] @ R[c]`
    MatMul w r r 0;
    /// `R[a] := R[b] << R[c]`
    LShift w r r 0;
    /// `R[a] := R[b] >> R[c]`
    RShift w r r 0;
    /// `R[a] := R[b] & R[c]`
    And w r r 0;
    /// `R[a] := R[b] | R[c]`
    Or w r r 0;
    /// `R[a] := R[b] ^ R[c]`
    Xor w r r 0;
    /// `R[a] := R[b] += R[c]` (the result of the in-place protocol)
    IAdd w r r 0;
    /// `R[a] := R[b] -= R[c]`
    ISub w r r 0;
    /// `R[a] := R[b] *= R[c]`
    IMul w r r 0;
    /// `R[a] := R[b] /= R[c]`
    ITrueDiv w r r 0;
    /// `R[a] := R[b] //= R[c]`
    IFloorDiv w r r 0;
    /// `R[a] := R[b] %= R[c]`
    IMod w r r 0;
    /// `R[a] := R[b] **= R[c]`
    IPow w r r 0;
    /// `R[a] := R[b] @= R[c]`
    IMatMul w r r 0;
    /// `R[a] := R[b] <<= R[c]`
    ILShift w r r 0;
    /// `R[a] := R[b] >>= R[c]`
    IRShift w r r 0;
    /// `R[a] := R[b] &= R[c]`
    IAnd w r r 0;
    /// `R[a] := R[b] |= R[c]`
    IOr w r r 0;
    /// `R[a] := R[b] ^= R[c]`
    IXor w r r 0;
    /// `R[a] := R[b] + c`
    AddImm w r i 0;
    /// `R[a] := R[b] - c`
    SubImm w r i 0;
    /// `R[a] := R[b] * c`
    MulImm w r i 0;
    /// `R[a] := R[b] // c`
    FloorDivImm w r i 0;
    /// `R[a] := R[b] % c`
    ModImm w r i 0;
    /// `R[a] := R[b] & c`
    AndImm w r i 0;
    /// `R[a] := R[b] << c`
    LShiftImm w r i 0;
    /// `R[a] := R[b] >> c`
    RShiftImm w r i 0;
    /// `R[a] := R[b] += c`
    IAddImm w r i 0;
    /// `R[a] := R[b] -= c`
    ISubImm w r i 0;
    /// `R[a] := -R[b]`
    Neg w r o 0;
    /// `R[a] := +R[b]`
    Pos w r o 0;
    /// `R[a] := ~R[b]`
    Invert w r o 0;
    /// `R[a] := not R[b]`
    Not w r o 0;

    // Comparison to a value.
    /// `R[a] := R[b] < R[c]`
    Lt w r r 0;
    /// `R[a] := R[b] <= R[c]`
    Le w r r 0;
    /// `R[a] := R[b] == R[c]`
    Eq w r r 0;
    /// `R[a] := R[b] != R[c]`
    Ne w r r 0;
    /// `R[a] := R[b] > R[c]`
    Gt w r r 0;
    /// `R[a] := R[b] >= R[c]`
    Ge w r r 0;
    /// `R[a] := R[b] is R[c]`
    Is w r r 0;
    /// `R[a] := R[b] is not R[c]`
    IsNot w r r 0;
    /// `R[a] := R[b] in R[c]`
    In w r r 0;
    /// `R[a] := R[b] not in R[c]`
    NotIn w r r 0;

    // Jumps. Taken backward jumps poll the safepoint.
    /// Jumps
    Jump o J o 0;
    /// Jumps if `R[a]` is true
    JumpIfTrue r J o 0;
    /// Jumps if `R[a]` is false
    JumpIfFalse r J o 0;
    /// Jumps with `R[a]` kept if it is true, else drops it (`or`); `R[a]` is a temporary
    JumpIfTrueKeep p J o 0;
    /// Jumps with `R[a]` kept if it is false, else drops it (`and`); `R[a]` is a temporary
    JumpIfFalseKeep p J o 0;
    /// Jumps if `R[a]` is None
    JumpIfNone r J o 0;
    /// Jumps if `R[a]` is not None
    JumpIfNotNone r J o 0;
    /// Jumps if `R[a] < R[b]`
    JumpLt r r j 0;
    /// Jumps if `R[a] <= R[b]`
    JumpLe r r j 0;
    /// Jumps if `R[a] == R[b]`
    JumpEq r r j 0;
    /// Jumps if `R[a] != R[b]`
    JumpNe r r j 0;
    /// Jumps if `R[a] > R[b]`
    JumpGt r r j 0;
    /// Jumps if `R[a] >= R[b]`
    JumpGe r r j 0;
    /// Jumps unless `R[a] < R[b]`
    JumpNotLt r r j 0;
    /// Jumps unless `R[a] <= R[b]`
    JumpNotLe r r j 0;
    /// Jumps unless `R[a] == R[b]`
    JumpNotEq r r j 0;
    /// Jumps unless `R[a] != R[b]`
    JumpNotNe r r j 0;
    /// Jumps unless `R[a] > R[b]`
    JumpNotGt r r j 0;
    /// Jumps unless `R[a] >= R[b]`
    JumpNotGe r r j 0;
    /// Jumps if `R[a] < b`
    JumpLtImm r i j 0;
    /// Jumps if `R[a] <= b`
    JumpLeImm r i j 0;
    /// Jumps if `R[a] == b`
    JumpEqImm r i j 0;
    /// Jumps if `R[a] != b`
    JumpNeImm r i j 0;
    /// Jumps if `R[a] > b`
    JumpGtImm r i j 0;
    /// Jumps if `R[a] >= b`
    JumpGeImm r i j 0;
    /// Jumps unless `R[a] < b`
    JumpNotLtImm r i j 0;
    /// Jumps unless `R[a] <= b`
    JumpNotLeImm r i j 0;
    /// Jumps unless `R[a] == b`
    JumpNotEqImm r i j 0;
    /// Jumps unless `R[a] != b`
    JumpNotNeImm r i j 0;
    /// Jumps unless `R[a] > b`
    JumpNotGtImm r i j 0;
    /// Jumps unless `R[a] >= b`
    JumpNotGeImm r i j 0;
    /// Jumps if `R[a] is R[b]`
    JumpIs r r j 0;
    /// Jumps if `R[a] is not R[b]`
    JumpIsNot r r j 0;
    /// Jumps if `R[a] in R[b]`
    JumpIn r r j 0;
    /// Jumps if `R[a] not in R[b]`
    JumpNotIn r r j 0;

    // Iteration. Loops are rotated: the body is above, ForIter at the bottom jumps back to it.
    /// `R[a] := iter(R[b])`; `R[a]` is a temporary
    GetIter w r o 0;
    /// If the iterator `R[a]` (a temporary) has a next item: `R[b] := item`, jump; else drops `R[a]` and goes on
    ForIter p w j 0;
    /// `R[a..a+c] := items of R[b]`, exactly `c`
    Unpack B r x 0;
    /// `R[a], R[b] := items of R[c]`, exactly two
    Unpack2 w w r 0;
    /// `R[a..] := items of R[b]`: `c & 255` before, a list of the middle, `c >> 8` after
    UnpackEx B r x 0;

    // Building.
    /// `R[a] := (R[b], ..., R[b+c-1])`
    BuildTuple w B x 0;
    /// `R[a] := [R[b], ..., R[b+c-1]]`
    BuildList w B x 0;
    /// `R[a] := {R[b], ..., R[b+c-1]}`
    BuildSet w B x 0;
    /// `R[a] := {R[b]: R[b+1], ...}`, `c` pairs
    BuildMap w B x 0;
    /// `R[a] := "".join` of the strings `R[b], ..., R[b+c-1]`
    BuildString w B x 0;
    /// `R[a].append(R[b])`, `R[a]` a list
    ListAppend p r o 0;
    /// `R[a].add(R[b])`, `R[a]` a set
    SetAdd p r o 0;
    /// `R[a][R[b]] := R[c]`, `R[a]` a dict
    MapAdd p r r 0;
    /// `R[a].extend(R[b])`; the error of `*x` displays if it is not iterable ("Value after * must be an iterable, not int")
    ListExtend p r o 0;
    /// `R[a].update(R[b])`, `R[a]` a set
    SetUpdate p r o 0;
    /// `R[a].update(R[b])` for `{**x}`; TypeError "'int' object is not a mapping"
    DictUpdate p r o 0;
    /// The same for call keywords: duplicate keys raise, errors name the callable `R[c]`
    DictMerge p r p 0;
    /// `R[a] := tuple(R[b])`, `R[b]` a list
    ListToTuple w r o 0;
    /// `R[a] := format(R[b], "")`
    FormatSimple w r o 0;
    /// `R[a] := format(R[b], R[c])`
    FormatWithSpec w r r 0;
    /// `R[a] := str(R[b])`, `repr` or `ascii` as `c` is 1, 2, 3
    Convert w r x 0;
    /// `R[a] := Interpolation(value R[b], text R[b+1], conversion, spec)`; `c & 3` conversion as in `Convert` (0 none), `c & 4` a spec in `R[b+2]`
    BuildInterpolation w B x 0;
    /// `R[a] := Template` from the tuple of strings `R[b]` and the tuple of interpolations `R[b+1]`
    BuildTemplate w B o 0;

    // Functions and calls.
    /// `R[a] := function` from the code `R[b]` and, after it, those that `c` tells: 1 defaults tuple, 2 kwdefaults dict, 4 annotate function, 8 closure tuple
    MakeFunction w B x 0;
    /// `R[a] := R[a](R[a+4], ..., R[a+3+b])`
    Call W x o 1;
    /// The same after `LoadMethod`: `R[a+4]` is self or undefined, `b` arguments from `R[a+5]`
    CallMethod W x o 1;
    /// As `Call` with `b` arguments in all, of which the last `len(K[c])` are keywords named by that tuple
    CallKw W x k 0;
    /// As `CallMethod`, the last of the `b` arguments being keywords
    CallMethodKw W x k 0;
    /// `R[a] := R[a](*R[a+4], **R[a+5])`; `R[a+4]` is a tuple or any iterable; `b` is 1 if there is a dict `R[a+5]`
    CallEx W x o 0;
    /// Returns `R[a]`
    Return r o o 0;
    /// Returns None
    ReturnNone o o o 0;

    // Coroutines. `c` is the register in which the outermost enclosing handler saved the exception state, or 65535 outside of handlers.
    /// Yields `R[b]`; when resumed `R[a] := the value sent`
    Yield w r x 0;
    /// The same in an async generator
    AsyncYield w r x 0;
    /// `R[a] := iterator of the awaitable R[b]`; `c` is 0, or 1 (`__aenter__`), 2 (`__aexit__`) for the error's text
    GetAwaitable w r x 0;
    /// `R[a] := iterator for yield from R[b]`
    GetYieldFromIter w r o 0;
    /// Delegates to the iterator or coroutine `R[b]` (a temporary) until it returns; `R[a] := its result`
    Delegate w p x 0;
    /// `R[a] := aiter(R[b])`, `R[a+1] := undefined` (where `AsyncForIter` keeps its awaitable; both stay live during the loop)
    GetAIter B r o 0;
    /// Awaits the next item of the asynchronous iterator `R[b]`: `R[a] := item`, jump; at the end drops `R[b]` and goes on; outermost exception save register in the cache word
    AsyncForIter w p j 1;

    // Exceptions. The unwinder puts the exception in the register that the exception table names.
    /// `raise R[a]`
    Raise r o o 0;
    /// `raise R[a] from R[b]`
    RaiseFrom r r o 0;
    /// `raise` without expression
    RaiseCurrent o o o 0;
    /// Goes on raising `R[a]` as it is (end of finally, no clause matched)
    Reraise r o o 0;
    /// `R[a] := handled exception or None; handled := R[b]`
    PushExc w p o 0;
    /// `handled := R[a]`
    PopExc r o o 0;
    /// Jumps unless exception `R[a]` is an instance of the class or tuple `R[b]` (TypeError if that is not one)
    JumpIfNoMatch p r j 0;
    /// Splits `R[b]` by `R[c]` for `except*`: `R[a] := rest, R[a+1] := match` (None where there is none)
    CheckExcStar B r r 0;
    /// `R[a] := what to raise after except*` from the original `R[b]` and the list of raised and unhandled `R[c]`, or None
    PrepReraiseStar w r r 0;
    /// `R[a], R[a+1], R[a+2] := type(R[b]), R[b], R[b].__traceback__`
    LoadExcArgs B p o 0;
    /// `R[a] := AssertionError`
    LoadAssertionError w o o 0;

    // Imports, classes, patterns and the rest.
    /// `R[a] := __import__(N[c], level=R[b], fromlist=R[b+1])`
    ImportName w B n 0;
    /// `R[a] := R[b].N[c]` or ImportError
    ImportFrom w p n 0;
    /// `from R[a] import *` into `R[0]`
    ImportStar r o o 0;
    /// `R[a] := builtins.__build_class__`
    LoadBuildClass w o o 0;
    /// `R[a] := R[b] is a sequence` for patterns
    MatchSequence w p o 0;
    /// `R[a] := R[b] is a mapping` for patterns
    MatchMapping w p o 0;
    /// `R[a] := values of R[b] for the keys in the tuple R[c], or None`
    MatchKeys w p p 0;
    /// `R[a] := attributes of the subject R[b] matched by class R[b+1] with keyword names R[b+2], c positional, or None`
    MatchClass w B x 0;
    /// `R[a] := dict(R[b]) without the keys in the tuple R[c]`
    MatchRest w p r 0;
    /// `R[a] := len(R[b])`
    GetLen w p o 0;
    /// Shows `R[a]` by `sys.displayhook`
    PrintExpr r o o 0;
    /// `R[a] := intrinsic c of R[b], R[b+1], ...`; see [`Intrinsic`]
    Intrinsic w B x 0;

    /// Leaves the interpreter loop. Only the VM has such an instruction, outside of any code object.
    Exit o o o 0;

    // Quickened forms: the VM writes them over what the compiler emitted.
    /// `Add` on floats
    AddFloat w r r 0 of Add;
    /// `Sub` on floats
    SubFloat w r r 0 of Sub;
    /// `Mul` on floats
    MulFloat w r r 0 of Mul;
    /// `TrueDiv` on floats
    TrueDivFloat w r r 0 of TrueDiv;
    /// `IAdd` on floats
    IAddFloat w r r 0 of IAdd;
    /// `ISub` on floats
    ISubFloat w r r 0 of ISub;
    /// `IMul` on floats
    IMulFloat w r r 0 of IMul;
    /// `LoadGlobal` found in globals at a known entry
    LoadGlobalModule w n o 2 of LoadGlobal;
    /// `LoadGlobal` found in builtins at a known entry
    LoadGlobalBuiltin w n o 2 of LoadGlobal;
    /// `LoadName` where the namespace is globals, at a known entry
    LoadNameModule w n o 2 of LoadName;
    /// `LoadName` where the namespace is globals, found in builtins
    LoadNameBuiltin w n o 2 of LoadName;
    /// `StoreGlobal` to a known entry
    StoreGlobalModule n r o 1 of StoreGlobal;
    /// `StoreName` to a known entry of globals
    StoreNameModule n r o 1 of StoreName;
    /// `LoadAttr` of a slot inside a local object
    LoadAttrSlot w r n 2 of LoadAttr;
    /// `LoadAttr` of a slot inside a temporary object
    LoadAttrSlotTemp w r n 2 of LoadAttr;
    /// `LoadAttr` of a slot outside of the object
    LoadAttrFar w r n 2 of LoadAttr;
    /// `LoadAttr` of a value found on the class, no instance attribute
    LoadAttrClass w r n 2 of LoadAttr;
    /// `LoadAttr` of a Python property
    LoadAttrProperty w r n 2 of LoadAttr;
    /// `LoadAttr` on a module at a known dict entry
    LoadAttrModule w r n 2 of LoadAttr;
    /// `LoadAttr` on a class object
    LoadAttrType w r n 2 of LoadAttr;
    /// `StoreAttr` to an existing slot
    StoreAttrSlot r r n 2 of StoreAttr;
    /// `StoreAttr` that adds a slot (shape transition)
    StoreAttrAdd r r n 2 of StoreAttr;
    /// `LoadMethod` of a function found on the class
    LoadMethodClass W r n 2 of LoadMethod;
    /// `LoadMethod` of a value in a module
    LoadMethodModule W r n 2 of LoadMethod;
    /// `LoadSubscr` of a list by an int
    LoadSubscrList w r r 0 of LoadSubscr;
    /// `LoadSubscr` of a tuple by an int
    LoadSubscrTuple w r r 0 of LoadSubscr;
    /// `LoadSubscr` of a dict
    LoadSubscrDict w r r 0 of LoadSubscr;
    /// `StoreSubscr` of a list by an int
    StoreSubscrList r r r 0 of StoreSubscr;
    /// `StoreSubscr` of a dict
    StoreSubscrDict r r r 0 of StoreSubscr;
    /// `ForIter` over a list iterator
    ForIterList p w j 0 of ForIter;
    /// `ForIter` over a tuple iterator
    ForIterTuple p w j 0 of ForIter;
    /// `ForIter` over a range iterator of small ints
    ForIterRange p w j 0 of ForIter;
    /// `ForIter` over a generator
    ForIterGen p w j 0 of ForIter;
    /// `Call` of a Python function whose parameters are just its positional arguments
    CallPy W x o 1 of Call;
    /// `Call` of a Python function that needs binding, or from the frame of a generator
    CallPyBind W x o 1 of Call;
    /// `Call` of a generator or coroutine function whose parameters are just its positional arguments
    CallPyGen W x o 1 of Call;
    /// `Call` of a native function
    CallNative W x o 1 of Call;
    /// `Call` of a Python class with `object.__new__` and a Python `__init__`
    CallClass W x o 1 of Call;
    /// `Call` of another class whose metaclass is `type`
    CallType W x o 1 of Call;
    /// `CallMethod` of a Python function
    CallMethodPy W x o 1 of CallMethod;
    /// `CallMethod` of a Python function that needs binding, or from the frame of a generator
    CallMethodPyBind W x o 1 of CallMethod;
    /// `CallMethod` of a generator or coroutine function whose parameters are just its positional arguments
    CallMethodPyGen W x o 1 of CallMethod;
    /// `CallMethod` of a native method
    CallMethodNative W x o 1 of CallMethod;
    /// `JumpLt` on floats
    JumpLtFloat r r j 0 of JumpLt;
    /// `JumpNotLt` on floats
    JumpNotLtFloat r r j 0 of JumpNotLt;
    /// `JumpGt` on floats
    JumpGtFloat r r j 0 of JumpGt;
    /// `JumpNotGt` on floats
    JumpNotGtFloat r r j 0 of JumpNotGt;
}

/// Rare operations of `Intrinsic`, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Intrinsic {
    /// `TypeVar(name R[b])`
    TypeVar = 0,
    /// `TypeVar(name R[b])` with the lazily evaluated bound `R[b+1]` (a function)
    TypeVarWithBound = 1,
    /// `TypeVar(name R[b])` with the lazily evaluated constraints `R[b+1]` (a function)
    TypeVarWithConstraints = 2,
    /// `ParamSpec(name R[b])`
    ParamSpec = 3,
    /// `TypeVarTuple(name R[b])`
    TypeVarTuple = 4,
    /// Sets the default of type parameter `R[b]` to the function `R[b+1]`; the result is the parameter
    SetTypeParamDefault = 5,
    /// `TypeAliasType(name R[b], type_params R[b+1], value function R[b+2])`
    TypeAlias = 6,
    /// `Generic[R[b]]` of the tuple of type parameters
    SubscriptGeneric = 7,
    /// `R[b].__type_params__ = R[b+1]`; the result is the function
    SetFunctionTypeParams = 8,
    /// `R[b].__static_attributes__`-like class finishing is done by plain stores; this one makes a frozenset of the tuple `R[b]`
    FrozenSet = 9,
    /// Evaluates nothing, raises NotImplementedError: an annotate function called with a format other than `VALUE` (1), `VALUE_WITH_FAKE_GLOBALS` (2)
    RaiseNotImplemented = 10,
}

impl Op {
    /// The operation numbered `n`, if there is one.
    pub fn from_u16(n: u16) -> Option<Op> {
        OPS.get(n as usize).map(|i| i.op)
    }
    /// What the table says of it.
    pub fn info(self) -> &'static OpInfo {
        &OPS[self as usize]
    }
    /// What the compiler emitted, for a quickened form.
    pub fn base(self) -> Op {
        self.info().base.unwrap_or(self)
    }
}
