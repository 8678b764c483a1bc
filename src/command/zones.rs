//! Time zones by what people call them: `Europe/Berlin`, `berlin`, `new york`. The names are those
//! of the zone database that is built into the program.

use super::complete::{Choice, MOST};
use crate::practice::rules::Zone;

/// What is offered before anything was typed: one zone for most of the inhabited hours.
const USUAL: [&str; 20] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
];

/// Below this likeness (0 to 1, Jaro-Winkler) a word is not what was meant.
const ALIKE: f64 = 0.85;

/// A longer text, in bytes, is no misspelt zone, and the comparison takes the product of both
/// lengths. The longest name of a zone has 32.
const MISSPELT: usize = 100;

/// What would have been understood, to be said after "should be".
pub(super) fn expected(given: &str) -> String {
    let nearest = matches(given).into_iter().next();
    match nearest {
        Some(name) => format!("a time zone, such as Europe/Berlin or UTC; perhaps {name}"),
        None => "a time zone, such as Europe/Berlin or UTC".to_owned(),
    }
}

/// Reads a zone by its name, or by its place where only one zone has it.
pub(super) fn parse(text: &str) -> Option<Zone> {
    let name = text.trim().replace(' ', "_");
    Zone::named(&name).or_else(|| {
        let mut same = names().into_iter().filter(|zone| place(zone).eq_ignore_ascii_case(&name));
        let found = same.next()?;
        match same.next() {
            None => Zone::named(&found),
            Some(_) => None,
        }
    })
}

/// The zones that fit what was typed so far.
pub(super) fn complete(partial: &str) -> Vec<Choice> {
    let names = if partial.trim().is_empty() {
        USUAL.iter().map(|name| (*name).to_owned()).collect()
    } else {
        matches(partial)
    };
    names.iter().filter_map(|name| Choice::new(name, name)).take(MOST).collect()
}

/// The zones that fit, best first: the same name, one that begins so, one with a word that begins
/// so, one with that in it; and where there are none of these, those that are spelled alike.
fn matches(partial: &str) -> Vec<String> {
    let typed = partial.trim().replace(' ', "_").to_lowercase();
    let found = ranked(|name| part(name, &typed));
    if found.is_empty() && typed.len() <= MISSPELT {
        ranked(|name| unlikeness(name, &typed))
    } else {
        found
    }
}

/// The zones that have a rank, lowest first; a zone is as good as its place.
fn ranked(rank: impl Fn(&str) -> Option<u16>) -> Vec<String> {
    let mut found: Vec<(u16, String)> = names()
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let best = [place(&lower), &lower].into_iter().filter_map(&rank).min()?;
            Some((best, name))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

fn part(name: &str, typed: &str) -> Option<u16> {
    if name == typed {
        Some(0)
    } else if name.starts_with(typed) {
        Some(1)
    } else if words(name).any(|word| word.starts_with(typed)) {
        Some(2)
    } else {
        name.contains(typed).then_some(3)
    }
}

/// How far the nearest word of a name is from what was typed, in thousandths.
fn unlikeness(name: &str, typed: &str) -> Option<u16> {
    let nearest =
        words(name).chain([name]).map(|word| strsim::jaro_winkler(word, typed)).fold(0.0, f64::max);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a likeness is between 0 and 1"
    )]
    let thousandths = ((1.0 - nearest) * 1_000.0) as u16;
    (nearest >= ALIKE).then_some(thousandths)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn names() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect()
}

/// `Europe/Berlin` → `Berlin`.
fn place(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_zone_is_known_by_its_name_or_its_place() {
        for (text, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("berlin", "Europe/Berlin"),
            (" new york ", "America/New_York"),
            ("utc", "UTC"),
        ] {
            assert_eq!(parse(text).unwrap().name(), name, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_zones() {
        for text in ["", "Atlantis", "+02:00", "../etc/passwd", "Europe/", "berl"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_place_leads_to_its_zone() {
        for (typed, name) in [
            ("berlin", "Europe/Berlin"),
            ("ber", "Europe/Berlin"),
            ("new y", "America/New_York"),
            ("kolk", "Asia/Kolkata"),
            ("Berln", "Europe/Berlin"),
        ] {
            let found = complete(typed);
            assert!(found.iter().take(5).any(|choice| choice.value == name), "{typed}: {found:?}");
        }
    }

    #[test]
    fn the_usual_zones_exist() {
        for name in USUAL {
            assert_eq!(parse(name).unwrap().name(), name);
        }
        assert_eq!(complete("").len(), USUAL.len());
    }

    #[test]
    fn every_zone_can_be_reached() {
        for name in names() {
            assert!(parse(&name).is_some(), "{name}");
            assert!(complete(&name).iter().any(|choice| choice.value == name), "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,30}") {
            prop_assert!(parse(&text).is_none_or(|zone| !zone.name().is_empty()));
            prop_assert!(complete(&text).len() <= MOST);
        }
    }
}
