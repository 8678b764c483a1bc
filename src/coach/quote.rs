//! Finds the words of an answer that somebody quotes. It knows nothing of who does, and why.

/// A quote shorter than this, in letters and digits, shows nothing: it stands in any answer. The
/// whole answer may be shorter.
const SHORTEST: usize = 5;

/// The words of a text that are quoted, as they stand in it; none if they do not. White space, case
/// and the shape of quotation marks may differ, and what stands around the words may be missing; a
/// word is quoted whole.
pub(super) fn find<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
    let is_around = |c: char| !c.is_alphanumeric();
    let (quote, _) = folded(quote.trim_matches(is_around));
    let letters = quote.chars().filter(|c| c.is_alphanumeric()).count();
    let (whole, _) = folded(text.trim_matches(is_around));
    if letters == 0 || letters < SHORTEST && quote != whole {
        return None;
    }
    let (text_folded, places) = folded(text);
    let found = text_folded.match_indices(&quote).find(|(at, quote)| {
        let end = at + quote.len();
        let before = text_folded.get(..*at).and_then(|before| before.chars().next_back());
        let after = text_folded.get(end..).and_then(|after| after.chars().next());
        !(joins(before, quote.chars().next()) || joins(quote.chars().next_back(), after))
    });
    let (at, quote) = found?;
    let (from, to) = (places.get(at)?, places.get(at + quote.len())?);
    text.get(*from..*to)
}

/// Whether two characters are of one word. Scripts without capitals do not always put spaces between
/// words: there a quote begins and ends where it likes.
fn joins(one: Option<char>, next: Option<char>) -> bool {
    let is_part =
        |c: Option<char>| c.is_some_and(|c| c.is_numeric() || c.is_lowercase() || c.is_uppercase());
    is_part(one) && is_part(next)
}

/// A text in which only the words matter, and for each of its bytes, and its end, where in the text
/// the character begins from which it comes.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let c = match c {
            c if c.is_whitespace() => ' ',
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => '"',
            c => c.to_lowercase().next().unwrap_or(c),
        };
        if c == ' ' && folded.ends_with(' ') {
            continue;
        }
        folded.push(c);
        places.resize(folded.len(), at);
    }
    places.push(text.len());
    (folded, places)
}

#[cfg(test)]
mod tests {
    use super::find;

    const TEXT: &str = "Well: an INDEX\n  makes\u{a0}reads \u{201c}faster\u{201d}, it\u{2019}s a \
                        B-tree. \u{dc}ber \u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}\u{5b57} too.";

    #[test]
    fn words_are_found_as_they_were_typed() {
        for (quote, found) in [
            ("an index makes reads", "an INDEX\n  makes\u{a0}reads"),
            ("\"an index makes reads\u{2026}\"", "an INDEX\n  makes\u{a0}reads"),
            (
                "reads \"faster\", it's a b-tree.",
                "reads \u{201c}faster\u{201d}, it\u{2019}s a B-tree",
            ),
            ("  B-TREE ", "B-tree"),
            ("\u{fc}ber \u{6f22}\u{5b57}", "\u{dc}ber \u{6f22}\u{5b57}"),
            (
                "\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}",
                "\u{6f22}\u{5b57}\u{6f22}\u{5b57}\u{6f22}",
            ),
            (TEXT, TEXT.trim_end_matches('.')),
        ] {
            assert_eq!(find(TEXT, quote), Some(found), "{quote}");
        }
        assert_eq!(find("LRU.", " lru "), Some("LRU"));
        assert_eq!(find("rereads, and reads it", "reads it"), Some("reads it"));
    }

    #[test]
    fn what_is_not_said_is_not_found() {
        for quote in [
            "",
            " ",
            "\u{2026}",
            "\"\"",
            "an",
            "too",
            "an index makes writes",
            "ndex makes reads",
            "an index makes read",
            "an indexmakes reads",
            "mark all as made",
        ] {
            assert_eq!(find(TEXT, quote), None, "{quote}");
        }
        assert_eq!(find("", ""), None);
        assert_eq!(find("...", "..."), None);
        assert_eq!(find("a", &"a".repeat(100_000)), None);
    }
}
