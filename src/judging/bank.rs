//! What `mockingbird check --judge` says about a bank: what the judge of typed answers does not find
//! in a model answer, what is given away before anybody answers, and which key points it takes for
//! one another. It reads no clock and no disk.

use std::fmt::Write as _;

use crate::bank::{KeyPoint, Question, QuestionBank};
use crate::check::{ExitStatus, counted};
use crate::judge::{Asked, Judged, State, Thresholds, judge};

/// Letters of a line.
const WIDTH: usize = 80;
/// So many terms a key point needs: what people say in other words is found by them.
const TERMS: usize = 2;

/// What the judge makes of one question.
#[derive(Debug, Default, PartialEq)]
struct Found {
    /// Which key points the model answer does not cover, and how probable each is.
    left_out: Vec<(usize, f32)>,
    /// Which texts give which key points away before anybody answers.
    leaks: Vec<(Leak, usize, f32)>,
    /// Which two key points are taken for one another.
    alike: Vec<(usize, usize)>,
    /// Which key points have too few terms.
    bare: Vec<usize>,
}

/// What members read before they answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leak {
    /// Prompt and hint, where the words of the prompt weigh little.
    Both,
    /// The hint, whatever the prompt says.
    Hint,
    /// The question that asks for the key point with this number.
    Ask(usize),
}

impl Found {
    fn is_nothing(&self) -> bool {
        self.left_out.is_empty() && self.leaks.is_empty() && self.alike.is_empty()
    }
}

/// Judges a bank by itself; returns the text to print and how to end. After each question `told` hears
/// how many are done.
pub fn bank(
    bank: &QuestionBank,
    thresholds: Thresholds,
    told: &mut dyn FnMut(usize),
) -> (String, ExitStatus) {
    let mut text = String::new();
    let mut all: Vec<(&Question, Found)> = Vec::new();
    for (done, question) in (1..).zip(bank.iter()) {
        let found = look(thresholds, question);
        if !found.is_nothing() {
            describe(&mut text, question, &found);
            text.push('\n');
        }
        all.push((question, found));
        told(done);
    }
    text.push_str(&summary(&all));
    let status = if all.iter().all(|(_, found)| found.is_nothing()) {
        ExitStatus::Good
    } else {
        ExitStatus::Problems
    };
    (text, status)
}

/// Judges the texts of a question as if somebody had typed them.
fn look(thresholds: Thresholds, question: &Question) -> Found {
    let typed = |prompt: &str, text: &str| -> Judged {
        let asked = Asked { prompt, answer: &question.answer, points: &question.key_points };
        judge(thresholds, asked, text)
    };
    let mut found = Found::default();
    if question.key_points.is_empty() {
        return found;
    }
    let answered = typed(&question.prompt, &question.answer);
    found.left_out = answered
        .points
        .iter()
        .enumerate()
        .filter(|(_, point)| point.state != State::Covered)
        .map(|(place, point)| (place, point.p))
        .collect();

    if let Some(hint) = &question.hint {
        let both = format!("{}\n{hint}", question.prompt);
        found.add_leaks(thresholds, Leak::Both, &typed(&question.prompt, &both));
        found.add_leaks(thresholds, Leak::Hint, &typed("", hint));
    } else {
        found.add_leaks(thresholds, Leak::Both, &typed(&question.prompt, &question.prompt));
    }
    for (place, point) in question.key_points.iter().enumerate() {
        if let Some(ask) = &point.ask {
            found.add_leaks(thresholds, Leak::Ask(place), &typed(&question.prompt, ask));
        }
    }

    let said = |point: &KeyPoint| typed(&question.prompt, &point.point);
    let said: Vec<Judged> = question.key_points.iter().map(said).collect();
    let covers = |one: usize, other: usize| {
        let point = said.get(one).and_then(|said| said.points.get(other));
        point.is_some_and(|point| thresholds.state(point.by_words) == State::Covered)
    };
    for one in 0..said.len() {
        let rest = (one + 1)..said.len();
        let alike = rest.filter(|other| covers(one, *other) && covers(*other, one));
        found.alike.extend(alike.map(|other| (one, other)));
    }
    let points = question.key_points.iter().enumerate();
    found.bare = points.filter(|(_, point)| point.terms.len() < TERMS).map(|(at, _)| at).collect();
    found
}

