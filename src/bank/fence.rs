//! Finds code blocks that are never closed: Discord would show the rest of the answer, and what
//! the bot adds to it, as code. It does not know what the code is.

/// The line of the text, counted from 0, on which a code block opens that is never closed.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    if !text.contains("```") {
        return None;
    }
    let mut open: Option<usize> = None;
    for (number, line) in text.lines().enumerate() {
        // A fence with a language cannot close: the block before it was left open.
        if open.is_some() && opens_with_a_language(line) {
            return open;
        }
        for _ in 0..fences(line) {
            open = match open {
                Some(_) => None,
                None => Some(number),
            };
        }
    }
    open
}

/// How many times three or more backticks stand in a line; Discord accepts them anywhere.
fn fences(line: &str) -> usize {
    line.split(|c| c != '`').filter(|run| run.len() >= 3).count()
}

fn opens_with_a_language(line: &str) -> bool {
    fences(line) == 1
        && line
            .trim_start()
            .strip_prefix("```")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn a_block_that_is_never_closed_is_found_where_it_opens() {
        for (text, expected) in [
            ("", None),
            ("no code", None),
            ("`inline` and ``two``", None),
            ("```sql\nselect 1\n```", None),
            ("```sql\nselect 1", Some(0)),
            ("a\n```\nb\n```\nc\n```rust\nd", Some(5)),
            ("```sql\nselect 1\n\n```rust\nfn main() {}\n```", Some(0)),
            ("```sql\nselect 1\n```rust\nfn main() {}", Some(0)),
            ("say ```a``` and ```b```", None),
            ("say ```a", Some(0)),
            ("1. step:\n   ```sh\n   ls\n   ```\n2. step", None),
            ("````\n```\n````", Some(2)),
        ] {
            assert_eq!(unclosed(text), expected, "{text:?}");
        }
    }
}
