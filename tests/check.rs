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
        let plans = self.0.path().join("plans");
        self.put("plans/.keep", "");
        let text =
            format!("questions: {}\n{more}plans: {}\n", questions.display(), plans.display());
        self.put("c.yaml", &text)
    }

    fn run(&self, config: &Path) -> (String, ExitStatus) {
        let (text, status) = check::run(config, None);
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
        ("1 question in 1 topic; no plans of interviews; ./c.yaml is good\n", ExitStatus::Good)
    );
    folder.put("questions/http.yaml", &QUESTION.replace("acid", "get"));
    let (text, _) = folder.run(&folder.config(""));
    assert_eq!(text, "2 questions in 2 topics; no plans of interviews; ./c.yaml is good\n");
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

const PLAN: &str = "title: Short talk
about: One question of any sort.
rubric: short
sections:
  - { title: Anything, minutes: 5, questions: 1 }
";

const RUBRIC: &str = "title: Short
dimensions:
  - title: Communication
    bands: [Nothing., Little., Much., All.]
";

#[test]
fn plans_and_rubrics_are_counted() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    folder.put("plans/short.yaml", PLAN);
    folder.put("rubrics/short.yaml", RUBRIC);
    let rubrics = folder.0.path().join("rubrics");
    let config = folder.config(&format!("rubrics: {}\n", rubrics.display()));
    let (text, status) = folder.run(&config);
    assert_eq!(
        (text.as_str(), status),
        ("1 question in 1 topic; 1 plan with 1 rubric; ./c.yaml is good\n", ExitStatus::Good)
    );
    let loaded = check::load(&config).expect("it is good");
    assert_eq!((loaded.bank.len(), loaded.plans.len()), (1, 1));
}

#[test]
fn problems_of_plans_are_printed_beside_those_of_config_and_bank() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    folder
        .put("plans/short.yaml", &PLAN.replace("questions: 1", "questions: 2, topics: [databses]"));
    folder.put(
        "plans/long.yaml",
        &PLAN.replace("Short", "Long").replace("questions: 1", "questions: 2"),
    );
    folder.put("rubrics/short.yaml", &RUBRIC.replace("Little., ", ""));
    let rubrics = folder.0.path().join("rubrics");
    let config = folder.config(&format!("day_starts: 24:00\nrubrics: {}\n", rubrics.display()));
    let (text, status) = folder.run(&config);
    assert_eq!(status, ExitStatus::Problems);
    insta::assert_snapshot!(text, @r#"
    error: `24:00` is not a time of day
     --> ./c.yaml:2:13
      |
    2 | day_starts: 24:00
      |             ^^^^^
      = help: write hours and minutes from `"00:00"` to `"23:59"`, in quotes

    error: this section asks more questions (2) than the bank has for it (1)
     --> ./plans/long.yaml:5:47
      |
    5 |   - { title: Anything, minutes: 5, questions: 2 }
      |                                               ^
      = help: allow more topics, levels or kinds, or ask fewer

    error: the bank has no topic `databses`
     --> ./plans/short.yaml:5:59
      |
    5 |   - { title: Anything, minutes: 5, questions: 2, topics: [databses] }
      |                                                           ^^^^^^^^
      = help: did you mean `databases`?

    error: `bands` has 3 entries, 4 are needed
     --> ./rubrics/short.yaml:4:12
      |
    4 |     bands: [Nothing., Much., All.]
      |            ^
      = help: write `bands:` and below it 4 sentences, the lowest first

    4 problems in 4 files
    "#);
    // What a broken bank has for a plan nobody knows.
    folder.put("questions/databases.yaml", "questions: [");
    let (text, _) = folder.run(&config);
    assert!(text.ends_with("3 problems in 3 files\n"), "{text}");
    assert!(!text.contains("databses") && text.contains("`bands` has 3 entries"), "{text}");
}

