//! What the bot and the local Discord say to each other, held against three descriptions of
//! Discord: the list of routes below, twilight's types and limits, and, where it is there,
//! Discord's own description of its REST interface (an `OpenAPI` file).
//!
//! The last one is not part of this repository: `shared/discord/openapi.json` is looked for beside
//! it. The other checks do not need it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may panic, also where it is not in the test function"
)]

#[path = "../adapter/bot.rs"]
#[expect(dead_code, reason = "this test uses a part of it")]
mod adapter;
#[path = "../e2e/bot.rs"]
#[expect(dead_code, reason = "this test uses a part of it")]
mod bot;
mod events;
mod interview;
mod official;
mod play;
mod rest;
mod schema;
mod second_opinion;
