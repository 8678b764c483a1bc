//! What each command is taken for, and what is refused.

use jiff::civil::time;
use proptest::prelude::*;

use super::*;
use crate::bank::QuestionId;
use crate::command::COMMANDS;
use crate::command::testing::{bank, invoked, plans};
use crate::plans::PlanId;
use crate::practice::input::Subject;
use crate::practice::own::OwnCall;
use crate::practice::own::call::Period;
use crate::practice::rules::Days;

fn parsed(name: &str, sub: Option<&str>, options: &[(&str, &str)]) -> Result<Call, Refusal> {
    parse(&bank(), &plans(), &invoked(name, sub, options))
}

fn refused(option: &str, given: &str) -> impl Fn(Result<Call, Refusal>) {
    move |result| match result {
        Err(Refusal::BadOption { option: bad, given: what, expected }) => {
            assert_eq!((bad.as_str(), what.as_str()), (option, given));
            assert!(!expected.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_quiz_names_its_topic() {
    let subject = Subject::Topic(Topic::new("databases"));
    let databases = Wanted { subject, ..Wanted::default() };
    for topic in ["databases", "Databases", " databases ", "databases & storage"] {
        assert_eq!(
            parsed("quiz", None, &[("topic", topic)]),
            Ok(Call::Quiz(databases.clone())),
            "{topic}"
        );
    }
    let all = parsed("quiz", None, &[("topic", "Any"), ("level", "hard"), ("kind", "Design")]);
    assert_eq!(
        all,
        Ok(Call::Quiz(Wanted {
            subject: Subject::Any,
            level: Some(Level::Hard),
            kind: Some(Kind::Design)
        }))
    );
}

#[test]
fn an_unknown_topic_suggests_the_nearest() {
    let asked = |topic: &str| parsed("quiz", None, &[("topic", topic)]);
    let unknown = |topic: &str, nearest: Option<&str>| {
        Err(Refusal::NothingFound { asked: topic.to_owned(), nearest: nearest.map(str::to_owned) })
    };
    assert_eq!(asked("hpt"), unknown("hpt", Some("http")));
    assert_eq!(asked("bases"), unknown("bases", Some("databases")));
    assert_eq!(asked("gardening"), unknown("gardening", None));
}

#[test]
fn a_quiz_takes_words_of_a_question_or_its_name_where_no_topic_is_called_so() {
    let asked = |text: &str| match parsed("quiz", None, &[("topic", text)]) {
        Ok(Call::Quiz(Wanted { subject: Subject::Words { asked, found }, .. })) => {
            let found: Vec<_> = found.iter().map(QuestionId::as_str).map(str::to_owned).collect();
            (asked, found)
        }
        other => panic!("{other:?}"),
    };
    let both = ["question-0", "question-1"].map(str::to_owned).to_vec();
    assert_eq!(asked(" index "), ("index".to_owned(), both.clone()));
    assert_eq!(asked("why an INDEX?"), ("why an INDEX?".to_owned(), both.clone()));
    assert_eq!(asked("why an idnex"), ("why an idnex".to_owned(), both.clone()));
    assert_eq!(asked("datbases"), ("datbases".to_owned(), both.clone()), "a misspelt title");
    assert_eq!(asked("storage"), ("storage".to_owned(), both), "a part of one");
    assert_eq!(asked("Question-2"), ("Question-2".to_owned(), vec!["question-2".to_owned()]));
}

#[test]
fn a_quiz_without_a_topic_or_with_a_wrong_word_is_refused() {
    refused("topic", "")(parsed("quiz", None, &[]));
    refused("topic", "")(parsed("quiz", None, &[("topic", "  ")]));
    let any = ("topic", "any");
    refused("level", "brutal")(parsed("quiz", None, &[any, ("level", "brutal")]));
    refused("kind", "")(parsed("quiz", None, &[any, ("kind", "")]));
}

#[test]
fn a_daily_is_set_from_what_was_given() {
    let options = [
        ("at", "9am"),
        ("time_zone", "berlin"),
        ("days", "mon,wed"),
        ("topics", "http, Databases & Storage, http"),
    ];
    let mut invocation = invoked("daily", Some("set"), &options);
    let channel = OptionValue::Channel(ChannelId(5));
    invocation.options.push(("channel".to_owned(), channel));
    let call = parse(&bank(), &plans(), &invocation);
    assert_eq!(
        call,
        Ok(Call::Daily(DailyCall::Set {
            channel: Some(ChannelId(5)),
            at: Some(time(9, 0, 0, 0)),
            zone: Zone::named("Europe/Berlin"),
            days: Days::from_iter([jiff::civil::Weekday::Monday, jiff::civil::Weekday::Wednesday])
                .into(),
            topics: Some(vec![Topic::new("http"), Topic::new("databases")]),
        }))
    );
}

#[test]
fn a_daily_can_be_set_from_nothing() {
    assert_eq!(
        parsed("daily", Some("set"), &[]),
        Ok(Call::Daily(DailyCall::Set {
            channel: None,
            at: None,
            zone: None,
            days: None,
            topics: None,
        }))
    );
}

#[test]
fn topics_can_be_all_of_them_or_one_with_a_comma() {
    let topics = |text: &str| match parsed("daily", Some("set"), &[("topics", text)]) {
        Ok(Call::Daily(DailyCall::Set { topics, .. })) => topics,
        other => panic!("{other:?}"),
    };
    for all in ["all", "any", "http, all", "", " , "] {
        assert_eq!(topics(all), Some(Vec::new()), "{all}");
    }
    assert_eq!(topics("HTTP, APIs"), Some(vec![Topic::new("http")]));
}

#[test]
fn a_daily_with_a_wrong_value_is_refused() {
    let set = |option: &'static str, text: &'static str| {
        refused(option, text)(parsed("daily", Some("set"), &[(option, text)]));
    };
    set("at", "25:00");
    set("days", "never");
    set("time_zone", "Atlantis");
    assert!(matches!(
        parsed("daily", Some("set"), &[("topics", "http, gardening")]),
        Err(Refusal::UnknownTopic { asked, .. }) if asked == "gardening"
    ));
}

#[test]
fn every_form_of_the_table_is_understood() {
    for command in COMMANDS {
        let subs: Vec<Option<&str>> = if command.subs.is_empty() {
            vec![None]
        } else {
            command.subs.iter().map(|sub| Some(sub.name)).collect()
        };
        for sub in subs {
            let options: &[(&str, &str)] = match (command.name, sub) {
                ("quiz", None) => &[("topic", "any")],
                ("mock", Some("start")) => &[("plan", "rapid-fire")],
                ("question", None) => &[("words", "index")],
                _ => &[],
            };
            let call = parsed(command.name, sub, options);
            assert!(call.is_ok(), "/{} {sub:?}: {call:?}", command.name);
        }
    }
}

#[test]
fn a_member_and_a_zone_are_read() {
    let mut streak = invoked("streak", None, &[]);
    let member = OptionValue::Member(MemberId(7));
    streak.options.push(("member".to_owned(), member));
    let of = Some(MemberId(7));
    assert_eq!(parse(&bank(), &plans(), &streak), Ok(Call::Streak { of }));
    let zone = Zone::named("Europe/Berlin");
    assert_eq!(parsed("zone", None, &[("name", "europe/berlin")]), Ok(Call::Zone { zone }));
    assert_eq!(parsed("zone", None, &[]), Ok(Call::Zone { zone: None }));
}

#[test]
fn an_interview_names_its_plan_and_who_takes_part() {
    let alone = MockCall::Start {
        plan: PlanId::new("mid-backend"),
        candidate: None,
        interviewers: Vec::new(),
        public: false,
    };
    for plan in ["mid-backend", " MID-BACKEND ", "Mid-level backend"] {
        let call = parsed("mock", Some("start"), &[("plan", plan)]);
        assert_eq!(call, Ok(Call::Mock(alone.clone())), "{plan}");
    }
    let mut panel = invoked("mock", Some("start"), &[("plan", "pair-swap")]);
    // In the order of their names, whatever the order in which they were typed.
    for (option, id) in [("interviewer3", 3), ("interviewer", 1), ("candidate", 4)] {
        panel.options.push((option.to_owned(), OptionValue::Member(MemberId(id))));
    }
    panel.options.push(("public".to_owned(), OptionValue::Flag(true)));
    assert_eq!(
        parse(&bank(), &plans(), &panel),
        Ok(Call::Mock(MockCall::Start {
            plan: PlanId::new("pair-swap"),
            candidate: Some(MemberId(4)),
            interviewers: vec![MemberId(1), MemberId(3)],
            public: true,
        }))
    );
}

#[test]
fn the_other_wishes_about_interviews_need_nothing() {
    for (sub, call) in [
        ("end", MockCall::End),
        ("pause", MockCall::Pause),
        ("resume", MockCall::Resume),
        ("swap", MockCall::Swap),
        ("status", MockCall::Status),
        ("history", MockCall::History),
        ("plans", MockCall::Plans),
    ] {
        assert_eq!(parsed("mock", Some(sub), &[]), Ok(Call::Mock(call)), "{sub}");
    }
}

#[test]
fn an_unknown_plan_suggests_the_nearest() {
    for (asked, nearest) in [
        ("mid-backnd", Some("mid-backend")),
        ("Rapid fier", Some("rapid-fire")),
        ("swap", Some("pair-swap")),
        ("pair", Some("pair-swap")),
        ("frontend", None),
        ("gardening", None),
    ] {
        assert_eq!(
            parsed("mock", Some("start"), &[("plan", asked)]),
            Err(Refusal::UnknownPlan {
                asked: asked.to_owned(),
                nearest: nearest.map(str::to_owned)
            }),
            "{asked}"
        );
    }
    for nothing in ["", "  "] {
        refused("plan", "")(parsed("mock", Some("start"), &[("plan", nothing)]));
    }
    refused("plan", "")(parsed("mock", Some("start"), &[]));
}

fn own(name: &str, sub: Option<&str>, options: &[(&str, &str)]) -> OwnCall {
    match parsed(name, sub, options) {
        Ok(Call::Own(call)) => call,
        other => panic!("/{name}: {other:?}"),
    }
}

#[test]
fn one_s_own_practice_needs_nothing() {
    for (name, sub, call) in [
        ("review", None, OwnCall::Review),
        ("sprint", None, OwnCall::Sprint { minutes: None, topic: None }),
        ("me", None, OwnCall::Me),
        ("team", None, OwnCall::Team),
        ("leaderboard", None, OwnCall::Leaderboard(Period::Week)),
        ("topics", None, OwnCall::Topics),
        ("reports", None, OwnCall::Reports),
        ("digest", Some("off"), OwnCall::DigestOff),
        ("digest", Some("status"), OwnCall::DigestStatus),
        (
            "digest",
            Some("set"),
            OwnCall::DigestSet { channel: None, day: None, at: None, zone: None },
        ),
    ] {
        assert_eq!(own(name, sub, &[]), call, "/{name}");
    }
}

#[test]
fn a_sprint_takes_minutes_and_a_topic() {
    let mut sprint = invoked("sprint", None, &[("topic", " HTTP, APIs ")]);
    sprint.options.push(("minutes".to_owned(), OptionValue::Number(25)));
    let call = OwnCall::Sprint { minutes: Some(25), topic: Some(Topic::new("http")) };
    assert_eq!(parse(&bank(), &plans(), &sprint), Ok(Call::Own(call)));
    for topic in ["any", "  "] {
        let any = OwnCall::Sprint { minutes: Some(5), topic: None };
        assert_eq!(own("sprint", None, &[("minutes", " 5 "), ("topic", topic)]), any);
    }
    for wrong in ["4", "61", "-5", "300", "ten", "7.5", ""] {
        refused("minutes", wrong)(parsed("sprint", None, &[("minutes", wrong)]));
    }
    assert!(matches!(
        parsed("sprint", None, &[("topic", "gardening")]),
        Err(Refusal::UnknownTopic { asked, nearest: None }) if asked == "gardening"
    ));
}

#[test]
fn a_leaderboard_is_of_a_week_a_month_or_a_year() {
    for period in Period::ALL {
        let call = own("leaderboard", None, &[("period", period.as_str())]);
        assert_eq!(call, OwnCall::Leaderboard(period));
    }
    refused("period", "day")(parsed("leaderboard", None, &[("period", "day")]));
}

#[test]
fn a_digest_is_set_from_what_was_given() {
    let options = [("day", "Friday"), ("at", "4 pm"), ("time_zone", "berlin")];
    let mut set = invoked("digest", Some("set"), &options);
    set.options.push(("channel".to_owned(), OptionValue::Channel(ChannelId(5))));
    assert_eq!(
        parse(&bank(), &plans(), &set),
        Ok(Call::Own(OwnCall::DigestSet {
            channel: Some(ChannelId(5)),
            day: Some(jiff::civil::Weekday::Friday),
            at: Some(time(16, 0, 0, 0)),
            zone: Zone::named("Europe/Berlin"),
        }))
    );
    for (option, wrong) in [("day", "someday"), ("day", "mon-fri"), ("at", "25"), ("day", "")] {
        refused(option, wrong)(parsed("digest", Some("set"), &[(option, wrong)]));
    }
}

#[test]
fn a_question_is_found_by_its_name_or_its_words() {
    let found = |words: &str| match own("question", None, &[("words", words)]) {
        OwnCall::Question { asked, found } => {
            assert_eq!(asked, words.trim());
            found.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>()
        }
        OwnCall::Review
        | OwnCall::Sprint { .. }
        | OwnCall::Me
        | OwnCall::Team
        | OwnCall::Leaderboard(_)
        | OwnCall::DigestSet { .. }
        | OwnCall::DigestOff
        | OwnCall::DigestStatus
        | OwnCall::Topics
        | OwnCall::Reports => panic!("{words} is no question"),
    };
    assert_eq!(found(" Question-2 "), ["question-2"]);
    assert_eq!(found("why an index"), ["question-0", "question-1"]);
    assert_eq!(found("an indxe"), ["question-0", "question-1"]);
    refused("words", "")(parsed("question", None, &[]));
    refused("words", "")(parsed("question", None, &[("words", " ")]));
    let asked = "gardening".to_owned();
    let nothing = Err(Refusal::NoQuestionFound { asked });
    assert_eq!(parsed("question", None, &[("words", " gardening ")]), nothing);
}

#[test]
fn help_can_be_asked_for_one_command() {
    assert_eq!(parsed("help", None, &[]), Ok(Call::Help));
    assert_eq!(parsed("help", None, &[("command", " Mock ")]), Ok(Call::HelpFor("mock")));
    refused("command", "dance")(parsed("help", None, &[("command", "dance")]));
}

#[test]
fn a_plan_that_was_left_out_is_refused_with_the_reason_and_not_offered() {
    let plan = "title: Long talk\nabout: Too long.\nrubric: r\nsections:\n  \
                - { title: All, minutes: 5, questions: 20 }\n";
    let rubric = "title: R\ndimensions: [{ title: Depth, bands: [a, b, c, d] }]\n";
    let files = (&[("long.yaml", plan)], &[("r.yaml", rubric)]);
    let plans = Plans::parse(files.0, files.1, Some(&bank())).expect("it is sound");
    for asked in ["long", " Long TALK "] {
        let start = invoked("mock", Some("start"), &[("plan", asked)]);
        let Err(Refusal::PlanLeftOut(left_out)) = parse(&bank(), &plans, &start) else {
            panic!("{asked} is refused");
        };
        assert_eq!(left_out.title, "Long talk");
        let typed = Invocation { focused: Some("plan".to_owned()), ..start };
        assert_eq!(crate::command::complete(&bank(), &plans, &typed), Vec::new());
    }
}

#[test]
fn what_is_not_in_the_table_is_unknown() {
    let unknown = |name: &str| Err(Refusal::Unknown { name: name.to_owned() });
    assert_eq!(parsed("quizz", None, &[]), unknown("/quizz"));
    assert_eq!(parsed("daily", None, &[]), unknown("/daily"));
    assert_eq!(parsed("mock", None, &[]), unknown("/mock"));
    assert_eq!(parsed("mock", Some("stop"), &[]), unknown("/mock stop"));
    assert_eq!(parsed("daily", Some("dance"), &[]), unknown("/daily dance"));
    assert_eq!(parsed("help", Some("me"), &[]), unknown("/help me"));
    assert_eq!(parsed("help", None, &[("loud", "yes")]), unknown("/help loud"));
}

#[test]
fn a_value_of_the_wrong_sort_is_refused() {
    let with = |name: &str, sub: Option<&str>, option: &str, value| {
        let mut invocation = invoked(name, sub, &[]);
        invocation.options.push((option.to_owned(), value));
        parse(&bank(), &plans(), &invocation)
    };
    refused("topic", "true")(with("quiz", None, "topic", OptionValue::Flag(true)));
    refused("member", "5")(with("streak", None, "member", OptionValue::Number(5)));
    let text = OptionValue::Text("#prep".to_owned());
    let yes = OptionValue::Text("yes".to_owned());
    let mut public = invoked("mock", Some("start"), &[("plan", "rapid-fire")]);
    public.options.push(("public".to_owned(), yes));
    refused("public", "yes")(parse(&bank(), &plans(), &public));
    refused("channel", "#prep")(with("daily", Some("now"), "channel", text));
}

fn value() -> impl Strategy<Value = OptionValue> {
    prop_oneof![
        4 => ".{0,40}".prop_map(OptionValue::Text),
        1 => any::<i64>().prop_map(OptionValue::Number),
        1 => any::<bool>().prop_map(OptionValue::Flag),
        1 => any::<u64>().prop_map(|id| OptionValue::Member(MemberId(id))),
        1 => any::<u64>().prop_map(|id| OptionValue::Channel(ChannelId(id))),
    ]
}

proptest! {
    #[test]
    fn every_invocation_is_understood_or_refused(
        name in "quiz|daily|mock|streak|zone|help|about|.{0,10}",
        sub in proptest::option::of("set|list|now|start|end|.{0,5}"),
        options in proptest::collection::vec(
            ("plan|candidate|public|topic|level|kind|at|days|topics|time_zone|channel|member|name|.{0,5}", value()), 0..5),
    ) {
        let focused = options.first().map(|(name, _)| name.clone());
        let invocation = Invocation { name, sub, options, focused };
        let _understood = parse(&bank(), &plans(), &invocation).is_ok();
        let choices = crate::command::complete(&bank(), &plans(), &invocation);
        prop_assert!(choices.len() <= 25);
    }
}
