//! The intervals of whole histories of grades, beside figures that do not come from here.

use super::*;
use crate::practice::own::state::{DayLog, Own};

const QUESTION: Key = Key::new(7);

/// "0G 2M": grades with the days before each.
fn history(text: &str) -> Vec<(u16, Grade)> {
    let grade = |letter| match letter {
        'M' => Grade::Missed,
        'P' => Grade::Partly,
        'G' => Grade::GotIt,
        _ => Grade::Easy,
    };
    text.split(' ')
        .map(|step| {
            let (days, letter) = step.split_at(step.len() - 1);
            (days.parse().unwrap(), grade(letter.chars().next().unwrap()))
        })
        .collect()
}

/// What is remembered after each grade.
fn memories(text: &str, retention: u8) -> Vec<Memory> {
    let rule = ReviewRule { retention, ..ReviewRule::default() };
    let mut day = 20_000;
    let mut before: Option<Memory> = None;
    history(text)
        .into_iter()
        .map(|(passed, grade)| {
            day += passed;
            let memory = Memory::graded(before, (QUESTION, grade), day, rule);
            before = Some(memory);
            memory
        })
        .collect()
}

fn assert_near(found: f32, expected: f32, what: &str) {
    assert!((found - expected).abs() <= expected.abs() * 1e-4 + 1e-4, "{what}: {found}");
}

/// What the tests of the reference implementation say of its default parameters: fsrs 6.6.2,
/// `inference.rs` (`test_memory_state` and the example of `next_states`).
#[test]
fn memories_are_those_of_the_reference_implementation_s_own_tests() {
    for (grades, stability, difficulty) in [
        ("0M", 0.212, 6.4133),
        ("0P", 1.2931, 5.112_170_7),
        ("0G", 2.3065, 2.118_104),
        ("0E", 8.2956, 1.0),
        ("0M 0G 1G 3G 8G 21G", 53.626_91, 6.357_486_7),
    ] {
        let memory = memories(grades, 90).pop().unwrap();
        assert_near(f32::from_bits(memory.stability), stability, grades);
        assert_near(f32::from_bits(memory.difficulty), difficulty, grades);
    }
}

/// The same source, `test_next_interval`: a stability of one day at several retentions.
#[test]
fn intervals_follow_the_wanted_retention_as_in_the_reference_implementation() {
    let interval = |retention| FSRS::default().next_interval(Some(1.0), retention, 1);
    for (retention, days) in [(0.5, 90), (0.6, 27), (0.7, 9), (0.8, 3), (0.9, 1), (1.0, 1)] {
        assert_eq!(whole_days(interval(retention)), days, "{retention}");
    }
    // No question rests for longer than ten years: 2508 days at 0.3, 34793 at 0.2.
    assert_eq!(whole_days(interval(0.3)), 2508);
    assert_eq!(whole_days(interval(0.2)), 3650);
}

/// Retention, days before each grade with the grade, the interval after each, stability and
/// difficulty in the end.
type History = (u8, &'static str, &'static [u16], (f32, f32));

