//! "Did you mean": the nearest of a set of names, by an edit distance with cheap changes of case.

/// Cost of an insertion, a deletion or a substitution.
const MOVE: usize = 2;
/// Cost of changing only the case of a letter.
const CASE: usize = 1;
/// Longer names, and longer lists of names, are not looked at.
const LONGEST_NAME: usize = 40;
const MOST_NAMES: usize = 750;

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// Edit distance of two byte strings, or `limit + 1` as soon as it exceeds the limit.
pub fn distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    if a == b {
        return 0;
    }
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return MOVE * (a.len() + b.len());
    }
    if a.len() > LONGEST_NAME || b.len() > LONGEST_NAME {
        return limit + 1;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if MOVE * (long.len() - short.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=short.len()).map(|n| n * MOVE).collect();
    let mut result = 0;
    for (above, &b) in long.iter().enumerate() {
        let mut diagonal = above * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (cell, &a) in row.iter_mut().zip(short) {
            let substituted = diagonal + substitution(b, a);
            diagonal = *cell;
            result = substituted.min(result.min(diagonal) + MOVE);
            *cell = result;
            least = least.min(result);
        }
        if least > limit {
            return limit + 1;
        }
    }
    result
}

/// The name most like the wrong one, the first of equals; None if none is like enough.
pub fn suggest<'a>(wrong: &[u8], names: impl IntoIterator<Item = &'a [u8]>) -> Option<&'a [u8]> {
    let names: Vec<&[u8]> = names.into_iter().take(MOST_NAMES + 1).collect();
    if names.len() >= MOST_NAMES {
        return None;
    }
    let mut best: Option<(usize, &[u8])> = None;
    for name in names {
        if name == wrong {
            continue;
        }
        // A third of the letters of both names may be wrong.
        let mut limit = (name.len() + wrong.len() + 3) * MOVE / 6;
        if let Some((least, _)) = best {
            limit = limit.min(least - 1);
        }
        let distance = distance(wrong, name, limit);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}
