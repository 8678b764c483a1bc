//! Each view, word for word.

use super::*;
use crate::command::COMMANDS;
use crate::practice::effect::Failure;

#[test]
fn a_question_says_what_it_is_and_how_to_reveal_it() {
    insta::assert_snapshot!(said(&View::Question(post(question()))), @"
    (embed) Quiz
      ### What does `ACID` promise?
      Databases & Storage · medium · about 4 minutes:
        React with 💡 to reveal the answer here, or press **Show me** to see it alone.
      (transactions-acid)
      [Show me] [Answer] [Hint]
    ");
}

#[test]
fn a_question_never_shows_its_answer() {
    let mut asked = question();
    asked.answer = "secret".to_owned();
    asked.key_points = vec![KeyPoint {
        terms: vec!["secret".to_owned()],
        opposites: vec!["secret".to_owned()],
        ..KeyPoint::of("secret")
    }];
    asked.pitfalls = vec!["secret".to_owned()];
    asked.follow_ups = vec![FollowUp { prompt: "secret".to_owned(), answer: "secret".to_owned() }];
    asked.probes = Some("secret".to_owned());
    asked.related = vec![QuestionId::new("secret")];
    asked.tags = vec!["secret".to_owned()];
    asked.sources = vec!["secret".to_owned()];
    let message = render(&View::Question(post(asked)));
    assert!(!format!("{message:?}").contains("secret"));
}

#[test]
fn a_daily_carries_its_date() {
    let view = QuestionView { daily: Some(date(2026, 11, 23)), ..post(bare("Why?", "Because.")) };
    insta::assert_snapshot!(said(&View::Question(view)), @"
    (embed) Question of the day · Monday 23 November
      ### Why?
      Ours · easy:
        React with 💡 to reveal the answer here, or press **Show me** to see it alone.
      (own)
      [Show me] [Answer]
    ");
}

#[test]
fn a_question_says_how_many_must_react() {
    let view = QuestionView { reactions: 3, ..post(bare("Why?\nReally?", "Because.")) };
    insta::assert_snapshot!(said(&View::Question(view)), @"
    (embed) Quiz
      Why?
      Really?
      Ours · easy:
        When 3 of you react with 💡, the answer is revealed here. Press **Show me** to see it alone.
      (own)
      [Show me] [Answer]
    ");
}

#[test]
fn a_question_says_where_the_bot_may_not_react() {
    let view = QuestionView { can_react: false, ..post(bare("Why?", "Because.")) };
    insta::assert_snapshot!(said(&View::Question(view)), @"
    (embed) Quiz
      ### Why?
      Ours · easy:
        I may not add reactions here: press **Show me** to see the answer alone, or react with 💡 yourself to reveal it.
      (own)
      [Show me] [Answer]
    ");
}

#[test]
fn a_hint_has_a_button_where_there_is_one_and_never_stands_in_the_question() {
    let mut asked = bare("Why?", "Because.");
    for (hint, there) in [(None, false), (Some(" \n"), false), (Some("a || b"), true)] {
        asked.hint = hint.map(str::to_owned);
        let text = said(&View::Question(post(asked.clone())));
        assert_eq!(text.contains("[Hint]"), there, "{text}");
        assert!(!text.contains("a || b"), "{text}");
    }
}

#[test]
fn an_answer_shows_everything_in_order() {
    let view = View::Answer {
        post: PostId(255),
        question: Arc::new(question()),
        revealed_by: vec![MemberId(1), MemberId(2)],
    };
    insta::assert_snapshot!(said(&view), @"
    (embed) What does `ACID` promise?
      All or nothing, and it stays.

      ```sql
      BEGIN;
      COMMIT;
      ```

      **Key points**
      - Atomicity: all or nothing
      - Durability: a commit survives a crash

      **Common mistakes**
      - Consistency is not the C of CAP

      **Follow-up questions**
      - What is a dirty read?
      ||Reading what was not committed.||

      - How do you lock a row?
      ```sql
      SELECT 1 FOR UPDATE;
      ```

      **If the interviewer raises the stakes**
      - Now the order is in one shop and the stock in another. What then?
      ||Nothing spans both: an outbox and a compensation.||

      **Sources**
      - PostgreSQL manual, 13.2
      Revealed by:
        <@1> and <@2>
      (transactions-acid · Databases & Storage · medium · about 4 minutes)
      [Missed] [Partly] [Got it] [Easy]
      [Follow-up] [Related] [Report]
    ");
}

#[test]
fn a_bare_answer_is_short() {
    let view = View::Answer {
        post: PostId(255),
        question: Arc::new(bare("Why?", "Because.")),
        revealed_by: Vec::new(),
    };
    insta::assert_snapshot!(said(&view), @"
    (embed) Why?
      Because.
      (own · Ours · easy)
      [Missed] [Partly] [Got it] [Easy]
      [Report]
    ");
}

#[test]
fn a_long_prompt_is_quoted_above_the_answer() {
    let view = View::Answer {
        post: PostId(255),
        question: Arc::new(bare("Read this.\n\nWhat is wrong?", "Nothing.")),
        revealed_by: Vec::new(),
    };
    insta::assert_snapshot!(said(&view), @"
    (embed) Answer
      > Read this.
      >
      > What is wrong?

      Nothing.
      (own · Ours · easy)
      [Missed] [Partly] [Got it] [Easy]
      [Report]
    ");
}

#[test]
fn a_streak_gives_its_reasons() {
    use Day::{Counted, Free, Frozen};
    let days = [Counted, Counted, Frozen, Counted, Free, Free, Counted, Counted];
    insta::assert_snapshot!(said(&View::OwnStreak(standing(5, 12, 1, &days))), @"
    (embed) Your streak
      🔥 5 days in a row (best 12). 1 freeze held.

      Th🟩
      Fr🟩 Sa⬜ Su⬜ Mo🟩 Tu🧊 We🟩 Th🟩
      🟩 practiced · 🧊 missed, a freeze kept the streak · ⬜ not a practice day

      Tue 17 Nov was missed; a freeze kept your streak.
      Sat and Sun are not practice days here: missing them costs nothing.

      Today counted.
    ");
}

#[test]
fn a_streak_says_that_today_is_open() {
    use Day::{Counted, Missed, Open};
    let days = [Open, Counted, Missed, Counted, Counted];
    insta::assert_snapshot!(said(&View::OwnStreak(standing(1, 2, 2, &days))), @"
    (embed) Your streak
      🔥 1 day in a row (best 2). 2 freezes held.

      Su🟩 Mo🟩 Tu🟥 We🟩 Th⏳
      🟩 practiced · 🟥 missed · ⏳ today, still open

      Tue 17 Nov was missed; your streak ended.

      Today is still open: it would be day 2. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
    ");
}

#[test]
fn a_day_off_asks_for_nothing() {
    use Day::{Counted, Free, Open};
    let days = [Open, Counted, Counted, Counted, Counted, Counted, Counted, Free];
    insta::assert_snapshot!(said(&View::OwnStreak(standing(6, 6, 0, &days))), @"
    (embed) Your streak
      🔥 6 days in a row (best 6). No freeze held.

      Th⬜
      Fr🟩 Sa🟩 Su🟩 Mo🟩 Tu🟩 We🟩 Th⏳
      🟩 practiced · ⬜ not a practice day · ⏳ today, still open

      Thu is not a practice day here: missing it costs nothing.

      Today is a day off: your streak keeps, and grows if you practice. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
    ");
}

#[test]
fn no_streak_is_a_friendly_beginning() {
    insta::assert_snapshot!(said(&View::OwnStreak(standing(0, 0, 0, &[Day::Open]))), @"
    (embed) Your streak
      No streak yet: your first practice day begins one.

      Today can be day 1. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
    ");
}

#[test]
fn a_streak_that_ended_long_ago_keeps_its_best() {
    let days = [Day::Open, Day::Missed, Day::Missed];
    insta::assert_snapshot!(said(&View::OwnStreak(standing(0, 12, 0, &days))), @"
    (embed) Your streak
      No streak at the moment (best 12). No freeze held.

      Tu🟥 We🟥 Th⏳
      🟥 missed · ⏳ today, still open

      Today can be day 1. Every answer that you type or ask for counts, and every grade: `/review` brings what is due, `/sprint` some short questions, `/quiz` one for everybody.
    ");
}

#[test]
fn a_team_mates_streak_is_its_length_and_record() {
    let of = |length, best| said(&View::StreakOf { member: MemberId(7), length, best });
    let all = [of(1, 1), of(3, 12), of(0, 12), of(0, 0)].join("\n");
    insta::assert_snapshot!(all, @"
    (embed) Streak
      <@7>: 🔥 1 day in a row (best 1).
    (embed) Streak
      <@7>: 🔥 3 days in a row (best 12).
    (embed) Streak
      <@7> has no streak at the moment (best 12).
    (embed) Streak
      <@7> has no streak yet.
    ");
}

#[test]
fn a_zone_says_whose_it_is() {
    let zone = |own, changed| {
        said(&View::Zone { zone: Zone::named("Europe/Berlin").expect("bundled"), own, changed })
    };
    let all = [zone(true, true), zone(true, false), zone(false, false)].join("\n");
    insta::assert_snapshot!(all, @"
    (embed) Your time zone
      From now on your practice days are counted in **Europe/Berlin**.
    (embed) Your time zone
      Your practice days are counted in **Europe/Berlin**, as you chose. `/zone name:` changes it.
    (embed) Your time zone
      Your practice days are counted in the team's zone, **Europe/Berlin**. `/zone name:` sets your own.
    ");
}

#[test]
fn a_changed_daily_says_what_was_done() {
    let changed = |done, daily| said(&View::DailyChanged { done, daily });
    insta::assert_snapshot!(changed(DailyDone::Set, daily()), @"
    (embed) Daily set
      <#5> gets a question of the day.
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        <t:1795161600:F> (<t:1795161600:R>).
      Questions:
        31 fit, 12 of them not yet seen in this channel.
    ");
    let paused = DailyView { paused: true, next: None, ..daily() };
    insta::assert_snapshot!(changed(DailyDone::Paused, paused), @"
    (embed) Daily paused
      <#5> gets no question of the day until `/daily resume`.
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        Paused; `/daily resume` goes on.
      Questions:
        31 fit, 12 of them not yet seen in this channel.
    ");
    insta::assert_snapshot!(changed(DailyDone::Resumed, daily()), @"
    (embed) Daily resumed
      <#5> gets its question of the day again.
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        <t:1795161600:F> (<t:1795161600:R>).
      Questions:
        31 fit, 12 of them not yet seen in this channel.
    ");
    let skipped = DailyView {
        skip: Some(date(2026, 11, 20)),
        next: Some("2026-11-23T08:00:00Z".parse().expect("a moment")),
        ..daily()
    };
    insta::assert_snapshot!(changed(DailyDone::Skipped, skipped), @"
    (embed) Daily skipped
      The one of Fri 20 Nov is left out in <#5>. `/daily resume` takes that back.
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        <t:1795420800:F> (<t:1795420800:R>). Fri 20 Nov is left out.
      Questions:
        31 fit, 12 of them not yet seen in this channel.
    ");
    insta::assert_snapshot!(changed(DailyDone::Posting, daily()), @"
    (embed) Daily on its way
      Today's question for <#5> is on its way.
    ");
    insta::assert_snapshot!(changed(DailyDone::Removed, daily()), @"
    (embed) Daily removed
      <#5> gets no question of the day any more.
    ");
}

#[test]
fn a_list_shows_every_daily_in_a_line() {
    let config = DailyView {
        channel: ChannelId(6),
        managed: Management::Config,
        schedule: Schedule {
            topics: vec![Topic::new("databases"), Topic::new("http")],
            days: Days::ALL,
            ..daily().schedule
        },
        ..with_last(DailyResult::Refused(Failure::NotAllowed))
    };
    insta::assert_snapshot!(said(&View::DailyList(vec![daily(), config])), @"
    (embed) Questions of the day
      - <#5>: 09:00 Europe/Berlin, Mon to Fri, all topics. <t:1795161600:F> (<t:1795161600:R>).
      - <#6> (config file): 09:00 Europe/Berlin, every day, databases, http. <t:1795161600:F> (<t:1795161600:R>). The last one failed: see `/daily status`.
    ");
    insta::assert_snapshot!(said(&View::DailyList(Vec::new())), @"
    (embed) Questions of the day
      No channel has one yet. `/daily set at:09:00` gives this channel one.
    ");
}

#[test]
fn a_long_list_ends_with_how_many_more() {
    let text = said(&View::DailyList(vec![daily(); 60]));
    assert!(text.ends_with("more."), "{text}");
    let shown = text.matches("<#5>").count();
    assert!(text.contains(&format!("{} channels more", 60 - shown)), "{text}");
}

#[test]
fn a_status_says_what_comes_and_what_was() {
    let view = View::DailyStatus(with_last(DailyResult::Posted { late: 3 }));
    insta::assert_snapshot!(said(&view), @"
    (embed) Question of the day
      <#5>
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        <t:1795161600:F> (<t:1795161600:R>).
      Last:
        Thu 19 Nov (<t:1795075200:R>): posted on time.
      Questions:
        31 fit, 12 of them not yet seen in this channel.
    ");
    let config = DailyView { managed: Management::Config, fitting: (0, 0), ..daily() };
    insta::assert_snapshot!(said(&View::DailyStatus(config)), @"
    (embed) Question of the day
      <#5>
      When:
        09:00 Europe/Berlin, Mon to Fri, all topics
      Next:
        <t:1795161600:F> (<t:1795161600:R>).
      Last:
        None yet.
      Questions:
        No question of the bank fits. Its topics stand in the config file.
      Managed:
        In the config file of the bot, under `daily:`. Whoever runs the bot can change it there.
    ");
}

#[test]
fn a_daily_that_is_due_and_does_not_stand_is_told_with_the_reason() {
    let again = jiff::Timestamp::constant(1_795_075_200, 0);
    let shown = |again| {
        let view = View::DailyStatus(DailyView { underway: Some((TODAY, again)), ..daily() });
        let text = said(&view);
        let now = text.lines().skip_while(|line| line.trim() != "Now:").nth(1);
        now.expect("it is told").trim().to_owned()
    };
    insta::assert_snapshot!(format!("{}\n{}", shown(None), shown(Some(again))), @"
    Thu 19 Nov: not there yet, but on its way.
    Thu 19 Nov: not there yet, because Discord could not be reached or did not take it. I try again <t:1795075200:R>.
    ");
    let late = DailyView { underway: Some((TODAY, None)), ..daily() };
    let gone = with_last(DailyResult::Refused(Failure::ChannelGone));
    insta::assert_snapshot!(said(&View::DailyList(vec![late, gone])), @"
    (embed) Questions of the day
      - <#5>: 09:00 Europe/Berlin, Mon to Fri, all topics. <t:1795161600:F> (<t:1795161600:R>). Today's is not there yet: see `/daily status`.
      - <#5>: 09:00 Europe/Berlin, Mon to Fri, all topics. <t:1795161600:F> (<t:1795161600:R>). The channel is gone.
    ");
}

#[test]
fn a_status_gives_the_reason_and_the_way_out() {
    let reason = || "connection reset".to_owned();
    let results = [
        DailyResult::Posted { late: 7_500 },
        DailyResult::Skipped,
        DailyResult::Missed,
        DailyResult::NothingFits,
        DailyResult::Refused(Failure::NotAllowed),
        DailyResult::Refused(Failure::ChannelGone),
        DailyResult::Refused(Failure::MessageGone),
        DailyResult::Refused(Failure::NotHere),
        DailyResult::Refused(Failure::Late),
        DailyResult::Refused(Failure::Refused { code: 50035, reason: reason() }),
        DailyResult::Refused(Failure::Unavailable { reason: reason() }),
    ];
    let said: Vec<String> = results
        .into_iter()
        .map(|result| {
            let text = said(&View::DailyStatus(with_last(result)));
            let last = text.lines().skip_while(|line| line.trim() != "Last:").nth(1);
            last.expect("there is a last one").trim().to_owned()
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @"
    Thu 19 Nov (<t:1795075200:R>): posted 2 h 5 min late.
    Thu 19 Nov (<t:1795075200:R>): left out, as you asked.
    Thu 19 Nov (<t:1795075200:R>): not posted: I was away (a missed question comes up to 6 h late, on the same day only).
    Thu 19 Nov (<t:1795075200:R>): not posted: no question of the bank fits. `/daily set topics:` chooses other topics.
    Thu 19 Nov (<t:1795075200:R>): not posted. I may not post in <#5>: give me View Channel, Send Messages and Embed Links there. I try again at the next date.
    Thu 19 Nov (<t:1795075200:R>): not posted. The channel is gone. `/daily remove` forgets it.
    Thu 19 Nov (<t:1795075200:R>): not posted. Its message was deleted. I try again at the next date.
    Thu 19 Nov (<t:1795075200:R>): not posted. <#5> takes no messages at the moment: it may be archived, locked or full. I try again at the next date.
    Thu 19 Nov (<t:1795075200:R>): not posted. Discord took the answer too late. I try again at the next date.
    Thu 19 Nov (<t:1795075200:R>): not posted. Discord refused it (50035: connection reset). I try again at the next date.
    Thu 19 Nov (<t:1795075200:R>): not posted. Discord could not be reached (connection reset). I try again at the next date.
    ");
}

#[test]
fn help_comes_from_the_table_of_commands() {
    insta::assert_snapshot!(said(&View::Help), @"
    (embed) What I can do
      I post interview questions: think, say your answer aloud or write it here, then reveal the model answer. I hold mock interviews, for one or for several, and bring back what you missed.

      `/quiz topic [level] [kind]`
      Post an interview question here

      `/daily set|list|status|now|skip|pause|resume|remove`
      The question of the day of a channel

      `/mock start|end|pause|resume|swap|status|history|plans`
      A mock interview in a thread of its own

      `/review`
      What you missed, when it is time for it again

      `/sprint [minutes] [topic]`
      Some minutes of short questions, to you alone

      `/question words`
      Look a question up by its words, to you alone

      `/topics`
      Every topic, and what you know of it

      `/me`
      Your progress and settings, to you alone

      `/streak [member]`
      Your practice days in a row, and why

      `/team`
      What the team practiced, topic by topic

      `/leaderboard [period]`
      Who practiced most, of those who want to be seen

      `/digest set|off|status`
      A weekly post of what the team did

      `/reports`
      What members reported of questions

      `/zone [name]`
      The time zone in which your practice days are counted

      `/help [command]`
      What this bot can do

      `/about`
      What this bot is, what it knows, what it keeps

      -# How one of them goes: `/help command:quiz`
    ");
}

#[test]
fn help_for_a_command_says_how_it_goes_and_names_all_its_parts() {
    insta::assert_snapshot!(said(&View::HelpFor("mock")), @"
    (embed) /mock
      `start` opens a mock interview by a plan in a thread of its own: alone with the bot as interviewer, or with team-mates. `plans` lists the plans, `history` shows your own interviews, to you alone.

      1. `/mock start` and a plan: alone, I ask. With others, name a `candidate` and an `interviewer`, and everybody presses **Join** in the thread.
      2. Interviewers press **Kit** for the model answer and the key points to tick, and **Next** for the next question. I remind of the time and cut nothing off.
      3. In the end each person fills in a scorecard. Nobody sees another's before all are in, or a day has passed.
      4. The candidate can delete what was written about them: `/mock status`.

      I do not read what you write in the thread.

      `/mock start plan [candidate] [interviewer] [interviewer2] [interviewer3] [public]`
      Open an interview; alone, the bot asks

      `/mock end`
      End the interview here

      `/mock pause`
      Stop the clock for a rest

      `/mock resume`
      Go on after a rest

      `/mock swap`
      Swap roles: who asked is interviewed now

      `/mock status`
      How the interview here stands

      `/mock history`
      Your own interviews and how they went, to you alone

      `/mock plans`
      Every plan: what it is for and how long it takes
    ");
    insta::assert_snapshot!(said(&View::HelpFor("quiz")), @"
    (embed) /quiz
      Posts a question of a topic, of any, or one with words such as `deadlock`: one that this channel has not seen lately. React to it to reveal the answer for everybody, or press Show me to see it alone.

      For example `/quiz topic:any level:hard`, or `/quiz topic:deadlock`.

      `/quiz topic [level] [kind]`
      - `topic`: A topic, any, or words of a question
      - `level`: How hard it is
      - `kind`: What it asks for
    ");
    for command in COMMANDS {
        let text = said(&View::HelpFor(command.name));
        assert!(text.contains(command.help) && !text.contains('!'), "{text}");
        for sub in command.subs {
            assert!(text.contains(&format!("`/{} {}", command.name, sub.name)), "{text}");
            assert!(text.contains(sub.description), "{text}");
        }
        for option in command.options {
            assert!(text.contains(option.description), "{text}");
        }
        let all = said(&View::Help);
        assert!(all.contains(&format!("`{}`", command.usage())), "{}", command.name);
        assert!(all.contains(command.description), "{}", command.name);
        assert!(command.subs.is_empty() || !command.more.is_empty(), "{} has parts", command.name);
    }
    assert_eq!(said(&View::HelpFor("dance")), said(&View::Help));
    // Whoever reads the list finds the way to more.
    assert!(said(&View::Help).contains("`/help command:"));
}

/// A phone shows about forty lines of forty letters.
#[test]
fn the_help_on_a_phone_is_two_screens_at_most() {
    let lines = |view| -> usize {
        let text = said(&view);
        text.lines().map(|line| line.chars().count().div_ceil(40).max(1)).sum()
    };
    let all = COMMANDS.iter().map(|command| View::HelpFor(command.name)).chain([View::Help]);
    for view in all {
        let shown = format!("{view:?}");
        let lines = lines(view);
        assert!(lines <= 80, "{shown} takes {lines} lines");
    }
}

#[test]
fn about_counts_the_bank_and_says_what_is_kept() {
    let view = View::About {
        questions: 31,
        topics: vec![("Databases & Storage".to_owned(), 17), ("HTTP".to_owned(), 14)],
    };
    let text = said(&view).replace(env!("CARGO_PKG_VERSION"), "1.2.3");
    insta::assert_snapshot!(text, @"
    (embed) About Mockingbird
      Mockingbird helps a team practice interviews together.

      31 questions in 2 topics:
      - Databases & Storage (17)
      - HTTP (14)
      Privacy:
        I do not read the chat. I see commands, buttons and reactions to my questions. Your results are shown to you alone; team-mates can see how long your streak is, and more only if you put yourself on the leaderboard. What the team did in a topic is told only where three or more did it. `/me` hands out and deletes all that I know about you.
      Where it runs:
        On a machine of whoever set me up, and what I keep stays there. Free software, MIT or Apache-2.0.
      (version 1.2.3)
    ");
}

#[test]
fn a_thread_is_called_after_its_question() {
    assert_eq!(thread_name(&question()), "Answer: What does ACID promise?");
    let long = bare(&"How does it work ".repeat(20), "");
    let name = thread_name(&long);
    let shown = name.strip_prefix("Answer: ").and_then(|name| name.strip_suffix('…'));
    let rest = shown.and_then(|shown| long.prompt.strip_prefix(shown));
    assert!(rest.is_some_and(|rest| rest.starts_with(' ')), "{name}");
    assert!(name.encode_utf16().count() <= limits::THREAD_NAME);
}
