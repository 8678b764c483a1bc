//! What names are like: topics, questions, plans, rubrics. It does not know which there are.

/// Whether a text can be a name; if not, what a name is like.
pub(crate) fn name(text: &str, most: usize) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.is_empty() && text.len() <= most && text.chars().all(fits) {
        return Ok(());
    }
    let mended: String =
        text.to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
    let mended: String = mended.chars().take(most).collect();
    let mended = mended.trim_matches('-');
    let such_as = if mended.is_empty() { String::new() } else { format!(", such as `{mended}`") };
    Err(format!("use 1 to {most} of the characters a-z, 0-9 and `-`{such_as}"))
}
