//! Tests of the config file.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::time;

use super::*;

fn report(text: &str) -> String {
    let problems = Config::parse("c.yaml", text).expect_err("it is broken");
    problems.to_string()
}

fn messages(text: &str) -> Vec<String> {
    let problems = Config::parse("c.yaml", text).expect_err("it is broken");
    problems.iter().map(|problem| problem.message().to_owned()).collect()
}

#[test]
fn an_empty_file_means_the_defaults() {
    for text in ["", "# nothing yet", "discord:\nreveal:\ndaily:\nsnapshot:\ncoach:\n", "{}"] {
        assert_eq!(Config::parse("c.yaml", text), Ok(Config::default()), "{text:?}");
    }
}

#[test]
fn the_commented_example_shows_the_defaults() {
    let example = include_str!("../../config/mockingbird.yaml");
    assert_eq!(Config::parse("config/mockingbird.yaml", example), Ok(Config::default()));
}

#[test]
fn the_daily_of_the_commented_example_loads() {
    let example = include_str!("../../config/mockingbird.yaml");
    let example = example.replace("daily: []", "daily:").replace("\n#  ", "\n  ");
    let config = Config::parse("config/mockingbird.yaml", &example).unwrap();
    let expected = Daily {
        channel: 123_456_789_012_345_678,
        at: time(9, 0, 0, 0),
        time_zone: Zone::find("Europe/Berlin").unwrap(),
        days: Days::WORKDAYS,
        topics: Vec::new(),
        catch_up: SignedDuration::from_hours(6),
    };
    assert_eq!(config.daily, [expected]);
}

#[test]
fn the_coach_of_the_commented_example_loads() {
    let example = include_str!("../../config/mockingbird.yaml");
    let example = example.replace("coach:\n#  ", "coach:\n  ").replace("\n#  ", "\n  ");
    let example = example.replace("daily: []", "daily:");
    let config = Config::parse("config/mockingbird.yaml", &example).unwrap();
    let expected = Coach {
        address: CoachAddress::parse("http://127.0.0.1:11434/v1").unwrap(),
        model: "llama3.1:8b".to_owned(),
        key_env: Some("COACH_KEY".to_owned()),
        timeout: Duration::from_secs(6),
    };
    assert_eq!(config.coach, Some(expected));
}

#[test]
fn every_setting_is_read() {
    let config = Config::parse(
        "c.yaml",
        r#"
discord: { api_base: "http://127.0.0.1:9/" }
questions: q
plans: p
rubrics: r
data: d
time_zone: america/new_york
day_starts: 12:00
practice_days: [sun, sat]
reveal: { emoji: 👀, reactions: 100 }
daily:
  - { channel: "12345678901234567", at: 23:59, topics: [http, caching], catch_up: 0s }
  - { channel: "12345678901234567890", time_zone: UTC, days: [mon], catch_up: 24h }
snapshot: { every: 1h30m, keep: 100 }
requests: { at_once: 3, per_minute: 250 }
review: { retention: 97, a_day: 200, new_a_day: 0 }
coach: { address: "https://coach.example.org/v1/", model: m:7b, key_env: OUR_KEY, timeout: 60s }
judge: { covered: 100, unsure: 0 }
"#,
    )
    .unwrap();
    assert_eq!(config.api_base.as_str(), "http://127.0.0.1:9");
    assert!(config.api_base.is_local());
    assert_eq!((config.questions, config.data), (PathBuf::from("q"), PathBuf::from("d")));
    assert_eq!((config.plans, config.rubrics), (PathBuf::from("p"), PathBuf::from("r")));
    assert_eq!(config.time_zone.name(), "America/New_York");
    assert_eq!(config.day_starts, time(12, 0, 0, 0));
    assert_eq!(config.practice_days.to_string(), "sat, sun");
    assert_eq!(config.reveal, Reveal { emoji: "👀".to_owned(), reactions: 100 });
    assert_eq!(config.snapshot, Snapshot { every: Duration::from_mins(90), keep: 100 });
    assert_eq!(config.requests, Requests { at_once: 3, per_minute: 250 });
    assert_eq!(config.review, Review { retention: 97, a_day: 200, new_a_day: 0 });
    let coach = Coach {
        address: CoachAddress::parse("https://coach.example.org/v1").unwrap(),
        model: "m:7b".to_owned(),
        key_env: Some("OUR_KEY".to_owned()),
        timeout: Duration::from_mins(1),
    };
    assert_eq!(config.coach, Some(coach));
    assert_eq!(config.judge, Thresholds { covered: 100, unsure: 0 });
    let [first, second] = config.daily.as_slice() else { panic!("two dailies") };
    assert_eq!((first.channel, first.at), (12_345_678_901_234_567, time(23, 59, 0, 0)));
    assert_eq!(first.topics, [Topic::new("http"), Topic::new("caching")]);
    assert_eq!((first.time_zone.name(), first.days), ("America/New_York", config.practice_days));
    assert_eq!(first.catch_up, SignedDuration::ZERO);
    assert_eq!((second.at, second.time_zone.name()), (time(9, 0, 0, 0), "UTC"));
    assert_eq!((second.days.len(), second.catch_up.as_hours()), (1, 24));
}

