//! The bank as its users see it: files in, questions or a report out.

use std::path::Path;

use mockingbird::bank::{Key, Kind, Level, QuestionBank, QuestionId, Topic};
use mockingbird::yaml::{Problem, Problems};

const SMALLEST: &str = "questions:
  - id: acid
    prompt: What does ACID stand for?
    level: easy
    answer: Atomic, consistent, isolated, durable.
";

const FULL: &str = "topic: databases
title: Databases & Storage
questions:
  - id: acid
    prompt: What does ACID stand for?
    level: medium
    kind: concept
    asked_by: 3
    minutes: 4
    probes: >-
      Whether guarantees are told
      from habits.
    hint: Four promises.
    answer: |
      Four promises:

      ```sql
      BEGIN; COMMIT;
      ```
    key_points:
      - point: All or nothing
        terms: [atomic, rollback, 503, 1.10, true]
        opposites: [half of it may stand]
      - point: Survives a crash
    pitfalls: [Taking C for the C of CAP]
    follow_ups:
      - prompt: What does isolation cost?
        answer: Waiting or retrying.
    pushback:
      prompt: Now on two machines.
      answer: Two-phase commit, or none.
    related: [levels]
    tags: [sql]
    sources: [\"ISO/IEC 9075-2, 4.41\"]
    checked: 2026-11-22
  - id: levels
    prompt: Name the isolation levels.
    level: hard
    kind: howto
    answer: Four of them.
";

fn parse(text: &str) -> Result<QuestionBank, Problems> {
    QuestionBank::parse(&[("questions/databases.yaml", text)])
}

fn messages(text: &str) -> Vec<String> {
    let problems = parse(text).expect_err("the bank is broken");
    problems.iter().map(|problem| problem.message().to_owned()).collect()
}

/// A file with one sound question and these lines added to it.
fn with(lines: &str) -> String {
    lines.lines().fold(SMALLEST.to_owned(), |file, line| {
        file + "    "
            + line
            + "
"
    })
}

#[test]
fn a_file_with_only_the_required_fields_loads() {
    let bank = QuestionBank::parse(&[("questions/data-bases.yaml", SMALLEST)]).unwrap();
    let topics: Vec<_> = bank.topics().map(|(name, title)| (name.to_string(), title)).collect();
    assert_eq!(topics, [("data-bases".to_owned(), "Data bases")]);
    assert_eq!(bank.len(), 1);
}

#[test]
fn a_full_question_keeps_every_field() {
    let bank = parse(FULL).unwrap();
    let question = bank.get(&QuestionId::new("acid")).unwrap();
    insta::assert_debug_snapshot!(question, @r#"
    Question {
        id: "acid",
        topic: "databases",
        topic_title: "Databases & Storage",
        prompt: "What does ACID stand for?",
        level: Medium,
        kind: Some(
            Concept,
        ),
        asked_by: Some(
            3,
        ),
        minutes: Some(
            4,
        ),
        probes: Some(
            "Whether guarantees are told from habits.",
        ),
        hint: Some(
            "Four promises.",
        ),
        answer: "Four promises:\n\n```sql\nBEGIN; COMMIT;\n```",
        key_points: [
            KeyPoint {
                point: "All or nothing",
                ask: None,
                terms: [
                    "atomic",
                    "rollback",
                    "503",
                    "1.10",
                    "true",
                ],
                opposites: [
                    "half of it may stand",
                ],
            },
            KeyPoint {
                point: "Survives a crash",
                ask: None,
                terms: [],
                opposites: [],
            },
        ],
        pitfalls: [
            "Taking C for the C of CAP",
        ],
        follow_ups: [
            FollowUp {
                prompt: "What does isolation cost?",
                answer: "Waiting or retrying.",
            },
        ],
        pushback: Some(
            FollowUp {
                prompt: "Now on two machines.",
                answer: "Two-phase commit, or none.",
            },
        ),
        related: [
            "levels",
        ],
        tags: [
            "sql",
        ],
        sources: [
            "ISO/IEC 9075-2, 4.41",
        ],
        checked: Some(
            2026-11-22,
        ),
    }
    "#);
}

#[test]
fn a_topic_is_found_by_its_aliases() {
    let http =
        format!("title: The Web\naliases: [Rest, status codes]\n{SMALLEST}").replace("acid", "b");
    let sql = format!("aliases: [db]\n{SMALLEST}");
    let files = [("questions/http.yaml", http), ("questions/sql.yaml", sql)];
    let bank = QuestionBank::parse(&files).unwrap();
    for text in ["http", "the web", "rest", "Status Codes "] {
        assert_eq!(bank.find_topic(text), Ok(Topic::new("http")), "{text}");
    }
    assert_eq!(bank.find_topic("DB"), Ok(Topic::new("sql")));
    assert_eq!(bank.find_topic("statuscodes"), Err(Some(Topic::new("http"))));
    let offered = |typed| bank.complete_topic(typed, 9).into_iter().map(|(topic, ..)| topic);
    assert_eq!(offered("stat").collect::<Vec<_>>(), [Topic::new("http")]);
}

#[test]
fn an_alias_is_not_the_name_of_another_topic() {
    let http = format!("aliases: [sql]\n{SMALLEST}").replace("acid", "b");
    let files = [("questions/http.yaml", http.as_str()), ("questions/sql.yaml", SMALLEST)];
    let found = QuestionBank::parse(&files).expect_err("`sql` is a topic").to_string();
    insta::assert_snapshot!(found, @"
    error: the alias `sql` is used twice
     --> questions/http.yaml:1:11
      |
    1 | aliases: [sql]
      |           ^^^
    note: it is first used here
     --> questions/sql.yaml
      = help: leave it to one of the two topics
    ");
}

#[test]
fn two_ids_of_one_key_are_refused() {
    // Found by a search of some minutes: their 64-bit hashes are the same.
    let ids = ["kd3glenuw34th", "y5lo3pdv2re7o"];
    let files = ids.map(|id| (format!("{id}.yaml"), SMALLEST.replace("acid", id)));
    let found = QuestionBank::parse(&files).expect_err("the bank is broken").to_string();
    insta::assert_snapshot!(found, @"
    error: the ids `kd3glenuw34th` and `y5lo3pdv2re7o` have the same hash, by mere chance
     --> y5lo3pdv2re7o.yaml:2:9
      |
    2 |   - id: y5lo3pdv2re7o
      |         ^^^^^^^^^^^^^
    note: the other is here
     --> kd3glenuw34th.yaml:2:9
      |
    2 |   - id: kd3glenuw34th
      |         ^^^^^^^^^^^^^
      = help: give the newer one of the two another id: by this hash the bot remembers who knows which question
    ");
}

#[test]
fn every_question_has_a_key_by_which_it_is_found() {
    let other = SMALLEST.replace("acid", "base");
    let bank = QuestionBank::parse(&[("a.yaml", SMALLEST), ("b.yaml", &other)]).expect("sound");
    for question in bank.iter() {
        assert_eq!(bank.by_key(Key::of(&question.id)), Some(question));
    }
    assert_eq!((bank.len(), bank.by_key(Key::new(1))), (2, None));
}

#[test]
fn all_problems_of_all_files_are_reported_together() {
    let http = SMALLEST.replace("prompt", "promt").replace("easy", "Easy");
    let files = [("questions/databases.yaml", SMALLEST), ("questions/http.yaml", &http)];
    let found = QuestionBank::parse(&files).expect_err("the bank is broken").to_string();
    insta::assert_snapshot!(found, @r"
    error: the id `acid` is used twice
     --> questions/http.yaml:2:9
      |
    2 |   - id: acid
      |         ^^^^
    note: it is first used here
     --> questions/databases.yaml:2:9
      |
    2 |   - id: acid
      |         ^^^^
      = help: give one of the two another id

    error: unknown field `promt` in a question
     --> questions/http.yaml:3:5
      |
    3 |     promt: What does ACID stand for?
      |     ^^^^^
      = help: did you mean `prompt`?

    error: unknown level `Easy`
     --> questions/http.yaml:4:12
      |
    4 |     level: Easy
      |            ^^^^
      = help: did you mean `easy`? It is one of `easy`, `medium`, `hard`
    ");
}

#[test]
fn an_unclosed_code_block_is_shown_where_it_opens() {
    let text = "questions:
  - id: a
    prompt: What?
    level: easy
    answer: |
      First:
      ```sql
      select 1
      ```
      then:

      ```sql
      select 2

      And so on.
  - id: b
    prompt: \"Folded ```rust\"
    level: easy
    answer: x
";
    insta::assert_snapshot!(parse(text).expect_err("two blocks are open"), @r#"
    error: this code block of `answer` is never closed
      --> questions/databases.yaml:12:7
       |
    12 |       ```sql
       |       ^^^^^^
       = help: put a line with ``` behind the code

    error: this code block of `prompt` is never closed
      --> questions/databases.yaml:17:13
       |
    17 |     prompt: "Folded ```rust"
       |             ^^^^^^^^^^^^^^^^
       = help: put a line with ``` behind the code
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text =
        format!("questions: [{}{{ id: A, prompt: p, level: easy, answer: a }}]", " ".repeat(500));
    insta::assert_snapshot!(parse(&text).expect_err("the id is broken"), @r"
    error: `A` cannot be the id of a question
     --> questions/databases.yaml:1:519
      |
    1 | …                                                       { id: A, prompt: p, level: easy, answer: a }]
      |                                                               ^
      = help: use 1 to 60 of the characters a-z, 0-9 and `-`, such as `a`
    ");
}

#[test]
fn each_problem_of_a_question_is_explained() {
    let long = |field: &str, length: usize| with(&format!("{field}: {}", "x".repeat(length)));
    let many = |field: &str, count: usize| with(&format!("{field}: [{}]", "x, ".repeat(count)));
    for (text, expected) in [
        (with("promt: x"), "unknown field `promt` in a question"),
        (with("hint:"), "`hint` is empty"),
        (with("hint: \"\u{200b} \""), "`hint` is empty"),
        (with("hint: [x]"), "`hint` must be a text, found a list"),
        (with("hint: { x: y }"), "`hint` must be a text, found a table"),
        (with("hint: \"\\x07\""), "`hint` is empty"),
        (with("hint: \"x\\x07\""), "`hint` holds the control character U+0007"),
        (with("probes: |\n  a\n  b"), "`probes` has more than one line"),
        (with("kind: concepts"), "unknown kind `concepts`"),
        (with("asked_by: 0"), "`asked_by` is out of range"),
        (with("minutes: 0"), "`minutes` is out of range"),
        (with("minutes: 61"), "`minutes` is out of range"),
        (with("minutes: 99999999999999999999"), "`minutes` is out of range"),
        (with("minutes: \"4\""), "`minutes` must be a whole number, found a text"),
        (with("checked: 2026-02-30"), "`2026-02-30` is not a date"),
        (with("checked: 2026-02-03T10:00"), "`2026-02-03T10:00` is not a date"),
        (with("checked: today"), "`today` is not a date"),
        (with("related: [acid]"), "a question cannot be related to itself"),
        (with("related: [acidic]"), "no question is called `acidic`"),
        (with("related: acid"), "`related` must be a list, found a text"),
        (with("related: [A]"), "`A` cannot be the id of a question"),
        (with("key_points: [x]"), "expected a key point, found a text"),
        (with("key_points: [{ terms: [x] }]"), "this key point has no `point`"),
        (with("key_points: [{ point: x, term: y }]"), "unknown field `term` in a key point"),
        (with("follow_ups: [{ prompt: x }]"), "this follow-up has no `answer`"),
        (with("pushback: { prompt: x }"), "this pushback has no `answer`"),
        (with("pushback: [x]"), "expected a pushback, found a list"),
        (with("pitfalls: [\"```\"]"), "this code block of `pitfalls` is never closed"),
        (with("hint: x\nhint: y"), "`hint` is given twice"),
        (with("1: x"), "expected the name of a field, found a number"),
        (with("? [a]\n: b"), "expected the name of a field, found a list"),
        (long("hint", 1_001), "`hint` has 1001 characters, at most 1000 fit"),
        (long("probes", 301), "`probes` has 301 characters, at most 300 fit"),
        (
            with(&format!("hint: {}", "💡".repeat(501))),
            "`hint` has 1002 characters, at most 1000 fit",
        ),
        (many("tags", 11), "`tags` has 11 entries, at most 10 are allowed"),
        (many("sources", 11), "`sources` has 11 entries, at most 10 are allowed"),
        (
            with(&format!("key_points: [{}]", "{ point: x }, ".repeat(9))),
            "`key_points` has 9 entries, at most 8 are allowed",
        ),
    ] {
        assert_eq!(messages(&text), [expected], "{text:.300}");
    }
}

#[test]
fn each_problem_of_a_file_is_explained() {
    for (text, expected) in [
        (SMALLEST.replace("easy", "simple"), "unknown level `simple`"),
        (SMALLEST.replace("id: acid", "id: ACID"), "`ACID` cannot be the id of a question"),
        (SMALLEST.replace("id: acid\n    ", ""), "this question has no `id`"),
        (
            SMALLEST.replace("id: acid", &format!("id: {}", "x".repeat(61))),
            "`xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` cannot be the id of a question",
        ),
        (
            SMALLEST.replace("What does ACID stand for?", &"x".repeat(2_001)),
            "`prompt` has 2001 characters, at most 2000 fit",
        ),
        (
            SMALLEST.replace("Atomic", &"x".repeat(12_000)),
            "`answer` has 12032 characters, at most 12000 fit",
        ),
        (format!("topic: db\n{SMALLEST}"), "the topic is `db`, but the file is called `databases`"),
        (format!("topic: Databases\n{SMALLEST}"), "`Databases` cannot be the name of a topic"),
        (format!("topik: databases\n{SMALLEST}"), "unknown field `topik` in a topic"),
        (
            format!("title: {}\n{SMALLEST}", "x".repeat(101)),
            "`title` has 101 characters, at most 100 fit",
        ),
        (format!("aliases: [Mixed]\n{SMALLEST}"), "`Mixed` stands for all topics"),
        (format!("aliases: [db, DB]\n{SMALLEST}"), "the alias `db` is used twice"),
        (format!("aliases: [databases]\n{SMALLEST}"), "the alias `databases` is used twice"),
        (format!("aliases: db\n{SMALLEST}"), "`aliases` must be a list, found a text"),
        ("topic: databases".to_owned(), "this topic has no `questions`"),
        ("questions: []".to_owned(), "this topic has no questions"),
        ("questions:".to_owned(), "this topic has no questions"),
        ("questions: 3".to_owned(), "`questions` must be a list, found a number"),
        ("- a".to_owned(), "expected a topic, found a list"),
        ("questions: [x]".to_owned(), "expected a question, found a text"),
        (String::new(), "the file is empty"),
        (
            format!("{SMALLEST}{}", SMALLEST.replace("questions:\n", "")),
            "the id `acid` is used twice",
        ),
    ] {
        assert_eq!(messages(&text), [expected], "{text:.300}");
    }
}

#[test]
fn a_text_at_its_limit_loads() {
    for text in [
        with(&format!("hint: {}", "x".repeat(1_000))),
        with(&format!("hint: {}", "💡".repeat(500))),
        with(&format!("tags: [{}]", vec!["x".repeat(40); 10].join(", "))),
        SMALLEST.replace("id: acid", &format!("id: {}", "x".repeat(60))),
        SMALLEST.replace("What does ACID stand for?", &"x".repeat(2_000)),
        with("minutes: 60"),
    ] {
        parse(&text).unwrap();
    }
}

#[test]
fn topics_and_titles_are_unique() {
    let two = SMALLEST.replace("acid", "base");
    let messages = |files: &[(&str, String)]| -> Vec<String> {
        let problems = QuestionBank::parse(files).expect_err("the bank is broken");
        problems.iter().map(|problem| problem.message().to_owned()).collect()
    };
    assert_eq!(
        messages(&[("q/a.yaml", SMALLEST.to_owned()), ("q/a.yml", two.clone())]),
        ["the topic `a` is used twice"]
    );
    assert_eq!(
        messages(&[
            ("q/a.yaml", format!("title: Storage\n{SMALLEST}")),
            ("q/b.yaml", format!("title: STORAGE\n{two}"))
        ]),
        ["the title `storage` is used twice"]
    );
    assert_eq!(messages(&[("q/any.yaml", two.clone())]), ["`any` stands for all topics"]);
    assert_eq!(messages(&[("q/A B.yaml", two)]), ["`A B` cannot be the name of a topic"]);
}

#[test]
fn a_question_of_a_file_that_cannot_be_parsed_is_not_missed() {
    let related = with("related: [base]");
    let files = [("q/a.yaml", related.as_str()), ("q/b.yaml", "questions: [")];
    let problems = QuestionBank::parse(&files).expect_err("b is broken");
    assert_eq!(problems.len(), 1, "{problems}");
}

#[test]
fn a_question_with_a_problem_can_be_related_to() {
    let text = format!("{}  - id: base\n    level: easy\n    answer: x\n", with("related: [base]"));
    assert_eq!(messages(&text), ["this question has no `prompt`"]);
}

#[test]
fn a_large_bank_is_compared_in_the_order_of_its_files() {
    // Large enough to be read on several threads; each file repeats an id of the one before.
    let padding = "# nothing\n".repeat(20_000);
    let question = |number: usize| {
        SMALLEST.replace("questions:\n", "").replace("acid", &format!("q-{number}"))
    };
    let file = |number: usize| {
        let (one, two) = (question(number), question(number + 1));
        (format!("q/{number}.yaml"), format!("{padding}questions:\n{one}{two}"))
    };
    let files: Vec<_> = (0..9).map(file).collect();
    let problems = QuestionBank::parse(&files).expect_err("eight ids are used twice");
    let found: Vec<_> = problems.iter().map(Problem::path).collect();
    let expected: Vec<_> = (1..9).map(|number| format!("q/{number}.yaml")).collect();
    assert_eq!(found, expected, "{problems}");
}

#[test]
fn a_question_of_a_file_that_cannot_be_read_is_not_missed() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", with("related: [elsewhere]").as_bytes());
    put(folder.path(), "b.yaml", b"\xff");
    let problems = QuestionBank::load(folder.path()).expect_err("b is broken");
    assert_eq!(problems.len(), 1, "{problems}");
}

#[test]
fn a_topic_is_found_by_name_and_title_in_any_case() {
    let http = SMALLEST.replace("acid", "get");
    let files =
        [("databases.yaml", FULL.to_owned()), ("http-web.yaml", format!("title: The Web\n{http}"))];
    let bank = QuestionBank::parse(&files).unwrap();
    for (text, expected) in [
        ("databases", Ok("databases")),
        (" DataBases ", Ok("databases")),
        ("databases & storage", Ok("databases")),
        ("the web", Ok("http-web")),
        ("databse", Err(Some("databases"))),
        ("the wob", Err(Some("http-web"))),
        ("http", Err(Some("http-web"))),
        ("quantum", Err(None)),
    ] {
        let found = bank.find_topic(text);
        let found = found.as_ref().map(Topic::as_str).map_err(|t| t.as_ref().map(Topic::as_str));
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn a_half_typed_topic_is_completed_best_match_first() {
    let file = |name: &'static str, title: &str, id: &str| {
        (name, format!("title: {title}\n{}", SMALLEST.replace("acid", id)))
    };
    let bank = QuestionBank::parse(&[
        file("caching.yaml", "Caching", "c"),
        file("databases.yaml", "Databases & Storage", "d"),
        file("storage.yaml", "Disks", "s"),
        file("astorx.yaml", "Other", "x"),
    ])
    .unwrap();
    let complete = |partial: &str, most: usize| -> Vec<String> {
        let found = bank.complete_topic(partial, most);
        found.into_iter().map(|(topic, ..)| topic.to_string()).collect()
    };
    assert_eq!(complete("", 25).len(), 4);
    assert_eq!(complete("", 2), ["astorx", "caching"]);
    assert_eq!(complete("STOR", 25), ["storage", "databases", "astorx"]);
    assert_eq!(complete("cahc", 25), ["caching"]);
    assert_eq!(complete("zzz", 25), [""; 0]);
    assert_eq!(bank.complete_topic("disk", 1), [(Topic::new("storage"), "Disks", 1)]);
}

#[test]
fn questions_are_picked_by_topic_level_and_kind() {
    let other = SMALLEST.replace("acid", "get");
    let bank = QuestionBank::parse(&[("databases.yaml", FULL), ("http.yaml", &other)]).unwrap();
    let pick = |topic: Option<&str>, level, kind| -> Vec<&str> {
        let topic = topic.map(Topic::new);
        bank.pick(topic.as_ref(), level, kind).map(|question| question.id.as_str()).collect()
    };
    assert_eq!(pick(None, None, None), ["acid", "get", "levels"]);
    assert_eq!(pick(Some("databases"), None, None), ["acid", "levels"]);
    assert_eq!(pick(Some("databases"), Some(Level::Hard), None), ["levels"]);
    assert_eq!(pick(None, None, Some(Kind::Concept)), ["acid"]);
    assert_eq!(pick(Some("nothing"), None, None), [""; 0]);
}

#[test]
fn a_folder_is_loaded_with_both_endings_and_without_hidden_files() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &[u8]| put(folder.path(), name, text);
    put("a.yaml", SMALLEST.as_bytes());
    put("b.yml", SMALLEST.replace("acid", "b").as_bytes());
    put(".hidden.yaml", b"[");
    put("README.md", b"[");
    put("sub.yaml/x.yaml", b"[");
    let bank = QuestionBank::load(folder.path()).unwrap();
    assert_eq!(bank.iter().map(|question| question.id.as_str()).collect::<Vec<_>>(), ["acid", "b"]);
}

#[test]
fn what_cannot_be_read_is_reported_with_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &[u8]| put(folder.path(), name, text);
    let load = || {
        let found = QuestionBank::load(folder.path()).expect_err("it is broken").to_string();
        found.replace(folder.path().to_str().unwrap(), "questions")
    };
    insta::assert_snapshot!(load(), @r"
    error: this folder holds no questions
     --> questions
      = help: put one file a topic there, such as `databases.yaml`, or name another folder behind `questions:` in the config file
    ");
    put("a.yaml", with("related: [elsewhere]").as_bytes());
    put("b.yaml", b"questions:\n  - id: \xff\n");
    put("c.yaml", &vec![b'#'; 6 * 1024 * 1024]);
    put("d.yaml", b"questions: [");
    insta::assert_snapshot!(load(), @r"
    error: line 2 is not UTF-8
     --> questions/b.yaml
      = help: save the file with the encoding UTF-8

    error: the file has 6291456 bytes, at most 5242880 are read
     --> questions/c.yaml
      = help: split it into several files

    error: unclosed bracket '['
     --> questions/d.yaml:1:12
      |
    1 | questions: [
      |            ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
    let missing = QuestionBank::load(Path::new("no/such/folder")).expect_err("it is not there");
    insta::assert_snapshot!(missing, @r"
    error: the folder of the questions cannot be read: No such file or directory (os error 2)
     --> no/such/folder
      = help: name the right folder behind `questions:` in the config file; it is relative to the folder in which the bot is started
    ");
}

#[expect(clippy::disallowed_methods, reason = "the files that the bank is to read")]
fn put(folder: &Path, name: &str, text: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("it is in the folder"))
        .expect("a temporary folder can be made");
    std::fs::write(path, text).expect("a temporary folder can be written");
}