impl Found {
    /// What the same text gives away is told once a key point. It counts by its words alone: no
    /// hint is an answer, and a question that is typed back echoes itself.
    fn add_leaks(&mut self, thresholds: Thresholds, leak: Leak, judged: &Judged) {
        for (place, point) in judged.points.iter().enumerate() {
            let is_hint = |other: Leak| matches!(other, Leak::Both | Leak::Hint);
            let is_told = is_hint(leak)
                && self.leaks.iter().any(|(other, at, _)| is_hint(*other) && *at == place);
            if thresholds.state(point.by_words) == State::Covered && !is_told {
                self.leaks.push((leak, place, point.by_words));
            }
        }
    }
}

fn describe(text: &mut String, question: &Question, found: &Found) {
    let point = |place: usize| question.key_points.get(place);
    let statement = |place: usize| {
        let said = point(place).map_or("", |point| &point.point);
        (format!("{}. ", place + 1), said)
    };
    let ask = |place: usize| point(place).and_then(|point| point.ask.as_deref()).unwrap_or("");
    let percent = |p: f32| format!("{:.0} %", p * 100.0);
    let _ = writeln!(text, "{} ({})", question.id, question.topic);
    if !found.left_out.is_empty() {
        text.push_str("  the model answer does not cover:\n");
    }
    for (place, p) in &found.left_out {
        let (number, said) = statement(*place);
        wrap(text, &format!("{number}{:>4}  ", percent(*p)), said);
    }
    for (leak, place, p) in &found.leaks {
        let p = percent(*p);
        let (what, which, words) = match leak {
            Leak::Both if question.hint.is_none() => ("the prompt", "prompt: ", &*question.prompt),
            Leak::Both => {
                ("prompt and hint", "hint: ", question.hint.as_deref().unwrap_or_default())
            }
            Leak::Hint => ("the hint", "hint: ", question.hint.as_deref().unwrap_or_default()),
            Leak::Ask(asked) if asked == place => ("its own `ask`", "ask: ", ask(*asked)),
            Leak::Ask(asked) => ("the `ask` of another one", "ask: ", ask(*asked)),
        };
        let verb = if *leak == Leak::Both && question.hint.is_some() { "give" } else { "gives" };
        let _ = writeln!(text, "  {what} {verb} it away ({p}):");
        let (number, said) = statement(*place);
        wrap(text, &number, said);
        wrap(text, which, words);
    }
    for (one, other) in &found.alike {
        text.push_str("  these two cannot be told apart:\n");
        for place in [one, other] {
            let (number, said) = statement(*place);
            wrap(text, &number, said);
        }
    }
}

/// Writes a text in lines that fit, below what it begins with.
fn wrap(text: &mut String, begin: &str, words: &str) {
    let indent = "    ";
    let below = " ".repeat(indent.len() + begin.chars().count());
    let mut line = format!("{indent}{begin}");
    let mut is_empty = true;
    for word in words.split_whitespace() {
        let length = line.chars().count() + usize::from(!is_empty) + word.chars().count();
        if !is_empty && length > WIDTH {
            let _ = writeln!(text, "{line}");
            line.clone_from(&below);
        } else if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(text, "{line}");
}

fn summary(all: &[(&Question, Found)]) -> String {
    let sum = |count: fn(&Found) -> usize| all.iter().map(|(_, found)| count(found)).sum::<usize>();
    let points: usize = all.iter().map(|(question, _)| question.key_points.len()).sum();
    let (left_out, leaks) = (sum(|found| found.left_out.len()), sum(|found| found.leaks.len()));
    let (alike, bare) = (sum(|found| found.alike.len()), sum(|found| found.bare.len()));
    let concerned = all.iter().filter(|(_, found)| !found.is_nothing()).count();
    let (all_of, of) = (counted(all.len(), "question"), counted(points, "key point"));
    let mut text = match left_out + leaks + alike {
        0 => format!("{all_of} with {of}: nothing found\n"),
        findings => {
            let parts = [
                (left_out, "not covered by the model answer"),
                (leaks, "given away"),
                (alike, "not told apart"),
            ];
            let parts: Vec<String> = parts
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}"))
                .collect();
            let found = counted(findings, "finding");
            let concerned = counted(concerned, "question");
            format!("{all_of} with {of}: {found} in {concerned}\n({})\n", parts.join(", "))
        }
    };
    let without = all.iter().filter(|(_, found)| !found.bare.is_empty());
    let ids: Vec<&str> = without.map(|(question, _)| question.id.as_str()).collect();
    if bare > 0 {
        text.push_str("note: key points with fewer than two `terms`, by which more is found:\n");
        wrap(&mut text, &format!("{bare} in "), &ids.join(", "));
    }
    text
}
