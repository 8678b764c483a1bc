//! What a team sees of its members: a map without anybody's answers, and who wants to be seen.

use insta::assert_snapshot;
use mockingbird::practice::own::call::Period;
use mockingbird::practice::own::{Grade, OwnCall, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

fn grades(story: &mut Story, who: &str, all: &[(&str, Grade)]) {
    for (id, grade) in all {
        story.presses(who, P::Answer(key(id)));
        story.presses(who, P::Grade(key(id), *grade));
    }
}

/// Three grades in one topic.
fn all_of(story: &mut Story, who: &str, topic: &str, known: usize) {
    for number in 0..3 {
        let id = format!("{topic}-{number}");
        let grade = if number < known { Grade::GotIt } else { Grade::Missed };
        grades(story, who, &[(&id, grade)]);
    }
}

/// The map of the team as somebody reads it who is not in it.
fn map(story: &mut Story) -> String {
    story.runs("kim", OwnCall::Team);
    story.last()
}

#[test]
fn the_map_tells_how_much_is_known_only_where_three_have_graded_three() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Shared, 1);
    for who in ["ann", "bob"] {
        all_of(&mut story, who, "git", 3);
        all_of(&mut story, who, "sql", 1);
    }
    story.told();
    story.runs("eve", OwnCall::Team);
    // One or two grades more or less are not to be read from the map.
    grades(&mut story, "eve", &[("git-0", Grade::Missed), ("git-1", Grade::Missed)]);
    story.runs("eve", OwnCall::Team);
    grades(&mut story, "eve", &[("git-2", Grade::Missed)]);
    all_of(&mut story, "eve", "sql", 0);
    story.runs("ann", OwnCall::Team);
    story.hours(24 * 31);
    story.runs("ann", OwnCall::Team);
    let told = story.told();
    let maps: Vec<_> = told.lines().filter(|line| line.contains("Team: ")).collect();
    assert_snapshot!(maps.join("\n"), @r#"
    Nov 02 Mon 08:00    to everybody: Team: (2, 1) members; git 3/4 by 1 ["ann"] known ?; http 0/4 by 0 [] known ?; sql 3/4 by 1 ["ann"] known ?; strongest [], weakest []
    Nov 02 Mon 08:00    to everybody: Team: (3, 1) members; git 3/4 by 3 ["ann"] known ?; http 0/4 by 0 [] known ?; sql 3/4 by 1 ["ann"] known ?; strongest [], weakest []
    Nov 02 Mon 08:00    to everybody: Team: (3, 1) members; git 3/4 by 3 ["ann"] known 70 %; http 0/4 by 0 [] known ?; sql 3/4 by 3 ["ann"] known 20 %; strongest ["git"], weakest ["sql"]
    Dec 03 Thu 08:00    to everybody: Team: (0, 0) members; git 0/4 by 0 [] known ?; http 0/4 by 0 [] known ?; sql 0/4 by 0 [] known ?; strongest [], weakest []
    "#);
}

#[test]
fn never_all_or_nothing_is_known_and_no_grade_alone_is_seen() {
    for (known, expected) in [(3, "90 %"), (0, "10 %")] {
        let mut story = Story::new();
        for who in ["ann", "bob", "eve"] {
            all_of(&mut story, who, "git", known);
        }
        let map = map(&mut story);
        assert!(map.contains(&format!("git 3/4 by 3 [] known {expected}")), "{map}");
        assert!(map.contains("strongest [], weakest []"), "alone it is neither: {map}");
        // A fourth one who grades a single question moves nothing.
        let other = if known == 3 { Grade::Missed } else { Grade::Easy };
        grades(&mut story, "kim", &[("git-0", other)]);
        let after = self::map(&mut story);
        assert!(after.contains(&format!("git 3/4 by 4 [] known {expected}")), "{after}");
    }
}

