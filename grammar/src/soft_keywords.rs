//! Decides, between lexer and grammar, which `match`, `case` and `type` are keywords (Language reference,
//! 2.3.4), and which bracket after `with` holds with-items.
//!
//! Neither is LR(1): what a name is shows many tokens later. A logical line that starts with `match`
//! is a match statement exactly when it ends with a colon and an indented block follows, since nothing
//! else that starts with a name may be followed by a block. `case` counts only directly within such a
//! block, `type` only where a statement may begin and a name follows. A bracket right after `with` whose partner is
//! right before the colon holds items: `with (a, b):` is two of them, `with (a, b) as c:` is one tuple.

use crate::ast::Symbol;
use crate::names::Interner;
use crate::token::{Kind, Token};

pub(crate) fn resolve(tokens: &mut [Token], interner: &mut Interner) {
    let [word_match, word_case, word_type] = ["match", "case", "type"].map(|w| interner.intern(w));
    let mut blocks = Vec::new();
    let mut opens_match = false;
    let mut before = Kind::StartModule;
    for i in 0..tokens.len() {
        let kind = tokens[i].kind();
        match kind {
            Kind::Indent => blocks.push(std::mem::take(&mut opens_match)),
            Kind::Dedent => {
                blocks.pop();
            }
            Kind::Name => {
                let name = Symbol(tokens[i].tok.data);
                let starts_line = matches!(
                    before,
                    Kind::StartModule
                        | Kind::StartInteractive
                        | Kind::Newline
                        | Kind::Indent
                        | Kind::Dedent
                );
                if name == word_match && starts_line && begins_match(tokens, i) {
                    tokens[i].tok.kind = Kind::Match;
                    opens_match = true;
                } else if name == word_case && starts_line && blocks.last() == Some(&true) {
                    tokens[i].tok.kind = Kind::Case;
                } else if name == word_type
                    && (starts_line || matches!(before, Kind::Semi | Kind::Colon))
                    && kind_at(tokens, i + 1) == Kind::Name
                    && matches!(kind_at(tokens, i + 2), Kind::Equal | Kind::Lsqb)
                {
                    tokens[i].tok.kind = Kind::Type;
                }
            }
            Kind::Lpar if before == Kind::With && holds_items(tokens, i) => {
                tokens[i].tok.kind = Kind::WithLpar
            }
            _ => {}
        }
        before = kind;
    }
}

fn kind_at(tokens: &[Token], i: usize) -> Kind {
    tokens.get(i).map_or(Kind::EndMarker, Token::kind)
}

fn begins_match(tokens: &[Token], start: usize) -> bool {
    let rest = &tokens[start..];
    let Some(end) = rest
        .iter()
        .position(|t| matches!(t.kind(), Kind::Newline | Kind::Error))
    else {
        return false;
    };
    end > 2 && rest[end - 1].kind() == Kind::Colon && kind_at(rest, end + 1) == Kind::Indent
}

fn holds_items(tokens: &[Token], open: usize) -> bool {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.kind() {
            Kind::Lpar | Kind::Lsqb | Kind::Lbrace | Kind::FieldOpen => depth += 1,
            Kind::Rpar | Kind::Rsqb | Kind::Rbrace | Kind::FieldClose => {
                depth -= 1;
                if depth == 0 {
                    return kind_at(tokens, i + 1) == Kind::Colon;
                }
            }
            _ => {}
        }
    }
    false
}
