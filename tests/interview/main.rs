//! Whole interviews, told to the practice core and read as transcripts.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets something else has failed"
)]

mod alone;
mod story;
mod tell;
mod world;
