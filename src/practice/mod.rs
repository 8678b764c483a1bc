//! The pure heart: what can happen (`Input`), what is done (`Effect`), what is remembered
//! (`Change`), and the rules between them. It does no I/O, never awaits, and reads no clock, no
//! chance and no environment: all of these are arguments.

pub mod change;
pub mod daily;
pub mod effect;
pub mod ids;
pub mod input;
pub mod post;
pub mod refusal;
pub mod rules;
pub mod streak;
pub mod view;
