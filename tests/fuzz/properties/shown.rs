//! What holds of everything that is said: it breaks no limit of Discord's and notifies nobody.

use mockingbird::practice::view::View;
use mockingbird::words::{Message, render};

/// The messages of a view, which keep every limit and notify nobody.
pub(super) fn fits(view: &View) -> Vec<Message> {
    let messages = render(view);
    assert!(!messages.is_empty(), "nothing is said");
    for message in &messages {
        assert_eq!(message.violations(), Vec::<String>::new());
        // Discord notifies for the text of a message, and never for what stands in an embed.
        for sign in ["@everyone", "@here", "<@"] {
            assert!(!message.content.contains(sign), "it notifies: {}", message.content);
        }
        assert!(!message.to_text().is_empty());
    }
    messages
}

/// The same of a refusal: what a member typed stands in code, where nothing has a meaning.
pub(super) fn is_inert(view: &View) {
    for message in fits(view) {
        for embed in &message.embeds {
            let said = &embed.description;
            assert!(!said.contains("``") && said.matches('`').count() % 2 == 0, "{said}");
            let turned =
                |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\n');
            assert!(!said.contains(turned), "{said:?}");
            for plain in said.split('`').step_by(2) {
                assert!(!plain.contains('@'), "{said}");
            }
        }
    }
}
