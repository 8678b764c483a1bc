//! A message as plain text: what the tests compare, and what a transcript shows.

use std::fmt::Write as _;

use super::{Button, Content, File, Form, Menu, Message};

impl Message {
    /// The message as plain text: the first line says what it is, all others are indented by two
    /// blanks. It ends without a line break.
    pub fn to_text(&self) -> String {
        let mut text = self.content.replace('\n', "\n  ");
        for embed in &self.embeds {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str("(embed)");
            if !embed.title.is_empty() {
                let _ = write!(text, " {}", embed.title);
            }
            indent(&mut text, "", &embed.description);
            for (name, value) in &embed.fields {
                indent(&mut text, "", &format!("{name}:"));
                indent(&mut text, "  ", value);
            }
            if !embed.footer.is_empty() {
                indent(&mut text, "", &format!("({})", embed.footer));
            }
        }
        for menu in &self.menus {
            indent(&mut text, "", &shown(menu));
        }
        for row in &self.rows {
            let buttons: Vec<String> = row.iter().map(button).collect();
            indent(&mut text, "", &buttons.join(" "));
        }
        for file in &self.files {
            indent(&mut text, "", &attached(file));
        }
        text
    }
}

impl Form {
    /// The form as plain text, likewise.
    pub fn to_text(&self) -> String {
        let mut text = format!("(form) {}", self.title);
        for field in &self.fields {
            let must = if field.required { ", required" } else { "" };
            let lines = if field.long { "lines" } else { "line" };
            let head = format!("{} ({lines}, at most {}{must}):", field.label, field.most);
            indent(&mut text, "", &head);
            indent(&mut text, "  ", &field.value);
            if field.value.is_empty() && !field.placeholder.is_empty() {
                indent(&mut text, "  ", &format!("({})", field.placeholder));
            }
        }
        text
    }
}

/// A menu with its options; the chosen ones are marked.
fn shown(menu: &Menu) -> String {
    let mut text = format!("[{} ▾]", menu.placeholder);
    for option in &menu.options {
        let mark = if option.chosen { "(x)" } else { "( )" };
        let _ = write!(text, "\n  {mark} {}", option.label);
        if !option.description.is_empty() {
            let _ = write!(text, ": {}", option.description);
        }
    }
    text
}

/// A file with what is in it, or what is said instead of it.
fn attached(file: &File) -> String {
    let (sort, inside) = match &file.content {
        Content::Text(inside) => ("file", inside),
        Content::Radar(_) | Content::Progress(_) => ("picture", &file.alt),
    };
    let mut text = format!("({sort}) {}", file.name);
    indent(&mut text, "", inside);
    text
}

fn indent(text: &mut String, more: &str, block: &str) {
    if block.is_empty() {
        return;
    }
    for line in block.lines() {
        let line = format!("  {more}{line}");
        text.push('\n');
        text.push_str(line.trim_end());
    }
}

fn button(button: &Button) -> String {
    match &button.emoji {
        Some(emoji) => format!("[{emoji} {}]", button.label),
        None => format!("[{}]", button.label),
    }
}
