//! What people read: views in, plain messages within Discord's limits out.
//! It decides nothing and knows nothing of serenity.

mod answer;
mod daily;
mod general;
mod interview;
pub mod limits;
mod markup;
mod own;
mod pages;
mod question;
mod refusal;
mod streak;
#[cfg(test)]
mod tests;
mod text;
mod transcript;

pub use question::{plain, thread_name};
pub use text::clip;

use crate::chart::{Progress, Radar};
use crate::practice::view::FormView;
use crate::practice::view::View;

/// A message as it can be sent, edited or answered with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Plain text above the embeds, at most 2,000 characters.
    pub content: String,
    /// At most ten, together at most 6,000 characters.
    pub embeds: Vec<Embed>,
    /// Menus, each a row of its own, above the buttons. Rows of both: at most five.
    pub menus: Vec<Menu>,
    /// Rows of at most five buttons.
    pub rows: Vec<Vec<Button>>,
    /// What is attached, at most ten.
    pub files: Vec<File>,
}

/// A menu from which something is chosen. Options are numbered from 0, and that is what comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What comes back beside the choice, 1 to 100 characters.
    pub custom_id: String,
    /// What stands in it as long as nothing is chosen, at most 150 characters.
    pub placeholder: String,
    /// 1 to 25.
    pub options: Vec<MenuOption>,
    /// How many can be chosen, from and to.
    pub choose: (u8, u8),
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuOption {
    /// At most 100 characters.
    pub label: String,
    /// At most 100 characters, or empty.
    pub description: String,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// Something attached to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with an ending that says what it is.
    pub name: String,
    /// What somebody reads who cannot see it, at most 1,024 characters; empty where it is text.
    pub alt: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// A chart, drawn when it is sent.
    Radar(Radar),
    /// A member's progress, drawn when it is sent.
    Progress(Progress),
}

/// A form, in a window of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What comes back with it, 1 to 100 characters.
    pub custom_id: String,
    /// At most 45 characters.
    pub title: String,
    /// 1 to 5.
    pub fields: Vec<Field>,
}

/// A field for text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// At most 45 characters.
    pub label: String,
    /// What stands in it as long as it is empty, at most 100 characters.
    pub placeholder: String,
    /// What stands in it already, at most `most` characters.
    pub value: String,
    /// How much can be written, 1 to 4,000.
    pub most: u16,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it has several lines.
    pub long: bool,
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
    /// Red: a miss, or what cannot be taken back.
    Danger,
}

/// The bars at the side of embeds: what sort of message it is, at a glance.
mod color {
    /// A question.
    pub(super) const QUESTION: u32 = 0x58_65F2;
    /// An answer.
    pub(super) const ANSWER: u32 = 0x2E_8B57;
    /// How something stands.
    pub(super) const STATE: u32 = 0xE0_9F3E;
    /// No.
    pub(super) const REFUSAL: u32 = 0x99_AAB5;
}

/// A view as messages: at least one, and more than one only for a long answer, in order.
/// Whatever a bank or a member contains, no message breaks a limit of Discord's. Menus and buttons
/// stand in the last message: a press in it is answered by changing that one.
pub fn render(view: &View) -> Vec<Message> {
    let mut messages = match view {
        View::Question(view) => vec![question::message(view)],
        View::Answer { post, question, revealed_by } => {
            answer::public(*post, question, revealed_by)
        }
        View::OwnStreak(standing) => vec![streak::own(standing)],
        View::StreakOf { member, length, best } => vec![streak::of(*member, *length, *best)],
        View::Zone { zone, own, changed } => vec![general::zone(zone, *own, *changed)],
        View::DailyChanged { done, daily } => vec![daily::changed(*done, daily)],
        View::DailyList(dailies) => vec![daily::list(dailies)],
        View::DailyStatus(daily) => vec![daily::status(daily)],
        View::Interview(view) => interview::messages(view),
        View::Own(view) => own::messages(view),
        View::Help => vec![general::help()],
        View::HelpFor(command) => vec![general::help_for(command)],
        View::About { questions, topics } => vec![general::about(*questions, topics)],
        View::Refusal(refusal) => vec![refusal::message(refusal)],
    };
    for message in &mut messages {
        limits::fit(message);
    }
    messages
}

/// A form as it can be opened. No form breaks a limit of Discord's.
pub fn form(view: &FormView) -> Form {
    let mut form = match view {
        FormView::Interview(view) => interview::form(view),
        FormView::Own(view) => own::form(view),
    };
    limits::fit_form(&mut form);
    form
}

/// A message of one embed.
fn framed(title: impl Into<String>, description: impl Into<String>, color: u32) -> Message {
    Message {
        embeds: vec![Embed {
            title: title.into(),
            description: description.into(),
            color,
            ..Embed::default()
        }],
        ..Message::default()
    }
}
