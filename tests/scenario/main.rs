//! Stories about one team, told to the practice core and read as transcripts.

mod quiz;
mod reveal;
mod story;
