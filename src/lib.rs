//! Mockingbird: a Discord bot with which a team practises interviews together.

pub mod app;
pub mod bank;
pub mod chart;
pub mod check;
pub mod coach;
pub mod command;
pub mod config;
pub mod days;
pub mod discord;
pub mod doctor;
pub mod hands;
pub mod judge;
pub mod judging;
pub mod log;
pub mod plans;
pub mod play;
pub mod practice;
pub mod runtime;
pub mod stats;
pub mod store;
pub mod words;
pub mod yaml;
pub mod zone;
