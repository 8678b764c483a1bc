//! The only door through which the bank, the plans and the config are read. It does not know what
//! is in them.

use std::io;
use std::path::Path;

use super::{MAX_FILE, Problem, Problems};

/// The names of the `.yaml` and `.yml` files of a folder, in order; hidden files and folders are
/// passed over.
pub(crate) fn names_of_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
        let is_yaml = matches!(ending, Some("yaml" | "yml"));
        // A link to a file is a file: containers mount settings that way.
        if is_yaml && !name.starts_with('.') && !entry.path().is_dir() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The files of these names, each its path and its text, and what is wrong with those that cannot
/// be read.
pub(crate) fn read_folder(folder: &Path, names: &[String]) -> (Vec<(String, String)>, Problems) {
    let (mut files, mut problems) = (Vec::new(), Problems::default());
    for name in names {
        let path = folder.join(name);
        match read_file(&path) {
            Ok(text) => files.push((path.display().to_string(), text)),
            Err(problem) => problems.push(*problem),
        }
    }
    (files, problems)
}

/// Reads a text file, or says why that cannot be done.
pub(crate) fn read_file(path: &Path) -> Result<String, Box<Problem>> {
    let shown = path.display().to_string();
    let problem = |message: &str, help: &str| Box::new(Problem::of_file(&shown, message, help));
    let unreadable = |error: io::Error| {
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
