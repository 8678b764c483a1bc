//! The figures of docs/FEEDBACK.md: how the judge does on the questions that were put aside.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mockingbird::bank::Question;
use mockingbird::judge::{Flag, Judged, State};

use crate::data::{Answer, answers, bank, second};
use crate::measure::{Counts, Tally};
use crate::{judged, judged_with};

/// From here on a key point is told to be made.
const TOLD: f32 = 0.5;

struct Case<'b> {
    question: &'b Question,
    answer: Answer,
    judged: Judged,
}

impl Case<'_> {
    fn is_good(&self) -> bool {
        ["strong", "partial"].contains(&&*self.answer.kind)
    }

    fn tally(&self, tally: &mut Tally) {
        tell(tally, &self.answer, &self.judged);
    }
}

fn tell(tally: &mut Tally, answer: &Answer, judged: &Judged) {
    for (point, made) in judged.points.iter().zip(answer.made.bytes()) {
        tally.add(&answer.question, point.p >= TOLD, made == b'1');
    }
}

/// The same text with a quarter of its words of six letters and more misspelt: two neighbours swapped,
/// a letter dropped or doubled, in turn.
fn misspelt(text: &str) -> String {
    let mut turn = 0_usize;
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let letters: Vec<char> = word.chars().collect();
        let is_long = letters.iter().filter(|letter| letter.is_ascii_alphabetic()).count() >= 6;
        let at = letters.len() / 2;
        let plain = letters.get(at - at.min(1)..(at + 2).min(letters.len()));
        if !is_long || !plain.is_some_and(|part| part.iter().all(char::is_ascii_alphabetic)) {
            return word.to_owned();
        }
        turn += 1;
        let mut letters = letters;
        match turn % 12 {
            0 => letters.swap(at, at - 1),
            4 => drop(letters.remove(at)),
            8 => letters.insert(at, letters[at]),
            _ => {}
        }
        letters.into_iter().collect()
    });
    words.collect()
}

fn line(table: &mut String, what: &str, figures: &[String]) {
    writeln!(table, "| {what} | {} |", figures.join(" | ")).expect("a line");
}

/// What is counted of all cases.
#[derive(Default)]
struct Tallies {
    all: Tally,
    honest: Tally,
    few_terms: Tally,
    no_terms: Tally,
    readers: Tally,
    decided: Tally,
    off_topic: Tally,
    foreign: Tally,
    good: Tally,
    misspelt: Tally,
    contradicted: Tally,
    contradicting: Tally,
    contradicted_bare: Tally,
    contradicting_bare: Tally,
    far_fetched: Tally,
    kinds: BTreeMap<String, (usize, Tally)>,
}

impl Tallies {
    fn of(cases: &[Case<'_>]) -> Self {
        let mut tallies = Self::default();
        for case in cases {
            tallies.add(case);
            if case.is_good() {
                tallies.add_good(case, cases);
            }
        }
        tallies
    }

    fn add(&mut self, case: &Case<'_>) {
        let Case { question, answer, judged: whole } = case;
        case.tally(&mut self.all);
        let kind = self.kinds.entry(answer.kind.clone()).or_default();
        kind.0 += 1;
        case.tally(&mut kind.1);
        for (one, other) in answer.made.bytes().zip(second(answer).bytes()) {
            self.readers.add(&answer.question, one == b'1', other == b'1');
        }
        if !["contradicting", "wrong", "stuffed"].contains(&&*answer.kind) {
            case.tally(&mut self.honest);
            for (point, made) in whole.points.iter().zip(answer.made.bytes()) {
                if point.state != State::Unsure {
                    let told = point.state == State::Covered;
                    self.decided.add(&answer.question, told, made == b'1');
                }
            }
        }
        if answer.kind == "off-topic" {
            case.tally(&mut self.off_topic);
        }
        let few = judged_with(question, &answer.text, 4);
        tell(&mut self.few_terms, answer, &few);
        tell(&mut self.no_terms, answer, &judged_with(question, &answer.text, 0));
        for (judged, points, answers) in [
            (whole, &mut self.contradicted, &mut self.contradicting),
            (&few, &mut self.contradicted_bare, &mut self.contradicting_bare),
        ] {
            for (place, point) in judged.points.iter().enumerate() {
                let is_so = answer.contradicts.contains(&(place + 1));
                points.add(&answer.question, point.contradicted, is_so);
            }
            let flagged = judged.flags.contains(&Flag::Contradiction);
            answers.add(&answer.question, flagged, !answer.contradicts.is_empty());
        }
    }

    /// A good answer is judged misspelt too, and as an answer to each of the other questions.
    fn add_good(&mut self, case: &Case<'_>, cases: &[Case<'_>]) {
        let Case { question, answer, .. } = case;
        case.tally(&mut self.good);
        tell(&mut self.misspelt, answer, &judged(question, &misspelt(&answer.text)));
        for other in cases.iter().filter(|other| other.answer.name == first(cases, other)) {
            if other.question.id != question.id {
                let made = "0".repeat(other.question.key_points.len());
                let told = judged(other.question, &answer.text);
                tell(&mut self.foreign, &Answer { made, ..answer.clone() }, &told);
            }
        }
    }

