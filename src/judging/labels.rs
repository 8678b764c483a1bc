//! Where `mockingbird judge --calibrate` takes labels from: a file of JSON lines, or the data folder.
//! It does not know what they are for.

use std::path::Path;

use serde::Deserialize;

use crate::check::counted;
use crate::doctor;
use crate::judge::calibrate::Label;
use crate::practice::Team;
use crate::practice::own::typed;
use crate::store;

/// So many wrong lines are shown.
const SHOWN: usize = 10;

#[derive(Deserialize)]
struct Line {
    p: f32,
    said: bool,
}

/// The labels in a file of lines such as `{"p": 0.4, "said": true}`.
///
/// # Errors
/// What is wrong with which lines, or with the file.
pub fn in_file(path: &Path) -> Result<Vec<Label>, String> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        format!("cannot read {shown}: {error}; name a file of lines with `--labels`\n")
    })?;
    let (mut labels, mut problems) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        match read(line.trim_ascii()) {
            Ok(label) => labels.extend(label),
            Err(problem) => problems.push(format!("{shown}: line {number}: {problem}\n")),
        }
    }
    if problems.is_empty() {
        return Ok(labels);
    }
    let more = match problems.len() - problems.len().min(SHOWN) {
        0 => String::new(),
        more => format!("{} more\n", counted(more, "wrong line")),
    };
    problems.truncate(SHOWN);
    Err(format!(
        "{}{more}Write lines such as {{\"p\": 0.4, \"said\": true}}: what the judge held it for, \
         and\nwhether it was said.\n",
        problems.concat()
    ))
}

fn read(line: &[u8]) -> Result<Option<Label>, String> {
    if line.is_empty() {
        return Ok(None);
    }
    let Line { p, said } = serde_json::from_slice(line).map_err(|error| {
        let what = error.to_string();
        what.split(" at line ").next().unwrap_or_default().to_owned()
    })?;
    if !(0.0..=1.0).contains(&p) {
        return Err(format!("`p` is {p}, and not from 0 to 1"));
    }
    Ok(Some(Label { p, said }))
}

/// The labels of all members in a data folder. Nothing is changed; the bot must be stopped.
///
/// # Errors
/// What is wrong with the folder.
pub fn in_folder(folder: &Path) -> Result<Vec<Label>, String> {
    let disk = doctor::existing(folder)?;
    let teams =
        store::read::<Team>(&disk).map_err(|error| format!("{}\n", doctor::in_words(&error)))?;
    Ok(teams.values().flat_map(of_team).collect())
}

/// The labels that a team's members have given.
fn of_team(team: &Team) -> Vec<Label> {
    let label =
        |label: &typed::Label| Label { p: f32::from(label.seen.p) / 1000.0, said: label.said };
    team.labels().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_text(text: &str) -> Result<Vec<Label>, String> {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::io::Write::write_all(&mut file.as_file(), text.as_bytes()).expect("it is written");
        let path = file.path().display().to_string();
        in_file(file.path()).map_err(|problems| problems.replace(&path, "labels.jsonl"))
    }

    #[test]
    fn labels_are_read_line_by_line() {
        let text = "{\"p\": 0.4, \"said\": true}\r\n\n{\"said\":false,\"p\":1,\"point\":3}";
        let expected = [Label { p: 0.4, said: true }, Label { p: 1.0, said: false }];
        assert_eq!(in_text(text).as_deref(), Ok(expected.as_slice()));
        assert_eq!(in_text(""), Ok(Vec::new()));
    }

    #[test]
    fn every_wrong_line_is_named_and_nothing_is_reckoned() {
        let text = "{\"p\": 400, \"said\": true}\n{\"p\": 0.4}\n{\"p\": 0.4, \"said\": true}\nx\n\
                    {\"p\": \"0.4\", \"said\": 1}\n\u{0}\n";
        insta::assert_snapshot!(in_text(text).expect_err("five lines are wrong"), @r#"
        labels.jsonl: line 1: `p` is 400, and not from 0 to 1
        labels.jsonl: line 2: missing field `said`
        labels.jsonl: line 4: expected value
        labels.jsonl: line 5: invalid type: string "0.4", expected f32
        labels.jsonl: line 6: expected value
        Write lines such as {"p": 0.4, "said": true}: what the judge held it for, and
        whether it was said.
        "#);
        let many = in_text(&"x\n".repeat(12)).expect_err("all are wrong");
        assert!(many.contains("line 10: ") && !many.contains("line 11: "), "{many}");
        assert!(many.contains("\n2 wrong lines more\n"), "{many}");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let problem = in_file(Path::new("no/such.jsonl")).expect_err("it is not there");
        assert!(problem.starts_with("cannot read no/such.jsonl: No such file"), "{problem}");
    }
}
