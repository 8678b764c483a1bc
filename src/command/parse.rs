//! From what was typed to what is wanted.

mod own;

use super::table::{Command, OptionSpec, Value};
use super::{Invocation, OptionValue, clock, days, mock, topics, zones};
use crate::bank::{Kind, Level, QuestionBank, Topic};
use crate::plans::Plans;
use crate::practice::ids::{ChannelId, MemberId};
use crate::practice::input::{Call, DailyCall, Wanted};
use crate::practice::interview::MockCall;
use crate::practice::refusal::Refusal;
use crate::practice::rules::Zone;

/// Reads a command.
///
/// # Errors
/// A refusal that says which option is wrong and what would fit, or that the command is not known.
pub fn parse(bank: &QuestionBank, plans: &Plans, invocation: &Invocation) -> Result<Call, Refusal> {
    let given = Given::of(invocation)?;
    let call = match (invocation.name.as_str(), invocation.sub.as_deref()) {
        ("quiz", None) => Call::Quiz(quiz(bank, &given)?),
        ("daily", Some(sub)) => Call::Daily(daily(bank, sub, &given)?),
        ("mock", Some(sub)) => Call::Mock(mock(plans, sub, &given)?),
        ("streak", None) => Call::Streak { of: given.member("member")? },
        ("zone", None) => Call::Zone { zone: given.zone("name")? },
        ("help", None) => {
            let names = Value::Command.choices();
            given.word("command", &names, |name| name)?.map_or(Call::Help, Call::HelpFor)
        }
        ("about", None) => Call::About,
        (name, sub) => match own::parse(bank, name, sub, &given)? {
            Some(call) => Call::Own(call),
            None => return Err(unknown(invocation)),
        },
    };
    Ok(call)
}

fn unknown(invocation: &Invocation) -> Refusal {
    let mut name = format!("/{}", invocation.name);
    if let Some(sub) = &invocation.sub {
        name.push(' ');
        name.push_str(sub);
    }
    Refusal::Unknown { name }
}

fn quiz(bank: &QuestionBank, given: &Given<'_>) -> Result<Wanted, Refusal> {
    let topic = given
        .text("topic")?
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| bad("topic", "", "the name of a topic, any, or words of a question"))?;
    Ok(Wanted {
        subject: topics::parse_subject(bank, &topic)?,
        level: given.word("level", &Level::ALL, Level::as_str)?,
        kind: given.word("kind", &Kind::ALL, Kind::as_str)?,
    })
}

fn daily(bank: &QuestionBank, sub: &str, given: &Given<'_>) -> Result<DailyCall, Refusal> {
    if sub == "list" {
        return Ok(DailyCall::List);
    }
    let channel = given.channel("channel")?;
    let call = match sub {
        "set" => DailyCall::Set {
            channel,
            at: given.read("at", clock::parse, |_| clock::EXPECTED.to_owned())?,
            zone: given.zone("time_zone")?,
            days: given.read("days", days::parse, |_| days::EXPECTED.to_owned())?,
            topics: given.topics(bank, "topics")?,
        },
        "pause" => DailyCall::Pause { channel },
        "resume" => DailyCall::Resume { channel },
        "skip" => DailyCall::Skip { channel },
        "now" => DailyCall::Now { channel },
        "status" => DailyCall::Status { channel },
        "remove" => DailyCall::Remove { channel },
        _ => {
            return Err(Refusal::Unknown { name: format!("/daily {sub}") });
        }
    };
    Ok(call)
}

fn mock(plans: &Plans, sub: &str, given: &Given<'_>) -> Result<MockCall, Refusal> {
    let call = match sub {
        "start" => {
            let plan = given
                .text("plan")?
                .filter(|text| !text.trim().is_empty())
                .ok_or_else(|| bad("plan", "", "the name of a plan; `/mock plans` lists them"))?;
            let mut interviewers = Vec::new();
            for option in ["interviewer", "interviewer2", "interviewer3"] {
                interviewers.extend(given.member(option)?);
            }
            MockCall::Start {
                plan: mock::parse_plan(plans, &plan)?,
                candidate: given.member("candidate")?,
                interviewers,
                public: given.flag("public")?.unwrap_or(false),
            }
        }
        "end" => MockCall::End,
        "pause" => MockCall::Pause,
        "resume" => MockCall::Resume,
        "swap" => MockCall::Swap,
        "status" => MockCall::Status,
        "history" => MockCall::History,
        "plans" => MockCall::Plans,
        _ => return Err(Refusal::Unknown { name: format!("/mock {sub}") }),
    };
    Ok(call)
}