#[test]
fn whoever_does_not_share_is_counted_only_among_three() {
    let mut story = Story::new();
    grades(&mut story, "ann", &[("git-0", Grade::GotIt), ("git-1", Grade::Missed)]);
    let alone = map(&mut story);
    assert!(alone.contains("Team: (1, 0)") && alone.contains("git 0/4 by 0 [] known ?"), "{alone}");
    story.chooses("bob", OwnMenu::Shared, 1);
    grades(&mut story, "bob", &[("git-2", Grade::GotIt)]);
    let two = map(&mut story);
    assert!(two.contains(r#"git 1/4 by 1 ["bob"] known ?"#), "only who shares: {two}");
    grades(&mut story, "eve", &[("git-0", Grade::GotIt)]);
    let three = map(&mut story);
    assert!(three.contains(r#"git 3/4 by 3 ["bob"] known ?"#), "{three}");
    story.chooses("bob", OwnMenu::Shared, 0);
    assert!(map(&mut story).contains("git 3/4 by 3 [] known ?"));
}

#[test]
fn the_leaderboard_has_those_who_share_and_equal_ones_share_a_place() {
    let mut story = Story::new();
    story.runs("ann", OwnCall::Leaderboard(Period::Week));
    for who in ["ann", "bob", "kim"] {
        story.chooses(who, OwnMenu::Shared, 1);
    }
    grades(&mut story, "bob", &[("git-0", Grade::GotIt), ("git-1", Grade::GotIt)]);
    grades(&mut story, "kim", &[("sql-0", Grade::GotIt), ("sql-1", Grade::GotIt)]);
    grades(&mut story, "eve", &[("sql-0", Grade::GotIt), ("sql-1", Grade::GotIt)]);
    // The same question again and again is one.
    for _ in 0..5 {
        grades(&mut story, "ann", &[("git-0", Grade::Missed), ("git-0", Grade::GotIt)]);
    }
    story.told();
    story.runs("eve", OwnCall::Leaderboard(Period::Week));
    story.hours(24);
    story.presses("ann", P::Answer(key("git-0")));
    story.runs("ann", OwnCall::Leaderboard(Period::Week));
    story.at("2026-11-09T09:00:00Z");
    story.runs("ann", OwnCall::Leaderboard(Period::Week));
    story.runs("ann", OwnCall::Leaderboard(Period::Month));
    story.at("2026-12-01T09:00:00Z");
    story.runs("ann", OwnCall::Leaderboard(Period::Month));
    story.runs("ann", OwnCall::Leaderboard(Period::Year));
    let told = story.told();
    let boards: Vec<_> = told.lines().filter(|line| line.contains("Leaderboard of")).collect();
    assert_snapshot!(boards.join("\n"), @"
    Nov 02 Mon 08:00    to everybody: Leaderboard of the Week from 2026-11-02: 1. bob 1/2, 1. kim 1/2, 3. ann 1/1 (you do not share)
    Nov 03 Tue 08:00    to everybody: Leaderboard of the Week from 2026-11-02: 1. ann 2/1, 2. bob 1/2, 2. kim 1/2
    Nov 09 Mon 09:00    to everybody: Leaderboard of the Week from 2026-11-09: 
    Nov 09 Mon 09:00    to everybody: Leaderboard of the Month from 2026-11-01: 1. ann 2/1, 2. bob 1/2, 2. kim 1/2
    Dec 01 Tue 09:00    to everybody: Leaderboard of the Month from 2026-12-01: 
    Dec 01 Tue 09:00    to everybody: Leaderboard of the Year from 2025-11-26: 1. ann 2/1, 2. bob 1/2, 2. kim 1/2
    ");
}

/// What the leaderboard says of a member this week.
fn place_of(story: &mut Story, who: &str) -> String {
    story.runs("kim", OwnCall::Leaderboard(Period::Week));
    let board = story.last();
    let place = board.split(['(', ',']).find_map(|part| part.trim().split_once(who));
    place.map_or("none".to_owned(), |(_, counts)| counts.trim().to_owned())
}

#[test]
fn no_command_farms_a_place() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Shared, 1);
    grades(&mut story, "ann", &[("git-0", Grade::Missed)]);
    assert_eq!(place_of(&mut story, "ann"), "1/1");
    // The same question on every way there is.
    let git = key("git-0");
    for grade in [Grade::Easy, Grade::Missed, Grade::GotIt] {
        story.presses("ann", P::Grade(git, grade));
        story.presses("ann", P::TakeBack(git));
        story.presses("ann", P::Answer(git));
        story.presses("ann", P::ReviewAnswer(git));
        story.presses("ann", P::ReviewGrade(git, grade));
        story.presses("ann", P::ReviewTakeBack(git));
    }
    assert_eq!(place_of(&mut story, "ann"), "1/1", "the same question is one");
    // Everything that shows no answer of a question.
    for id in ["http-0", "http-1", "sql-0"] {
        story.presses("ann", P::Ask(key(id)));
        story.presses("ann", P::Hint(key(id)));
        story.presses("ann", P::FollowUp(key(id), 0));
        story.presses("ann", P::FollowUpAnswer(key(id), 0));
        story.presses("ann", P::Related(key(id)));
        let found = vec![mockingbird::bank::QuestionId::new(id)];
        story.runs("ann", OwnCall::Question { asked: id.to_owned(), found });
    }
    story.runs("ann", OwnCall::Review);
    story.quiz("ann", "http");
    assert_eq!(place_of(&mut story, "ann"), "1/1", "an answer has to be asked for");
    // Sprints in which nothing is done.
    for _ in 0..3 {
        story.runs("ann", OwnCall::Sprint { minutes: Some(15), topic: None });
        for step in 0..4 {
            story.presses("ann", P::SprintSkip(story.sprint, step));
        }
        story.presses("ann", P::SprintEnd(story.sprint));
    }
    assert_eq!(place_of(&mut story, "ann"), "1/1", "a step that is left out is none");
    // One's own zone turned about the earth, again and again.
    story.hours(12);
    for _ in 0..3 {
        for zone in ["Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Tokyo", "UTC"] {
            story.moves("ann", zone);
            story.presses("ann", P::Answer(git));
        }
    }
    assert_eq!(place_of(&mut story, "ann"), "2/1", "a day ahead, which does not count again");
    story.hours(24);
    story.presses("ann", P::Answer(git));
    assert_eq!(place_of(&mut story, "ann"), "2/1");
    // Whoever is forgotten begins anew.
    story.presses("ann", P::ForgetForGood);
    story.chooses("ann", OwnMenu::Shared, 1);
    assert_eq!(place_of(&mut story, "ann"), "none");
    story.presses("ann", P::Answer(git));
    assert_eq!(place_of(&mut story, "ann"), "1/1");
}

#[test]
fn no_week_has_more_days_than_seven() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Shared, 1);
    for _ in 0..7 {
        story.moves("ann", "UTC");
        story.presses("ann", P::Answer(key("git-0")));
        story.hours(11);
        story.moves("ann", "Pacific/Kiritimati");
        story.presses("ann", P::Answer(key("git-0")));
        story.hours(13);
    }
    story.now = "2026-11-08T22:00:00Z".parse().expect("a timestamp");
    assert_eq!(place_of(&mut story, "ann"), "7/1");
}
