//! What a member reads in an answer, as far as it is a promise.

use mockingbird_playground::model::Message;
use serde_json::Value;

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// The answer of a question, and the days in a row after it.
    Shown { length: u32, counted_now: bool },
    /// The member's own streak.
    Streak { length: u32, today: bool },
    /// The member's own zone; none is the team's.
    Zone(Option<String>),
    /// A daily as it stands now.
    Daily(Daily),
    /// The daily is on its way.
    Posting,
    /// There is no daily any more.
    Removed,
    /// Refused: today's daily was posted or tried.
    PostedAlready,
    /// Refused: the next daily is left out.
    SkippedAlready,
    /// Refused: there is no daily.
    NoDaily,
    /// Refused: the post is not known.
    PostGone,
    /// Nothing is promised: it may have been done, or not.
    Unsaved,
    /// Refused, and nothing was done.
    Busy,
    /// Anything else: a question, help, …
    Other,
}

/// A daily as a member reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Daily {
    pub(crate) at: String,
    pub(crate) paused: bool,
    pub(crate) skipped: bool,
    /// Seconds since 1970.
    pub(crate) next: Option<i64>,
}

impl Told {
    pub(crate) fn read(message: &Message) -> Self {
        let embed = message.embeds.last().unwrap_or(&Value::Null);
        let text = |key: &str| embed[key].as_str().unwrap_or_default();
        let (title, body) = (text("title"), text("description"));
        if let Some(streak) = field(embed, "Your streak") {
            return Self::Shown {
                length: length(streak),
                counted_now: streak.contains("Counted for today."),
            };
        }
        match title {
            "Your streak" => {
                Self::Streak { length: length(body), today: body.contains("Today counted.") }
            }
            "Your time zone" => Self::Zone(
                (!body.contains("the team's zone"))
                    .then(|| body.split("**").nth(1).unwrap_or_default().to_owned()),
            ),
            "Daily on its way" => Self::Posting,
            "Daily removed" => Self::Removed,
            "" => Self::refusal(body),
            _ => daily(embed).map_or(Self::Other, Self::Daily),
        }
    }

    fn refusal(body: &str) -> Self {
        let says = |words: &str| body.contains(words);
        if says("cannot promise this") {
            Self::Unsaved
        } else if ["too much to do", "so I changed nothing", "faster than I let"]
            .into_iter()
            .any(says)
        {
            Self::Busy
        } else if says("was posted or tried already") {
            Self::PostedAlready
        } else if says("is left out already") {
            Self::SkippedAlready
        } else if says("has no question of the day") {
            Self::NoDaily
        } else if says("I do not know this question any more") {
            Self::PostGone
        } else {
            Self::Other
        }
    }
}

/// The days of "🔥 3 days in a row"; 0 where there is no streak.
fn length(text: &str) -> u32 {
    let number = text.split_once("🔥 ").and_then(|(_, rest)| rest.split_once(" day"));
    number.and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
}

fn daily(embed: &Value) -> Option<Daily> {
    let next = field(embed, "Next")?;
    let moment = next.split_once("<t:").and_then(|(_, rest)| rest.split_once(':'));
    Some(Daily {
        at: field(embed, "When")?.get(..5)?.to_owned(),
        paused: next.starts_with("Paused"),
        skipped: next.contains("is left out"),
        next: moment.and_then(|(seconds, _)| seconds.parse().ok()),
    })
}

pub(crate) fn field<'a>(embed: &'a Value, name: &str) -> Option<&'a str> {
    let fields = embed["fields"].as_array()?;
    fields.iter().find(|field| field["name"] == name)?["value"].as_str()
}
