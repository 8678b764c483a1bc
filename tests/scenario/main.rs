//! Stories about one team, told to the practice core and read as transcripts.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets something else has failed"
)]

mod daily;
mod hostile;
mod quiz;
mod reveal;
mod story;
mod streak;
#[path = "../transcript/mod.rs"]
mod transcript;
mod zone;