fn bad(option: &str, given: &str, expected: &str) -> Refusal {
    Refusal::BadOption {
        option: option.to_owned(),
        given: given.to_owned(),
        expected: expected.to_owned(),
    }
}

/// The options that were given, all of which the command has.
struct Given<'a>(&'a Invocation);

impl<'a> Given<'a> {
    fn of(invocation: &'a Invocation) -> Result<Self, Refusal> {
        let options: &[OptionSpec] = Command::named(&invocation.name)
            .and_then(|command| command.options_of(invocation.sub.as_deref()))
            .ok_or_else(|| unknown(invocation))?;
        // An option that is not in the table comes from a registration of another version; to
        // leave it out would do something that nobody asked for.
        match invocation
            .options
            .iter()
            .find(|(name, _)| !options.iter().any(|option| option.name == name))
        {
            None => Ok(Self(invocation)),
            Some((name, _)) => {
                Err(Refusal::Unknown { name: format!("/{} {name}", invocation.name) })
            }
        }
    }

    fn text(&self, option: &str) -> Result<Option<String>, Refusal> {
        match self.0.option(option) {
            None => Ok(None),
            Some(OptionValue::Text(text)) => Ok(Some(text.clone())),
            Some(OptionValue::Number(number)) => Ok(Some(number.to_string())),
            Some(
                other @ (OptionValue::Flag(_) | OptionValue::Member(_) | OptionValue::Channel(_)),
            ) => Err(bad(option, &shown(other), "a text")),
        }
    }

    /// A text that is more than blanks.
    fn filled(&self, option: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(option)?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn read<T>(
        &self,
        option: &str,
        read: impl Fn(&str) -> Option<T>,
        expected: impl Fn(&str) -> String,
    ) -> Result<Option<T>, Refusal> {
        self.text(option)?
            .map(|text| read(&text).ok_or_else(|| bad(option, &text, &expected(&text))))
            .transpose()
    }

    fn word<T: Copy>(
        &self,
        option: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>, Refusal> {
        let read = |text: &str| {
            all.iter().copied().find(|value| text.trim().eq_ignore_ascii_case(word(*value)))
        };
        let words: Vec<&str> = all.iter().copied().map(&word).collect();
        self.read(option, read, |_| format!("one of {}", words.join(", ")))
    }

    fn zone(&self, option: &str) -> Result<Option<Zone>, Refusal> {
        self.read(option, zones::parse, zones::expected)
    }

    fn topics(&self, bank: &QuestionBank, option: &str) -> Result<Option<Vec<Topic>>, Refusal> {
        self.text(option)?.map(|text| topics::parse_many(bank, &text)).transpose()
    }

    fn number(&self, option: &str, (least, most): (u8, u8)) -> Result<Option<u8>, Refusal> {
        let read =
            |text: &str| text.trim().parse().ok().filter(|number| (least..=most).contains(number));
        self.read(option, read, |_| format!("a number from {least} to {most}"))
    }

    fn flag(&self, option: &str) -> Result<Option<bool>, Refusal> {
        match self.0.option(option) {
            None => Ok(None),
            Some(OptionValue::Flag(flag)) => Ok(Some(*flag)),
            Some(
                other @ (OptionValue::Text(_)
                | OptionValue::Number(_)
                | OptionValue::Member(_)
                | OptionValue::Channel(_)),
            ) => Err(bad(option, &shown(other), "true or false")),
        }
    }

    fn member(&self, option: &str) -> Result<Option<MemberId>, Refusal> {
        match self.0.option(option) {
            None => Ok(None),
            Some(OptionValue::Member(member)) => Ok(Some(*member)),
            Some(
                other @ (OptionValue::Text(_)
                | OptionValue::Number(_)
                | OptionValue::Flag(_)
                | OptionValue::Channel(_)),
            ) => Err(bad(option, &shown(other), "a member")),
        }
    }

    fn channel(&self, option: &str) -> Result<Option<ChannelId>, Refusal> {
        match self.0.option(option) {
            None => Ok(None),
            Some(OptionValue::Channel(channel)) => Ok(Some(*channel)),
            Some(
                other @ (OptionValue::Text(_)
                | OptionValue::Number(_)
                | OptionValue::Flag(_)
                | OptionValue::Member(_)),
            ) => Err(bad(option, &shown(other), "a channel")),
        }
    }
}

/// A value as its sender would know it again.
fn shown(value: &OptionValue) -> String {
    match value {
        OptionValue::Text(text) => text.clone(),
        OptionValue::Number(number) => number.to_string(),
        OptionValue::Flag(flag) => flag.to_string(),
        OptionValue::Member(member) => member.to_string(),
        OptionValue::Channel(channel) => channel.to_string(),
    }
}

#[cfg(test)]
mod tests;
