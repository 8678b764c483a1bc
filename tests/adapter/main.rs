//! The adapter against the local Discord: what each effect does there, what each refusal means,
//! and what arrives.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may panic, also where it is not in the test function"
)]

mod amended;
mod answers;
mod bot;
mod faults;
mod files;
mod hostile;
mod menus;
mod posts;
mod refusals;
mod threads;
mod whispers;
mod words;
