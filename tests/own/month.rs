//! A month of one member's practice, with a trip across zones and a missed week.

use insta::assert_snapshot;
use mockingbird::bank::Topic;
use mockingbird::practice::own::{Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

/// A review to its end; what is about git is known, and nothing else.
fn reviews(story: &mut Story) {
    let mark = story.mark();
    story.runs("ann", OwnCall::Review);
    while story.last().contains(" new] ") {
        let id = story.under_review();
        let grade = if id.starts_with("git") { Grade::GotIt } else { Grade::Missed };
        story.presses("ann", P::ReviewAnswer(key(&id)));
        story.presses("ann", P::ReviewGrade(key(&id), grade));
    }
    story.in_brief(mark);
}

#[expect(clippy::too_many_lines, reason = "it is a month")]
#[test]
fn a_month_of_practice_with_a_trip_and_a_missed_week() {
    let mut story = Story::new();
    // The first week, in Berlin.
    story.moves("ann", "Europe/Berlin");
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.submits("ann", OwnForm::Quiet, "23:30-06:00");
    story.quiz("ann", "git");
    story.reacts("ann");
    story.presses("ann", P::GradePost(story.post, Grade::Partly));
    story.at("2026-11-03T17:00:00Z");
    reviews(&mut story);
    story.at("2026-11-04T17:00:00Z");
    story.runs("ann", OwnCall::Sprint { minutes: Some(5), topic: Some(Topic::new("sql")) });
    story.presses("ann", P::SprintAnswer(story.sprint, 0));
    story.presses("ann", P::SprintGrade(story.sprint, 0, Grade::Missed));
    story.presses("ann", P::SprintAnswer(story.sprint, 1));
    story.presses("ann", P::SprintGrade(story.sprint, 1, Grade::GotIt));
    story.presses("ann", P::SprintSkip(story.sprint, 2));
    story.at("2026-11-05T17:00:00Z");
    reviews(&mut story);
    // Friday is nearly forgotten.
    story.at("2026-11-06T23:00:00Z");
    reviews(&mut story);
    // The second week, in San Francisco: her Monday begins nine hours later.
    story.at("2026-11-09T20:00:00Z");
    story.moves("ann", "America/Los_Angeles");
    reviews(&mut story);
    for day in ["10", "11", "12", "13"] {
        story.at(&format!("2026-11-{day}T20:00:00Z"));
        reviews(&mut story);
    }
    story.runs("ann", OwnCall::Me);
    // The third week is missed: the freeze keeps one day.
    story.at("2026-11-21T20:00:00Z");
    story.runs("ann", OwnCall::Me);
    // The fourth week, back in Berlin.
    story.at("2026-11-23T17:00:00Z");
    story.moves("ann", "Europe/Berlin");
    reviews(&mut story);
    story.interview("ann", "bob", &[0, 1, 2, 3, 4]);
    story.at("2026-11-24T17:00:00Z");
    reviews(&mut story);
    story.at("2026-11-30T17:00:00Z");
    story.runs("ann", OwnCall::Me);
    assert_snapshot!(story.told(), @r#"
    Nov 02 Mon 08:00  ann runs /zone Europe/Berlin
    Nov 02 Mon 08:00    to ann: Zone: Europe/Berlin
    Nov 02 Mon 08:00  ann chooses 3 of Reminder
    Nov 02 Mon 08:00    to ann (update): Settings: private, four grades, 20 (usual) a day, 3 h before, quiet None, Europe/Berlin (own)
    Nov 02 Mon 08:00  ann writes "23:30-06:00"
    Nov 02 Mon 08:00    to ann (update): Settings: private, four grades, 20 (usual) a day, 3 h before, quiet Some((23:30:00, 06:00:00)), Europe/Berlin (own)
    Nov 02 Mon 08:00  ann runs /quiz git
    Nov 02 Mon 08:00    to everybody: Question: git-0
    Nov 02 Mon 08:00  ann reacts
    Nov 02 Mon 08:00  ann presses GradePost(PostId(300000000000000004), Partly)
    Nov 02 Mon 08:00    to ann: git-0: Partly, due 2026-11-03 in 1 d
    Nov 03 Tue 17:00  ann runs Review
    Nov 03 Tue 17:00    to ann: [1 due, 3 new] git-0 (Partly 1x/0, due 2026-11-03)
    Nov 03 Tue 17:00    to ann (update): (git-3: GotIt, due 2026-11-05 in 2 d) Review over: 4 today, 0 left, next 2026-11-04
    Nov 04 Wed 17:00  ann runs /sprint 5 sql
    Nov 04 Wed 17:00    to ann: [1 of 3] sql-1 (new)
    Nov 04 Wed 17:00  ann presses SprintAnswer(300000000000000016, 0)
    Nov 04 Wed 17:00    to ann (update): [1 of 3] sql-1 (met), answer: grade it, streak 3
    Nov 04 Wed 17:00  ann presses SprintGrade(300000000000000016, 0, Missed)
    Nov 04 Wed 17:00    to ann (update): (sql-1: Missed, due 2026-11-05 in 1 d) [2 of 3] sql-0 (new)
    Nov 04 Wed 17:00  ann presses SprintAnswer(300000000000000016, 1)
    Nov 04 Wed 17:00    to ann (update): [2 of 3] sql-0 (met), answer: grade it
    Nov 04 Wed 17:00  ann presses SprintGrade(300000000000000016, 1, GotIt)
    Nov 04 Wed 17:00    to ann (update): (sql-0: GotIt, due 2026-11-06 in 2 d) [3 of 3] sql-2 (new)
    Nov 04 Wed 17:00  ann presses SprintSkip(300000000000000016, 2)
    Nov 04 Wed 17:00    to ann (update): Sprint over after 0 min: sql-1 Missed, sql-0 GotIt; 1 left; read sql-3; streak 3
    Nov 05 Thu 17:00  ann runs Review
    Nov 05 Thu 17:00    to ann: [4 due, 3 new] sql-3 (Missed 1x/1, due 2026-11-04)
    Nov 05 Thu 17:00    to ann (update): (git-1: GotIt, due 2026-11-07 in 2 d) Review over: 7 today, 0 left, next 2026-11-06
    Nov 06 Fri 22:29    to ann (private): Reminder: 4 days at stake until 2026-11-07T03:00:00Z, 6 due
    Nov 06 Fri 23:00  ann runs Review
    Nov 06 Fri 23:00    to ann: [6 due, 3 new] sql-1 (Missed 2x/2, due 2026-11-06)
    Nov 06 Fri 23:00    to ann (update): (http-2: Missed, due 2026-11-07 in 1 d) Review over: 9 today, 0 left, next 2026-11-07
    Nov 09 Mon 20:00  ann runs /zone America/Los_Angeles
    Nov 09 Mon 20:00    to ann: Zone: America/Los_Angeles
    Nov 09 Mon 20:00  ann runs Review
    Nov 09 Mon 20:00    to ann: [11 due, 0 new] sql-1 (Missed 3x/3, due 2026-11-07)
    Nov 09 Mon 20:00    to ann (update): (git-2: GotIt, due 2026-11-23 in 14 d) Review over: 11 today, 0 left, next 2026-11-10
    Nov 10 Tue 20:00  ann runs Review
    Nov 10 Tue 20:00    to ann: [8 due, 0 new] sql-1 (Missed 4x/4, due 2026-11-10)
    Nov 10 Tue 20:00    to ann (update): (sql-0: Missed, due 2026-11-11 in 1 d) Review over: 8 today, 0 left, next 2026-11-11
    Nov 11 Wed 20:00  ann runs Review
    Nov 11 Wed 20:00    to ann: [8 due, 0 new] sql-1 (Missed 5x/5, due 2026-11-11)
    Nov 11 Wed 20:00    to ann (update): (sql-0: Missed, due 2026-11-12 in 1 d) Review over: 8 today, 0 left, next 2026-11-12
    Nov 12 Thu 20:00  ann runs Review
    Nov 12 Thu 20:00    to ann: [8 due, 0 new] sql-1 (Missed 6x/6, due 2026-11-12)
    Nov 12 Thu 20:00    to ann (update): (sql-0: Missed, due 2026-11-13 in 1 d) Review over: 8 today, 0 left, next 2026-11-13
    Nov 13 Fri 20:00  ann runs Review
    Nov 13 Fri 20:00    to ann: [8 due, 0 new] sql-1 (Missed 7x/7, due 2026-11-13)
    Nov 13 Fri 20:00    to ann (update): (sql-0: Missed, due 2026-11-14 in 1 d) Review over: 8 today, 0 left, next 2026-11-14
    Nov 13 Fri 20:00  ann runs Me
    Nov 13 Fri 20:00    to ann: Me: streak 10 +1; 10 days, 66 questions; 0 due, then [8, 0, 1, 0, 0, 0, 0]; 0 interviews; reminder
    Nov 13 Fri 20:00      git: easy 2+0+0, medium 1+0+0, hard 1+0+0
    Nov 13 Fri 20:00      http: easy 0+2+0, medium 0+1+0, hard 0+1+0
    Nov 13 Fri 20:00      sql: easy 0+2+0, medium 0+1+0, hard 0+1+0
    Nov 17 Tue 07:29    to ann (private): Reminder: 10 days at stake until 2026-11-17T12:00:00Z, a freeze would keep it, 9 due
    Nov 18 Wed 07:29    to ann (private): Reminder: 10 days at stake until 2026-11-18T12:00:00Z, 9 due
    Nov 21 Sat 20:00  ann runs Me
    Nov 21 Sat 20:00    to ann: Me: streak 0 (today is open); 10 days, 66 questions; 9 due, then [0, 1, 0, 1, 0, 1, 0]; 0 interviews; reminder
    Nov 21 Sat 20:00      git: easy 1+1+0, medium 1+0+0, hard 1+0+0
    Nov 21 Sat 20:00      http: easy 0+2+0, medium 0+1+0, hard 0+1+0
    Nov 21 Sat 20:00      sql: easy 0+2+0, medium 0+1+0, hard 0+1+0
    Nov 23 Mon 17:00  ann runs /zone Europe/Berlin
    Nov 23 Mon 17:00    to ann: Zone: Europe/Berlin
    Nov 23 Mon 17:00  ann runs Review
    Nov 23 Mon 17:00    to ann: [10 due, 0 new] sql-1 (Missed 8x/8, due 2026-11-14)
    Nov 23 Mon 17:00    to ann (update): (git-2: GotIt, due 2027-01-19 in 57 d) Review over: 10 today, 0 left, next 2026-11-24
    Nov 23 Mon 17:00  bob interviews ann
    Nov 24 Tue 17:00  ann runs Review
    Nov 24 Tue 17:00    to ann: [8 due, 0 new] sql-1 (Missed 9x/9, due 2026-11-24)
    Nov 24 Tue 17:00    to ann (update): (sql-0: Missed, due 2026-11-25 in 1 d, a leech of 8) Review over: 8 today, 0 left, next 2026-11-25
    Nov 25 Wed 22:29    to ann (private): Reminder: 2 days at stake until 2026-11-26T03:00:00Z, 9 due
    Nov 30 Mon 17:00  ann runs Me
    Nov 30 Mon 17:00    to ann: Me: streak 0 (today is open); 12 days, 84 questions; 10 due, then [0, 0, 0, 0, 0, 0, 0]; 1 interviews; reminder
    Nov 30 Mon 17:00      git: easy 1+1+0, medium 0+1+0, hard 1+0+0
    Nov 30 Mon 17:00      http: easy 0+2+0, medium 0+1+0, hard 0+1+0
    Nov 30 Mon 17:00      sql: easy 0+2+0, medium 0+1+0, hard 0+1+0
    "#);
}
