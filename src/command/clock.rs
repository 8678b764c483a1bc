//! Times of day as people write them: `9`, `09:00`, `21.30`, `9am`, `9:30 pm`.

use jiff::civil::Time;

/// What would have been understood, to be said after "should be".
pub(super) const EXPECTED: &str = "a time of day, such as 09:00, 21:30 or 9:30 pm";

/// Reads a time of day; `None` where the text is none.
pub(super) fn parse(text: &str) -> Option<Time> {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let (clock, half) = split_half(&text);
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
        Some(_) => return None,
        None => (number(clock)?, 0),
    };
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    // 24:00 is the next day's 00:00, which nobody can have meant for sure.
    Time::new(hour, minute, 0, 0).ok()
}

/// Cuts `am` and `pm` off, and says how many hours they add.
fn split_half(text: &str) -> (&str, Option<i8>) {
    for (ending, hours) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)] {
        if let Some(clock) = text.strip_suffix(ending) {
            return (clock, Some(hours));
        }
    }
    (text, None)
}

fn number(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, hour, minute) in [
            ("9", 9, 0),
            ("0", 0, 0),
            ("9:00", 9, 0),
            ("09:00", 9, 0),
            ("9am", 9, 0),
            ("9 AM", 9, 0),
            ("21.30", 21, 30),
            ("9:30 pm", 21, 30),
            ("9:30 p.m.", 21, 30),
            ("12am", 0, 0),
            ("12:05 am", 0, 5),
            ("12pm", 12, 0),
            (" 23:59 ", 23, 59),
        ] {
            assert_eq!(parse(text), Some(time(hour, minute, 0, 0)), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in [
            "",
            "24:00",
            "25",
            "9:5",
            "9:60",
            "0am",
            "13pm",
            "noon",
            "0900",
            "9:00:00",
            "-9",
            "+9",
            "9:",
            ":30",
            "am",
            "９",
            "9 o'clock",
            "9:3 0x",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,20}") {
            prop_assert!(parse(&text).is_none_or(|time| time.second() == 0));
        }

        #[test]
        fn every_minute_is_read(hour in 0_i8..24, minute in 0_i8..60) {
            let read = parse(&format!("{hour:02}:{minute:02}"));
            prop_assert_eq!(read, Some(time(hour, minute, 0, 0)));
        }
    }
}
