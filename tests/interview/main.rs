//! Whole interviews, told to the practice core and read as transcripts.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

mod alone;
mod cards;
#[path = "../transcript/changed.rs"]
mod changed;
mod crash;
mod draw;
mod evidence;
mod faults;
mod gone;
mod limits;
mod lobby;
mod people;
mod random;
mod real;
mod seed;
mod several;
mod story;
mod tell;
mod times;
#[path = "../transcript/mod.rs"]
mod transcript;
mod who;
mod whole;
mod world;