#[test]
fn a_plan_that_the_bank_cannot_fill_is_a_problem_and_no_reason_not_to_start() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    folder.put("plans/short.yaml", PLAN);
    let long = PLAN.replace("Short", "Long").replace("questions: 1", "questions: 2");
    folder.put("plans/long.yaml", &long);
    folder.put("rubrics/short.yaml", RUBRIC);
    let rubrics = folder.0.path().join("rubrics");
    let config = folder.config(&format!("rubrics: {}\n", rubrics.display()));
    let (text, status) = folder.run(&config);
    assert_eq!(status, ExitStatus::Problems);
    insta::assert_snapshot!(text, @"
    error: this section asks more questions (2) than the bank has for it (1)
     --> ./plans/long.yaml:5:47
      |
    5 |   - { title: Anything, minutes: 5, questions: 2 }
      |                                               ^
      = help: allow more topics, levels or kinds, or ask fewer

    1 problem in 1 file; the bot starts without the plan `long`
    ");
    let plans = check::load(&config).expect("the bot starts").plans;
    assert_eq!((plans.len(), plans.left_out().count()), (1, 1));

    folder.put(
        "plans/plants.yaml",
        &PLAN.replace("Short", "Plants").replace("5,", "5, topics: [plants],"),
    );
    let (text, _) = folder.run(&config);
    assert!(
        text.ends_with(
            "2 problems in 2 files; the bot starts without the plans `long`, `plants`\n"
        ),
        "{text}"
    );

    // With another mistake it does not start, and all is told together.
    let bad = folder.config(&format!("day_starts: 24:00\nrubrics: {}\n", rubrics.display()));
    let (text, _) = folder.run(&bad);
    assert!(text.ends_with("\n3 problems in 3 files\n"), "{text}");
    let problems = check::load(&bad).expect_err("the config is broken");
    assert_eq!(problems.len(), 1, "what can wait is not in the way: {problems}");
}

#[test]
fn folders_of_plans_that_are_named_must_be_there() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", QUESTION);
    let missing = folder.0.path().join("no-plans");
    let text = format!(
        "questions: {}\nplans: {}\n",
        folder.0.path().join("questions").display(),
        missing.display()
    );
    let (text, status) = folder.run(&folder.put("c.yaml", &text));
    assert_eq!(status, ExitStatus::Problems);
    insta::assert_snapshot!(text, @"
    error: the folder of the plans cannot be read: No such file or directory (os error 2)
     --> ./no-plans
      = help: name the right folder behind `plans:` in the config file; it is relative to the folder in which the bot is started

    1 problem in 1 file
    ");
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

#[test]
fn the_statistics_of_a_good_bank_follow_when_asked_for() {
    let folder = Folder::new();
    let question = |id: &str, more: &str| {
        let text = QUESTION.replace("acid", id).replace("questions:\n", "");
        text + &more.lines().fold(String::new(), |lines, line| format!("{lines}    {line}\n"))
    };
    let first = question("acid", "kind: concept\nasked_by: 4\nchecked: 2026-11-22");
    let second = question("locks", "kind: design\nasked_by: 1\nchecked: 2025-11-21")
        .replace("easy", "hard")
        .replace("durable.", "durable, and more.");
    folder.put("questions/databases.yaml", &format!("questions:\n{first}{second}"));
    folder.put("questions/http.yaml", &QUESTION.replace("acid", "get"));
    let config = folder.config("");
    let today = |text: &str| Some(text.parse().expect("a date"));
    let (text, status) = check::run(&config, today("2026-11-22"));
    assert_eq!(status, ExitStatus::Good);
    let (_, described) = text.split_once("\n\n").expect("a summary and statistics");
    insta::assert_snapshot!(described, @"
    topic      questions  easy  medium  hard  concept  compare  howto  scenario  design
    databases          2     1       0     1        1        0      0         0       1
    http               1     1       0     0        0        0      0         0       0
    all                3     2       0     1        1        0      0         0       1

    fields filled, of 3
      kind            2
      asked_by        2
      minutes         0
      probes          0
      hint            0
      key_points      0
      pitfalls        0
      follow_ups      0
      pushback        0
      related         0
      tags            0
      sources         0
      checked         2
      0 key points and 0 follow-ups in all

    answers, in words
      shortest      4  acid
      middle        4  get
      longest       6  locks

    asked by so many of the collections behind the bank
      4  acid
      1  locks

    facts checked
      longest ago: 2025-11-21
      more than a year ago: locks
    ");
    let (earlier, _) = check::run(&config, today("2026-11-21"));
    assert!(earlier.ends_with("more than a year ago: none\n"), "{earlier}");
}

#[test]
fn a_bank_with_problems_has_no_statistics() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", &QUESTION.replace("easy", "eazy"));
    let (text, status) = check::run(&folder.config(""), "2026-11-22".parse().ok());
    assert_eq!(status, ExitStatus::Problems);
    assert!(!text.contains("fields filled"), "{text}");
}

/// A question whose model answer makes all its key points in their own words.
const JUDGED: &str = "questions:
  - id: acid
    prompt: What does ACID stand for?
    level: easy
    hint: Think of four letters.
    answer: >-
      Half a transaction is never seen: all of its writes happen, or none. Two transactions at the
      same time behave as if one came after the other.
    key_points:
      - point: Half a transaction is never seen; all of its writes happen, or none.
        ask: What is left of it after a crash in the middle?
        terms: [all or nothing, atomic]
      - point: Two transactions at the same time behave as if one came after the other.
        terms: [isolation, serializable]
";

/// What the judge finds in a bank, without its percentages: those change with the judge.
fn judged(folder: &Folder, config: &Path) -> (String, ExitStatus) {
    let mut told = Vec::new();
    let (text, status) = check::run_judge(config, &mut |done, of| told.push((done, of)));
    assert!(told.iter().all(|(done, of)| done <= of) && told.iter().map(|one| one.0).is_sorted());
    let mut shown = String::new();
    let mut parts = text.split(" %");
    shown.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let without = shown.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(' ');
        shown.truncate(without.len());
        shown.push_str(if shown.ends_with('(') { "[p] %" } else { " [p] %" });
        shown.push_str(part);
    }
    (shown.replace(&folder.0.path().display().to_string(), "."), status)
}

