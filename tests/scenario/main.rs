//! Stories about one team, told to the practice core and read as transcripts.

mod daily;
mod model;
mod quiz;
mod reveal;
mod story;
mod streak;
mod zone;
