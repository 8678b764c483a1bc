//! Mockingbird: a Discord bot with which a team practises interviews together.

pub mod bank;
pub mod command;
pub mod discord;
pub mod practice;
pub mod store;
pub mod words;
