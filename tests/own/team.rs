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

#[test]
fn the_map_tells_how_much_is_known_only_where_three_have_graded() {
    let mut story = Story::new();
    story.chooses("ann", OwnMenu::Shared, 1);
    for who in ["ann", "bob"] {
        grades(&mut story, who, &[("git-0", Grade::GotIt), ("sql-0", Grade::Missed)]);
    }
    story.told();
    story.runs("eve", OwnCall::Team);
    grades(&mut story, "eve", &[("git-1", Grade::GotIt), ("sql-0", Grade::Partly)]);
    story.runs("ann", OwnCall::Team);
    story.hours(24 * 31);
    story.runs("ann", OwnCall::Team);
    let told = story.told();
    let maps: Vec<_> = told.lines().filter(|line| line.contains("Team: ")).collect();
    assert_snapshot!(maps.join("\n"), @r#"
    Nov 02 Mon 08:00    to everybody: Team: (2, 1) members; git 1/4 by 2 ["ann"] known ?; http 0/4 by 0 [] known ?; sql 1/4 by 2 ["ann"] known ?; strongest [], weakest []
    Nov 02 Mon 08:00    to everybody: Team: (3, 1) members; git 2/4 by 3 ["ann"] known 100 %; http 0/4 by 0 [] known ?; sql 1/4 by 3 ["ann"] known 33 %; strongest ["git"], weakest ["sql"]
    Dec 03 Thu 08:00    to everybody: Team: (0, 0) members; git 0/4 by 0 [] known ?; http 0/4 by 0 [] known ?; sql 0/4 by 0 [] known ?; strongest [], weakest []
    "#);
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