#[test]
fn each_wrong_value_is_explained() {
    for (text, expected) in [
        ("[1]", "expected a config, found a list"),
        ("dayli: []", "unknown field `dayli` in a config"),
        ("reveal: { emojy: x }", "unknown field `emojy` in a reveal"),
        ("discord: https://discord.com", "expected a discord, found a text"),
        (
            "discord: { api_base: http://discord.com }",
            "`http://discord.com` is neither Discord nor this machine",
        ),
        ("questions: \"\"", "`questions` is empty"),
        ("questions: x\ndata: x", "`questions` and `data` are the same folder"),
        ("plans: config/rubrics", "`plans` and `rubrics` are the same folder"),
        ("questions: data", "`questions` and `data` are the same folder"),
        ("plans: \"\"", "`plans` is empty"),
        ("rubrics: [a]", "`rubrics` must be a text, found a list"),
        ("time_zone: Europe/Berlim", "unknown time zone `Europe/Berlim`"),
        ("time_zone: Etc/Unknown", "unknown time zone `Etc/Unknown`"),
        ("day_starts: 12:01", "a practice day begins at noon at the latest"),
        ("day_starts: 24:00", "`24:00` is not a time of day"),
        ("day_starts: \"4:00\"", "`4:00` is not a time of day"),
        ("day_starts: 04:00:00", "`04:00:00` is not a time of day"),
        ("day_starts: +4:00", "`+4:00` is not a time of day"),
        ("practice_days: []", "`practice_days` is empty"),
        ("practice_days: mon", "`practice_days` must be a list, found a text"),
        ("practice_days: [mon, tuesday]", "unknown weekday `tuesday`"),
        (
            "practice_days: [mon, mon, mon, mon, mon, mon, mon, mon]",
            "`practice_days` has 8 entries, at most 7 are allowed",
        ),
        ("reveal: { emoji: \":bulb:\" }", "`:bulb:` is not an emoji"),
        (
            "reveal: { emoji: \"<:a:123456789012345678>\" }",
            "`<:a:123456789012345678>` is not an emoji",
        ),
        ("reveal: { emoji: 💡💡 }", "`💡💡` is not an emoji"),
        ("reveal: { reactions: 0 }", "`reactions` is out of range"),
        ("reveal: { reactions: 101 }", "`reactions` is out of range"),
        ("reveal: { reactions: many }", "`reactions` must be a whole number, found a text"),
        ("reveal: { reactions: 1.5 }", "`reactions` is out of range"),
        ("snapshot: { every: 9s }", "`every` is out of range: `9s`"),
        ("snapshot: { every: 25h }", "`every` is out of range: `25h`"),
        ("snapshot: { every: -5m }", "`every` is out of range: `-5m`"),
        ("snapshot: { every: 5 }", "`5` is not a length of time"),
        ("snapshot: { every: soon }", "`soon` is not a length of time"),
        ("snapshot: { keep: 0 }", "`keep` is out of range"),
        ("review: { retention: 69 }", "`retention` is out of range"),
        ("review: { retention: 98 }", "`retention` is out of range"),
        ("review: { retention: 0.9 }", "`retention` is out of range"),
        ("review: { a_day: 0 }", "`a_day` is out of range"),
        ("review: { a_day: 201 }", "`a_day` is out of range"),
        ("review: { new_a_day: 51 }", "`new_a_day` is out of range"),
        ("review: { a_week: 9 }", "unknown field `a_week` in a review"),
        ("judge: { covered: 0 }", "`covered` is out of range"),
        ("judge: { covered: 101 }", "`covered` is out of range"),
        ("judge: { covered: 0.6 }", "`covered` is out of range"),
        ("judge: { covered: 60% }", "`covered` must be a whole number, found a text"),
        ("judge: { unsure: -1 }", "`unsure` is out of range"),
        ("judge: { unsure: 61 }", "`unsure` (61) is above `covered` (60)"),
        ("judge: { covered: 29 }", "`unsure` (30) is above `covered` (29)"),
        ("judge: { covered: 40, unsure: 50 }", "`unsure` (50) is above `covered` (40)"),
        ("judge: { missing: 9 }", "unknown field `missing` in a judge"),
        ("judge: 60", "expected a judge, found a number"),
        ("requests: { at_once: 2 }", "`at_once` is out of range"),
        ("requests: { per_minute: 251 }", "`per_minute` is out of range"),
        ("requests: { per_hour: 9 }", "unknown field `per_hour` in a requests"),
        ("daily: [{ at: \"09:00\" }]", "this daily has no `channel`"),
        ("daily: [{ channel: general }]", "`general` is not the id of a channel"),
        (
            "daily: [{ channel: \"1234567890123456\" }]",
            "`1234567890123456` is not the id of a channel",
        ),
        (
            "daily: [{ channel: \"99999999999999999999\" }]",
            "`99999999999999999999` is not the id of a channel",
        ),
        ("daily: [{ channel: 123456789012345678 }]", "the id of a channel must be in quotes"),
        (
            "daily: [{ channel: \"123456789012345678\", catch_up: 25h }]",
            "`catch_up` is out of range: `25h`",
        ),
        ("daily: [{ channel: \"123456789012345678\", days: [] }]", "`days` is empty"),
        (
            "daily: [{ channel: \"123456789012345678\" }, { channel: \"123456789012345678\" }]",
            "this channel has two dailies",
        ),
        ("data: a\ndata: b", "`data` is given twice"),
    ] {
        assert_eq!(messages(text), [expected], "{text}");
    }
}

