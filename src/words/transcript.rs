//! A message as plain text: what the tests compare, and what a transcript shows.

use std::fmt::Write as _;

use super::{Button, Message};

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
        for row in &self.rows {
            let buttons: Vec<String> = row.iter().map(button).collect();
            indent(&mut text, "", &buttons.join(" "));
        }
        text
    }
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
