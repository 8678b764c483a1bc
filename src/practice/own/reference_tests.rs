//! Whole histories of grades beside what the reference implementation says of them: intervals
//! equal to the day, memories as near as single precision allows. How the file was made stands
//! beside it.

use super::*;

const HISTORIES: &str = include_str!("../../../tests/fixtures/fsrs/histories.txt");

/// Stability and difficulty are reckoned in single precision here and in double precision there,
/// and the file has six digits of them.
const NEAR: f32 = 2e-5;

/// A difference: the crate lets no stability grow beyond a hundred years, the reference does.
const MOST_STABLE: f32 = 36_500.0;

/// A grade of a history, and what is remembered after it there.
struct Step<'a> {
    passed: DayNumber,
    grade: Grade,
    interval: u16,
    stability: f32,
    difficulty: f32,
    text: &'a str,
}

/// "2G=11/10.9653/2.1112": two days later it was got, and comes back in eleven days.
fn step(text: &str) -> Step<'_> {
    let (given, found) = text.split_once('=').unwrap();
    let (passed, letter) = given.split_at(given.len() - 1);
    let grade = match letter {
        "M" => Grade::Missed,
        "P" => Grade::Partly,
        "G" => Grade::GotIt,
        "E" => Grade::Easy,
        other => panic!("no grade: {other}"),
    };
    let [interval, stability, difficulty] =
        <[&str; 3]>::try_from(found.split('/').collect::<Vec<_>>()).unwrap();
    Step {
        passed: passed.parse().unwrap(),
        grade,
        interval: interval.parse().unwrap(),
        stability: stability.parse().unwrap(),
        difficulty: difficulty.parse().unwrap(),
        text,
    }
}

/// Retention, name and steps of each history.
fn histories() -> Vec<(u8, &'static str, Vec<Step<'static>>)> {
    let lines = HISTORIES.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (head, steps) = line.split_once(": ").unwrap();
            let (retention, name) = head.split_once(' ').unwrap();
            (retention.parse().unwrap(), name, steps.split(' ').map(step).collect())
        })
        .collect()
}

fn assert_near(found: f32, expected: f32, what: &str) {
    assert!((found - expected).abs() <= expected * NEAR, "{what}: {found} is not {expected}");
}

#[test]
fn intervals_of_histories_of_grades_are_those_of_the_reference_implementation() {
    let histories = histories();
    assert!(histories.len() >= 60, "{} histories", histories.len());
    for (retention, name, steps) in histories {
        let rule = ReviewRule { retention, ..ReviewRule::default() };
        let (mut day, mut before) = (20_000, None);
        for step in steps {
            day += step.passed;
            let memory = Memory::graded(before, (Key::new(7), step.grade), day, rule);
            let what = format!("{name} at {retention} %, {}", step.text);
            assert_eq!(memory.interval, step.interval, "{what}");
            assert_eq!(memory.due(), Some(day + step.interval), "{what}");
            assert_near(f32::from_bits(memory.stability), step.stability.min(MOST_STABLE), &what);
            assert_near(f32::from_bits(memory.difficulty), step.difficulty, &what);
            before = Some(memory);
        }
    }
}

#[test]
fn the_parameters_are_those_of_the_reference_implementation() {
    let (_, parameters) = HISTORIES.lines().next().unwrap().split_once("parameters ").unwrap();
    let parameters: Vec<f32> = parameters.split(' ').map(|one| one.parse().unwrap()).collect();
    assert_eq!(parameters, fsrs::DEFAULT_PARAMETERS);
}