#[test]
fn a_bank_in_which_the_judge_finds_its_way_is_good() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", JUDGED);
    folder.put("questions/http.yaml", &QUESTION.replace("acid", "get"));
    let (text, status) = judged(&folder, &folder.config(""));
    assert_eq!(text, "\n2 questions with 2 key points: nothing found\n");
    assert_eq!(status, ExitStatus::Good);
}

#[test]
fn what_the_judge_does_not_find_or_finds_too_early_or_twice_is_told_by_question() {
    let folder = Folder::new();
    let more = "      - point: Giraffes eat the leaves of acacias, which grow where nobody else can reach them at all.
        terms: [giraffe, acacia]
      - point: The leaves of acacias are what giraffes eat, which grow where nobody else reaches them.
        terms: [giraffe]
      - point: Committed rows survive a crash, since the log reached the disk before.
        ask: Do committed rows survive a crash, since the log reached the disk before?
";
    folder.put("questions/databases.yaml", &format!("{JUDGED}{more}"));
    let leaky = JUDGED.replace("acid", "leaky").replace(
        "Think of four letters.",
        "All of its writes happen or none; half a transaction is never seen.",
    );
    folder.put("questions/leaks.yaml", &leaky);
    let (text, status) = judged(&folder, &folder.config(""));
    insta::assert_snapshot!(text, @"

    acid (databases)
      the model answer does not cover:
        3. [p] %  Giraffes eat the leaves of acacias, which grow where nobody else
                 can reach them at all.
        4. [p] %  The leaves of acacias are what giraffes eat, which grow where
                 nobody else reaches them.
        5. [p] %  Committed rows survive a crash, since the log reached the disk
                 before.
      its own `ask` gives it away ([p] %):
        5. Committed rows survive a crash, since the log reached the disk before.
        ask: Do committed rows survive a crash, since the log reached the disk
             before?
      these two cannot be told apart:
        3. Giraffes eat the leaves of acacias, which grow where nobody else can
           reach them at all.
        4. The leaves of acacias are what giraffes eat, which grow where nobody else
           reaches them.

    leaky (leaks)
      prompt and hint give it away ([p] %):
        1. Half a transaction is never seen; all of its writes happen, or none.
        hint: All of its writes happen or none; half a transaction is never seen.

    2 questions with 7 key points: 6 findings in 2 questions
    (3 not covered by the model answer, 2 given away, 1 not told apart)
    note: key points with fewer than two `terms`, by which more is found:
        2 in acid
    ");
    assert_eq!(status, ExitStatus::Problems);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    // With other thresholds something else is covered.
    let (text, _) = judged(&folder, &folder.config("judge: { covered: 100 }\n"));
    assert!(!text.contains("cannot be told apart") && text.contains("does not cover"), "{text}");
}

#[test]
fn key_points_without_terms_are_a_note_and_no_problem() {
    let folder = Folder::new();
    let bare = JUDGED.replace("[isolation, serializable]", "[isolation]");
    folder.put("questions/databases.yaml", &bare);
    let (text, status) = judged(&folder, &folder.config(""));
    insta::assert_snapshot!(text, @"

    1 question with 2 key points: nothing found
    note: key points with fewer than two `terms`, by which more is found:
        1 in acid
    ");
    assert_eq!(status, ExitStatus::Good);
}

#[test]
fn a_bank_with_problems_is_not_judged() {
    let folder = Folder::new();
    folder.put("questions/databases.yaml", &JUDGED.replace("easy", "eazy"));
    let (text, status) = judged(&folder, &folder.config(""));
    assert_eq!((text.as_str(), status), ("", ExitStatus::Problems));
}
