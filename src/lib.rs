//! Mockingbird: a Discord bot with which a team practises interviews together.

pub mod bank;
pub mod command;
pub mod practice;
pub mod runtime;
pub mod store;
pub mod words;
