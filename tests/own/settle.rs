//! What members settle, look up and report.

use insta::assert_snapshot;
use mockingbird::practice::input::{Call, FormId, Press};
use mockingbird::practice::own::state::Fault;
use mockingbird::practice::own::{Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::{CHAT, Story, THREAD};

#[test]
fn settings_are_private_and_quiet_until_somebody_settles_otherwise() {
    let mut story = Story::new();
    story.presses("ann", P::Settings);
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.chooses("ann", OwnMenu::Shared, 1);
    story.chooses("ann", OwnMenu::Grades, 2);
    story.chooses("ann", OwnMenu::ADay, 50);
    story.presses("ann", P::Quiet);
    story.submits("ann", OwnForm::Quiet, "ten to seven");
    story.submits("ann", OwnForm::Quiet, "22:00-07:00");
    story.moves("ann", "Europe/Berlin");
    story.presses("ann", P::Settings);
    story.submits("ann", OwnForm::Quiet, "");
    story.presses("ann", P::ReminderOff(0));
    story.presses("ann", P::ReminderOff(0));
    assert_snapshot!(story.told(), @r#"
    Nov 02 Mon 08:00  ann presses Settings
    Nov 02 Mon 08:00    to ann: Settings: private, four grades, 20 (usual) a day, no reminder, UTC
    Nov 02 Mon 08:00  ann chooses 3 of Reminder
    Nov 02 Mon 08:00    to ann (update): Settings: private, four grades, 20 (usual) a day, 3 h before, quiet None, UTC
    Nov 02 Mon 08:00  ann chooses 1 of Shared
    Nov 02 Mon 08:00    to ann (update): Settings: shared, four grades, 20 (usual) a day, 3 h before, quiet None, UTC
    Nov 02 Mon 08:00  ann chooses 2 of Grades
    Nov 02 Mon 08:00    to ann (update): Settings: shared, two grades, 20 (usual) a day, 3 h before, quiet None, UTC
    Nov 02 Mon 08:00  ann chooses 50 of ADay
    Nov 02 Mon 08:00    to ann (update): Settings: shared, two grades, 50 a day, 3 h before, quiet None, UTC
    Nov 02 Mon 08:00  ann presses Quiet
    Nov 02 Mon 08:00    to ann (form): Own(Quiet { quiet: None })
    Nov 02 Mon 08:00  ann writes "ten to seven"
    Nov 02 Mon 08:00    to ann: No: Own(BadHours("ten to seven"))
    Nov 02 Mon 08:00  ann writes "22:00-07:00"
    Nov 02 Mon 08:00    to ann (update): Settings: shared, two grades, 50 a day, 3 h before, quiet Some((22:00:00, 07:00:00)), UTC
    Nov 02 Mon 08:00  ann runs /zone Europe/Berlin
    Nov 02 Mon 08:00    to ann: Zone: Europe/Berlin
    Nov 02 Mon 08:00  ann presses Settings
    Nov 02 Mon 08:00    to ann: Settings: shared, two grades, 50 a day, 3 h before, quiet Some((22:00:00, 07:00:00)), Europe/Berlin (own)
    Nov 02 Mon 08:00  ann writes ""
    Nov 02 Mon 08:00    to ann (update): Settings: shared, two grades, 50 a day, 3 h before, quiet None, Europe/Berlin (own)
    Nov 02 Mon 08:00  ann presses ReminderOff(0)
    Nov 02 Mon 08:00    to ann (update): ReminderOff
    Nov 02 Mon 08:00  ann presses ReminderOff(0)
    Nov 02 Mon 08:00    to ann (update): ReminderOff
    "#);
}

#[test]
fn what_is_at_a_question_is_shown_in_private() {
    let mut story = Story::new();
    story.presses("ann", P::Hint(key("git-0")));
    story.presses("ann", P::Hint(key("git-3")));
    story.presses("ann", P::FollowUp(key("git-0"), 0));
    story.presses("ann", P::FollowUpAnswer(key("git-0"), 0));
    story.presses("ann", P::FollowUp(key("git-0"), 1));
    story.presses("ann", P::Related(key("git-0")));
    story.presses("ann", P::Report(key("git-0")));
    story.presses("ann", P::ReportFault(key("git-0"), Fault::Outdated));
    story.submits("ann", OwnForm::Report(key("git-0"), Fault::Outdated), " old ");
    story.submits("bob", OwnForm::Report(key("git-1"), Fault::Wrong), &"x".repeat(400));
    story.runs("eve", OwnCall::Reports);
    story.presses("eve", P::Settle(1));
    story.presses("eve", P::Settle(1));
    let told = story.told().replace(&"x".repeat(300), "(300 x)");
    assert_snapshot!(told, @r#"
    Nov 02 Mon 08:00  ann presses Hint(git-0)
    Nov 02 Mon 08:00    to ann: Hint of git-0
    Nov 02 Mon 08:00  ann presses Hint(git-3)
    Nov 02 Mon 08:00    to ann: No: Own(NoHint)
    Nov 02 Mon 08:00  ann presses FollowUp(git-0, 0)
    Nov 02 Mon 08:00    to ann: git-0: follow-up 0
    Nov 02 Mon 08:00  ann presses FollowUpAnswer(git-0, 0)
    Nov 02 Mon 08:00    to ann (update): git-0: answer of follow-up 0
    Nov 02 Mon 08:00  ann presses FollowUp(git-0, 1)
    Nov 02 Mon 08:00    to ann: No: Own(NoFollowUp)
    Nov 02 Mon 08:00  ann presses Related(git-0)
    Nov 02 Mon 08:00    to ann: Related to git-0: git-1, git-2
    Nov 02 Mon 08:00  ann presses Report(git-0)
    Nov 02 Mon 08:00    to ann: What is wrong with git-0?
    Nov 02 Mon 08:00  ann presses ReportFault(git-0, Outdated)
    Nov 02 Mon 08:00    to ann (form): Own(Report { key: Key { high: 1543450367, low: 1626614342 }, prompt: "What about git-0?", fault: Outdated })
    Nov 02 Mon 08:00  ann writes " old "
    Nov 02 Mon 08:00    to ann (update): Reported: git-0 Outdated
    Nov 02 Mon 08:00  bob writes "(300 x)xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    Nov 02 Mon 08:00    to bob (update): Reported: git-1 Wrong
    Nov 02 Mon 08:00  eve runs Reports
    Nov 02 Mon 08:00    to eve: 2 reports: #1 git-0 Outdated "old"; #2 git-1 Wrong "(300 x)"
    Nov 02 Mon 08:00  eve presses Settle(1)
    Nov 02 Mon 08:00    to eve (update): 1 reports: #2 git-1 Wrong "(300 x)"
    Nov 02 Mon 08:00  eve presses Settle(1)
    Nov 02 Mon 08:00    to eve: No: Own(ReportGone)
    "#);
}

#[test]
fn quiet_hours_wait_for_a_reminder() {
    let mut story = Story::new();
    story.submits("ann", OwnForm::Quiet, "22:00-07:00");
    story.presses("ann", P::Quiet);
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.presses("ann", P::ReminderOff(0));
    story.presses("ann", P::Settings);
    assert_snapshot!(story.told(), @r#"
    Nov 02 Mon 08:00  ann writes "22:00-07:00"
    Nov 02 Mon 08:00    to ann (update): Settings: private, four grades, 20 (usual) a day, no reminder, quiet Some((22:00:00, 07:00:00)), UTC
    Nov 02 Mon 08:00  ann presses Quiet
    Nov 02 Mon 08:00    to ann (form): Own(Quiet { quiet: Some((22:00:00, 07:00:00)) })
    Nov 02 Mon 08:00  ann chooses 3 of Reminder
    Nov 02 Mon 08:00    to ann (update): Settings: private, four grades, 20 (usual) a day, 3 h before, quiet Some((22:00:00, 07:00:00)), UTC
    Nov 02 Mon 08:00  ann presses ReminderOff(0)
    Nov 02 Mon 08:00    to ann (update): ReminderOff
    Nov 02 Mon 08:00  ann presses Settings
    Nov 02 Mon 08:00    to ann: Settings: private, four grades, 20 (usual) a day, no reminder, quiet Some((22:00:00, 07:00:00)), UTC
    "#);
}

#[test]
fn a_report_from_a_private_chat_would_reach_nobody() {
    let mut story = Story::new();
    let (key, fault) = (key("git-0"), Fault::Wrong);
    for call in [
        Call::Press(Press::Own(P::Report(key))),
        Call::Press(Press::Own(P::ReportFault(key, fault))),
        Call::Submit(FormId::Own(OwnForm::Report(key, fault)), vec!["so".to_owned()]),
    ] {
        story.called_in(CHAT, "ann", call.clone());
        assert_eq!(story.last(), "No: Own(NobodyReads)");
        story.called_in(THREAD, "ann", call);
        assert_ne!(story.last(), "No: Own(NobodyReads)");
    }
    story.runs("eve", OwnCall::Reports);
    assert_eq!(story.last(), r#"1 reports: #1 git-0 Wrong "so""#);
}

#[test]
fn no_team_has_more_than_two_hundred_open_reports() {
    let mut story = Story::new();
    let form = OwnForm::Report(key("git-0"), Fault::Wrong);
    for _ in 0..200 {
        story.submits("ann", form, "");
    }
    assert_eq!(story.last(), "Reported: git-0 Wrong");
    story.submits("ann", form, "");
    assert_eq!(story.last(), "No: Own(TooManyReports)");
    story.presses("eve", P::Settle(7));
    story.submits("ann", form, "");
    assert_eq!(story.last(), "Reported: git-0 Wrong");
}

#[test]
fn topics_and_questions_are_looked_up_with_what_one_knows_of_them() {
    let mut story = Story::new();
    for (id, grade) in [("git-0", Grade::GotIt), ("git-1", Grade::Missed)] {
        story.presses("ann", P::Answer(key(id)));
        story.presses("ann", P::Grade(key(id), grade));
    }
    story.told();
    story.runs("ann", OwnCall::Topics);
    let found = vec![mockingbird::bank::QuestionId::new("git-1")];
    story.runs("ann", OwnCall::Question { asked: "git".to_owned(), found });
    story.runs("ann", OwnCall::Question { asked: "tea".to_owned(), found: Vec::new() });
    assert_snapshot!(story.told(), @r#"
    Nov 02 Mon 08:00  ann runs Topics
    Nov 02 Mon 08:00    to ann: Topics
    Nov 02 Mon 08:00      git: easy 1+0+1, medium 0+1+0, hard 0+0+1
    Nov 02 Mon 08:00      http: easy 0+0+2, medium 0+0+1, hard 0+0+1
    Nov 02 Mon 08:00      sql: easy 0+0+2, medium 0+0+1, hard 0+0+1
    Nov 02 Mon 08:00  ann runs Question { asked: "git", found: ["git-1"] }
    Nov 02 Mon 08:00    to ann: git-1 (Missed 1x/1, due 2026-11-03)
    Nov 02 Mon 08:00  ann runs Question { asked: "tea", found: [] }
    Nov 02 Mon 08:00    to ann: No: NothingFound { asked: "tea", nearest: None }
    "#);
}
