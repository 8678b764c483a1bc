//! The map of the team and the leaderboard: what everybody may see. Names only of those who share.

use jiff::civil::Date;

use super::press;
use super::say::{lines, short, who};
use crate::practice::ids::MemberId;
use crate::practice::own::OwnPress;
use crate::practice::own::call::Period;
use crate::practice::own::view::{Place, TeamTopic, TeamView};
use crate::words::text::{count, listed, short_date};
use crate::words::{Button, Message, color, framed};

/// Blocks of a bar.
const BAR: usize = 10;
/// Characters of the list of topics.
const LIST: usize = 3_600;

/// A part of a whole as blocks, in code so that all bars are equally long: "███████░░░".
pub(super) fn bar(parts: &[(u16, char)], of: u16) -> String {
    let whole = usize::from(of).max(1);
    let mut text = String::new();
    let (mut sum, mut drawn) = (0, 0);
    for (part, sign) in parts {
        sum += usize::from(*part);
        let end = (sum * BAR).div_ceil(whole).min(BAR);
        let end = if *part > 0 { end.max((drawn + 1).min(BAR)) } else { end.max(drawn) };
        text.extend(std::iter::repeat_n(*sign, end - drawn));
        drawn = end;
    }
    text.extend(std::iter::repeat_n('░', BAR.saturating_sub(drawn)));
    format!("`{text}`")
}

/// The map of the team.
pub(super) fn team(view: &TeamView) -> Message {
    let (members, share) = view.members;
    let head = match members {
        0 => "Nobody has practiced in the last 30 days.".to_owned(),
        some => format!(
            "{} practiced in the last 30 days; {share} of them let {} be seen.",
            count(big(some), "member", "members"),
            if share == 1 { "their name" } else { "their names" },
        ),
    };
    let topics: Vec<String> = view.topics.iter().map(topic).collect();
    let text = format!("{head}\n\n{}", lines(&topics, LIST));
    let mut message = framed("The map of the team", text.trim_end(), color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        for (name, topics) in [("Strongest", &view.strongest), ("Weakest", &view.weakest)] {
            let topics: Vec<String> = topics.iter().map(|title| short(title, 80)).collect();
            if !topics.is_empty() {
                embed.fields.push((name.to_owned(), listed(&topics)));
            }
        }
        embed.footer = String::from(
            "Bars: questions that somebody met; where fewer than three members did, only those are \
             counted who share their name. “Known” is rounded, and told once three members \
             graded three questions each, so that nobody's answers can be read from it.",
        );
    }
    message.rows = vec![vec![settings()]];
    message
}

fn topic(topic: &TeamTopic) -> String {
    let met = topic.met.min(topic.of);
    let known = topic.known.map_or_else(String::new, |share| format!(" · about {share} % known"));
    let who: Vec<String> = topic.who.iter().take(3).copied().map(who).collect();
    let who = if who.is_empty() { String::new() } else { format!(" · {}", who.join(" ")) };
    let by = match met {
        0 => format!("none of {} yet", topic.of),
        _ => format!("{met} of {} by {}", topic.of, count(big(topic.members), "member", "members")),
    };
    let title = short(&topic.title, 60);
    format!("{} **{title}**\n-# {by}{known}{who}", bar(&[(met, '█')], topic.of))
}

/// The leaderboard.
pub(super) fn leaderboard(period: Period, from: Date, places: &[Place], more: usize) -> Message {
    let title = match period {
        Period::Week => "Leaderboard: this week",
        Period::Month => "Leaderboard: this month",
        Period::Year => "Leaderboard: the last 53 weeks",
    };
    let since = format!("Since {}.", short_date(from));
    let text = if places.is_empty() {
        format!("{since} Nobody is on it yet. **My settings** puts you on it.")
    } else {
        let list: Vec<String> = places.iter().map(place).collect();
        let more = if more > 0 { format!("\n… and {more} more.") } else { String::new() };
        format!("{since}\n\n{}{more}", lines(&list, LIST))
    };
    let mut message = framed(title, text, color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        embed.footer = String::from(
            "Practice days count first, then different questions: the same one again \
                        adds nothing. Only those are listed who want to.",
        );
    }
    message.rows = vec![vec![settings()]];
    message
}

fn place(place: &Place) -> String {
    format!(
        "**{}.** {}: {}, {}",
        place.place,
        who(place.member),
        count(place.days.into(), "day", "days"),
        count(place.questions.into(), "question", "questions"),
    )
}

/// Who did the most: for the weekly post.
pub(super) fn did((member, days, questions): (MemberId, u16, u16)) -> String {
    format!(
        "{}: {}, {}",
        who(member),
        count(days.into(), "day", "days"),
        count(questions.into(), "question", "questions")
    )
}

/// Everybody may press it, and sees their own.
fn settings() -> Button {
    press(OwnPress::Settings, "My settings")
}

/// A count as it is said.
pub(super) fn big(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
