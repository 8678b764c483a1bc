//! The coach against a stand-in for a model's server on this machine: what it is asked, what is
//! believed of what it says, and what becomes of a server that is down, slow or talks nonsense.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic, also where it is not in the test function"
)]

mod asked;
mod injected;
mod refused;
mod secret;
mod seed;
#[path = "../stand_in/mod.rs"]
mod stand_in;
mod trouble;
