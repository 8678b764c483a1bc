//! Reports: what is wrong with a question, and the list of them for those who keep the bank.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::say::{countdown, short};
use super::{press, prompt};
use crate::bank::Question;
use crate::command::button;
use crate::practice::input::FormId;
use crate::practice::own::state::{Fault, Report};
use crate::practice::own::{Key, OwnForm, OwnPress};
use crate::words::text::count;
use crate::words::{Field, Form, Message, color, framed};

/// Reports that are shown at a time.
const SHOWN: usize = 5;
/// Characters of a member's line.
const TEXT: u16 = 300;

const fn name(fault: Fault) -> &'static str {
    match fault {
        Fault::Wrong => "Wrong",
        Fault::Outdated => "Outdated",
        Fault::Unclear => "Unclear",
    }
}

/// Which fault a question has.
pub(super) fn what(question: &Question) -> Message {
    let text = format!(
        "What is wrong with “{}”?\n\n**Wrong**: it says something that is not so.\n**Outdated**: it \
         was so once.\n**Unclear**: it cannot be understood.\n\nThose who keep the bank read it. \
         Your name is not kept with it.",
        prompt(question, 200)
    );
    let key = Key::of(&question.id);
    let button = |fault| press(OwnPress::ReportFault(key, fault), name(fault));
    let mut message = framed("Report", text, color::STATE);
    message.rows = vec![[Fault::Wrong, Fault::Outdated, Fault::Unclear].map(button).to_vec()];
    message
}

/// A line about a fault.
pub(super) fn form(key: Key, prompt: &str, fault: Fault) -> Form {
    let label = match fault {
        Fault::Wrong => "What is not so?",
        Fault::Outdated => "What has changed?",
        Fault::Unclear => "What cannot be understood?",
    };
    Form {
        custom_id: button::form_id(FormId::Own(OwnForm::Report(key, fault))),
        title: format!("Report: {}", name(fault).to_lowercase()),
        fields: vec![Field {
            label: label.to_owned(),
            placeholder: super::say::plain(&crate::words::plain(prompt), 100),
            value: String::new(),
            most: TEXT,
            required: false,
            long: true,
        }],
    }
}

/// A report was kept.
pub(super) fn kept(question: &Question, fault: Fault) -> Message {
    let text = format!(
        "Thank you. “{}” is reported as {}; those who keep the bank see it in `/reports`.",
        prompt(question, 200),
        name(fault).to_lowercase()
    );
    framed("Reported", text, color::STATE)
}

/// What was reported, oldest first.
pub(super) fn list(reports: &[(Report, Option<Arc<Question>>)], of: usize) -> Message {
    if reports.is_empty() {
        let text = "No report is open.";
        return framed("Reports", text, color::STATE);
    }
    let mut numbers = BTreeSet::new();
    let shown: Vec<&(Report, Option<Arc<Question>>)> =
        reports.iter().filter(|(report, _)| numbers.insert(report.number)).take(SHOWN).collect();
    let mut text = format!(
        "{} open. Mend the question in the bank, then settle its report.",
        count(of.max(shown.len()), "report", "reports")
    );
    for (report, question) in &shown {
        text = format!("{text}\n\n{}", entry(report, question.as_deref()));
    }
    if of > shown.len() {
        text = format!("{text}\n\n… and {} more: settle these first.", of - shown.len());
    }
    let mut message = framed("Reports", text, color::STATE);
    let settle = |number: u32| press(OwnPress::Settle(number), &format!("Settle {number}"));
    message.rows = vec![shown.iter().map(|(report, _)| settle(report.number)).collect()];
    message
}

fn entry(report: &Report, question: Option<&Question>) -> String {
    let id = report.question.as_str().replace('`', "'");
    let asked = match question {
        Some(question) => prompt(question, 200),
        None => "A question that the bank has no more".to_owned(),
    };
    let written = match report.text.trim() {
        "" => String::new(),
        text => format!("\n> {}", short(text, TEXT.into())),
    };
    format!(
        "**{}. {}**, {}\n{asked}\n-# `{}`{written}",
        report.number,
        name(report.fault),
        countdown(report.at),
        super::say::plain(&id, 100),
    )
}