#[test]
fn each_wrong_value_of_a_coach_is_explained() {
    for (text, expected) in [
        ("coach: { model: m }", "this coach has no `address`"),
        ("coach: { address: https://a.example/v1 }", "this coach has no `model`"),
        ("coach: http://127.0.0.1:1", "expected a coach, found a text"),
        ("coach: { adress: x, model: m }", "unknown field `adress` in a coach"),
        (
            "coach: { address: \"127.0.0.1:1\", model: m }",
            "`127.0.0.1:1` is not the address of a coach",
        ),
        (
            "coach: { address: http://api.example.org/v1, model: m }",
            "`http://api.example.org/v1` would be sent what members write in the clear",
        ),
        (
            "coach: { address: http://127.0.0.1:1/v1/chat/completions, model: m }",
            "`http://127.0.0.1:1/v1/chat/completions` goes too far",
        ),
        (
            "coach: { address: https://me:pass@a.example/v1, model: m }",
            "the address of a coach has no name, password, `?` or `#` in it",
        ),
        (
            "coach: { address: https://a.example/v1, model: m, timeout: 61s }",
            "`timeout` is out of range: `61s`",
        ),
        (
            "coach: { address: https://a.example/v1, model: m, timeout: 0.5 }",
            "`0.5` is not a length of time",
        ),
        (
            "coach: { address: https://a.example/v1, model: m, key_env: [A] }",
            "`key_env` is not the name of an environment variable",
        ),
        (
            "coach: { address: https://a.example/v1, model: m, key_env: DISCORD_TOKEN }",
            "the bot's token is not for a coach",
        ),
        ("coach: { address: https://a.example/v1, model: \"\" }", "`model` is empty"),
    ] {
        assert_eq!(messages(text), [expected], "{text}");
    }
}

