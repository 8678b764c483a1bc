//! Where a member stands in a data folder, in whatever form: every byte of every file is looked at,
//! and what is packed is unpacked. It knows nothing of what the files mean.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How a number may stand in a file: as it is in memory either way round, as the store writes it,
/// in digits, and in those of buttons.
fn forms(member: u64) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("little endian", member.to_le_bytes().to_vec()),
        ("big endian", member.to_be_bytes().to_vec()),
        ("variable length", postcard::to_allocvec(&member).expect("a number")),
        ("decimal", member.to_string().into_bytes()),
        ("hexadecimal", format!("{member:x}").into_bytes()),
    ]
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Everything that is in a file: its bytes, and what is packed in them.
fn contents(path: &Path) -> Vec<Vec<u8>> {
    const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    // A bot that runs may have removed it meanwhile.
    let Ok(bytes) = fs::read(path) else { return Vec::new() };
    let packed = bytes.windows(4).position(|window| window == ZSTD);
    let unpacked = packed.map(|start| {
        let mut unpacked = Vec::new();
        let mut stream = zstd::stream::read::Decoder::new(bytes.get(start..).unwrap_or_default())
            .expect("it has room");
        // Of one that is damaged: as much as can be had.
        let mut byte = [0];
        while stream.read(&mut byte).is_ok_and(|read| read == 1) {
            unpacked.extend(byte);
        }
        unpacked
    });
    std::iter::once(bytes.clone()).chain(unpacked).collect()
}

/// Where in the folder a member stands: file and form.
pub(crate) fn traces(folder: &Path, member: u64) -> Vec<String> {
    found(folder, &forms(member))
}

/// Where in the folder these words stand, which somebody wrote.
pub(crate) fn words(folder: &Path, text: &str) -> Vec<String> {
    found(folder, &[("words", text.as_bytes().to_vec())])
}

fn found(folder: &Path, forms: &[(&str, Vec<u8>)]) -> Vec<String> {
    let mut traces = Vec::new();
    for path in files(folder) {
        for content in contents(&path) {
            for (form, bytes) in forms {
                if content.windows(bytes.len()).any(|window| window == bytes) {
                    let name = path.strip_prefix(folder).expect("it is below").display();
                    traces.push(format!("{name}: {form}"));
                }
            }
        }
    }
    traces
}
