//! Mockingbird: a Discord bot with which a team practises interviews together.

pub mod bank;
pub mod check;
pub mod config;
pub mod days;
pub mod yaml;
