//! Commands of one's own practice: from what was typed to what is wanted.

use super::{Given, bad};
use crate::bank::QuestionBank;
use crate::command::{clock, days, table::Value, topics};
use crate::practice::own::OwnCall;
use crate::practice::own::call::Period;
use crate::practice::refusal::Refusal;

/// Reads a command; none where it is no command of one's own practice.
pub(super) fn parse(
    bank: &QuestionBank,
    name: &str,
    sub: Option<&str>,
    given: &Given<'_>,
) -> Result<Option<OwnCall>, Refusal> {
    let call = match (name, sub) {
        ("review", None) => OwnCall::Review,
        ("sprint", None) => OwnCall::Sprint {
            minutes: given.number("minutes", (5, 60))?,
            topic: match given.filled("topic")? {
                Some(topic) => topics::parse_one(bank, &topic)?,
                None => None,
            },
        },
        ("me", None) => OwnCall::Me,
        ("team", None) => OwnCall::Team,
        ("leaderboard", None) => {
            let period = given.word("period", &Period::ALL, Period::as_str)?;
            OwnCall::Leaderboard(period.unwrap_or(Period::Week))
        }
        ("question", None) => {
            let asked = given
                .filled("words")?
                .ok_or_else(|| bad("words", "", "words of a question, such as deadlock"))?;
            OwnCall::Question { found: topics::parse_question(bank, &asked)?, asked }
        }
        ("topics", None) => OwnCall::Topics,
        ("reports", None) => OwnCall::Reports,
        ("digest", Some("set")) => OwnCall::DigestSet {
            channel: given.channel("channel")?,
            day: given.read("day", |text| days::day(&text.trim().to_lowercase()), one_day)?,
            at: given.read("at", clock::parse, |_| clock::EXPECTED.to_owned())?,
            zone: given.zone("time_zone")?,
        },
        ("digest", Some("off")) => OwnCall::DigestOff,
        ("digest", Some("status")) => OwnCall::DigestStatus,
        _ => return Ok(None),
    };
    Ok(Some(call))
}

fn one_day(_: &str) -> String {
    format!("one of {}", Value::Weekday.choices().join(", "))
}
