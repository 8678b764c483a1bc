//! The line of a file around a place, fit for a terminal and a log. It does not know what is wrong
//! with it.

use std::fmt;

use super::{Place, Source};

/// Widest excerpt, in characters.
const WIDTH: usize = 100;
/// How much of the line is shown before the place if the line is wider.
const BEFORE: usize = WIDTH / 3;
/// How much more of the line is looked at than is shown, so that a token that is cut in two is
/// still recognized, in characters.
const LEEWAY: usize = 200;

/// A place with the text of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    path: String,
    pub(super) place: Place,
    /// The line or a part of it; empty where it must not be shown.
    shown: String,
    /// How many characters of the line come before `shown`.
    skipped: usize,
    /// Whether the line goes on behind `shown`.
    goes_on: bool,
}

impl Excerpt {
    /// A whole file.
    pub(super) fn of_file(path: &str) -> Self {
        Self {
            path: clean(path),
            place: Place::default(),
            shown: String::new(),
            skipped: 0,
            goes_on: false,
        }
    }

    /// The line of a place.
    pub(super) fn of(source: &Source<'_>, place: Place) -> Self {
        let mut excerpt = Self { place, ..Self::of_file(source.path) };
        let start = if place.start == 0 { source.offset(place) } else { place.start };
        let (Some(before), Some(after)) = (source.text.get(..start), source.text.get(start..))
        else {
            return excerpt;
        };
        // Only the neighborhood is looked at: a file may be one line of five million characters.
        let in_line = |c: &char| !matches!(c, '\n' | '\r' | '\u{feff}');
        let neighborhood = WIDTH + LEEWAY;
        let before: Vec<char> =
            before.chars().rev().take_while(in_line).take(neighborhood).collect();
        let after: Vec<char> = after.chars().take_while(in_line).take(neighborhood).collect();
        let line: String = before.iter().rev().chain(&after).collect();
        let column = place.column.saturating_sub(1) as usize;
        let kept = if before.len() + after.len() <= WIDTH {
            before.len()
        } else {
            before.len().min(BEFORE.max(WIDTH.saturating_sub(after.len())))
        };
        excerpt.skipped = column.saturating_sub(kept);
        let line = clean(&line);
        if source.private && excerpt.skipped > 0 && line.len() > WIDTH {
            // The part that is cut off may be what tells that this is a token.
            return excerpt;
        }
        let line = if source.private { without_secrets(&line) } else { line };
        excerpt.shown = line.chars().skip(before.len() - kept).take(WIDTH).collect();
        excerpt.goes_on = kept + after.len() > WIDTH;
        excerpt
    }

    /// Shows no text of the line.
    pub(super) fn hide(&mut self) {
        self.shown.clear();
    }

    /// The path as it is shown.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Renders the line with carets below the place; line numbers are `margin` characters wide.
    pub(super) fn render(&self, f: &mut fmt::Formatter<'_>, margin: usize) -> fmt::Result {
        if self.place.line == 0 {
            return writeln!(f, "{:margin$}--> {}", "", self.path);
        }
        let Place { line, column, length, .. } = self.place;
        writeln!(f, "{:margin$}--> {}:{line}:{column}", "", self.path)?;
        if self.shown.is_empty() {
            return Ok(());
        }
        let before = if self.skipped > 0 { "…" } else { "" };
        let after = if self.goes_on { "…" } else { "" };
        let shown = self.shown.trim_end();
        let inset = (column.saturating_sub(1) as usize).saturating_sub(self.skipped);
        let indent = " ".repeat(inset + before.chars().count());
        let room = shown.chars().count().saturating_sub(inset).max(1);
        let carets = "^".repeat((length as usize).clamp(1, room));
        writeln!(f, "{:margin$} |", "")?;
        writeln!(f, "{line:margin$} | {before}{shown}{after}")?;
        writeln!(f, "{:margin$} | {indent}{carets}", "")
    }
}

impl Source<'_> {
    /// Where a place starts, in bytes, counted from its line and column.
    fn offset(&self, place: Place) -> usize {
        let above = place.line.saturating_sub(1) as usize;
        let line: usize = self.text.split_inclusive('\n').take(above).map(str::len).sum();
        let rest = self.text.get(line..).unwrap_or_default();
        let column = place.column.saturating_sub(1) as usize;
        line + rest.chars().take(column).map(char::len_utf8).sum::<usize>()
    }
}

/// Makes a text fit for a terminal and a log: no control characters, no text that runs backwards,
/// nothing that looks like a bot's token. Every character is replaced by one character, so that
/// columns stay true.
pub(super) fn clean(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect();
    let mut out = String::with_capacity(shown.len());
    for word in shown.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))) {
        if looks_like_a_token(word) {
            out.extend(word.chars().map(|c| if c.is_ascii_alphanumeric() { '*' } else { c }));
        } else {
            out.push_str(word);
        }
    }
    out
}

/// A bot's token has three parts: its id, a time and a signature. Other parts may stand around it.
fn looks_like_a_token(word: &str) -> bool {
    let parts: Vec<usize> = word.split('.').map(str::len).collect();
    parts
        .windows(3)
        .any(|parts| matches!(parts, &[id, time, sum] if id >= 15 && time >= 4 && sum >= 20))
}

/// Hides what follows a word that announces a secret and a colon, whatever it looks like.
fn without_secrets(line: &str) -> String {
    const WORDS: [&str; 4] = ["token", "key", "secret", "password"];
    let lower = line.to_ascii_lowercase();
    let word = WORDS.iter().filter_map(|word| lower.find(word)).min();
    let colon = word.and_then(|at| Some(at + lower.get(at..)?.find(':')?));
    let Some(colon) = colon else {
        return line.to_owned();
    };
    let hidden = |(at, c): (usize, char)| {
        if at > colon && !c.is_whitespace() { '*' } else { c }
    };
    line.char_indices().map(hidden).collect()
}
