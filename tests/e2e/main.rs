//! The whole bot, with the real serenity, against the local Discord.

mod bot;
mod faults;
mod hostile;
mod practice;
