//! From bytes to text, warnings, and interactive input that is not complete.

use taipan_grammar::{
    Arena, ErrorKind, Interner, LineIndex, Mode, decode_source, normalize_newlines, parse,
};

fn error(bytes: &[u8]) -> String {
    decode_source(bytes).expect_err("cannot be decoded").message
}

#[test]
fn encodings() {
    assert_eq!(decode_source(b"\xef\xbb\xbfx").unwrap(), "x");
    assert_eq!(
        decode_source(b"# -*- coding: latin-1 -*-\n'\xe9'").unwrap(),
        "# -*- coding: latin-1 -*-\n'é'"
    );
    assert_eq!(
        decode_source(b"\n# vim: fileencoding=iso-8859-15\n\xa4").unwrap(),
        "\n# vim: fileencoding=iso-8859-15\n€"
    );
    assert_eq!(decode_source(b"a\r\nb\rc\n").unwrap(), "a\nb\nc\n");
    assert_eq!(error(b"# coding: foo\n"), "unknown encoding: foo");
    assert_eq!(
        error(b"\xef\xbb\xbf# coding: latin-1\n"),
        "encoding problem: iso-8859-1 with BOM"
    );
    assert_eq!(
        error(b"a\x00"),
        "source code string cannot contain null bytes"
    );
    let message = "Non-UTF-8 code starting with '\\xe9' on line 3, but no encoding declared; \
                   see https://peps.python.org/pep-0263/ for details";
    assert_eq!(error(b"x\n# coding: latin-1 is too late\n'\xe9'"), message);
}

#[test]
fn positions_are_those_of_the_normalised_text() {
    let source = "a\r\nb c";
    let arena = Arena::default();
    let error = parse(source, Mode::Exec, &arena, &mut Interner::default()).expect_err("two names");
    let text = normalize_newlines(source);
    let location = error
        .location(&text, &LineIndex::new(&text))
        .expect("a position");
    assert_eq!((location.line, location.offset), (2, 3));
}

#[test]
fn warnings() {
    let arena = Arena::default();
    let parsed = parse(
        "'\\d'; f'\\e{a}'; b'\\777'; 1if a else b\n",
        Mode::Exec,
        &arena,
        &mut Interner::default(),
    );
    let messages: Vec<String> = parsed
        .expect("only warnings")
        .warnings
        .into_iter()
        .map(|w| w.message)
        .collect();
    let start = |i: usize| messages[i].split('.').next().unwrap().to_owned();
    assert_eq!(messages.len(), 4);
    assert_eq!(start(0), "\"\\d\" is an invalid escape sequence");
    assert_eq!(start(1), "\"\\e\" is an invalid escape sequence");
    assert_eq!(start(2), "\"\\777\" is an invalid octal escape sequence");
    assert_eq!(start(3), "invalid decimal literal");
}

#[test]
fn incomplete_input() {
    let kind = |source: &str| {
        let arena = Arena::default();
        parse(source, Mode::Single, &arena, &mut Interner::default())
            .err()
            .map(|e| e.kind)
    };
    for source in [
        "if a:",
        "if a:\n    b",
        "if a: b",
        "(1,",
        "'''a\n",
        "a = \\\n",
        "@a\n",
        "try:\n  a\n",
        "def f():\n",
        "",
    ] {
        assert_eq!(kind(source), Some(ErrorKind::Incomplete), "{source:?}");
    }
    for source in ["a", "a\n", "if a:\n    b\n", "if a: b\n", "a; b", "# c\na"] {
        assert_eq!(kind(source), None, "{source:?}");
    }
    for source in ["a b\n", ")", "a\nb\n", "if a:\n    b\nc\n"] {
        assert_eq!(kind(source), Some(ErrorKind::Syntax), "{source:?}");
    }
}
