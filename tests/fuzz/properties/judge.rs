//! Lines to be judged: each is answered, in its place, with numbers and words that can be, or with
//! what is wrong with it.

use mockingbird::check::ExitStatus;
use mockingbird::judge::Thresholds;
use mockingbird::judging;
use serde_json::Value;

pub(super) fn holds(bytes: &[u8]) {
    let mut said = Vec::new();
    let status = judging::lines(Thresholds::default(), &mut &*bytes, &mut said);
    let said = String::from_utf8(said).expect("what is said is UTF-8");
    let mut said = said.lines();
    let mut is_good = true;
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let mark: &[u8] = if number == 1 { b"\xef\xbb\xbf" } else { b"" };
        let line = line.strip_prefix(mark).unwrap_or(line).trim_ascii();
        if line.is_empty() {
            continue;
        }
        let said: Value = serde_json::from_str(said.next().expect("an answer")).expect("JSON");
        if let Some(error) = said.get("error").and_then(Value::as_str) {
            assert!(error.starts_with(&format!("line {number}: ")), "{error}");
            is_good = false;
        } else {
            is_sound(&said, line);
        }
    }
    assert_eq!(said.next(), None, "an answer to nothing");
    let expected = if is_good { ExitStatus::Good } else { ExitStatus::Problems };
    assert_eq!(status.expect("in memory"), expected);
}

fn is_sound(said: &Value, line: &[u8]) {
    let asked: Value = serde_json::from_slice(line).expect("it was read");
    let text = asked.get("text").and_then(Value::as_str).expect("it has a text");
    let within = |value: Option<&Value>, most: f64| {
        let number = value.and_then(Value::as_f64).expect("a number");
        assert!((0.0..=most).contains(&number), "{number}");
        number
    };
    within(said.get("score"), 5.0);
    assert!(said.get("on_topic").is_some_and(Value::is_boolean));
    assert!(said.get("flags").is_some_and(Value::is_array));
    let points = said.get("key_points").and_then(Value::as_array).expect("a list");
    let given = asked.get("key_points").and_then(Value::as_array).map_or(0, Vec::len);
    assert_eq!(points.len(), given.max(1), "one for each key point, or for the model answer");
    for point in points {
        let p = within(point.get("p"), 1.0);
        let state = point.get("state").and_then(Value::as_str).expect("a state");
        // `p` is rounded.
        let fits = match state {
            "covered" => p >= 0.5999,
            "unsure" => (0.2999..=0.6).contains(&p),
            "missing" => p <= 0.3,
            other => panic!("{other} is no state"),
        };
        assert!(fits, "{state} at {p}");
        if let Some(evidence) = point.get("evidence").and_then(Value::as_str) {
            assert!(state != "missing" && text.contains(evidence), "{evidence} was not typed");
        }
    }
}
