//! What `mockingbird check` prints, and how it ends.

use std::path::{Path, PathBuf};

use mockingbird::check::{self, ExitStatus};

const QUESTION: &str = "questions:
  - id: acid
    prompt: What does ACID stand for?
    level: easy
    answer: Atomic, consistent, isolated, durable.
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    #[expect(clippy::disallowed_methods, reason = "the files that are to be checked")]
    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder"))
            .and_then(|()| std::fs::write(&path, text))
            .expect("a temporary folder can be written");
        path
    }

    /// A config with a bank in this folder and some more lines.
    fn config(&self, more: &str) -> PathBuf {
        let questions = self.0.path().join("questions");
        self.put("c.yaml", &format!("questions: {}\n{more}", questions.display()))
    }

    fn run(&self, config: &Path) -> (String, ExitStatus) {
        let (text, status) = check::run(config);
        (text.replace(&self.0.path().display().to_string(), "."), status)
    }
}

#[test]
fn a_good_config_and_bank_are_counted() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    let (text, status) = folder.run(&folder.config(""));
    assert_eq!(
        (text.as_str(), status),
        ("1 question in 1 topic; ./c.yaml is good\n", ExitStatus::Good)
    );
    folder.put("questions/http.yaml", &QUESTION.replace("acid", "get"));
    let (text, _) = folder.run(&folder.config(""));
    assert_eq!(text, "2 questions in 2 topics; ./c.yaml is good\n");
}

#[test]
fn problems_of_config_and_bank_are_printed_together() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", &QUESTION.replace("easy", "eazy"));
    let (text, status) = folder.run(&folder.config("day_starts: 24:00\n"));
    assert_eq!(status, ExitStatus::Problems);
    insta::assert_snapshot!(text, @r#"
    error: `24:00` is not a time of day
     --> ./c.yaml:2:13
      |
    2 | day_starts: 24:00
      |             ^^^^^
      = help: write hours and minutes from `"00:00"` to `"23:59"`, in quotes

    error: unknown level `eazy`
     --> ./questions/databases.yaml:4:12
      |
    4 |     level: eazy
      |            ^^^^
      = help: did you mean `easy`? It is one of `easy`, `medium`, `hard`

    2 problems in 2 files
    "#);
}

#[test]
fn a_topic_that_the_bank_lacks_is_a_problem_of_the_config() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    let config = folder.config(
        "daily: [{ channel: \"123456789012345678\", topics: [databases, databasses, http] }]\n",
    );
    let (text, status) = folder.run(&config);
    assert_eq!(status, ExitStatus::Problems);
    insta::assert_snapshot!(text, @r#"
    error: the bank has no topic `databasses`
     --> ./c.yaml:2:62
      |
    2 | daily: [{ channel: "123456789012345678", topics: [databases, databasses, http] }]
      |                                                              ^^^^^^^^^^
      = help: did you mean `databases`?

    error: the bank has no topic `http`
     --> ./c.yaml:2:74
      |
    2 | daily: [{ channel: "123456789012345678", topics: [databases, databasses, http] }]
      |                                                                          ^^^^
      = help: name a file of `./questions` without its ending, or delete the entry

    2 problems in 1 file
    "#);
    assert_eq!(check::load(&config).expect_err("two topics are missing").len(), 2);
}

#[test]
fn without_a_config_there_is_nothing_to_check() {
    let folder = Folder::new();
    let (text, status) = folder.run(&folder.0.path().join("config/mockingbird.yaml"));
    assert_eq!(status, ExitStatus::CouldNotRun);
    insta::assert_snapshot!(text, @r"
    error: there is no config file
     --> ./config/mockingbird.yaml
      = help: start in the folder that holds `config/`, or name another file with `--config`; the source comes with a commented example, `config/mockingbird.yaml`
    ");
    let (_, status) = folder.run(folder.0.path());
    assert_eq!(status, ExitStatus::CouldNotRun, "a folder is no config");
}
