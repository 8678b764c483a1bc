//! `mockingbird judge` as whoever measures it uses it: through pipes, with lines of any size, good and
//! bad.

#![expect(clippy::disallowed_methods, reason = "a folder is to be without its config file")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::process::Place;

/// What came of a run.
struct Run {
    code: Option<i32>,
    lines: Vec<Value>,
    errors: String,
}

/// A folder without a config file.
fn place() -> Place {
    let place = Place::new("http://127.0.0.1:9");
    std::fs::remove_file(place.path("config/mockingbird.yaml")).expect("it was there");
    place
}

fn piped(mut command: Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

/// Runs it to its end on this input.
fn judged(place: &Place, more: &[&str], input: impl AsRef<[u8]> + Send) -> Run {
    let arguments: Vec<&str> = ["judge"].iter().chain(more).copied().collect();
    let mut child = piped(place.command(&arguments));
    let mut stdin = child.stdin.take().expect("a pipe");
    let ended = std::thread::scope(|scope| {
        scope.spawn(move || {
            // Whoever ends early reads no further.
            drop(stdin.write_all(input.as_ref()));
        });
        child.wait_with_output().expect("it ends")
    });
    let text = String::from_utf8(ended.stdout).expect("UTF-8");
    Run {
        code: ended.status.code(),
        lines: text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(),
        errors: String::from_utf8(ended.stderr).expect("UTF-8"),
    }
}

fn line(text: &str) -> String {
    let points = json!([
        { "point": "Every write has to update each index.", "terms": ["slower writes"] },
        "It takes space on disk.",
    ]);
    json!({ "prompt": "What does it cost?", "key_points": points, "text": text }).to_string()
}

const COVERS: &str = "Every write has to update each index.";

#[test]
fn each_line_is_answered_in_its_place_and_a_bad_one_says_why() {
    let (covers, says_nothing) = (line(COVERS), line("Giraffes sleep while standing."));
    let input = format!("{covers}\nnonsense\n\n{says_nothing}\n{{\"text\": \"t\"}}");
    let run = judged(&place(), &[], input);
    let [first, second, third, fourth] = run.lines.as_slice() else { panic!("{:?}", run.lines) };
    let names = |value: &Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(names(first), ["flags", "key_points", "on_topic", "score"]);
    let points = first["key_points"].as_array().expect("a list");
    assert_eq!(points.len(), 2);
    assert_eq!(names(&points[0]), ["contradicted", "evidence", "p", "state"]);
    assert_eq!(points[0]["state"], "covered");
    assert_eq!(points[0]["evidence"], COVERS);
    assert!(points[0]["p"].as_f64().is_some_and(|p| (0.6..=1.0).contains(&p)), "{first}");
    assert_eq!((&points[1]["state"], &points[1]["evidence"]), (&json!("missing"), &Value::Null));
    assert_eq!(third["key_points"][0]["state"], "missing");
    assert!(third["score"].as_f64() < first["score"].as_f64());
    let said = |value: &Value| value["error"].as_str().unwrap_or_default().to_owned();
    assert!(said(second).starts_with("line 2: not to be read at column 2"), "{second}");
    assert!(said(fourth).starts_with("line 5: there is nothing to hold"), "{fourth}");
    assert_eq!((run.code, run.errors.as_str()), (Some(1), ""));
}

#[test]
fn without_key_points_an_answer_is_held_against_the_model_answer() {
    let input = json!({ "answer": COVERS, "text": COVERS, "id": 7 }).to_string();
    let run = judged(&place(), &[], input);
    assert_eq!(run.code, Some(0), "{}", run.errors);
    assert_eq!(run.lines[0]["key_points"].as_array().map(Vec::len), Some(1));
    assert_eq!(run.lines[0]["key_points"][0]["state"], "covered");
}

#[test]
fn a_line_of_ten_megabytes_is_answered_like_any_other() {
    let long: String =
        (0..1_400_000).flat_map(|word| [word.to_string(), " words ".to_owned()]).collect();
    let enormous = json!({ "text": long, "key_points": ["One thing."] });
    let beside = json!({ "text": COVERS, "key_points": [COVERS], "more": long });
    let mut input = format!("{enormous}\n{beside}\n").into_bytes();
    assert!(input.len() > 20 << 20);
    input.extend(b"{\"text\": \"\xff\xfe\", \"key_points\": [\"p\"]}\n");
    input.extend(vec![0; 100]);
    let run = judged(&place(), &[], input);
    let [first, second, third, fourth] = run.lines.as_slice() else { panic!("{:?}", run.lines) };
    assert_eq!(
        (&first["cut"], &first["key_points"][0]["state"]),
        (&json!(true), &json!("missing"))
    );
    assert_eq!((&second["cut"], &second["score"]), (&Value::Null, &second["score"]));
    assert_eq!(second["key_points"][0]["state"], "covered");
    assert_eq!(third["error"], "line 3: no UTF-8 from byte 11 on; save it as UTF-8");
    assert!(
        fourth["error"].as_str().is_some_and(|said| said.starts_with("line 4: not to be read"))
    );
    assert_eq!(run.code, Some(1), "{}", run.errors);
}

#[test]
fn an_answer_comes_before_the_next_line_is_asked_for_and_a_closed_pipe_ends_it_quietly() {
    let mut child = piped(place().command(&["judge"]));
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..2 {
        writeln!(stdin, "{}", line(COVERS)).expect("it reads");
        let mut said = String::new();
        stdout.read_line(&mut said).expect("it answers");
        assert!(said.starts_with("{\"key_points\":[{\"p\":"), "{said}");
    }
    drop(stdout);
    // It notices when it has something to say, and then reads no further.
    while writeln!(stdin, "{}", line(COVERS)).is_ok() {}
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[test]
fn thresholds_come_from_the_config_that_is_named_or_is_there() {
    let place = place();
    let judge = "judge:\n  covered: 100\n  unsure: 0\n";
    let state = |more: &[&str]| {
        let run = judged(&place, more, line("Each write updates an index, too."));
        assert_eq!(run.code, Some(0), "{}", run.errors);
        run.lines[0]["key_points"][1]["state"].clone()
    };
    assert_eq!(state(&[]), "missing", "the defaults");
    place.write("other.yaml", judge);
    assert_eq!(state(&["--config", "other.yaml"]), "unsure");
    place.write("config/mockingbird.yaml", judge);
    assert_eq!(state(&[]), "unsure");

    place.write("config/mockingbird.yaml", judge.replace("100", "101"));
    let run = judged(&place, &[], line("t"));
    assert_eq!((run.code, run.lines.len()), (Some(2), 0));
    insta::assert_snapshot!(run.errors, @"
    error: `covered` is out of range
     --> config/mockingbird.yaml:2:12
      |
    2 |   covered: 101
      |            ^^^
      = help: write a whole number from 1 to 100, without quotes

    Mend it, or name another config file with `--config`.
    ");
    let run = judged(&place, &["--config", "no-such.yaml"], line("t"));
    assert_eq!(run.code, Some(2));
    insta::assert_snapshot!(run.errors, @"
    error: the file cannot be read: No such file or directory (os error 2)
     --> no-such.yaml
      = help: check the name, and whether the bot may read it

    Mend it, or name another config file with `--config`.
    ");
}

#[test]
fn the_example_of_the_help_works_as_it_stands_there() {
    let place = place();
    let help = place.command(&["judge", "--help"]).output().expect("it ends");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let (_, example) = help.split_once("Example:\n").expect("an example");
    let program = env!("CARGO_BIN_EXE_mockingbird");
    let folder = program.strip_suffix("/mockingbird").expect("a folder");
    let mut shell = Command::new("/bin/sh");
    let run = shell.args(["-c", example.trim()]).env_clear().env("PATH", folder).output();
    let run = run.expect("it ends");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(said.contains("\"state\":\"covered\"") && !said.contains("error"), "{help}\n{run:?}");
    let readme = std::fs::read_to_string("README.md").expect("the page");
    let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    assert!(lines(&readme).contains(&lines(example.trim())), "the README has the same example");
}

#[test]
fn calibration_reads_labels_from_a_file_or_from_the_data_folder() {
    let place = place();
    let calibrated = |more: &[&str]| {
        let arguments: Vec<&str> = ["judge", "--calibrate"].iter().chain(more).copied().collect();
        let ended = place.command(&arguments).stdin(Stdio::null()).output().expect("it ends");
        let said = [ended.stdout, ended.stderr].concat();
        (String::from_utf8(said).expect("UTF-8"), ended.status.code())
    };
    let label = |percent| json!({ "p": f64::from(percent) / 100.0, "said": percent >= 40 });
    let labels: Vec<String> = (20..80).map(|percent| label(percent).to_string()).collect();
    let labels = labels.join("\n");
    place.write("labels.jsonl", &labels);
    let (said, code) = calibrated(&["--labels", "labels.jsonl"]);
    insta::assert_snapshot!(said, @"
    60 labels: 40 said, 20 not said

                              in force            found
    covered, unsure           60, 30              40, 40
    F1 of covered             0.67                1.00
    agreed                    67 % (54 to 77)     100 % (94 to 100)
    of covered: were said     100 % (84 to 100)   100 % (91 to 100)
    of said: are covered      50 % (35 to 65)     100 % (91 to 100)
    of missing: were said     0 % (0 to 28)       0 % (0 to 16)
    unsure                    50 % (38 to 62)     0 % (0 to 6)
    In brackets: where the true share lies, 95 % (Wilson).
    What is found is seen on the labels that it was found by: a little too good.

    Put this into config/mockingbird.yaml and restart the bot:

    judge:
      covered: 40
      unsure: 40
    ");
    assert_eq!(code, Some(0));
    let (_, section) = said.split_once("\njudge:\n").expect("a section");
    place.write("config/mockingbird.yaml", format!("judge:\n{section}"));
    let (said, _) = calibrated(&["--labels", "labels.jsonl"]);
    assert!(said.contains("the best ones"), "what was pasted is in force: {said}");

    place.write("labels.jsonl", "{\"p\": 40, \"said\": true}\n");
    let (said, code) = calibrated(&["--labels", "labels.jsonl"]);
    assert!(said.starts_with("labels.jsonl: line 1: `p` is 40, and not"), "{said}");
    assert_eq!(code, Some(2));

    let (said, code) = calibrated(&[]);
    assert!(said.starts_with("cannot look into data: No such file"), "{said}");
    assert_eq!(code, Some(2));
    place.write("elsewhere/notes.txt", "");
    let (said, code) = calibrated(&["--data", "elsewhere"]);
    assert!(said.starts_with("0 labels: 0 said, 0 not said\n"), "{said}");
    assert_eq!(code, Some(0));

    let ended = place.command(&["judge", "--labels", "x"]).output().expect("it ends");
    assert_eq!(ended.status.code(), Some(2), "there is nothing to calibrate");
}
