//! Every topic with its questions by level, and what the member knows of them.

use super::map::bar;
use super::say::short;
use crate::bank::Level;
use crate::practice::own::view::{Coverage, TopicView};
use crate::words::text::{count, units};
use crate::words::{Message, color, framed};

/// Characters of one message, and how many messages there are at most.
const PAGE: usize = 3_600;
const PAGES: usize = 3;

/// What a topic has in all.
pub(super) fn total(topic: &TopicView) -> Coverage {
    sum(topic.levels.iter().map(|(_, coverage)| *coverage))
}

/// Several coverages as one.
pub(super) fn sum(all: impl Iterator<Item = Coverage>) -> Coverage {
    all.fold(Coverage::default(), |sum, one| Coverage {
        of: sum.of.saturating_add(one.of),
        known: sum.known.saturating_add(one.known),
        due: sum.due.saturating_add(one.due),
        unseen: sum.unseen.saturating_add(one.unseen),
    })
}

/// "12 known, 3 due, 7 unseen".
pub(super) fn state(coverage: Coverage) -> String {
    let Coverage { of: _, known, due, unseen } = coverage;
    format!("{known} known, {due} due, {unseen} unseen")
}

/// Every topic, on as many pages as it needs.
pub(super) fn messages(topics: &[TopicView]) -> Vec<Message> {
    if topics.is_empty() {
        let text = "The bank has no questions yet. Whoever runs the bot can add some.";
        return vec![framed("Topics", text, color::STATE)];
    }
    let all = sum(topics.iter().map(total));
    let mut pages = vec![format!(
        "{} in {}. You: {}.\n█ known  ▓ due  ░ unseen",
        count(all.of.into(), "question", "questions"),
        count(topics.len(), "topic", "topics"),
        state(all),
    )];
    for (index, topic) in topics.iter().enumerate() {
        let entry = entry(topic);
        let full = pages.last().is_none_or(|page| units(page) + units(&entry) > PAGE);
        if full && pages.len() == PAGES {
            let rest = format!("\n\n… and {} more.", topics.len() - index);
            pages.last_mut().unwrap_or(&mut String::new()).push_str(&rest);
            break;
        }
        match pages.last_mut() {
            Some(page) if !full => {
                page.push_str("\n\n");
                page.push_str(&entry);
            }
            _ => pages.push(entry),
        }
    }
    let first = |index: usize| if index == 0 { "Topics" } else { "" };
    let pages = pages.into_iter().enumerate();
    pages.map(|(index, page)| framed(first(index), page, color::STATE)).collect()
}

fn entry(topic: &TopicView) -> String {
    let all = total(topic);
    let levels: Vec<String> = topic
        .levels
        .iter()
        .filter(|(_, coverage)| coverage.of > 0)
        .map(|(level, coverage)| format!("{} {}", coverage.of, Level::as_str(*level)))
        .collect();
    let name = topic.topic.as_str().replace('`', "'");
    format!(
        "{} **{}**\n{}: {}\n-# You: {} · `{}`",
        bar(&[(all.known, '█'), (all.due, '▓')], all.of),
        short(&topic.title, 60),
        count(all.of.into(), "question", "questions"),
        if levels.is_empty() { "none".to_owned() } else { levels.join(", ") },
        state(all),
        super::say::plain(&name, 60),
    )
}
