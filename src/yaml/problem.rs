//! A problem in a file: where, what, and how to mend it, rendered as a compiler does. It does not
//! know what the files mean.

use std::collections::BTreeSet;
use std::fmt;

use serde_yaml::Location;

use super::Source;
use super::excerpt::{Excerpt, clean};

/// Most problems kept of one file; what comes after is not looked for. Nobody mends
/// more in one go, and a hostile file could hold a million.
const MAX_PER_FILE: usize = 100;

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
        let excerpt = Excerpt::of_file(path);
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
        self.excerpt.hide();
        self
    }

    /// The path of the file, as the person wrote it.
    pub fn path(&self) -> &str {
        self.excerpt.path()
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

/// All problems that were found, in the order of files and lines; never empty where it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    list: Vec<Problem>,
    /// Whether there may be more.
    cut: bool,
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

    /// How many were kept; at most 100 of one file.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a file had so many that the search for more was given up.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Adds one problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds the problems of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
        self.cut |= other.cut;
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
        Self { list: vec![problem], cut: false }
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
        if self.cut {
            writeln!(f, "\n… and perhaps more: mend these first")?;
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
        if !self.is_full() {
            self.problems.push(problem(&self.source));
        }
    }

    /// Whether so much is wrong that the rest need not be read.
    pub(crate) fn is_full(&mut self) -> bool {
        let full = self.problems.list.len() >= MAX_PER_FILE;
        self.problems.cut |= full;
        full
    }

    /// How many more would be kept.
    pub(crate) fn room(&self) -> usize {
        MAX_PER_FILE.saturating_sub(self.problems.list.len())
    }

    /// What was found.
    pub(crate) fn into_problems(self) -> Problems {
        self.problems
    }
}
