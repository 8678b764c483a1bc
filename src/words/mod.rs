//! What people read: views in, plain messages within Discord's limits out.
//! It decides nothing and knows nothing of serenity.

/// A message as it can be sent, edited or answered with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Plain text above the embeds, at most 2,000 characters.
    pub content: String,
    /// At most ten, together at most 6,000 characters.
    pub embeds: Vec<Embed>,
    /// At most five rows of at most five buttons.
    pub rows: Vec<Vec<Button>>,
}

/// A framed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embed {
    /// At most 256 characters.
    pub title: String,
    /// Markdown, at most 4,096 characters.
    pub description: String,
    /// The bar at its side, 0xRRGGBB.
    pub color: u32,
    /// At most 25; names at most 256 characters, values at most 1,024.
    pub fields: Vec<(String, String)>,
    /// At most 2,048 characters.
    pub footer: String,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What comes back when it is pressed, 1 to 100 characters.
    pub custom_id: String,
    /// At most 80 characters.
    pub label: String,
    /// A Unicode emoji before the label.
    pub emoji: Option<String>,
    /// How it looks.
    pub style: ButtonStyle,
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonStyle {
    /// Blurple: the thing to do.
    Primary,
    /// Gray: something else to do.
    Secondary,
}

/// The name of the thread that an answer goes to.
pub fn thread_name(question: &crate::bank::Question) -> String {
    format!("Answer: {}", question.id)
}
