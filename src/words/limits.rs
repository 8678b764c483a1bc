//! Discord's limits on messages (developer docs, "Message Resource" and "Component Reference"),
//! counted in UTF-16 code units, and the check that they are kept.

use std::collections::BTreeSet;

use super::text::{clip, units};
use super::{Button, Embed, File, Form, Menu, Message};

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
/// Rows of buttons and menus in a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const BUTTONS: usize = 5;
/// What a button carries.
pub const CUSTOM_ID: usize = 100;
/// What stands on a button.
pub const LABEL: usize = 80;
/// What stands in a menu as long as nothing is chosen.
pub const PLACEHOLDER: usize = 150;
/// Options of a menu.
pub const OPTIONS: usize = 25;
/// What stands on an option, and below it.
pub const OPTION: usize = 100;
/// What is attached to a message.
pub const FILES: usize = 10;
/// What somebody reads who cannot see a file.
pub const ALT: usize = 1_024;
/// Title of a form.
pub const FORM_TITLE: usize = 45;
/// Fields of a form.
pub const FORM_FIELDS: usize = 5;
/// Label of a field of a form.
pub const FORM_LABEL: usize = 45;
/// What stands in an empty field of a form.
pub const FORM_PLACEHOLDER: usize = 100;
/// What can be written into a field of a form.
pub const FORM_TEXT: usize = 4_000;
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
            && self.menus.is_empty()
            && self.files.is_empty()
            && self.embeds.iter().all(|embed| embed_units(embed) == 0);
        if empty {
            found.push("nothing is said".to_owned());
        }
        for embed in &self.embeds {
            embed_violations(&mut found, embed);
        }
        most(&mut found, "rows", self.menus.len() + self.rows.len(), ROWS);
        let mut ids = BTreeSet::new();
        for menu in &self.menus {
            menu_violations(&mut found, menu, &mut ids);
        }
        row_violations(&mut found, &self.rows, &mut ids);
        file_violations(&mut found, &self.files);
        found
    }
}

impl Form {
    /// Every limit that the form breaks, as sentences; empty where it can be opened.
    pub fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        most(&mut found, "custom id", units(&self.custom_id), CUSTOM_ID);
        most(&mut found, "form title", units(&self.title), FORM_TITLE);
        most(&mut found, "form fields", self.fields.len(), FORM_FIELDS);
        if self.custom_id.is_empty() || self.title.trim().is_empty() || self.fields.is_empty() {
            found.push("a form has no title, no field or carries nothing".to_owned());
        }
        for field in &self.fields {
            most(&mut found, "form label", units(&field.label), FORM_LABEL);
            most(&mut found, "form placeholder", units(&field.placeholder), FORM_PLACEHOLDER);
            most(&mut found, "form value", units(&field.value), field.most.into());
            most(&mut found, "length of a form's text", field.most.into(), FORM_TEXT);
            if field.label.trim().is_empty() || field.most == 0 {
                found.push("a field of a form has no label or takes nothing".to_owned());
            }
        }
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

fn menu_violations<'a>(found: &mut Vec<String>, menu: &'a Menu, ids: &mut BTreeSet<&'a String>) {
    most(found, "custom id", units(&menu.custom_id), CUSTOM_ID);
    most(found, "placeholder", units(&menu.placeholder), PLACEHOLDER);
    most(found, "options", menu.options.len(), OPTIONS);
    for option in &menu.options {
        most(found, "option", units(&option.label), OPTION);
        most(found, "description of an option", units(&option.description), OPTION);
        if option.label.trim().is_empty() {
            found.push("an option has no label".to_owned());
        }
    }
    if menu.custom_id.is_empty() || menu.options.is_empty() {
        found.push("a menu has no option or carries nothing".to_owned());
    }
    let (from, to) = (usize::from(menu.choose.0), usize::from(menu.choose.1));
    let chosen = menu.options.iter().filter(|option| option.chosen).count();
    if from > to || to == 0 || to > menu.options.len() || chosen > to {
        found.push("a menu lets choose what it does not have".to_owned());
    }
    if !ids.insert(&menu.custom_id) {
        found.push(format!("two menus carry {}", menu.custom_id));
    }
}

fn file_violations(found: &mut Vec<String>, files: &[File]) {
    most(found, "files", files.len(), FILES);
    for file in files {
        most(found, "text of a picture", units(&file.alt), ALT);
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if file.name.is_empty() || !file.name.chars().all(plain) {
            found.push(format!("a file is called {:?}", file.name));
        }
    }
}

