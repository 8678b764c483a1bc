//! The inputs that are kept: `fuzz/corpus/<target>/`, and the words of `fuzz/words/`. It only reads,
//! and puts aside what is new.

use std::path::{Path, PathBuf};

/// An input that is kept.
pub(crate) struct Kept {
    /// The name of its file; one that begins with `crash-` broke something once.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

fn folder(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(below)
}

/// All inputs of a target, in the order of their names.
pub(crate) fn of(target: &str) -> Vec<Kept> {
    let folder = folder("corpus").join(target);
    let entries = std::fs::read_dir(&folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut kept: Vec<Kept> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            Kept { name, bytes: std::fs::read(&path).expect("a file") }
        })
        .collect();
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    kept
}

/// Writes an input that breaks something where nothing is committed, and says where.
#[expect(clippy::disallowed_methods, reason = "it is for a person to look at")]
pub(crate) fn put_aside(target: &str, bytes: &[u8]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{target}"));
    std::fs::write(&file, bytes).expect("the input is written");
    file
}

/// The words that a target's inputs are made of, as libFuzzer reads them: one a line, in quotes,
/// with `\\`, `\"` and `\xAB`. None where the target has none.
pub(crate) fn words(target: &str) -> Vec<Vec<u8>> {
    let file = folder("words").join(target);
    let Ok(text) = std::fs::read_to_string(file) else { return Vec::new() };
    let lines = text.lines().filter(|line| line.starts_with('"'));
    lines.map(|line| word(line.trim_matches('"'))).collect()
}

fn word(written: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let hex = after.strip_prefix('x').and_then(|hex| hex.get(..2));
        let taken = if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            3
        } else {
            bytes.extend(after.bytes().take(1));
            1
        };
        rest = after.get(taken..).unwrap_or_default();
    }
    bytes.extend(rest.bytes());
    bytes
}
