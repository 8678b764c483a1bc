//! A real folder with the files of a real team, and the built program to look at it. It judges
//! nothing.

#![expect(clippy::disallowed_methods, reason = "the program is tried with real files")]

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with `data` in it, and the program to look at it.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) program: PathBuf,
}

impl Place {
    /// With the files of a real team: a snapshot, a journal before and one after it.
    pub(crate) fn new() -> Self {
        Self::of(TempDir::new().unwrap())
    }

    /// The same in a folder of its own.
    pub(crate) fn of(folder: TempDir) -> Self {
        let data = folder.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        for file in std::fs::read_dir("tests/fixtures/store/v1-team").unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), data.join(file.file_name())).unwrap();
        }
        Self { folder, program: PathBuf::from(env!("CARGO_BIN_EXE_mockingbird")) }
    }

    /// With a bit flipped in the journal after the snapshot.
    pub(crate) fn damaged() -> Self {
        Self::new().broken()
    }

    /// The same here.
    pub(crate) fn broken(self) -> Self {
        self.change("journal-2.mbj", |bytes| bytes[400] ^= 1);
        self
    }

    pub(crate) fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let path = self.data().join(name);
        let mut bytes = std::fs::read(&path).unwrap();
        change(&mut bytes);
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("doctor").args(arguments).env_clear().current_dir(self.folder.path());
        command
    }

    /// What it prints, and how it ends.
    pub(crate) fn doctor(&self, arguments: &[&str]) -> (String, Option<i32>) {
        told(&self.command(arguments).output().unwrap())
    }

    /// The names in `data`, but the lock.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.data()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    }
}

pub(crate) fn told(output: &Output) -> (String, Option<i32>) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (without_times(&String::from_utf8(text).unwrap()), output.status.code())
}

/// A text in which every moment after 1970 is masked.
fn without_times(text: &str) -> String {
    let is_time = |text: &str| {
        let shape = "0000-00-00 00:00:00 UTC";
        let fits = |(c, shape): (char, char)| c == shape || shape == '0' && c.is_ascii_digit();
        text.len() >= shape.len() && text.chars().zip(shape.chars()).all(fits)
    };
    let mut shown = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if is_time(rest) && !rest.starts_with("1970") {
            shown.push_str("[time]");
            rest = &rest[23..];
        } else {
            shown.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    shown
}
