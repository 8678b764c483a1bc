//! The weekly post, and how it stands.

use jiff::Timestamp;

use super::map::{big, did};
use super::press;
use super::say::{lines, moment, short};
use crate::practice::effect::Failure;
use crate::practice::own::OwnPress;
use crate::practice::own::state::{Digest, Week};
use crate::words::text::{clock, count, long_day, short_date};
use crate::words::{Message, color, framed};

/// What the team did in a week.
pub(super) fn week(week: &Week) -> Message {
    let title = match week.from {
        Some(from) => format!("The week from {}", short_date(from)),
        None => "The week".to_owned(),
    };
    let text = if week.members == 0 {
        "Nobody practiced this week. `/quiz` begins, `/sprint` takes fifteen minutes.".to_owned()
    } else if week.days == 0 {
        format!("{} practiced.", count(big(week.members), "member", "members"))
    } else {
        format!(
            "{} practiced: {} together, {}.",
            count(big(week.members), "member", "members"),
            count(big(week.days), "practice day", "practice days"),
            count(big(week.questions), "question", "questions"),
        )
    };
    let mut message = framed(title, text, color::STATE);
    let mut fields = Vec::new();
    if week.interviews > 0 {
        let interviews = count(big(week.interviews), "interview was", "interviews were");
        fields.push(("Interviews".to_owned(), format!("{interviews} held.")));
    }
    let title = |title: &String| short(title, 80);
    let topics = [
        week.most.as_ref().map(|most| format!("Practiced most: {}", title(most))),
        week.weakest
            .as_ref()
            .map(|weakest| format!("Missed most: {}. `/sprint topic:` takes one.", title(weakest))),
    ];
    let topics: Vec<String> = topics.into_iter().flatten().collect();
    if !topics.is_empty() {
        fields.push(("Topics".to_owned(), topics.join("\n")));
    }
    let first: Vec<String> = week.first.iter().take(5).copied().map(did).collect();
    if !first.is_empty() {
        fields.push(("Did the most".to_owned(), lines(&first, 1_000)));
    }
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields = fields;
        embed.footer = String::from(
            "Only those are named who want to; where fewer than three practiced, only they are \
             counted.",
        );
    }
    message.rows = vec![vec![press(OwnPress::Settings, "My settings")]];
    message
}

/// How the weekly post stands.
pub(super) fn status(digest: Option<&Digest>, next: Option<Timestamp>, changed: bool) -> Message {
    let Some(digest) = digest else {
        let text = if changed {
            "There is no weekly post any more."
        } else {
            "There is no weekly post. `/digest set` begins one."
        };
        return framed("Weekly post", text, color::STATE);
    };
    let head = if changed { "From now on, what" } else { "What" };
    let mut text = format!(
        "{head} the team practiced in the week is posted in <#{}> every {} at {} {}.",
        digest.channel,
        long_day(digest.day.weekday()),
        clock(digest.at),
        digest.zone.name(),
    );
    if let Some(next) = next {
        text = format!("{text}\n\nNext: {}.", moment(next));
    }
    if changed {
        text = format!(
            "{text}\n\nThere is one in seven days at most. When nobody practices, I say so once, \
             and then nothing until somebody does."
        );
    }
    if let Some(claim) = &digest.claimed {
        let again = claim.delayed.map_or_else(
            || "on its way".to_owned(),
            |again| {
                format!("Discord did not take it; I try again {}", super::say::countdown(again))
            },
        );
        text = format!("{text}\n\nThat of {}: {again}.", short_date(claim.date));
    } else if let Some(failure) = &digest.failure {
        text = format!("{text}\n\nThe last one did not come: {}", why(failure, digest));
    }
    framed("Weekly post", text, color::STATE)
}

fn why(failure: &Failure, digest: &Digest) -> String {
    let channel = digest.channel;
    match failure {
        Failure::NotAllowed => format!(
            "I may not post in <#{channel}>. Give me View Channel, Send Messages and Embed Links \
             there."
        ),
        Failure::ChannelGone => {
            "the channel is gone. `/digest set` chooses another one.".to_owned()
        }
        Failure::MessageGone => "its message was deleted.".to_owned(),
        Failure::NotHere => format!("<#{channel}> takes no messages at the moment."),
        Failure::Late => "Discord took it too late.".to_owned(),
        Failure::Refused { code, reason } => {
            format!("Discord refused it ({code}: {}).", crate::words::daily::said(reason))
        }
        Failure::Unavailable { reason } => {
            format!("Discord could not be reached ({}).", crate::words::daily::said(reason))
        }
    }
}
