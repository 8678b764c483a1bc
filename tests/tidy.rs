//! The repository's own rules: what the compiler cannot hold and a reader should not have to.
//! Each test names every place that breaks its rule.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The most lines of a source file, and of the page that explains them all.
const LONGEST_FILE: usize = 500;
const LONGEST_PICTURE: usize = 150;

/// Folders in which nothing is ours.
const NOT_OURS: [&str; 3] = ["target", ".git", "node_modules"];

/// A file of the repository.
struct File {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

impl File {
    /// Lines of code with their numbers, without comments and without what is only for tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        numbered
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Whether it is compiled for tests only.
    fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.contains("/tests/")
            || self.path.starts_with("tests/")
            || ["tests.rs", "testing.rs"].contains(&name)
    }
}

/// All text files of the repository with one of these endings.
fn files(endings: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path: PathBuf = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let below = path.strip_prefix(root).expect("below the root");
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push(File { path: below.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    assert!(!found.is_empty(), "no file ends with {endings:?}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn sources() -> Vec<File> {
    files(&[".rs"])
}

fn file(path: &str) -> String {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(whole);
    assert!(text.is_ok(), "{path}: {text:?}");
    text.unwrap_or_default()
}

/// Fails with all places that break a rule.
#[track_caller]
fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// Whether a word stands in a line, and is not a part of a longer word.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
        let (first, last) = (word.chars().next(), word.chars().next_back());
        !(is_part(first) && is_part(before) || is_part(last) && is_part(after))
    })
}

/// The places in these files where one of these words stands.
fn places(files: &[File], fits: impl Fn(&File) -> bool, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| fits(file)) {
        for (number, line) in file.code() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                found.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    found
}

#[test]
fn only_the_folder_discord_names_serenity() {
    let elsewhere = |file: &File| file.is_in("src/") && !file.is_in("src/discord/");
    let found = places(&sources(), elsewhere, &["serenity::", "use serenity", "extern crate"]);
    none("serenity is named outside src/discord", &found);
}

#[test]
fn the_pure_folders_do_nothing_but_think() {
    let words = [
        "async",
        ".await",
        "tokio",
        "tracing",
        "std::fs",
        "std::env",
        "std::net",
        "std::thread",
        "std::process",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "rand::rng",
        "SysRng",
        "println!",
        "eprintln!",
        "reqwest",
        "mockingbird_playground",
        "crate::runtime",
        "crate::store",
        "crate::discord",
        "crate::config",
        "crate::app",
    ];
    let pure = |file: &File| {
        ["src/practice/", "src/words/", "src/command/", "src/chart/", "src/judge/"]
            .iter()
            .any(|at| file.is_in(at))
            && !file.is_test()
    };
    none("practice, words, command, chart and judge stay pure", &places(&sources(), pure, &words));

    // Bank and plans have one door each to the disk, which hands texts to the rest of them.
    let disk = ["std::fs", "std::thread"];
    let others: Vec<&str> = words.into_iter().filter(|word| !disk.contains(word)).collect();
    for folder in ["src/bank/", "src/plans/"] {
        let loader = format!("{folder}load.rs");
        let rest = |file: &File| file.is_in(folder) && file.path != loader && !file.is_test();
        none("only the loader touches the machine", &places(&sources(), rest, &words));
        let loader = |file: &File| file.path == loader;
        none("the loader only reads", &places(&sources(), loader, &others));
    }
}

#[test]
fn each_source_file_says_first_what_it_is() {
    let mute = sources().into_iter().filter(|file| !file.text.starts_with("//! "));
    none("no `//!` at the top", &mute.map(|file| file.path).collect::<Vec<_>>());
}

