//! What is offered while a command is typed.

use super::table::{Command, Completion, Value};
use super::{Invocation, OptionValue, days, mock, topics, zones};
use crate::bank::QuestionBank;
use crate::plans::Plans;

/// Discord shows at most 25 suggestions.
pub(super) const MOST: usize = 25;

/// Labels and values have at most 100 characters; UTF-16 units are the stricter reading.
const LONGEST: usize = 100;

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
pub fn complete(bank: &QuestionBank, plans: &Plans, invocation: &Invocation) -> Vec<Choice> {
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
        Completion::Subject => topics::complete_subject(bank, partial),
        Completion::Topic => topics::complete_one(bank, partial),
        Completion::Question => topics::complete_question(bank, partial),
        Completion::Topics => topics::complete_many(bank, partial),
        Completion::Zone => zones::complete(partial),
        Completion::Days => days::complete(partial),
        Completion::Plan => mock::complete_plan(plans, partial),
    }
}

#[cfg(test)]
mod tests;