    /// The tables as they stand in the document.
    fn tables(&self) -> String {
        let mut text =
            "| key points told to be made | F1 | kappa | precision | recall |\n".to_owned();
        text.push_str("| --- | --- | --- | --- | --- |\n");
        for (what, tally) in [
            ("all answers", &self.all),
            ("without contradicting, wrong and stuffed ones", &self.honest),
            ("all, with four terms a key point", &self.few_terms),
            ("all, without terms", &self.no_terms),
            ("second reader beside first", &self.readers),
        ] {
            let figures = [Counts::f1, Counts::kappa, Counts::precision, Counts::recall];
            line(&mut text, what, &figures.map(|figure| tally.figure(figure)));
        }
        text.push_str("\n| answers | how many | key points | made | told to be made |\n");
        text.push_str("| --- | ---: | ---: | ---: | ---: |\n");
        for (kind, (count, tally)) in &self.kinds {
            let counts = tally.all();
            let percent = |share: f64| format!("{:.0} %", 100.0 * share / counts.size());
            line(
                &mut text,
                kind,
                &[
                    count.to_string(),
                    counts.size().to_string(),
                    percent(counts.hits + counts.misses),
                    percent(counts.hits + counts.false_alarms),
                ],
            );
        }
        let left = 1.0 - self.decided.all().size() / self.honest.all().size();
        text.push_str("\n| what | figure |\n| --- | --- |\n");
        line(&mut text, "left to the candidate, of honest answers", &[format!("{left:.3}")]);
        for (what, tally, figure) in [
            ("right, of the rest", &self.decided, Counts::right as fn(&Counts) -> f64),
            (
                "told to be made, of key points of off-topic answers",
                &self.off_topic,
                Counts::false_alarm,
            ),
            ("the same for good answers to another question", &self.foreign, Counts::false_alarm),
            (
                "recall of answers that avoid the listed terms, weights fitted to them too",
                &self.far_fetched,
                Counts::recall,
            ),
            ("recall of strong and partial answers", &self.good, Counts::recall),
            ("the same with a quarter of the long words misspelt", &self.misspelt, Counts::recall),
            ("contradicted key points flagged", &self.contradicted, Counts::recall),
            ("false alarms, of other key points", &self.contradicted, Counts::false_alarm),
            ("answers with a contradiction that are flagged", &self.contradicting, Counts::recall),
            ("false alarms, of other answers", &self.contradicting, Counts::false_alarm),
            (
                "contradicted key points flagged, without opposites",
                &self.contradicted_bare,
                Counts::recall,
            ),
            ("false alarms, of other key points", &self.contradicted_bare, Counts::false_alarm),
            (
                "answers with a contradiction that are flagged",
                &self.contradicting_bare,
                Counts::recall,
            ),
            ("false alarms, of other answers", &self.contradicting_bare, Counts::false_alarm),
        ] {
            line(&mut text, what, &[tally.figure(figure)]);
        }
        text
    }
}

/// The name of the first answer to the same question.
fn first<'c>(cases: &'c [Case<'_>], of: &Case<'_>) -> &'c str {
    let found = cases.iter().find(|case| case.question.id == of.question.id);
    found.map(|case| case.answer.name.as_str()).expect("itself")
}

/// The text between the two lines that mark it in the document.
fn written(document: &str) -> Option<(usize, usize)> {
    let begin = document.find(BEGIN)? + BEGIN.len();
    Some((begin, begin + document.get(begin..)?.find(END)?))
}

const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- end of figures -->";

#[test]
fn on_the_questions_put_aside_the_judge_does_as_well_as_is_written() {
    let bank = bank();
    let case = |answer: Answer| {
        let question = bank.iter().find(|one| one.id.as_str() == answer.question);
        let question = &**question.expect("a question of the bank");
        Case { question, judged: judged(question, &answer.text), answer }
    };
    let (held, others): (Vec<Answer>, Vec<Answer>) =
        answers().into_iter().partition(|answer| answer.part == "held");
    let cases: Vec<Case<'_>> = held.into_iter().map(case).collect();
    let mut tallies = Tallies::of(&cases);
    for answer in others.into_iter().filter(|answer| answer.part != "tune") {
        case(answer).tally(&mut tallies.far_fetched);
    }
    let figures = tallies.tables();
    let all = tallies.all.all();
    assert!(all.f1() >= 0.80 && all.kappa() >= 0.65, "{figures}");
    assert!(tallies.off_topic.all().false_alarm() <= 0.05, "{figures}");
    assert!(tallies.misspelt.all().recall() >= 0.80, "{figures}");
    assert!(tallies.contradicted.all().false_alarm() <= 0.02, "{figures}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FEEDBACK.md");
    let document = std::fs::read_to_string(&path).expect("docs/FEEDBACK.md");
    let (begin, end) = written(&document).expect("the place of the figures");
    if std::env::var_os("FIGURES").is_some() {
        let document = format!("{}{figures}{}", &document[..begin], &document[end..]);
        #[expect(clippy::disallowed_methods, reason = "a document, and no state")]
        std::fs::write(&path, document).expect("docs/FEEDBACK.md");
    } else {
        assert_eq!(&document[begin..end], figures, "FIGURES=write cargo test --test judge");
    }
}
