//! What is offered while a command is typed.

use super::table::{Command, Completion, Value};
use super::{Invocation, OptionValue, days, topics, zones};
use crate::bank::QuestionBank;

/// Discord shows at most 25 suggestions.
pub(super) const MOST: usize = 25;

/// Labels and values have at most 100 characters; UTF-16 units are the stricter reading.
const LONGEST: usize = 100;

/// Below this likeness (0 to 1, Jaro-Winkler) a word is not what was meant.
const ALIKE: f64 = 0.85;

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is shown, 1 to 100 characters.
    pub label: String,
    /// What is sent, 1 to 100 characters.
    pub value: String,
}

impl Choice {
    /// A suggestion with its label cut to size; `None` where the value is too long to be sent,
    /// because half a value is another one.
    pub(super) fn new(label: &str, value: &str) -> Option<Self> {
        let fits = !value.is_empty() && value.encode_utf16().count() <= LONGEST;
        fits.then(|| Self { label: crate::words::clip(label, LONGEST), value: value.to_owned() })
    }
}

/// The suggestions for the option that is being typed: at most 25, best first; none where there is
/// nothing to suggest.
pub fn complete(bank: &QuestionBank, invocation: &Invocation) -> Vec<Choice> {
    let Some(focused) = invocation.focused.as_deref() else {
        return Vec::new();
    };
    let spec = Command::named(&invocation.name)
        .and_then(|command| command.options_of(invocation.sub.as_deref()))
        .and_then(|options| options.iter().find(|option| option.name == focused));
    let partial = match invocation.option(focused) {
        Some(OptionValue::Text(text)) => text.as_str(),
        None
        | Some(
            OptionValue::Number(_)
            | OptionValue::Flag(_)
            | OptionValue::Member(_)
            | OptionValue::Channel(_),
        ) => "",
    };
    let Some(Value::Completed(completion)) = spec.map(|spec| spec.value) else {
        return Vec::new();
    };
    match completion {
        Completion::Topic => topics::complete_one(bank, partial),
        Completion::Topics => topics::complete_many(bank, partial),
        Completion::Zone => zones::complete(partial),
        Completion::Days => days::complete(partial),
    }
}

/// The items that fit what was typed, best first: the same name, one that begins so, one with a
/// word that begins so, one with that in it; and where there are none of these, those that are
/// spelled alike, nearest first. Nothing typed fits everything.
pub(super) fn matches<T: Ord + Clone>(
    typed: &str,
    items: &[T],
    names: impl Fn(&T) -> [&str; 2],
) -> Vec<T> {
    let typed = typed.trim().to_lowercase();
    let ranked = |rank: &dyn Fn(&str) -> Option<u16>| {
        let mut found: Vec<(u16, T)> = items
            .iter()
            .filter_map(|item| {
                let best =
                    names(item).into_iter().filter_map(|name| rank(&name.to_lowercase())).min()?;
                Some((best, item.clone()))
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, item)| item).collect::<Vec<T>>()
    };
    let found = ranked(&|name| part(name, &typed));
    if found.is_empty() { ranked(&|name| unlikeness(name, &typed)) } else { found }
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

#[cfg(test)]
mod tests;
