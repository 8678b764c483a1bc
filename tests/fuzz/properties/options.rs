//! Slash options of every command: what was asked for is understood or refused with the option's
//! name, each request gets one answer, and what is offered while typing can be chosen.
//!
//! An input is a command line by line: `daily set`, then `at=9:00`, `channel=#5`, `member=@5`,
//! `level=%5` (a number), `days=!` (a flag); `?at` is the option that is being typed.

use std::collections::BTreeSet;

use mockingbird::command::{Invocation, OptionValue, complete, parse};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, MemberId};

use super::plans::plans;
use super::search::bank;
use super::{answered, shown, units};

pub(super) fn holds(text: &str) {
    let invocation = invocation(text);
    let read = parse(bank(), plans(), &invocation);
    assert_eq!(read, parse(bank(), plans(), &invocation), "the same means the same");
    if let Err(refusal) = &read {
        shown::is_inert(&View::Refusal(refusal.clone()));
    }
    answered::once(read);
    if let Some(focused) = &invocation.focused {
        what_is_offered_can_be_chosen(&invocation, focused);
    }
}

fn what_is_offered_can_be_chosen(invocation: &Invocation, focused: &str) {
    let choices = complete(bank(), plans(), invocation);
    assert!(choices.len() <= 25, "{} choices", choices.len());
    let values: BTreeSet<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(values.len(), choices.len(), "the same is offered twice: {choices:?}");
    for choice in &choices {
        assert!((1..=100).contains(&units(&choice.label)), "{choice:?}");
        assert!((1..=100).contains(&units(&choice.value)), "{choice:?}");
        let mut chosen = invocation.clone();
        // Nothing else, so that nothing else is refused.
        chosen.options = vec![(focused.to_owned(), OptionValue::Text(choice.value.clone()))];
        assert!(parse(bank(), plans(), &chosen).is_ok(), "{choice:?} cannot be chosen");
    }
}

fn invocation(text: &str) -> Invocation {
    let mut lines = text.lines();
    let mut words = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let name = words.next().unwrap_or_default();
    let mut invocation = Invocation { name, sub: words.next(), ..Invocation::default() };
    for line in lines {
        if let Some(focused) = line.strip_prefix('?') {
            invocation.focused = Some(focused.to_owned());
        } else if let Some((option, value)) = line.split_once('=') {
            invocation.options.push((option.to_owned(), value_of(value)));
        }
    }
    invocation
}

fn value_of(text: &str) -> OptionValue {
    let number = |rest: &str| rest.parse::<u64>().ok();
    match (text.chars().next(), text.get(1..).and_then(number)) {
        (Some('#'), Some(id)) => OptionValue::Channel(ChannelId(id)),
        (Some('@'), Some(id)) => OptionValue::Member(MemberId(id)),
        (Some('%'), Some(number)) => OptionValue::Number(number.cast_signed()),
        (Some('!'), None) => OptionValue::Flag(text.len() > 1),
        _ => OptionValue::Text(text.chars().take(6_000).collect()),
    }
}
