//! How long the texts of a question may be. Discord's limits are in UTF-16 units: an embed's
//! description has 4,096, all embeds of a message together 6,000, a title 256, a choice 100.

use crate::yaml::TextRule;

/// Longest name of a question: it travels in the custom id of a button, which has 100 characters.
pub const ID: usize = 60;
/// Longest name of a topic: it is typed, and shown in lists.
pub const TOPIC: usize = 32;
/// Longest title of a topic: the name of a choice in a completion.
pub const TITLE: usize = 100;
/// Most aliases of a topic.
pub const ALIASES: usize = 20;
/// Longest alias of a topic: it is typed.
pub const ALIAS: usize = 40;
/// Longest prompt: one embed, with room for a heading and a footer.
pub const PROMPT: usize = 2_000;
/// Longest hint: it is added to the embed of the prompt.
pub const HINT: usize = 1_000;
/// Longest note about what an interviewer learns.
pub const PROBES: usize = 300;
/// Longest answer: it is split over at most six messages of 2,000, which a thread bears.
pub const ANSWER: usize = 12_000;
/// Most key points: more cannot be judged in one interview.
pub const KEY_POINTS: usize = 8;
/// Longest key point: eight of them fit into one embed.
pub const POINT: usize = 300;
/// Longest question that asks for a key point.
pub const ASK: usize = 150;
/// Most terms of a key point.
pub const TERMS: usize = 20;
/// Longest term.
pub const TERM: usize = 100;
/// Most opposites of a key point.
pub const OPPOSITES: usize = 12;
/// Longest opposite.
pub const OPPOSITE: usize = 200;
/// Most pitfalls.
pub const PITFALLS: usize = 10;
/// Longest pitfall.
pub const PITFALL: usize = 500;
/// Most follow-ups.
pub const FOLLOW_UPS: usize = 10;
/// Longest prompt of a follow-up or a pushback.
pub const FOLLOW_UP_PROMPT: usize = 1_000;
/// Longest answer of a follow-up or a pushback: one embed.
pub const FOLLOW_UP_ANSWER: usize = 4_000;
/// Most related questions.
pub const RELATED: usize = 10;
/// Most tags.
pub const TAGS: usize = 10;
/// Longest tag.
pub const TAG: usize = 40;
/// Most sources.
pub const SOURCES: usize = 10;
/// Longest source.
pub const SOURCE: usize = 300;
/// Fewest and most collections that ask a question.
pub const ASKED_BY: (u8, u8) = (1, 255);
/// Shortest and longest spoken answer, in minutes.
pub const MINUTES: (u8, u8) = (1, 60);

/// The rule of a name that is typed: a topic or an id.
pub(super) const NAME: TextRule = TextRule::line(1_000);
