//! Days of the week as people write them: `mon-fri`, `mon,wed,fri`, `daily`, `weekdays`.

use jiff::civil::Weekday;

use super::complete::Choice;
use crate::practice::rules::Days;

/// What would have been understood, to be said after "should be".
pub(super) const EXPECTED: &str =
    "days of the week, such as mon-fri, or mon,wed,fri, or daily, or weekdays";

/// The days by their names.
pub(super) const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// The usual sets of days, as they are offered.
const USUAL: [(&str, &str); 5] = [
    ("Monday to Friday", "mon-fri"),
    ("Every day", "daily"),
    ("Monday, Wednesday, Friday", "mon,wed,fri"),
    ("Tuesday, Thursday", "tue,thu"),
    ("Saturday, Sunday", "weekends"),
];

/// Reads days of the week; `None` where the text names none.
pub(super) fn parse(text: &str) -> Option<Days> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "daily" | "all" | "any" | "every day" | "everyday" => return Some(Days::ALL),
        "weekdays" | "weekday" | "workdays" | "working days" => return Some(Days::WORKDAYS),
        "weekends" | "weekend" => {
            return Some(Days::from_iter([Weekday::Saturday, Weekday::Sunday]));
        }
        _ => {}
    }
    let mut days = Days::NONE;
    // "mon - fri" and "mon to fri" are one range, so that blanks can stand between days.
    let text = text
        .replace(['–', '—'], "-")
        .replace(" to ", "-")
        .replace(" - ", "-")
        .replace(" and ", ",");
    for part in text.split([',', ';', ' ', '+', '/']) {
        if part.is_empty() {
            continue;
        }
        match part.split_once('-') {
            Some((from, to)) => days = with_range(days, day(from)?, day(to)?),
            None => days = days.with(day(part)?),
        }
    }
    (!days.is_empty()).then_some(days)
}

/// Adds all days from one to the other, over the end of the week where need be.
fn with_range(mut days: Days, from: Weekday, to: Weekday) -> Days {
    for day in from.cycle_forward().take(7) {
        days = days.with(day);
        if day == to {
            break;
        }
    }
    days
}

/// A day by its English name or its beginning, two letters at least.
pub(super) fn day(text: &str) -> Option<Weekday> {
    let text = text.trim_end_matches('.');
    let mut found = WEEK.iter().filter(|(_, name)| {
        text.len() >= 2 && (name.starts_with(text) || *name == text.trim_end_matches('s'))
    });
    let (day, _) = found.next()?;
    found.next().is_none().then_some(*day)
}

/// The sets of days that fit what was typed so far.
pub(super) fn complete(partial: &str) -> Vec<Choice> {
    let typed = partial.trim().to_lowercase();
    let mut choices = Vec::new();
    if !typed.is_empty() && parse(&typed).is_some() {
        choices.extend(Choice::new(&typed, &typed));
    }
    for (label, value) in USUAL {
        let fits = label.to_lowercase().contains(&typed) || value.contains(&typed);
        if fits && value != typed {
            choices.extend(Choice::new(&format!("{label} ({value})"), value));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match parse(text) {
            None => "-".to_owned(),
            Some(days) => days
                .iter()
                .map(|day| match day {
                    Weekday::Monday => '1',
                    Weekday::Tuesday => '2',
                    Weekday::Wednesday => '3',
                    Weekday::Thursday => '4',
                    Weekday::Friday => '5',
                    Weekday::Saturday => '6',
                    Weekday::Sunday => '7',
                })
                .collect(),
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, days) in [
            ("mon-fri", "12345"),
            ("mon,wed,fri", "135"),
            ("Mon, Wed and Fri", "135"),
            ("daily", "1234567"),
            ("weekdays", "12345"),
            ("Weekends", "67"),
            ("fri-mon", "1567"),
            ("mon - wed, sat", "1236"),
            ("mon to wed", "123"),
            ("mon–wed", "123"),
            ("tu th", "24"),
            ("Tuesdays", "2"),
            ("tues.", "2"),
            ("sunday", "7"),
            ("mon,mon", "1"),
        ] {
            assert_eq!(read(text), days, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_days() {
        for text in ["", ",", "t", "s", "m", "never", "mon-", "-", "mon-xyz", "mon,xyz", "1-5"] {
            assert_eq!(read(text), "-", "{text}");
        }
    }

    #[test]
    fn the_usual_days_are_offered_and_can_be_read() {
        assert_eq!(complete("").len(), USUAL.len());
        for choice in complete("") {
            assert!(parse(&choice.value).is_some(), "{}", choice.value);
        }
        assert_eq!(complete("mon-th").first().unwrap().value, "mon-th");
        assert_eq!(complete("every").first().unwrap().value, "daily");
        assert!(complete("xyz").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,30}") {
            prop_assert!(parse(&text).is_none_or(|days| !days.is_empty()));
            prop_assert!(complete(&text).len() <= 25);
        }
    }
}
