//! What has to hold whatever comes in: one property a target, on nothing but bytes. The real fuzz
//! targets in `fuzz/` and the run on stable call the same ones. They use the public doors of the
//! library, and know nothing of where the bytes come from.

mod answered;
mod bank;
mod button;
mod coach;
mod config;
mod doctor;
mod interviews;
mod judge;
mod memory;
mod options;
mod own;
mod plans;
mod problems;
mod seal;
mod search;
mod shown;
mod spoken;
mod store;
mod words;

/// A door through which bytes come in.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// Its name, also of its corpus.
    pub(crate) name: &'static str,
    /// The longest input that is looked at, in bytes; what is longer is cut. The store may sum up
    /// 256 MiB in search of a record behind damage: short journals stay far below.
    pub(crate) longest: usize,
    /// Panics where the property does not hold.
    property: fn(&[u8]),
}

impl Target {
    const fn new(name: &'static str, longest: usize, property: fn(&[u8])) -> Self {
        Self { name, longest, property }
    }

    /// Panics where the property does not hold of this input.
    pub(crate) fn hold(&self, bytes: &[u8]) {
        (self.property)(bytes.get(..self.longest).unwrap_or(bytes));
    }
}

/// Every door.
pub(crate) const TARGETS: &[Target] = &[
    Target::new("bank", 64 << 10, |bytes| bank::holds(&text(bytes))),
    Target::new("button", 4 << 10, |bytes| button::holds(&text(bytes))),
    Target::new("coach", 16 << 10, coach::holds),
    Target::new("config", 32 << 10, |bytes| config::holds(&text(bytes))),
    Target::new("doctor", 16 << 10, doctor::holds),
    Target::new("journal", 16 << 10, store::journal_holds),
    Target::new("judge", 4 << 10, judge::holds),
    Target::new("options", 16 << 10, |bytes| options::holds(&text(bytes))),
    Target::new("plans", 32 << 10, |bytes| plans::holds(&text(bytes))),
    Target::new("search", 8 << 10, |bytes| search::holds(&text(bytes))),
    Target::new("snapshot", 64 << 10, store::snapshot_holds),
    Target::new("spoken", 8 << 10, |bytes| spoken::holds(&text(bytes))),
    Target::new("words", 32 << 10, |bytes| words::holds(&text(bytes))),
];

/// Bytes as Discord's JSON and the readers of files give them on: text.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The length of a text as Discord counts it at its strictest.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
