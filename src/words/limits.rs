//! Discord's limits on messages (developer docs, "Message Resource" and "Component Reference"),
//! counted in UTF-16 code units, and the check that they are kept.

use std::collections::BTreeSet;

use super::text::{clip, units};
use super::{Button, Embed, Message};

/// Plain text of a message.
pub const CONTENT: usize = 2_000;
/// Embeds in a message.
pub const EMBEDS: usize = 10;
/// All texts of all embeds of a message.
pub const EMBED_TOTAL: usize = 6_000;
/// Title of an embed.
pub const TITLE: usize = 256;
/// Text of an embed.
pub const DESCRIPTION: usize = 4_096;
/// Fields of an embed.
pub const FIELDS: usize = 25;
/// Name of a field.
pub const FIELD_NAME: usize = 256;
/// Text of a field.
pub const FIELD_VALUE: usize = 1_024;
/// Footer of an embed.
pub const FOOTER: usize = 2_048;
/// Rows of buttons in a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const BUTTONS: usize = 5;
/// What a button carries.
pub const CUSTOM_ID: usize = 100;
/// What stands on a button.
pub const LABEL: usize = 80;
/// Name of a thread.
pub const THREAD_NAME: usize = 100;

impl Message {
    /// Every limit that the message breaks, as sentences; empty where it can be sent.
    pub fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        most(&mut found, "content", units(&self.content), CONTENT);
        most(&mut found, "embeds", self.embeds.len(), EMBEDS);
        most(&mut found, "embeds in all", total(self), EMBED_TOTAL);
        let empty = self.content.trim().is_empty()
            && self.rows.is_empty()
            && self.embeds.iter().all(|embed| embed_units(embed) == 0);
        if empty {
            found.push("nothing is said".to_owned());
        }
        for embed in &self.embeds {
            embed_violations(&mut found, embed);
        }
        row_violations(&mut found, &self.rows);
        found
    }
}

fn most(found: &mut Vec<String>, what: &str, is: usize, most: usize) {
    if is > most {
        found.push(format!("{what}: {is} of at most {most}"));
    }
}

fn embed_violations(found: &mut Vec<String>, embed: &Embed) {
    most(found, "title", units(&embed.title), TITLE);
    most(found, "description", units(&embed.description), DESCRIPTION);
    most(found, "fields", embed.fields.len(), FIELDS);
    most(found, "footer", units(&embed.footer), FOOTER);
    if embed.color > 0xFF_FFFF {
        found.push("color: more than three bytes".to_owned());
    }
    for (name, value) in &embed.fields {
        most(found, "field name", units(name), FIELD_NAME);
        most(found, "field value", units(value), FIELD_VALUE);
        if name.trim().is_empty() || value.trim().is_empty() {
            found.push("a field has no name or no value".to_owned());
        }
    }
}

fn row_violations(found: &mut Vec<String>, rows: &[Vec<Button>]) {
    most(found, "rows", rows.len(), ROWS);
    let mut ids = BTreeSet::new();
    for row in rows {
        most(found, "buttons", row.len(), BUTTONS);
        if row.is_empty() {
            found.push("a row has no button".to_owned());
        }
        for button in row {
            most(found, "label", units(&button.label), LABEL);
            most(found, "custom id", units(&button.custom_id), CUSTOM_ID);
            if button.custom_id.is_empty() || button.label.is_empty() {
                found.push("a button has no label or carries nothing".to_owned());
            }
            if !ids.insert(&button.custom_id) {
                found.push(format!("two buttons carry {}", button.custom_id));
            }
        }
    }
}

fn total(message: &Message) -> usize {
    message.embeds.iter().map(embed_units).sum()
}

fn embed_units(embed: &Embed) -> usize {
    let fields: usize = embed.fields.iter().map(|(name, value)| units(name) + units(value)).sum();
    units(&embed.title) + units(&embed.description) + units(&embed.footer) + fields
}

/// Cuts whatever is too long. The texts are made to fit before; this is the guarantee.
pub(super) fn fit(message: &mut Message) {
    message.content = clip(&message.content, CONTENT);
    message.embeds.truncate(EMBEDS);
    for embed in &mut message.embeds {
        embed.title = clip(&embed.title, TITLE);
        embed.description = clip(&embed.description, DESCRIPTION);
        embed.footer = clip(&embed.footer, FOOTER);
        embed.fields.truncate(FIELDS);
        embed.fields.retain(|(name, value)| !name.trim().is_empty() && !value.trim().is_empty());
        for (name, value) in &mut embed.fields {
            *name = clip(name, FIELD_NAME);
            *value = clip(value, FIELD_VALUE);
        }
    }
    // The description gives way first: it is the longest.
    let over = total(message).saturating_sub(EMBED_TOTAL);
    if over > 0
        && let Some(longest) =
            message.embeds.iter_mut().max_by_key(|embed| units(&embed.description))
    {
        let room = units(&longest.description).saturating_sub(over);
        longest.description = clip(&longest.description, room);
    }
}

#[cfg(test)]
mod tests {
    use super::super::ButtonStyle;
    use super::*;

    fn button(custom_id: &str) -> Button {
        Button {
            custom_id: custom_id.to_owned(),
            label: "Show me".to_owned(),
            emoji: None,
            style: ButtonStyle::Secondary,
        }
    }

    #[test]
    fn every_broken_limit_is_named() {
        let embed = Embed {
            title: "t".repeat(257),
            description: "😀".repeat(2_049),
            color: 0x0100_0000,
            fields: vec![(String::new(), "v".to_owned()), ("n".repeat(257), "v".repeat(1_025))],
            footer: "f".repeat(2_049),
        };
        let mut message = Message {
            content: "c".repeat(2_001),
            embeds: vec![embed],
            rows: vec![vec![button("same"), button("same"), button("")], Vec::new()],
            ..Message::default()
        };
        insta::assert_snapshot!(message.violations().join("\n"), @"
        content: 2001 of at most 2000
        embeds in all: 7687 of at most 6000
        title: 257 of at most 256
        description: 4098 of at most 4096
        footer: 2049 of at most 2048
        color: more than three bytes
        a field has no name or no value
        field name: 257 of at most 256
        field value: 1025 of at most 1024
        two buttons carry same
        a button has no label or carries nothing
        a row has no button
        ");
        fit(&mut message);
        insta::assert_snapshot!(message.violations().join("\n"), @"
        color: more than three bytes
        two buttons carry same
        a button has no label or carries nothing
        a row has no button
        ");
        assert_eq!(Message::default().violations(), ["nothing is said"]);
    }

    #[test]
    fn embeds_that_are_too_long_together_are_cut_in_the_longest() {
        let embed = |length| Embed { description: "d".repeat(length), ..Embed::default() };
        let mut message =
            Message { embeds: vec![embed(4_000), embed(3_000)], ..Message::default() };
        fit(&mut message);
        assert_eq!(message.violations(), Vec::<String>::new());
        assert_eq!(message.embeds[1].description.len(), 3_000);
    }
}
