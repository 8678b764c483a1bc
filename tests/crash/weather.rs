//! What goes wrong beside the kill: a slow or failing Discord, a full disk. It makes the moments
//! long in which something is decided and not durable, durable and not sent, sent and not known.

use std::process::Command;
use std::time::Duration;

use mockingbird_playground::Fault;

use crate::process::Process;
use crate::town::Town;

/// The kinds of weather.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    Fair,
    /// Every request takes so many milliseconds more.
    Slow(u64),
    /// What is put into channels, asked of threads, or added under messages never arrives.
    Hang(&'static str),
    /// Requests have their effect so many milliseconds later, also if the bot is gone by then.
    Late(u64),
    /// Requests have their effect, and the bot does not hear of it.
    Deaf,
    /// Discord fails now and then.
    Failing,
    /// Nothing more can be written.
    FullDisk,
}

pub(crate) const SEND: &str = "POST /channels/{channel}/messages";
const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const THREAD: &str = "POST /channels/{channel}/messages/{message}/threads";
const REACT: &str = "PUT *";

impl Weather {
    /// One of the kinds: twelve numbers in a row have them all. `ms` is for those that take time.
    pub(crate) const fn drawn(number: u64, ms: u64) -> Self {
        match number % 12 {
            0 => Self::Slow(1 + ms % 40),
            1 => Self::Hang(SEND),
            3 => Self::Hang(THREAD),
            4 => Self::Hang(REACT),
            6 => Self::Hang(CALLBACK),
            7 => Self::Deaf,
            9 => Self::Failing,
            2 | 5 | 8 => Self::FullDisk,
            10 => Self::Late(50 + ms % 700),
            _ => Self::Fair,
        }
    }

    /// Begins. It ends with the process, and with `faults().clear()`.
    pub(crate) fn begin(self, town: &Town, bot: &Process) {
        let faults = town.discord.faults();
        match self {
            Self::Fair => {}
            Self::Slow(ms) => {
                faults.every_request("*", Fault::Slow(Duration::from_millis(ms)));
            }
            Self::Late(ms) => {
                for route in [CALLBACK, SEND, THREAD, REACT] {
                    faults.every_request(route, Fault::Late(Duration::from_millis(ms)));
                }
            }
            Self::Hang(route) => faults.every_request(route, Fault::Hang),
            Self::Deaf => {
                for route in [CALLBACK, SEND, THREAD, REACT] {
                    faults.request(route, 2, Fault::LoseResponse);
                    faults.request(route, 1, Fault::CutResponse);
                }
            }
            Self::Failing => {
                for route in [CALLBACK, SEND, THREAD, REACT, "GET *"] {
                    faults.request(route, 2, Fault::Status(502));
                }
            }
            Self::FullDisk => fill(town, bot),
        }
    }
}

/// Lets no file of the program become longer than its journal is now. Only Linux can set such a
/// limit from outside.
fn fill(town: &Town, bot: &Process) {
    if !cfg!(target_os = "linux") || !town.place.path("data").is_dir() || !town.place.has("mbj") {
        return;
    }
    let length = std::fs::metadata(town.place.newest("mbj")).map_or(0, |file| file.len());
    let limit = format!("--fsize={}:", length + 20);
    // It may have ended meanwhile.
    let set = Command::new("prlimit").args(["--pid", &bot.pid().to_string(), &limit]).output();
    drop(set.expect("prlimit, a part of util-linux"));
}
