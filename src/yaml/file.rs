//! The only door through which the bank and the config are read. It does not know what is in them.

use std::path::Path;

use super::{MAX_FILE, Problem};

/// Reads a text file, or says why that cannot be done.
pub(crate) fn read_file(path: &Path) -> Result<String, Box<Problem>> {
    let shown = path.display().to_string();
    let problem = |message: &str, help: &str| Box::new(Problem::of_file(&shown, message, help));
    let unreadable = |error: std::io::Error| {
        problem(
            &format!("the file cannot be read: {error}"),
            "check the name, and whether the bot may read it",
        )
    };
    // The size is asked before the content is read: the file may be larger than the memory.
    let size = std::fs::metadata(path).map_err(unreadable)?;
    if !size.is_file() {
        return Err(problem("this is no file", "name a text file"));
    }
    if size.len() > MAX_FILE as u64 {
        return Err(problem(
            &format!("the file has {} bytes, at most {MAX_FILE} are read", size.len()),
            "split it into several files",
        ));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(sound).filter(|byte| **byte == b'\n').count() + 1;
        problem(&format!("line {line} is not UTF-8"), "save the file with the encoding UTF-8")
    })
}