#[test]
fn all_problems_of_a_config_are_reported_together() {
    let found = report(
        "time_zone: europa/berlin
day_starts: 4:00
reveal:
  emoji: \":bulb:\"
  reactons: 2
daily:
  - channel: 123456789012345678
    at: \"24:00\"
    time_zone: Berlin
    days: [mo]
snapshot:
  every: 1 day
",
    );
    insta::assert_snapshot!(found, @r#"
    error: unknown time zone `europa/berlin`
     --> c.yaml:1:12
      |
    1 | time_zone: europa/berlin
      |            ^^^^^^^^^^^^^
      = help: did you mean `Europe/Berlin`? Write an IANA name such as `Europe/Berlin` or `UTC`

    error: `4:00` is not a time of day
     --> c.yaml:2:13
      |
    2 | day_starts: 4:00
      |             ^^^^
      = help: write hours and minutes from `"00:00"` to `"23:59"`, in quotes: `"04:00"`

    error: `:bulb:` is not an emoji
     --> c.yaml:4:10
      |
    4 |   emoji: ":bulb:"
      |          ^^^^^^^^
      = help: write the emoji itself, such as "💡", not its name

    error: unknown field `reactons` in a reveal
     --> c.yaml:5:3
      |
    5 |   reactons: 2
      |   ^^^^^^^^
      = help: did you mean `reactions`?

    error: the id of a channel must be in quotes
     --> c.yaml:7:14
      |
    7 |   - channel: 123456789012345678
      |              ^^^^^^^^^^^^^^^^^^
      = help: write `"123456789012345678"`: other tools round numbers of this size

    error: `24:00` is not a time of day
     --> c.yaml:8:9
      |
    8 |     at: "24:00"
      |         ^^^^^^^
      = help: write hours and minutes from `"00:00"` to `"23:59"`, in quotes

    error: unknown time zone `Berlin`
     --> c.yaml:9:16
      |
    9 |     time_zone: Berlin
      |                ^^^^^^
      = help: did you mean `Europe/Berlin`? Write an IANA name such as `Europe/Berlin` or `UTC`

    error: unknown weekday `mo`
      --> c.yaml:10:12
       |
    10 |     days: [mo]
       |            ^^
       = help: did you mean `mon`? It is one of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`

    error: `1 day` is not a length of time
      --> c.yaml:12:10
       |
    12 |   every: 1 day
       |          ^^^^^
       = help: write something from `10s` to `24h`, such as `90s`, `5m` or `1h30m`
    "#);
}

#[test]
fn thresholds_of_the_judge_that_do_not_go_together_are_explained() {
    insta::assert_snapshot!(report("judge:\n  covered: 20\n"), @"
    error: `unsure` (30) is above `covered` (20)
     --> c.yaml:2:12
      |
    2 |   covered: 20
      |            ^^
      = help: write both, `unsure` at most as large as `covered`: what is below `unsure` is missing, and what is between the two nobody can tell
    ");
}

#[test]
fn a_token_in_the_file_is_refused_and_never_shown() {
    let token = "bm90LWEtcmVhbC1pZA.abcdef.not-a-real-signature_0123456789";
    for text in [
        format!("token: {token}"),
        format!("discord:\n  token: \"{token}\"\n  api_base: https://discord.com"),
        format!("discord: {{ bot_token: {token}, api_base: x }}"),
        "token: hunter2 and: zebra".to_owned(),
        "questions: [\ntoken: hunter2 zebra".to_owned(),
        format!("toke: {token}"),
        format!("time_zone: {token}"),
        format!("time_zone: notes.{token}.more"),
        format!("{token}: 1"),
        format!("\t{token}"),
        format!("daily: [{{ channel: \"{token}\" }}]"),
    ] {
        let problems = Config::parse("c.yaml", &text).expect_err("it is refused");
        let shown = format!("{problems}{problems:?}");
        for secret in ["bm90", "abcdef", "signature", "hunter2", "zebra"] {
            assert!(!shown.contains(secret), "{text:?}: {shown}");
        }
    }
    insta::assert_snapshot!(report("data: data\ntoken: hunter2\n"), @r"
    error: a token does not belong in this file
     --> c.yaml:2:1
      = help: put it into the environment variable DISCORD_TOKEN, or into a file of its own that DISCORD_TOKEN_FILE names; if this file was shared, reset the token on the page Bot of the application
    ");
}

#[test]
fn a_key_in_the_file_is_refused_and_never_shown() {
    let key = "gsk_not0a1real2key3x";
    for text in [
        format!("coach: {{ address: https://a.example/v1, model: m, key: {key} }}"),
        format!("coach:\n  address: https://a.example/v1\n  model: m\n  api_key: {key}"),
        format!("coach:\n  address: https://a.example/v1\n  model: m\n  key-env: {key}"),
        format!("coach:\n  address: https://a.example/v1\n  model: m\n  key_env: {key}"),
        format!("coach:\n  address: https://a.example/v1\n  model: m\n  key_env:\n  - {key}"),
        format!("coach:\n  address: https://a.example/v1\n  model: m\n  password: {key}"),
        format!("coach:\n  address: https://me:{key}@a.example/v1\n  model: m"),
        format!("coach:\n  address: https://a.example/v1?code={key}\n  model: m"),
        format!("coach:\n  address: nonsense?code={key}\n  model: m"),
        format!("coach_key: {key}"),
        format!("coach: {{ key_env: {key}"),
        format!("secret: {key} and: more"),
    ] {
        let problems = Config::parse("c.yaml", &text).expect_err("it is refused");
        let shown = format!("{problems}{problems:?}");
        assert!(!shown.contains("real2key"), "{text:?}: {shown}");
    }
    insta::assert_snapshot!(report("coach:\n  model: m\n  key: sk-x\n  key_env: sk-y\n"), @"
    error: this coach has no `address`
     --> c.yaml:2:3
      |
    2 |   model: m
      |   ^
      = help: write where the server is, such as `http://127.0.0.1:11434/v1`; without a coach, delete the whole section

    error: a key does not belong in this file
     --> c.yaml:3:3
      = help: put it into an environment variable, and the name of that into `key_env` of `coach`; if this file was shared, have a new key made

    error: `key_env` is not the name of an environment variable
     --> c.yaml:4:12
      = help: write a name in capital letters such as `COACH_KEY`, and put the key into that variable; if this is the key and the file was shared, have a new one made
    ");
}

#[test]
fn members_words_go_to_a_coach_over_tls_or_not_far() {
    use AddressError::{Endpoint, Extras, InTheClear, Strange};
    for (text, address, plain) in [
        ("https://api.example.org/v1", "https://api.example.org/v1", false),
        ("https://API.example.org:443/v1//", "https://api.example.org/v1", false),
        ("https://8.8.8.8", "https://8.8.8.8", false),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1", true),
        ("http://[::1]:8080", "http://[::1]:8080", true),
        ("http://[fd00::5]/v1", "http://[fd00::5]/v1", true),
        ("http://10.1.2.3/v1", "http://10.1.2.3/v1", true),
        ("http://172.31.0.1/v1", "http://172.31.0.1/v1", true),
        ("http://192.168.1.20:8080/v1/", "http://192.168.1.20:8080/v1", true),
        ("http://localhost:1/v1", "http://localhost:1/v1", true),
        ("http://ollama:11434/v1", "http://ollama:11434/v1", true),
        ("http://nas.local/v1", "http://nas.local/v1", true),
        ("http://host.docker.internal/v1", "http://host.docker.internal/v1", true),
    ] {
        let parsed = CoachAddress::parse(text).unwrap();
        assert_eq!((parsed.as_str(), parsed.is_plain()), (address, plain), "{text}");
        assert_eq!(CoachAddress::parse(address), Ok(parsed), "{text}");
    }
    for (text, error) in [
        ("", Strange),
        ("localhost:11434/v1", Strange),
        ("api.example.org", Strange),
        ("file:///etc/passwd", Strange),
        ("ftp://127.0.0.1", Strange),
        ("http://api.example.org/v1", InTheClear),
        ("http://8.8.8.8/v1", InTheClear),
        ("http://172.32.0.1/v1", InTheClear),
        ("http://0.0.0.0/v1", InTheClear),
        ("http://169.254.169.254/v1", InTheClear),
        ("http://100.64.0.1/v1", InTheClear),
        ("http://[2001:db8::1]/v1", InTheClear),
        ("http://[::ffff:8.8.8.8]/v1", InTheClear),
        ("http://127.0.0.1.example.org/v1", InTheClear),
        ("http://localhost.example.org/v1", InTheClear),
        ("http://134744072/v1", InTheClear),
        ("http://127.0.0.1@example.org/v1", Extras),
        ("https://me@example.org/v1", Extras),
        ("https://example.org/v1?key=x", Extras),
        ("https://example.org/v1#x", Extras),
        ("nonsense?key=x", Extras),
        ("https://example.org/v1/chat/completions/", Endpoint),
    ] {
        assert_eq!(CoachAddress::parse(text), Err(error), "{text}");
    }
}

#[test]
fn a_zone_is_found_by_its_name_in_any_case() {
    for (text, expected) in [
        ("UTC", Ok("UTC")),
        ("utc", Ok("UTC")),
        (" europe/BERLIN ", Ok("Europe/Berlin")),
        ("Berlin", Err(Some("Europe/Berlin"))),
        ("new york", Err(Some("America/New_York"))),
        ("Europe/Berln", Err(Some("Europe/Berlin"))),
        ("Asia/Colcutta", Err(Some("Asia/Calcutta"))),
        ("xyzzyxyzzy", Err(None)),
        ("", Err(None)),
    ] {
        let found = Zone::find(text);
        let found = found.as_ref().map(Zone::name).map_err(Option::as_deref);
        assert_eq!(found, expected, "{text:?}");
    }
}
