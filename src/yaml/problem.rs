//! A problem in a file: where, what, and how to mend it, rendered as a compiler does. It does not
//! know what the files mean.

use std::collections::BTreeSet;
use std::fmt;

use serde_yaml::Location;

use super::Source;

/// Most problems kept of one file; the rest is only counted. Nobody mends more in one go, and a
/// hostile file could hold a million.
const MAX_PER_FILE: usize = 100;

/// Widest excerpt of a source line, in characters.
const EXCERPT: usize = 100;

/// A stretch of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1; 0 where it is not known.
    pub line: u32,
    /// The column, counted from 1 in characters.
    pub column: u32,
    /// The length in characters, line ends included; 0 where it is not known.
    pub length: u32,
    /// Where it starts, in bytes.
    pub(crate) start: usize,
    /// Where it ends, in bytes.
    pub(crate) end: usize,
}

impl From<Location> for Place {
    fn from(at: Location) -> Self {
        let span = at.span();
        let start = span.byte_offset().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
        let length = span.byte_len().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
        Self {
            line: u32::try_from(at.line()).unwrap_or(u32::MAX),
            column: u32::try_from(at.column()).unwrap_or(u32::MAX),
            length: u32::try_from(span.len()).unwrap_or(0),
            start,
            end: start.saturating_add(length),
        }
    }
}

/// A place with the text of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    path: String,
    place: Place,
    /// The line without control characters and without tokens; empty where it must not be shown.
    line: String,
}

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    message: String,
    excerpt: Excerpt,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    message: String,
    help: String,
    excerpt: Excerpt,
    note: Option<Box<Note>>,
}

impl Problem {
    /// A problem of a whole file or folder.
    pub(crate) fn of_file(path: &str, message: &str, help: &str) -> Self {
        let excerpt = Excerpt { path: clean(path), place: Place::default(), line: String::new() };
        Self { message: clean(message), help: clean(help), excerpt, note: None }
    }

    /// A problem at a place.
    pub(crate) fn at(source: &Source<'_>, place: Place, message: &str, help: &str) -> Self {
        let excerpt = Excerpt::of(source, place);
        Self { message: clean(message), help: clean(help), excerpt, note: None }
    }

    /// The same problem, explained by a second place.
    pub(crate) fn with_note(mut self, source: &Source<'_>, place: Place, message: &str) -> Self {
        let excerpt = Excerpt::of(source, place);
        self.note = Some(Box::new(Note { message: clean(message), excerpt }));
        self
    }

    /// The same problem without the text of its line, which may hold a secret.
    pub(crate) fn hiding_the_line(mut self) -> Self {
        self.excerpt.line.clear();
        self
    }

    /// The path of the file, as the person wrote it.
    pub fn path(&self) -> &str {
        &self.excerpt.path
    }

    /// Where it is; line 0 for a whole file.
    pub fn place(&self) -> Place {
        self.excerpt.place
    }

    /// What is wrong, in one sentence without a full stop.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = self.note.as_deref();
        let lines = [Some(&self.excerpt), note.map(|note| &note.excerpt)];
        let last = lines.iter().flatten().map(|excerpt| excerpt.place.line).max().unwrap_or(0);
        let margin = last.to_string().len();
        writeln!(f, "error: {}", self.message)?;
        self.excerpt.render(f, margin)?;
        if let Some(note) = note {
            writeln!(f, "note: {}", note.message)?;
            note.excerpt.render(f, margin)?;
        }
        writeln!(f, "{:margin$} = help: {}", "", self.help)
    }
}

impl Excerpt {
    fn of(source: &Source<'_>, place: Place) -> Self {
        Self { path: clean(source.path), place, line: source.line(place) }
    }

    /// Renders the line with carets below the place; line numbers are `margin` characters wide.
    fn render(&self, f: &mut fmt::Formatter<'_>, margin: usize) -> fmt::Result {
        if self.place.line == 0 {
            return writeln!(f, "{:margin$}--> {}", "", self.path);
        }
        let Place { line, column, .. } = self.place;
        writeln!(f, "{:margin$}--> {}:{line}:{column}", "", self.path)?;
        if self.line.is_empty() {
            return Ok(());
        }
        let column = self.place.column.saturating_sub(1) as usize;
        let total = self.line.chars().count();
        // A long line is cut around the column; a third of the window shows what comes before.
        let first = if total <= EXCERPT {
            0
        } else {
            column.saturating_sub(EXCERPT / 3).min(total - EXCERPT)
        };
        let shown: String = self.line.chars().skip(first).take(EXCERPT).collect();
        let before = if first > 0 { "…" } else { "" };
        let after = if first + EXCERPT < total { "…" } else { "" };
        let indent = " ".repeat(column.saturating_sub(first) + before.chars().count());
        let room = (first + EXCERPT).min(total).saturating_sub(column).max(1);
        let carets = "^".repeat((self.place.length as usize).clamp(1, room));
        writeln!(f, "{:margin$} |", "")?;
        writeln!(f, "{line:margin$} | {before}{}{after}", shown.trim_end())?;
        writeln!(f, "{:margin$} | {indent}{carets}", "")
    }
}

