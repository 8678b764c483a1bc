//! The practice of one's own, told to the practice core and read as transcripts.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

mod crash;
mod digest;
mod export;
mod forget;
mod grades;
mod interviews;
mod month;
mod random;
mod remind;
mod review;
mod seed;
mod settle;
mod sprint;
mod story;
mod team;
mod tell;
#[expect(dead_code, reason = "these stories are told in short, without the words themselves")]
#[path = "../transcript/mod.rs"]
mod transcript;
