//! A time zone by its name. It knows neither dates nor members.

use std::fmt;
use std::sync::OnceLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::yaml::nearest;

/// A time zone of the IANA database that is built into the program, so that every machine agrees.
/// It is stored by its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this IANA name, whatever the case.
    pub fn named(name: &str) -> Option<Self> {
        let zone = database().get(name).ok()?;
        (zone.iana_name().is_some() && !zone.is_unknown()).then_some(Self(zone))
    }

    /// The same, or the name that was probably meant.
    ///
    /// # Errors
    /// There is no such zone: one that is near in spelling or has the same city, if there is one.
    pub fn find(name: &str) -> Result<Self, Option<String>> {
        let name = name.trim();
        Self::named(name).ok_or_else(|| meant(&name.replace(' ', "_")))
    }

    /// Coordinated universal time.
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Its IANA name: "Europe/Berlin".
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The zone to compute with.
    pub const fn rules(&self) -> &TimeZone {
        &self.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::named(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("no time zone is named {name:?}")))
    }
}

fn meant(name: &str) -> Option<String> {
    let names: Vec<_> = database().available().map(|name| name.to_string()).collect();
    let names = || names.iter().map(String::as_str);
    let city =
        |full: &str| full.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name));
    let near_city = |full: &str| nearest(name, full.rsplit('/').next()).is_some();
    names()
        .find(|full| city(full))
        .or_else(|| nearest(name, names()))
        .or_else(|| names().find(|full| near_city(full)))
        .map(str::to_owned)
}

/// The bundled zones; opening them anew each time would forget what was read before.
fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}