fn row_violations<'a>(
    found: &mut Vec<String>,
    rows: &'a [Vec<Button>],
    ids: &mut BTreeSet<&'a String>,
) {
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
    fit_choices(message);
    message.files.truncate(FILES);
    for file in &mut message.files {
        file.alt = clip(&file.alt, ALT);
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

fn fit_choices(message: &mut Message) {
    message.menus.retain(|menu| !menu.options.is_empty());
    message.menus.truncate(ROWS);
    message.rows.truncate(ROWS - message.menus.len());
    for menu in &mut message.menus {
        menu.placeholder = clip(&menu.placeholder, PLACEHOLDER);
        menu.options.truncate(OPTIONS);
        for option in &mut menu.options {
            option.label = named(&option.label, OPTION);
            option.description = clip(&option.description, OPTION);
        }
        let all = u8::try_from(menu.options.len()).unwrap_or(u8::MAX);
        menu.choose.1 = menu.choose.1.clamp(1, all);
        menu.choose.0 = menu.choose.0.min(menu.choose.1);
    }
}

/// Cuts whatever is too long in a form.
pub(super) fn fit_form(form: &mut Form) {
    form.title = named(&form.title, FORM_TITLE);
    form.fields.truncate(FORM_FIELDS);
    for field in &mut form.fields {
        field.label = named(&field.label, FORM_LABEL);
        field.placeholder = clip(&field.placeholder, FORM_PLACEHOLDER);
        field.value = clip(&field.value, field.most.into());
    }
}

/// A short text that must not be empty.
fn named(text: &str, most: usize) -> String {
    let text = clip(text, most);
    if text.trim().is_empty() { "…".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::{ButtonStyle, Content, Field, MenuOption};
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

    /// Each sentence once.
    fn once(mut sentences: Vec<String>) -> Vec<String> {
        let mut known = BTreeSet::new();
        sentences.retain(|sentence| known.insert(sentence.clone()));
        sentences
    }

    fn menu(custom_id: &str, options: usize) -> Menu {
        let option =
            MenuOption { label: "l".repeat(101), description: "d".repeat(101), chosen: false };
        Menu {
            custom_id: custom_id.to_owned(),
            placeholder: "p".repeat(151),
            options: vec![option; options],
            choose: (3, 30),
        }
    }

    #[test]
    fn every_limit_of_menus_and_files_is_named_and_kept() {
        let file = File {
            name: "../a b".to_owned(),
            alt: "a".repeat(1_025),
            content: Content::Text(String::new()),
        };
        let mut message = Message {
            menus: vec![menu("same", 26), menu("same", 0)],
            rows: vec![vec![button("a")], vec![button("b")], vec![button("c")], vec![button("d")]],
            files: vec![file; 11],
            ..Message::default()
        };
        let found = once(message.violations());
        insta::assert_snapshot!(found.join("\n"), @r#"
        rows: 6 of at most 5
        placeholder: 151 of at most 150
        options: 26 of at most 25
        option: 101 of at most 100
        description of an option: 101 of at most 100
        a menu lets choose what it does not have
        a menu has no option or carries nothing
        two menus carry same
        files: 11 of at most 10
        text of a picture: 1025 of at most 1024
        a file is called "../a b"
        "#);
        fit(&mut message);
        message.files.truncate(1);
        insta::assert_snapshot!(message.violations().join("\n"), @r#"a file is called "../a b""#);
    }

    #[test]
    fn every_limit_of_forms_is_named_and_kept() {
        let field = Field {
            label: "l".repeat(46),
            placeholder: "p".repeat(101),
            value: "v".repeat(1_001),
            most: 1_000,
            required: false,
            long: true,
        };
        let mut form =
            Form { custom_id: "id".to_owned(), title: "t".repeat(46), fields: vec![field; 6] };
        let found = once(form.violations());
        insta::assert_snapshot!(found.join("\n"), @"
        form title: 46 of at most 45
        form fields: 6 of at most 5
        form label: 46 of at most 45
        form placeholder: 101 of at most 100
        form value: 1001 of at most 1000
        ");
        fit_form(&mut form);
        assert_eq!(form.violations(), Vec::<String>::new());
    }
}