impl Source<'_> {
    /// The line of a place, fit to be shown.
    fn line(&self, place: Place) -> String {
        const BREAKS: [char; 2] = ['\n', '\r'];
        let line = match (self.text.get(..place.start), self.text.get(place.start..)) {
            (Some(before), Some(after)) if place.start > 0 => {
                let begin = before.rfind(BREAKS).map_or(0, |at| at + 1);
                let end = place.start + after.find(BREAKS).unwrap_or(after.len());
                self.text.get(begin..end)
            }
            _ => self.text.lines().nth(place.line.saturating_sub(1) as usize),
        };
        let line = clean(line.unwrap_or_default().trim_start_matches('\u{feff}'));
        if self.private { without_values_of_tokens(&line) } else { line }
    }
}

/// Makes a text fit for a terminal and a log: no control characters, no text that runs backwards,
/// nothing that looks like a bot's token. Every character is replaced by one character, so that
/// columns stay true.
fn clean(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    let shown: String = shown.collect();
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

/// A bot's token has three parts: its id, a time and a signature.
fn looks_like_a_token(word: &str) -> bool {
    let mut parts = word.split('.').map(str::len);
    matches!((parts.next(), parts.next(), parts.next()), (Some(15..), Some(4..), Some(20..)))
}

/// Hides what follows the word "token" and a colon, whatever it looks like.
fn without_values_of_tokens(line: &str) -> String {
    let lower = line.to_ascii_lowercase();
    let Some(colon) = lower.find("token").and_then(|at| Some(at + lower.get(at..)?.find(':')?))
    else {
        return line.to_owned();
    };
    let hidden = |(at, c): (usize, char)| {
        if at > colon && !c.is_whitespace() { '*' } else { c }
    };
    line.char_indices().map(hidden).collect()
}

/// All problems that were found, in the order of files and lines; never empty where it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    list: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// The problems that were kept.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// In how many files they are.
    pub fn files(&self) -> usize {
        self.list.iter().map(Problem::path).collect::<BTreeSet<_>>().len()
    }

    /// How many there are, including those that were only counted.
    pub fn len(&self) -> usize {
        self.list.len().saturating_add(self.more)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds one problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds the problems of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
        self.more = self.more.saturating_add(other.more);
    }

    /// `value`, or the problems in the order of files and lines if there are any.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            return Ok(value);
        }
        self.list.sort_by(|a, b| {
            let key = |problem: &Problem| (problem.place().line, problem.place().column);
            a.path().cmp(b.path()).then_with(|| key(a).cmp(&key(b)))
        });
        Err(self)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { list: vec![problem], more: 0 }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.list.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            problem.fmt(f)?;
        }
        if self.more > 0 {
            writeln!(f, "\n… and {} more", self.more)?;
        }
        Ok(())
    }
}

/// Collects the problems of one file while it is read.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The file.
    pub(crate) source: Source<'a>,
    problems: Problems,
}

impl<'a> Report<'a> {
    /// A report without problems.
    pub(crate) fn new(source: Source<'a>) -> Self {
        Self { source, problems: Problems::default() }
    }

    /// Notes a problem, and how to mend it.
    pub(crate) fn say(&mut self, place: Place, message: &str, help: &str) {
        self.add(|source| Problem::at(source, place, message, help));
    }

    /// Notes a problem that its maker describes, unless there are too many already.
    pub(crate) fn add(&mut self, problem: impl FnOnce(&Source<'a>) -> Problem) {
        if self.problems.list.len() < MAX_PER_FILE {
            self.problems.push(problem(&self.source));
        } else {
            self.problems.more = self.problems.more.saturating_add(1);
        }
    }

    /// What was found.
    pub(crate) fn into_problems(self) -> Problems {
        self.problems
    }
}
