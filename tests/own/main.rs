//! The practice of one's own, told to the practice core and read as transcripts.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

#[path = "../transcript/changed.rs"]
mod changed;
mod coached;
mod crash;
mod digest;
mod export;
mod forget;
mod grades;
mod hostile;
mod interviews;
mod month;
mod random;
mod real;
mod remind;
mod review;
mod seed;
mod settle;
mod sprint;
mod story;
mod team;
mod tell;
#[path = "../traces/mod.rs"]
mod traces;
#[path = "../transcript/mod.rs"]
mod transcript;
mod typed;
mod whole;