#[test]
fn no_source_file_is_too_long_to_read() {
    let long = sources().into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        let counted = file.is_in("src/") || file.is_in("playground/src/");
        (counted && !file.is_test() && lines > LONGEST_FILE)
            .then(|| format!("{}: {lines} lines", file.path))
    });
    none("longer than a file may be", &long.collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    // Put together here, so that this file does not find itself.
    let marks: Vec<String> = [("to", "do!"), ("#[igno", "re"), ("should_pa", "nic"), ("FIX", "ME")]
        .iter()
        .map(|(a, b)| format!("{a}{b}"))
        .chain(
            [("TO", "DO"), ("XX", "X"), ("unimple", "mented!"), ("dbg", "!(")]
                .iter()
                .map(|(a, b)| format!("{a}{b}")),
        )
        .collect();
    let mut found = Vec::new();
    for file in files(&[".rs", ".js", ".css", ".html", ".sh", ".yml", ".toml"]) {
        for (index, line) in file.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                found.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    none("left for later", &found);
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    let roots = ["home", "Users", "root", "work"].map(|root| format!("/{root}/"));
    let mut found = Vec::new();
    for file in files(&[".rs", ".md", ".yaml", ".yml", ".toml", ".js", ".html", "Dockerfile"]) {
        for (index, line) in file.text.lines().enumerate() {
            // A path begins where no other path goes on: an address is none.
            let starts = |root: &String| {
                line.match_indices(root.as_str()).any(|(at, _)| {
                    let before = line.get(..at).and_then(|before| before.chars().next_back());
                    before
                        .is_none_or(|before| !before.is_alphanumeric() && !"._-/".contains(before))
                })
            };
            if roots.iter().any(starts) {
                found.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    none("a path of one machine", &found);
}

#[test]
fn the_picture_fits_on_two_pages_and_the_tests_that_it_names_exist() {
    let picture = file("ARCHITECTURE.md");
    let lines = picture.lines().count();
    assert!(lines <= LONGEST_PICTURE, "ARCHITECTURE.md has {lines} lines");

    every_named_test_exists("ARCHITECTURE.md", &picture);
}

#[test]
fn the_glossary_explains_each_word_once() {
    let page = file("GLOSSARY.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    let words: Vec<&str> = rows.map(|(word, _)| word).collect();
    assert!(words.len() > 50, "the table was not read: {words:?}");
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = words.into_iter().filter(|word| !seen.insert(*word)).collect();
    assert_eq!(twice, [""; 0]);
}

#[test]
fn every_guard_of_the_security_page_has_its_test() {
    every_named_test_exists("SECURITY.md", &file("SECURITY.md"));
}

fn every_named_test_exists(name: &str, page: &str) {
    let tests = tests();
    let named = named_tests(page);
    assert!(!named.is_empty(), "{name} names no test");
    let missing = named.iter().filter(|name| !tests.iter().any(|test| is_called(test, name)));
    none(
        &format!("{name} names tests that are not there"),
        &missing.map(|name| (*name).to_owned()).collect::<Vec<_>>(),
    );
}

/// Every test, as its file without `.rs` and its own name: `tests/e2e/practice::a_quiz_is`.
fn tests() -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for file in sources() {
        let stem = file.path.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
        let mut is_next = false;
        for line in file.text.lines().map(str::trim) {
            is_next |= line.starts_with("#[test]")
                || line.starts_with("#[tokio::test")
                || line.starts_with("#[rstest]")
                || line == "proptest! {";
            let name = line.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
            if let (true, Some(name)) = (is_next && line.contains("fn "), name) {
                tests.insert(format!("{stem}::{name}"));
                is_next = false;
            }
        }
    }
    tests
}

/// Whether a test is meant by a name such as `a_quiz_is`, `practice::a_quiz_is`,
/// `e2e::practice::a_quiz_is` or `tests/tidy.rs::a_rule`.
fn is_called(test: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace(".rs", "").replace('/', "::");
    let (test, name) = (plain(test), plain(name));
    test == name || test.ends_with(&format!("::{name}"))
}

/// What stands in backticks in the rows of tables and is the name of a test: words of small
/// letters with at least two `_` between them, or a path with such a name at its end.
fn named_tests(picture: &str) -> BTreeSet<&str> {
    let rows = picture.lines().filter(|line| line.trim_start().starts_with('|'));
    let ticked = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    ticked
        .filter(|text| {
            let last = text.rsplit("::").next().unwrap_or_default();
            last.matches('_').count() >= 2
                && last.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        .collect()
}

#[test]
fn the_readme_lists_the_commands_that_there_are() {
    let readme = file("README.md");
    let table = readme
        .split_once("<!-- commands -->")
        .and_then(|(_, rest)| rest.split_once("<!-- /commands -->"))
        .map(|(table, _)| table.trim())
        .expect("README.md has `<!-- commands -->` and `<!-- /commands -->`");
    assert_eq!(table, mockingbird::command::readme_table().trim());
}

#[test]
fn a_word_is_found_only_where_it_stands_alone() {
    assert!(has_word("pub async fn run()", "async"));
    assert!(!has_word("let asynchronous = 1;", "async"));
    assert!(has_word("x.await;", ".await"));
    assert!(has_word("tokio::spawn(x)", "tokio"));
    assert!(!has_word("let mytokio = 1;", "tokio"));
}

#[test]
fn a_test_is_found_by_each_of_its_names() {
    let test = "tests/e2e/practice::a_quiz_is_revealed";
    for name in [
        "a_quiz_is_revealed",
        "practice::a_quiz_is_revealed",
        "e2e::practice::a_quiz_is_revealed",
        "tests/e2e/practice.rs::a_quiz_is_revealed",
    ] {
        assert!(is_called(test, name), "{name}");
    }
    assert!(!is_called(test, "quiz_is_revealed"));
    assert!(!is_called(test, "faults::a_quiz_is_revealed"));
    let named =
        named_tests("| 1 | `a_b_c` and `x::d_e_f` | `Team` `src/store` |\n`not_in_a_table`");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["a_b_c", "x::d_e_f"]);
}
