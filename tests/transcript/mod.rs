//! How a story is written down: what happens when, and what people read then, with names instead
//! of ids and moments in words. It knows no rules and tells no story.

use std::fmt::Write;

use jiff::Timestamp;
use mockingbird::words::Message;

/// Writes a line down, and what is read below it.
pub(crate) fn say(told: &mut String, now: Timestamp, line: &str, body: Option<&str>) {
    let time = now.strftime("%a %H:%M");
    writeln!(told, "{time}  {line}").expect("a string takes it");
    for line in body.into_iter().flat_map(str::lines) {
        writeln!(told, "{}", format!("           {line}").trim_end()).expect("a string takes it");
    }
}

/// A message as it is read now; it keeps within Discord's limits.
pub(crate) fn page(message: &Message, now: Timestamp) -> String {
    assert_eq!(message.violations(), Vec::<String>::new(), "within Discord's limits");
    readable(&message.to_text(), now)
}

/// Moments in words, as they are read now.
fn readable(text: &str, now: Timestamp) -> String {
    let mut readable = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<t:") {
        let (moment, after) = after.split_once('>').expect("a moment ends");
        let (seconds, style) = moment.split_once(':').expect("a moment has a style");
        let at = Timestamp::from_second(seconds.parse().expect("a number")).expect("a moment");
        readable.push_str(before);
        match style {
            "R" => readable.push_str(&so_long(at.as_second() - now.as_second())),
            "t" => write!(readable, "{}", at.strftime("%H:%M")).expect("it fits"),
            "D" => write!(readable, "{}", at.strftime("%B %-d, %Y")).expect("it fits"),
            _ => write!(readable, "{}", at.strftime("%a %b %-d, %H:%M UTC")).expect("it fits"),
        }
        rest = after;
    }
    readable + rest
}

/// "in 10 minutes", "a day ago", as the client counts.
fn so_long(seconds: i64) -> String {
    let units = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)];
    let most = seconds.abs();
    let (unit, size) = units.into_iter().find(|(_, size)| most >= *size).unwrap_or(("second", 1));
    let count = match most / size {
        0 => return "now".to_owned(),
        1 => format!("{} {unit}", if unit == "hour" { "an" } else { "a" }),
        more => format!("{more} {unit}s"),
    };
    if seconds < 0 { format!("{count} ago") } else { format!("in {count}") }
}
