//! Times of day, days of the week and zones as people write them: what is understood is understood
//! again from its own spelling, and what is offered is understood.

use mockingbird::command::{Invocation, OptionValue, complete, parse};
use mockingbird::practice::input::{Call, DailyCall};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::view::View;
use mockingbird::zone::Zone;

use super::plans::plans;
use super::search::bank;
use super::shown;

pub(super) fn holds(text: &str) {
    let text: String = text.chars().take(6_000).collect();
    for option in ["at", "days", "time_zone"] {
        match set(option, &text) {
            Ok(understood) => assert_eq!(set(option, &understood).as_ref(), Ok(&understood)),
            Err(refusal) => {
                let named = matches!(&refusal, Refusal::BadOption { option: named, .. }
                    if named == option);
                assert!(named, "{refusal:?}");
                shown::is_inert(&View::Refusal(refusal));
            }
        }
    }
    for option in ["days", "time_zone"] {
        for choice in complete(bank(), plans(), &invocation(option, &text)) {
            let understood = set(option, &choice.value);
            assert!(understood.is_ok(), "{choice:?} is offered and not understood");
        }
    }
    match Zone::find(&text) {
        Ok(zone) => assert_eq!(set("time_zone", &text).as_deref(), Ok(zone.name())),
        Err(Some(meant)) => assert!(Zone::named(&meant).is_some(), "{meant}"),
        Err(None) => {}
    }
}

fn invocation(option: &str, text: &str) -> Invocation {
    Invocation {
        name: "daily".to_owned(),
        sub: Some("set".to_owned()),
        options: vec![(option.to_owned(), OptionValue::Text(text.to_owned()))],
        focused: Some(option.to_owned()),
    }
}

/// What is understood, in its own spelling.
fn set(option: &str, text: &str) -> Result<String, Refusal> {
    let call = parse(bank(), plans(), &invocation(option, text))?;
    let Call::Daily(DailyCall::Set { at, zone, days, .. }) = call else {
        panic!("{text:?} means {call:?}");
    };
    let at = at.map(|at| format!("{:02}:{:02}", at.hour(), at.minute()));
    let zone = zone.map(|zone| zone.name().to_owned());
    let understood = at.or(zone).or(days.map(|days| days.to_string()));
    Ok(understood.expect("the option was given"))
}
