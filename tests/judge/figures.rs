//! The figures of docs/FEEDBACK.md: how the judge does on the questions that were put aside.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mockingbird::bank::Question;
use mockingbird::judge::{Flag, Judged, State};

use crate::data::{Answer, answers, bank, second};
use crate::measure::Tally;
use crate::{judged, judged_with};

/// From here on a key point is told to be made.
const TOLD: f32 = 0.5;

struct Case<'b> {
    question: &'b Question,
    answer: Answer,
    judged: Judged,
}

impl Case<'_> {
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

/// All figures as they stand in the document.
fn figures(cases: &[Case<'_>]) -> (String, BTreeMap<&'static str, f64>) {
    let mut goals = BTreeMap::new();
    let mut text = String::new();
    let (mut all, mut honest, mut decided) = (Tally::default(), Tally::default(), Tally::default());
    let (mut off, mut typos, mut plain) = (Tally::default(), Tally::default(), Tally::default());
    let (mut few, mut none) = (Tally::default(), Tally::default());
    let (mut opposite, mut opposites, mut foreign) =
        (Tally::default(), Tally::default(), Tally::default());
    let mut readers = Tally::default();
    let mut kinds: BTreeMap<&str, (usize, Tally)> = BTreeMap::new();
    for case in cases {
        let Case { question, answer, judged: whole } = case;
        case.tally(&mut all);
        let kind = kinds.entry(&answer.kind).or_default();
        kind.0 += 1;
        case.tally(&mut kind.1);
        for (one, other) in answer.made.bytes().zip(second(answer).bytes()) {
            readers.add(&answer.question, one == b'1', other == b'1');
        }
        let is_honest = !["contradicting", "wrong", "stuffed"].contains(&&*answer.kind);
        if is_honest {
            case.tally(&mut honest);
            for (point, made) in whole.points.iter().zip(answer.made.bytes()) {
                if point.state != State::Unsure {
                    let told = point.state == State::Covered;
                    decided.add(&answer.question, told, made == b'1');
                }
            }
        }
        if answer.kind == "off-topic" {
            case.tally(&mut off);
        }
        if ["strong", "partial"].contains(&&*answer.kind) {
            case.tally(&mut plain);
            tell(&mut typos, answer, &judged(question, &misspelt(&answer.text)));
            for other in cases.iter().filter(|other| other.answer.name == first(cases, other)) {
                if other.question.id != question.id {
                    let nothing = "0".repeat(other.question.key_points.len());
                    let told = judged(other.question, &answer.text);
                    tell(&mut foreign, &Answer { made: nothing, ..answer.clone() }, &told);
                }
            }
        }
        tell(&mut few, answer, &judged_with(question, &answer.text, 4));
        tell(&mut none, answer, &judged_with(question, &answer.text, 0));
        for (place, point) in whole.points.iter().enumerate() {
            let is_so = answer.contradicts.contains(&(place + 1));
            opposite.add(&answer.question, point.contradicted, is_so);
        }
        let flagged = whole.flags.contains(&Flag::Contradiction);
        opposites.add(&answer.question, flagged, !answer.contradicts.is_empty());
    }
    text.push_str("| key points told to be made | F1 | kappa | precision | recall |\n| --- | --- | --- | --- | --- |\n");
    for (what, tally) in [
        ("all answers", &all),
        ("without contradicting, wrong and stuffed ones", &honest),
        ("all, with four terms a key point", &few),
        ("all, without terms", &none),
        ("second reader beside first", &readers),
    ] {
        line(
            &mut text,
            what,
            &[
                tally.figure(super::measure::Counts::f1),
                tally.figure(super::measure::Counts::kappa),
                tally.figure(super::measure::Counts::precision),
                tally.figure(super::measure::Counts::recall),
            ],
        );
    }
    text.push_str("\n| answers | how many | key points | made | told to be made |\n| --- | ---: | ---: | ---: | ---: |\n");
    for (kind, (count, tally)) in &kinds {
        let counts = tally.all();
        let points = counts.hits + counts.misses + counts.false_alarms + counts.rests;
        let percent = |share: f64| format!("{:.0} %", 100.0 * share / points);
        line(
            &mut text,
            kind,
            &[
                count.to_string(),
                points.to_string(),
                percent(counts.hits + counts.misses),
                percent(counts.hits + counts.false_alarms),
            ],
        );
    }
    text.push_str("\n| what | figure |\n| --- | --- |\n");
    let counts = decided.all();
    let right = |counts: &super::measure::Counts| {
        (counts.hits + counts.rests)
            / (counts.hits + counts.rests + counts.misses + counts.false_alarms)
    };
    let size = |counts: super::measure::Counts| {
        counts.hits + counts.rests + counts.misses + counts.false_alarms
    };
    for (what, figure) in [
        (
            "right, of what it does not leave to the candidate (honest answers)",
            decided.figure(right),
        ),
        ("left to the candidate", format!("{:.3}", 1.0 - size(counts) / size(honest.all()))),
        (
            "told to be made, of key points of off-topic answers",
            off.figure(super::measure::Counts::false_alarm),
        ),
        (
            "the same for good answers to another question",
            foreign.figure(super::measure::Counts::false_alarm),
        ),
        ("recall of strong and partial answers", plain.figure(super::measure::Counts::recall)),
        (
            "the same with a quarter of the long words misspelt",
            typos.figure(super::measure::Counts::recall),
        ),
        ("contradicted key points flagged", opposite.figure(super::measure::Counts::recall)),
        ("false alarms, of other key points", opposite.figure(super::measure::Counts::false_alarm)),
        (
            "answers with a contradiction that are flagged",
            opposites.figure(super::measure::Counts::recall),
        ),
        ("false alarms, of other answers", opposites.figure(super::measure::Counts::false_alarm)),
    ] {
        line(&mut text, what, &[figure]);
    }
    goals.insert("F1", all.all().f1());
    goals.insert("kappa", all.all().kappa());
    goals.insert("off-topic", off.all().false_alarm());
    goals.insert("misspelt", typos.all().recall());
    goals.insert("false alarms", opposite.all().false_alarm());
    (text, goals)
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
    let cases: Vec<Case<'_>> = answers()
        .into_iter()
        .filter(|answer| answer.part == "held")
        .map(|answer| {
            let question = bank.iter().find(|one| one.id.as_str() == answer.question);
            let question = &**question.expect("a question of the bank");
            Case { question, judged: judged(question, &answer.text), answer }
        })
        .collect();
    let (figures, goals) = figures(&cases);
    assert!(goals["F1"] >= 0.80, "{goals:?}");
    assert!(goals["kappa"] >= 0.65, "{goals:?}");
    assert!(goals["off-topic"] <= 0.05, "{goals:?}");
    assert!(goals["misspelt"] >= 0.80, "{goals:?}");
    assert!(goals["false alarms"] <= 0.02, "{goals:?}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FEEDBACK.md");
    let document = std::fs::read_to_string(&path).expect("docs/FEEDBACK.md");
    let (begin, end) = written(&document).expect("the place of the figures");
    if std::env::var_os("FIGURES").is_some() {
        let document = format!("{}{figures}{}", &document[..begin], &document[end..]);
        std::fs::write(&path, document).expect("docs/FEEDBACK.md");
    } else {
        assert_eq!(&document[begin..end], figures, "FIGURES=write cargo test --test judge");
    }
}
