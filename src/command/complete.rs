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

/// How near what was typed is to the nearest of these names: 0 the same, 1 a beginning, 2 the
/// beginning of a word, 3 a part, 4 spelled alike; `None` where it is something else.
/// Nothing typed is the beginning of everything.
pub(super) fn closeness(typed: &str, names: &[&str]) -> Option<u8> {
    let typed = typed.to_lowercase();
    names
        .iter()
        .filter_map(|name| {
            let name = name.to_lowercase();
            if name == typed {
                Some(0)
            } else if name.starts_with(&typed) {
                Some(1)
            } else if words(&name).any(|word| word.starts_with(&typed)) {
                Some(2)
            } else if name.contains(&typed) {
                Some(3)
            } else {
                let alike = |word: &str| strsim::jaro_winkler(word, &typed) >= ALIKE;
                (alike(&name) || words(&name).any(alike)).then_some(4)
            }
        })
        .min()
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
