//! The gateway connection against servers that do what a script says: what is told, in which
//! order, and what happens after each way in which a connection can end.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic, also where it is not in the test function"
)]

mod ends;
mod events;
mod life;
mod payload;
mod server;
