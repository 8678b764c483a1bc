//! The whole bot, with the real serenity, against the local Discord.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

#[path = "../traces/mod.rs"]
#[expect(clippy::disallowed_methods, reason = "the folder is searched from outside the store")]
mod traces;

mod bot;
mod faults;
mod hostile;
mod interviews;
mod own;
mod practice;
