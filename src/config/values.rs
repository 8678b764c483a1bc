//! Reads the values of the config file that are more than a text or a number. It does not know
//! which setting they are for.

use jiff::SignedDuration;
use jiff::civil::Time;

use crate::days::Days;
use crate::yaml::{Node, Report, TextRule, Value, one_of};
use crate::zone::Zone;

/// Longest value that is looked at.
const VALUE: TextRule = TextRule::line(300);

/// Reads a zone.
pub(super) fn zone(report: &mut Report<'_>, node: &Node, name: &str) -> Option<Zone> {
    let text = report.text(node, name, VALUE)?;
    match Zone::find(&text) {
        Ok(zone) => Some(zone),
        Err(meant) => {
            let meant = meant.map_or_else(String::new, |zone| format!("did you mean `{zone}`? "));
            report.say(
                node.at,
                &format!("unknown time zone `{text}`"),
                &format!("{meant}Write an IANA name such as `Europe/Berlin` or `UTC`"),
            );
            None
        }
    }
}

/// Reads a time of day, hours and minutes.
pub(super) fn time(report: &mut Report<'_>, node: &Node, name: &str) -> Option<Time> {
    let text = report.text(node, name, VALUE)?;
    let time = parse_time(&text);
    if time.is_none() {
        let mended = parse_time(&format!("0{text}")).map(|_| format!(": `\"0{text}\"`"));
        report.say(
            node.at,
            &format!("`{text}` is not a time of day"),
            &format!(
                "write hours and minutes from `\"00:00\"` to `\"23:59\"`, in quotes{}",
                mended.unwrap_or_default()
            ),
        );
    }
    time
}

fn parse_time(text: &str) -> Option<Time> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<i8>().ok() } else { None }
    };
    Time::new(two(hours)?, two(minutes)?, 0, 0).ok()
}

/// Reads a set of weekdays, at least one.
pub(super) fn days(report: &mut Report<'_>, node: &Node, name: &str) -> Option<Days> {
    let words = Days::words().map(|(day, word)| (word, day));
    let nodes = report.list(node, name, 7);
    let days: Days =
        nodes.iter().filter_map(|node| one_of(report, node, "weekday", &words)).collect();
    if matches!(&node.value, Value::List(nodes) if nodes.is_empty()) {
        report.say(node.at, &format!("`{name}` is empty"), "name at least one of mon to sun");
        return None;
    }
    (!days.is_empty()).then_some(days)
}

/// Reads a length of time between two bounds, both included.
pub(super) fn duration(
    report: &mut Report<'_>,
    node: &Node,
    name: &str,
    (least, most): (SignedDuration, SignedDuration),
) -> Option<SignedDuration> {
    let text = report.text(node, name, VALUE)?;
    let help =
        format!("write something from `{least:#}` to `{most:#}`, such as `90s`, `5m` or `1h30m`");
    let Ok(duration) = text.parse::<SignedDuration>() else {
        report.say(node.at, &format!("`{text}` is not a length of time"), &help);
        return None;
    };
    if duration < least || duration > most {
        report.say(node.at, &format!("`{name}` is out of range: `{text}`"), &help);
        return None;
    }
    Some(duration)
}

/// Reads the id of a channel.
pub(super) fn channel(report: &mut Report<'_>, node: &Node) -> Option<u64> {
    if let Value::Integer(_) | Value::Float = node.value {
        let raw = report.source.raw(node).unwrap_or_default().to_owned();
        report.say(
            node.at,
            "the id of a channel must be in quotes",
            &format!("write `\"{raw}\"`: other tools round numbers of this size"),
        );
        return None;
    }
    let text = report.text(node, "channel", VALUE)?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && (17..=20).contains(&text.len());
    let id = if digits { text.parse().ok() } else { None };
    if id.is_none() {
        report.say(
            node.at,
            &format!("`{text}` is not the id of a channel"),
            "it has 17 to 20 digits: switch on the developer mode of Discord, right-click the \
             channel and choose Copy Channel ID",
        );
    }
    id
}

/// Reads the emoji of the reveal.
pub(super) fn emoji(report: &mut Report<'_>, node: &Node) -> Option<String> {
    let text = report.text(node, "emoji", VALUE)?;
    if super::emoji::is_emoji(&text) {
        return Some(text);
    }
    let help = if text.starts_with('<') {
        "emojis of a single server are not supported: choose one that every keyboard has, such as 💡"
    } else if text.starts_with(':') {
        "write the emoji itself, such as \"💡\", not its name"
    } else {
        "write exactly one emoji, such as \"💡\""
    };
    report.say(node.at, &format!("`{text}` is not an emoji"), help);
    None
}
