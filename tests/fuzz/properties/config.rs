//! The config file: what is accepted is within its ranges and prints back to itself; what is
//! refused is told where; neither a token nor a key is ever shown.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::Time;
use mockingbird::bank::Topic;
use mockingbird::config::{Coach, CoachAddress, Config, is_emoji};
use mockingbird::days::Days;
use serde_json::{Value, json};

use super::problems;

const PATH: &str = "fuzz.yaml";
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn holds(text: &str) {
    match Config::parse(PATH, text) {
        Ok(config) => {
            is_in_range(&config);
            let printed = printed(&config);
            let again = Config::parse(PATH, &printed);
            let again = again.unwrap_or_else(|problems| panic!("{printed}\n{problems}"));
            assert_eq!(again, config, "{printed}");
        }
        Err(found) => {
            problems::point_inside(PATH, text, &found);
            hides_tokens(text, &found.to_string());
        }
    }
}

fn is_in_range(config: &Config) {
    let address = config.api_base.as_str();
    assert!(config.api_base.is_local() || address == "https://discord.com", "{address}");
    assert!(!config.api_base.is_local() || address.starts_with("http://"), "{address}");
    assert!(config.day_starts <= Time::constant(12, 0, 0, 0));
    assert!(!config.practice_days.is_empty());
    assert!(is_emoji(&config.reveal.emoji), "{}", config.reveal.emoji);
    assert!((1..=100).contains(&config.reveal.reactions));
    assert!((1..=100).contains(&config.snapshot.keep));
    assert!((3..=250).contains(&config.requests.at_once));
    assert!((1..=250).contains(&config.requests.per_minute));
    assert!((1..=100).contains(&config.judge.covered));
    assert!(config.judge.unsure <= config.judge.covered);
    let review = config.review;
    assert!((70..=97).contains(&review.retention), "{review:?}");
    assert!((1..=200).contains(&review.a_day) && review.new_a_day <= 50, "{review:?}");
    let every = SignedDuration::try_from(config.snapshot.every).expect("a day at most");
    assert!((SignedDuration::from_secs(10)..=DAY).contains(&every), "{every}");
    let folders = [&config.questions, &config.plans, &config.rubrics, &config.data];
    assert_eq!(BTreeSet::from(folders).len(), folders.len(), "a folder with two uses");
    let channels: BTreeSet<u64> = config.daily.iter().map(|daily| daily.channel).collect();
    assert_eq!(channels.len(), config.daily.len(), "a channel with two dailies");
    if let Some(coach) = &config.coach {
        let address = coach.address.as_str();
        assert_eq!(CoachAddress::parse(address).as_ref(), Ok(&coach.address), "{address}");
        let plain = coach.address.is_plain();
        assert!(address.starts_with(if plain { "http://" } else { "https://" }), "{address}");
        assert!(!coach.model.trim().is_empty());
        assert!((1..=60).contains(&coach.timeout.as_secs()), "{:?}", coach.timeout);
    }
    for daily in &config.daily {
        assert!(!daily.days.is_empty());
        assert!((SignedDuration::ZERO..=DAY).contains(&daily.catch_up), "{}", daily.catch_up);
    }
}

fn printed(config: &Config) -> String {
    let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let daily: Vec<Value> = config
        .daily
        .iter()
        .map(|daily| {
            json!({
                "channel": format!("{:017}", daily.channel),
                "at": clock(daily.at),
                "time_zone": daily.time_zone.name(),
                "days": days(daily.days),
                "topics": daily.topics.iter().map(Topic::as_str).collect::<Vec<_>>(),
                "catch_up": format!("{:#}", daily.catch_up),
            })
        })
        .collect();
    let every = SignedDuration::try_from(config.snapshot.every).expect("a day at most");
    let coach = config.coach.as_ref().map(|coach| {
        let Coach { address, model, key_env, timeout } = coach;
        let timeout = SignedDuration::try_from(*timeout).expect("a minute at most");
        let mut coach = json!({
            "address": address.as_str(),
            "model": model,
            "timeout": format!("{timeout:#}"),
        });
        if let Some(name) = key_env {
            coach["key_env"] = json!(name);
        }
        coach
    });
    json!({
        "coach": coach,
        "discord": { "api_base": config.api_base.as_str() },
        "questions": config.questions,
        "plans": config.plans,
        "rubrics": config.rubrics,
        "data": config.data,
        "time_zone": config.time_zone.name(),
        "day_starts": clock(config.day_starts),
        "practice_days": days(config.practice_days),
        "reveal": { "emoji": config.reveal.emoji, "reactions": config.reveal.reactions },
        "daily": daily,
        "requests": {
            "at_once": config.requests.at_once,
            "per_minute": config.requests.per_minute,
        },
        "review": {
            "retention": config.review.retention,
            "a_day": config.review.a_day,
            "new_a_day": config.review.new_a_day,
        },
        "judge": { "covered": config.judge.covered, "unsure": config.judge.unsure },
        "snapshot": { "every": format!("{every:#}"), "keep": config.snapshot.keep },
    })
    .to_string()
}

fn days(days: Days) -> Vec<String> {
    days.to_string().split(", ").map(str::to_owned).collect()
}

/// Neither a word with the look of a token, nor what stands behind the name of a secret, is shown.
fn hides_tokens(text: &str, shown: &str) {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
    let looks = |word: &&str| {
        let parts: Vec<usize> = word.split('.').map(str::len).collect();
        parts
            .windows(3)
            .any(|parts| matches!(parts, &[id, time, sum] if id >= 15 && time >= 4 && sum >= 20))
    };
    let named = text.lines().filter_map(|line| {
        let (key, value) = line.split_once(": ")?;
        let named = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let value = value.trim();
        let once = || text.matches(value).count() == 1;
        let secret = ["token", "key", "secret", "password"].iter().any(|word| key.contains(word));
        // The name of a variable is no secret.
        let secret = secret && !value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        (named && secret && value.len() >= 8 && once()).then_some(value)
    });
    for secret in words.filter(looks).chain(named) {
        assert!(!shown.contains(secret), "{secret} is shown:\n{shown}");
    }
}
