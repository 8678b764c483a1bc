//! The questions of the day: what was done, what they are, how they went.

use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::limits::FIELD_VALUE;
use super::text::{clip, clock, count, days, one_line, short_date, units};
use super::{Message, color, framed};
use crate::bank::Topic;
use crate::practice::daily::{DailyResult, Management};
use crate::practice::effect::Failure;
use crate::practice::rules::Schedule;
use crate::practice::view::{DailyDone, DailyView};

/// A list ends here, so that it stays one message that can be read.
const LIST: usize = 3_000;

pub(super) fn changed(done: DailyDone, daily: &DailyView) -> Message {
    let channel = daily.channel;
    let (title, text) = match done {
        DailyDone::Set => ("Daily set", format!("<#{channel}> gets a question of the day.")),
        DailyDone::Paused => (
            "Daily paused",
            format!("<#{channel}> gets no question of the day until `/daily resume`."),
        ),
        DailyDone::Resumed => {
            ("Daily resumed", format!("<#{channel}> gets its question of the day again."))
        }
        DailyDone::Skipped => {
            let which = daily.skip.map_or_else(
                || "The next one".to_owned(),
                |date| format!("The one of {}", short_date(date)),
            );
            let text =
                format!("{which} is left out in <#{channel}>. `/daily resume` takes that back.");
            ("Daily skipped", text)
        }
        DailyDone::Posting => {
            ("Daily on its way", format!("Today's question for <#{channel}> is on its way."))
        }
        DailyDone::Removed => {
            ("Daily removed", format!("<#{channel}> gets no question of the day any more."))
        }
    };
    let mut message = framed(title, text, color::STATE);
    let details = match done {
        DailyDone::Set | DailyDone::Resumed | DailyDone::Skipped | DailyDone::Paused => true,
        DailyDone::Posting | DailyDone::Removed => false,
    };
    if details && let Some(embed) = message.embeds.first_mut() {
        embed.fields.push(("When".to_owned(), schedule(&daily.schedule)));
        embed.fields.push(("Next".to_owned(), next(daily)));
        embed.fields.push(("Questions".to_owned(), questions(daily)));
    }
    message
}

pub(super) fn list(dailies: &[DailyView]) -> Message {
    let title = "Questions of the day";
    if dailies.is_empty() {
        let text = "No channel has one yet. `/daily set at:09:00` gives this channel one.";
        return framed(title, text, color::STATE);
    }
    let mut text = String::new();
    for (index, daily) in dailies.iter().enumerate() {
        let entry = entry(daily);
        if units(&text) + units(&entry) > LIST {
            let rest = count(dailies.len() - index, "channel", "channels");
            let _ = write!(text, "… and {rest} more.");
            break;
        }
        text.push_str(&entry);
        text.push('\n');
    }
    framed(title, text.trim_end(), color::STATE)
}

fn entry(daily: &DailyView) -> String {
    let managed = match daily.managed {
        Management::Config => " (config file)",
        Management::Command => "",
    };
    let state = match &daily.last {
        _ if daily.underway.is_some() => " Today's is not there yet: see `/daily status`.",
        // Nobody can name a channel that is gone, so this is the place to say it.
        Some((_, DailyResult::Refused(Failure::ChannelGone), _)) => " The channel is gone.",
        Some((_, DailyResult::Refused(_) | DailyResult::NothingFits, _)) => {
            " The last one failed: see `/daily status`."
        }
        Some((_, DailyResult::Posted { .. } | DailyResult::Skipped | DailyResult::Missed, _))
        | None => "",
    };
    format!(
        "- <#{}>{managed}: {}. {}{state}",
        daily.channel,
        clip(&schedule(&daily.schedule), 400),
        next(daily),
    )
}

pub(super) fn status(daily: &DailyView) -> Message {
    let mut message = framed("Question of the day", format!("<#{}>", daily.channel), color::STATE);
    let mut fields = vec![
        ("When".to_owned(), schedule(&daily.schedule)),
        ("Next".to_owned(), next(daily)),
        ("Last".to_owned(), last(daily)),
        ("Questions".to_owned(), questions(daily)),
    ];
    if let Some((date, again)) = daily.underway {
        fields.insert(1, ("Now".to_owned(), underway(date, again)));
    }
    match daily.managed {
        Management::Config => fields.push((
            "Managed".to_owned(),
            "In the config file of the bot, under `daily:`. Whoever runs the bot can change it \
             there."
                .to_owned(),
        )),
        Management::Command => {}
    }
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = fields;
    }
    message
}

