//! Whether a text is one emoji that can be a reaction. It knows the grammar of emojis (Unicode
//! Technical Standard 51, section 1.4) and the blocks they come from, not every one of them:
//! Discord has the last word.

/// Whether the text is exactly one emoji of Unicode.
pub fn is_emoji(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        // A flag is two letters: 🇩🇪.
        [a, b] if is_regional(*a) && is_regional(*b) => true,
        // A keycap is a digit with a frame: 1️⃣.
        ['0'..='9' | '#' | '*', rest @ ..] => {
            matches!(rest, ['\u{20e3}'] | ['\u{fe0f}', '\u{20e3}'])
        }
        // All others are pictures, joined by U+200D: 👩‍💻.
        chars => chars.len() <= 16 && chars.split(|c| *c == '\u{200d}').all(is_picture),
    }
}

/// A base with an optional variation, skin or flag of a region.
fn is_picture(chars: &[char]) -> bool {
    let Some((base, rest)) = chars.split_first() else {
        return false;
    };
    if !is_base(*base) {
        return false;
    }
    match rest {
        [] | ['\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'] => true,
        [tags @ .., '\u{e007f}'] => {
            *base == '\u{1f3f4}' && tags.iter().all(|c| matches!(c, '\u{e0020}'..='\u{e007e}'))
        }
        _ => false,
    }
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_base(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2194}'..='\u{2199}' | '\u{21a9}' | '\u{21aa}' | '\u{231a}' | '\u{231b}' | '\u{2328}'
        | '\u{23cf}' | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}' | '\u{24c2}'
        | '\u{25aa}' | '\u{25ab}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b05}'..='\u{2b07}'
        | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f170}'..='\u{1f19a}'
        | '\u{1f201}'..='\u{1f251}' | '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::is_emoji;

    #[test]
    fn one_emoji_is_told_from_everything_else() {
        for good in
            ["💡", "👀", "✅", "❤", "❤️", "👍🏽", "👩‍💻", "🏳️‍🌈", "🇩🇪", "1️⃣", "#⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👨‍👩‍👧‍👦", "🧑🏽‍🚀"]
        {
            assert!(is_emoji(good), "{good}");
        }
        for bad in [
            "",
            " ",
            "a",
            "1",
            "💡💡",
            ":bulb:",
            "<:bulb:123456789012345678>",
            "💡 ",
            "🇩",
            "\u{200d}",
            "💡\u{200d}",
            "\u{fe0f}",
            "🏽🏽",
            "🇩🇪🇫🇷",
            "é",
            "漢",
        ] {
            assert!(!is_emoji(bad), "{bad:?}");
        }
        assert!(!is_emoji(&"👩\u{200d}".repeat(100)));
    }
}
