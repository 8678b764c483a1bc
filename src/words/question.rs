//! A question as it stands in a channel, and the name of the thread for its answer. It never
//! shows anything of the answer.

use super::limits::THREAD_NAME;
use super::markup::contained;
use super::text::{clip, count, long_date, one_line, units};
use super::{Button, ButtonStyle, Embed, Message, color};
use crate::bank::Question;
use crate::command::button;
use crate::practice::input::Press;
use crate::practice::own::Flow;
use crate::practice::view::QuestionView;

/// A prompt up to this length is set larger, if it is one plain line.
const LARGE: usize = 160;

pub(super) fn message(view: &QuestionView) -> Message {
    let question = &view.question;
    let title = match view.daily {
        Some(date) => format!("Question of the day · {}", long_date(date)),
        None => "Quiz".to_owned(),
    };
    let fields = vec![(about(question), how(view))];
    let mut row = vec![Button {
        custom_id: button::custom_id(Press::Show(view.post)),
        label: "Show me".to_owned(),
        emoji: None,
        style: ButtonStyle::Primary,
    }];
    row.push(super::own::type_button(question, Flow::New));
    row.extend(super::own::hint_button(question));
    Message {
        embeds: vec![Embed {
            title,
            description: prompt(&question.prompt),
            color: color::QUESTION,
            fields,
            footer: question.id.to_string(),
        }],
        rows: vec![row],
        ..Message::default()
    }
}

/// "Databases & Storage · medium · about 4 minutes".
pub(super) fn about(question: &Question) -> String {
    let mut parts = vec![clip(&one_line(&question.topic_title), 150)];
    parts.push(question.level.as_str().to_owned());
    if let Some(minutes) = question.minutes {
        parts.push(format!("about {}", count(minutes.into(), "minute", "minutes")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn how(view: &QuestionView) -> String {
    let emoji = &view.emoji;
    if !view.can_react {
        return "I may not add reactions here: press **Show me** to see the answer alone, or react \
                with "
            .to_owned()
            + emoji + if view.reactions > 1 {
            " together to reveal it."
        } else {
            " yourself to reveal it."
        };
    }
    match view.reactions {
        0 | 1 => format!(
            "React with {emoji} to reveal the answer here, or press **Show me** to see it alone."
        ),
        several => format!(
            "When {several} of you react with {emoji}, the answer is revealed here. Press \
             **Show me** to see it alone."
        ),
    }
}

/// The prompt, larger where it is one plain line.
pub(super) fn prompt(prompt: &str) -> String {
    let text = contained(prompt.trim());
    let plain = !text.contains(['\n', '\r']) && !text.starts_with(['#', '>', '-', '*', '`', '|']);
    if plain && !text.is_empty() && units(&text) <= LARGE { format!("### {text}") } else { text }
}

/// The name of the thread with the answer: "Answer: …", at most 100 characters.
pub fn thread_name(question: &Question) -> String {
    clip(&format!("Answer: {}", plain(&question.prompt)), THREAD_NAME)
}

/// A prompt in one line, for places that render no Markdown.
pub fn plain(prompt: &str) -> String {
    one_line(&prompt.replace("**", "").replace('`', ""))
}
