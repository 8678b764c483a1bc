//! What most tests ask, and how they get at the coach.

use mockingbird::coach::Coach;
use mockingbird::config::{self, CoachAddress, CoachKey};
use mockingbird::judge::{Asking, InDoubt};

use crate::stand_in::{PATIENCE, Seen, StandIn};

pub(crate) const KEY: &str = "sk-not-a-real-key-0123456789";

impl Seen {
    /// What kind of JSON was asked for, if any.
    pub(crate) fn format(&self) -> Option<&str> {
        self.body.get("response_format")?.get("type")?.as_str()
    }
}

impl StandIn {
    /// A coach that asks there, patiently and without a key.
    pub(crate) fn coach(&self) -> Coach {
        Coach::new(&settings(&self.address), None).unwrap()
    }
}

pub(crate) fn settings(address: &str) -> config::Coach {
    config::Coach {
        address: CoachAddress::parse(address).unwrap(),
        model: "small".to_owned(),
        key_env: None,
        timeout: PATIENCE,
    }
}

/// Settings with the key that they name.
pub(crate) fn with_key(address: &str) -> (config::Coach, CoachKey) {
    let settings = config::Coach { key_env: Some("COACH_KEY".to_owned()), ..settings(address) };
    let key = CoachKey::look_up(&settings, |_| Some(KEY.to_owned())).unwrap().unwrap();
    (settings, key)
}

/// What is asked in most tests: the first and the third key point are in doubt.
pub(crate) const TEXT: &str = "An index makes reads faster.\nIt costs nothing when you write.";

pub(crate) fn asking(text: &str) -> Asking {
    Asking {
        question: "What does an index cost?".to_owned(),
        points: vec![
            InDoubt { number: 1, point: "Reads get faster.".to_owned() },
            InDoubt { number: 3, point: "Writes get slower.".to_owned() },
        ],
        text: text.to_owned(),
    }
}
