//! Inputs of extreme size or depth: each parses or is refused as CPython refuses it, without recursion on the
//! native stack and in linear time.

use taipan_grammar::{Arena, ErrorKind, Interner, Mode, ParseError, parse};

const MANY: usize = 20_000;

fn refused(source: &str) -> Option<ParseError> {
    let arena = Arena::default();
    let mut names = Interner::default();
    parse(source, Mode::Exec, &arena, &mut names).err()
}

#[track_caller]
fn accepts(source: &str) {
    if let Some(error) = refused(source) {
        panic!("{}", error.message);
    }
}

#[track_caller]
fn refuses(source: &str, message: &str) {
    assert_eq!(refused(source).map(|e| e.message).as_deref(), Some(message));
}

#[test]
fn long_chains_parse() {
    accepts(&["1"; MANY].join(" + "));
    accepts(&["a"; MANY].join(" < "));
    accepts(&["a"; MANY].join(" and "));
    accepts(&["a"; MANY].join(" = "));
    accepts(&["a"; MANY].join(" ** "));
    accepts(&format!("a{}", ".b".repeat(MANY)));
    accepts(&format!("a{}", "()".repeat(MANY)));
    accepts(&format!("{}c", "a if b else ".repeat(MANY)));
    accepts(&format!("{}a", "not ".repeat(MANY)));
    accepts(&format!("{}1", "lambda: ".repeat(MANY)));
    accepts(&format!("if a: pass\n{}", "elif b: pass\n".repeat(MANY)));
    accepts(&format!("x = \"{}\"", "a".repeat(1_000_000)));
    accepts(&"# c\n".repeat(MANY));
    accepts(&"\\\n".repeat(MANY).replace("\\\n", "x = \\\n1\n"));
}

#[test]
fn nesting_has_cpythons_limits() {
    accepts(&format!("{}1{}", "(".repeat(200), ")".repeat(200)));
    refuses(&"[".repeat(100_000), "too many nested parentheses");
    let blocks = |n: usize| {
        (0..n)
            .map(|i| format!("{}if a:\n", " ".repeat(i)))
            .collect::<String>()
    };
    accepts(&format!("{}{}pass", blocks(99), " ".repeat(99)));
    refuses(
        &format!("{}{}pass", blocks(101), " ".repeat(101)),
        "too many levels of indentation",
    );
    refuses(
        &"f\"{f'{".repeat(100),
        "too many nested f-strings or t-strings",
    );
}

#[test]
fn mistakes_deep_inside_are_found() {
    let comma = "invalid syntax. Perhaps you forgot a comma?";
    refuses(&format!("{}1 2{}", "(".repeat(199), ")".repeat(199)), comma);
    refuses(
        &format!("{}1 2{}", "f(a=[".repeat(99), "])".repeat(99)),
        comma,
    );
    refuses(&format!("{} 2", ["1"; MANY].join(" + ")), "invalid syntax");
    refuses(&format!("[{}1 2]", "1, ".repeat(MANY)), comma);
    refuses(&format!("{}x y", "x = 1\n".repeat(MANY)), "invalid syntax");
    refuses(
        &format!(
            "if a: pass\n{}elif c d: pass",
            "elif b: pass\n".repeat(MANY)
        ),
        "invalid syntax",
    );
}

#[test]
fn what_overflows_cpythons_parser_is_a_memory_error() {
    let error = refused(&format!("x = {}1 2", "-".repeat(100_000))).expect("two numbers");
    assert_eq!(error.kind, ErrorKind::Memory);
}
