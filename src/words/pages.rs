//! A long text in pieces: cut between paragraphs where possible, else between lines, words or
//! characters. What is open at a cut (a code fence, a spoiler) is closed and opened again.

use super::markup::{Open, Walk};
use super::text::borders;

/// A part of a text, and what is put around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// What the cut before it closed.
    before: Open,
    /// The part; all parts together are the text.
    pub(super) text: &'a str,
    /// What is open at its end.
    after: Open,
}

impl Piece<'_> {
    /// The piece as it is read.
    pub(super) fn shown(&self) -> String {
        // In code, blanks at the beginning of a line matter.
        let blank = |c: char| c == '\n' || (c.is_whitespace() && !self.before.in_fence());
        let text = self.text.trim_start_matches(blank).trim_end();
        format!("{}{text}{}", self.before.opening(text), self.after.closing(text))
    }
}

/// How good a place for a cut is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    Anywhere,
    Character,
    Word,
    CodeLine,
    Line,
    Paragraph,
}

/// Cuts a text into pieces of at most `room` characters (UTF-16 units) each, not counting what is
/// put around them (at most 60). At least one piece; one of blanks only need not be shown.
pub(super) fn split(text: &str, room: usize) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut walk = Walk::new(text);
    let mut start = 0;
    let mut open = Open::default();
    // The last place of each quality, how many units before it, and what is open there.
    let mut best: Vec<(Cut, usize, usize, Open)> = Vec::new();
    let mut used = 0;
    let mut before = None;
    while let Some(step) = walk.step() {
        let size: usize = step.chars().map(char::len_utf16).sum();
        if used + size > room
            && let Some((_, end, _, open_there)) = choose(&best, room)
        {
            pieces.push(Piece {
                before: open,
                text: text.get(start..end).unwrap_or_default(),
                after: open_there.clone(),
            });
            start = end;
            open = open_there;
            // What was walked since the cut belongs to the next piece.
            used =
                text.get(end..walk.at()).map_or(0, |rest| rest.chars().map(char::len_utf16).sum());
            best.retain(|(_, at, _, _)| *at > end);
            for (_, at, units, _) in &mut best {
                *units =
                    text.get(end..*at).map_or(0, |part| part.chars().map(char::len_utf16).sum());
            }
        } else {
            used += size;
        }
        if let Some(cut) = cut_after(text, &walk, step, before) {
            best.retain(|(quality, _, _, _)| *quality != cut);
            best.push((cut, walk.at(), used, walk.open.clone()));
        }
        before = step.chars().next_back();
    }
    pieces.push(Piece {
        before: open,
        text: text.get(start..).unwrap_or_default(),
        after: walk.open,
    });
    pieces
}

/// The best place that does not leave the piece too empty.
fn choose(best: &[(Cut, usize, usize, Open)], room: usize) -> Option<(Cut, usize, usize, Open)> {
    best.iter()
        .filter(|(cut, _, units, _)| match cut {
            Cut::Paragraph => *units >= room / 3,
            Cut::Line | Cut::CodeLine => *units >= room / 2,
            Cut::Word => *units >= room * 3 / 4,
            Cut::Character | Cut::Anywhere => true,
        })
        .max_by_key(|(cut, _, _, _)| *cut)
        .cloned()
}

fn cut_after(text: &str, walk: &Walk<'_>, step: &str, before: Option<char>) -> Option<Cut> {
    let (done, rest) =
        (text.get(..walk.at()).unwrap_or_default(), text.get(walk.at()..).unwrap_or_default());
    let next = rest.chars().next()?;
    let code = walk.open.in_fence() || walk.open.in_code();
    let last = step.chars().next_back().or(before);
    if done.ends_with('\n') && next != '\n' {
        return Some(if code {
            Cut::CodeLine
        } else if done.ends_with("\n\n") {
            Cut::Paragraph
        } else {
            Cut::Line
        });
    }
    if last.is_some_and(char::is_whitespace) && !next.is_whitespace() {
        return Some(Cut::Word);
    }
    Some(if borders(last, next) { Cut::Character } else { Cut::Anywhere })
}
