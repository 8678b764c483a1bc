//! The built program as a process of its own: what it says when something is wrong, how it stops,
//! and what is left when it is killed. Discord is a local one in the test.

mod bad_input;
mod disk;
mod forget;
mod judge;
mod kill;
mod left_out;
mod process;
mod secrets;
mod stop;
#[path = "../traces/mod.rs"]
mod traces;
