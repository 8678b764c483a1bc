//! Forms that a member fills in, before they have words.

use jiff::civil::Time;

use super::call::Flow;
use super::state::{Fault, Key};

/// A form that a member fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnFormView {
    /// A line about a fault.
    Report {
        /// The question.
        key: Key,
        /// What was asked.
        prompt: String,
        /// The fault.
        fault: Fault,
    },
    /// An answer to a question.
    Typed {
        /// The question.
        key: Key,
        /// What it is part of.
        flow: Flow,
        /// What is asked.
        prompt: String,
        /// What was typed before, at most 4,000 characters.
        before: String,
    },
    /// The quiet hours.
    Quiet {
        /// As they are.
        quiet: Option<(Time, Time)>,
    },
}
