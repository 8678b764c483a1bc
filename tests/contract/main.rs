//! What every store must do, whatever disk is under it. It keeps a toy state, so that it needs
//! nothing of the practice; `fixture` guards the files of older versions.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic")]

#[path = "../traces/mod.rs"]
mod traces;

mod basics;
mod crashes;
mod damage;
mod fake;
mod faults;
mod fixture;
mod forgotten;
mod interviews;
mod model;
mod own;
mod processes;
mod team;
mod toy;