/// Computed in double precision from the published formulas of FSRS-6 by a program of its own,
/// which gives the figures of the two tests above.
#[test]
fn intervals_of_histories_of_grades_are_those_of_the_formulas() {
    let table: [History; 18] = [
        (90, "0M", &[1], (0.2120, 6.4133)),
        (90, "0P", &[1], (1.2931, 5.1122)),
        (90, "0G", &[2], (2.3065, 2.1181)),
        (90, "0E", &[8], (8.2956, 1.0000)),
        (90, "0M 0G 1G 3G 8G 21G", &[1, 1, 2, 8, 22, 54], (53.6269, 6.3575)),
        // Always on time.
        (
            90,
            "0G 2G 11G 46G 163G 497G 1346G 3292G",
            &[2, 11, 46, 163, 497, 1346, 3292, 3650],
            (7397.8305, 2.0700),
        ),
        // On the same day.
        (90, "0G 0M 0G", &[2, 1, 1], (0.8282, 7.3823)),
        (90, "0P 0P 0G 0E", &[1, 1, 1, 2], (2.3691, 5.6211)),
        // Lapses.
        (90, "0G 2G 11G 30M 1G 3G", &[2, 11, 46, 3, 5, 10], (9.9038, 7.3657)),
        (
            90,
            "0G 2M 1G 2M 1G 2M 1G 2M 1G 2M 1G 2M 1G 2M 1G 2M 1G",
            &[2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            (0.6531, 9.9550),
        ),
        (90, "0P 1P 2P 4P 7P", &[1, 3, 6, 9, 13], (13.3299, 9.0153)),
        (90, "0E 8E 60E", &[8, 66, 375], (374.765, 1.0000)),
        // Long gaps.
        (90, "0G 365G", &[2, 65], (64.6949, 2.1112)),
        (90, "0E 3650M 1M 1G", &[8, 3, 1, 2], (1.6500, 8.9942)),
        // Before it was due.
        (90, "0E 1G 1G 1G", &[8, 13, 18, 23], (23.0660, 1.0000)),
        (90, "0M 1P 1G 3M 0G 1E 14G", &[1, 1, 3, 1, 1, 3, 9], (9.0005, 8.8772)),
        (80, "0G 4G 20G", &[8, 54, 241], (72.6644, 2.1043)),
        (97, "0G 1G 2M 1G", &[1, 2, 1, 1], (3.0884, 7.3801)),
    ];
    for (retention, grades, intervals, (stability, difficulty)) in table {
        let memories = memories(grades, retention);
        let found: Vec<_> = memories.iter().map(|memory| memory.interval).collect();
        assert_eq!(found, intervals, "{grades} at {retention} %");
        let last = memories.last().unwrap();
        assert_near(f32::from_bits(last.stability), stability, grades);
        assert_near(f32::from_bits(last.difficulty), difficulty, grades);
        assert_eq!(last.due(), Some(last.last + last.interval));
    }
}

#[test]
fn every_miss_is_a_lapse_also_of_what_was_never_known() {
    let lapses = |grades| memories(grades, 90).pop().unwrap().lapses;
    assert_eq!(lapses("0M 1M 1M"), 3);
    assert_eq!(lapses("0G 2P 1E"), 0);
    assert_eq!(lapses("0P 2M 1P 1M"), 2);
}

#[test]
fn the_eighth_lapse_makes_a_leech_and_then_every_fourth() {
    let grades = ["0G"].into_iter().chain(["2M 1G"; 16]).collect::<Vec<_>>().join(" ");
    let memories = memories(&grades, 90);
    let steps = memories.iter().zip(memories.iter().skip(1));
    let named: Vec<_> = steps
        .filter_map(|(before, after)| after.outcome(Some(before), false, true).leech)
        .collect();
    assert_eq!(named, [8, 12, 16]);
}

#[test]
fn a_memory_is_small_and_five_hundred_take_less_than_sixteen_kibibytes() {
    assert!(size_of::<Memory>() <= 28, "{} bytes", size_of::<Memory>());
    let mut own = Own::default();
    for number in 0..500_u64 {
        // Not in the order of their keys, as they come in life.
        let question = Key::new(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let day = 20_000 + u16::try_from(number % 371).unwrap();
        let grade = (question, Grade::GotIt);
        let memory = Memory::graded(None, grade, day, ReviewRule::default());
        own.apply(&crate::practice::own::OwnChange::Remembered { memory, day, graded: true });
    }
    assert_eq!((own.memories.len(), own.days.len()), (500, 371));
    let heap =
        own.memories.capacity() * size_of::<Memory>() + own.days.capacity() * size_of::<DayLog>();
    // The whole member, with a little for the node of the map in which they lie.
    let all = heap + size_of::<crate::practice::team::Member>() + 64;
    assert!(all < 16 * 1024, "{all} bytes, of which {heap} are lists");
}