/// "09:00 Europe/Berlin, Mon to Fri, all topics".
fn schedule(schedule: &Schedule) -> String {
    let topics = if schedule.topics.is_empty() {
        "all topics".to_owned()
    } else {
        let names: Vec<&str> = schedule.topics.iter().map(Topic::as_str).collect();
        one_line(&names.join(", "))
    };
    clip(
        &format!(
            "{} {}, {}, {topics}",
            clock(schedule.at),
            schedule.zone.name(),
            days(schedule.days),
        ),
        FIELD_VALUE,
    )
}

/// What keeps a daily from standing where it should.
fn underway(date: Date, again: Option<Timestamp>) -> String {
    let date = short_date(date);
    match again {
        None => format!("{date}: not there yet, but on its way."),
        Some(again) => format!(
            "{date}: not there yet, because Discord could not be reached or did not take it. I try \
             again <t:{}:R>.",
            again.as_second()
        ),
    }
}

fn next(daily: &DailyView) -> String {
    let mut text = match (daily.paused, daily.next) {
        (true, _) => "Paused; `/daily resume` goes on.".to_owned(),
        (false, None) => "None.".to_owned(),
        (false, Some(next)) => format!("{}.", moment(next)),
    };
    if let Some(date) = daily.skip {
        let _ = write!(text, " {} is left out.", short_date(date));
    }
    text
}

/// A moment that everybody sees in their own zone, and how far it is away.
fn moment(at: Timestamp) -> String {
    let seconds = at.as_second();
    format!("<t:{seconds}:F> (<t:{seconds}:R>)")
}

fn last(daily: &DailyView) -> String {
    let Some((date, result, at)) = &daily.last else {
        return "None yet.".to_owned();
    };
    let text = format!(
        "{} ({}): {}",
        short_date(*date),
        format_args!("<t:{}:R>", at.as_second()),
        outcome(result, daily),
    );
    clip(&text, FIELD_VALUE)
}

fn outcome(result: &DailyResult, daily: &DailyView) -> String {
    match result {
        DailyResult::Posted { late } if *late < 60 => "posted on time.".to_owned(),
        DailyResult::Posted { late } => format!("posted {} late.", span(i64::from(*late))),
        DailyResult::Skipped => "left out, as you asked.".to_owned(),
        DailyResult::Missed => missed(daily.schedule.catch_up),
        DailyResult::NothingFits => format!("not posted: {}", nothing_fits(daily.managed)),
        DailyResult::Refused(failure) => format!("not posted. {}", refused(failure, daily)),
    }
}

fn missed(catch_up: SignedDuration) -> String {
    let rule = if catch_up.as_secs() < 60 {
        "a missed question does not come late here".to_owned()
    } else {
        format!(
            "a missed question comes up to {} late, on the same day only",
            span(catch_up.as_secs())
        )
    };
    format!("not posted: I was away ({rule}).")
}

fn nothing_fits(managed: Management) -> String {
    let way = match managed {
        Management::Command => "`/daily set topics:` chooses other topics.",
        Management::Config => "Its topics stand in the config file.",
    };
    format!("no question of the bank fits. {way}")
}

fn refused(failure: &Failure, daily: &DailyView) -> String {
    let channel = daily.channel;
    let again = "I try again at the next date.";
    match failure {
        Failure::NotAllowed => format!(
            "I may not post in <#{channel}>: give me View Channel, Send Messages and Embed Links \
             there. {again}"
        ),
        Failure::ChannelGone => match daily.managed {
            Management::Command => "The channel is gone. `/daily remove` forgets it.".to_owned(),
            Management::Config => {
                "The channel is gone. Please take it out of the config file.".to_owned()
            }
        },
        Failure::MessageGone => format!("Its message was deleted. {again}"),
        Failure::NotHere => format!(
            "<#{channel}> takes no messages at the moment: it may be archived, locked or full. \
             {again}"
        ),
        Failure::Late => format!("Discord took the answer too late. {again}"),
        Failure::Refused { code, reason } => {
            format!("Discord refused it ({code}: {}). {again}", said(reason))
        }
        Failure::Unavailable { reason } => {
            format!("Discord could not be reached ({}). {again}", said(reason))
        }
    }
}

/// A reason in somebody else's words.
pub(super) fn said(reason: &str) -> String {
    let text = clip(&one_line(reason).replace('`', "'"), 200);
    if text.is_empty() { "no reason given".to_owned() } else { super::markup::contained(&text) }
}

/// "6 h", "2 h 5 min", "5 min".
fn span(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn questions(daily: &DailyView) -> String {
    let (fit, unseen) = daily.fitting;
    match fit {
        0 => nothing_fits(daily.managed).replacen("no", "No", 1),
        _ => {
            format!("{}, {unseen} of them not yet seen in this channel.", count(fit, "fits", "fit"))
        }
    }
}
