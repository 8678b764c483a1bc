//! The whole bot, with the real serenity, against the local Discord.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

#[path = "../stand_in/mod.rs"]
mod stand_in;
#[path = "../traces/mod.rs"]
mod traces;
mod typed;

mod bot;
mod coached;
mod faults;
mod forgotten;
mod hostile;
mod interviews;
mod own;
mod practice;
