//! What holds of every report on a file: it is short enough to be read, points into the file, and
//! cannot steer a terminal.

use mockingbird::yaml::Problems;

/// Longest report, in bytes.
const REPORT: usize = 500_000;

/// The problems of one file are all in it.
pub(super) fn point_inside(path: &str, text: &str, problems: &Problems) {
    assert!(!problems.is_empty(), "refused without a reason");
    assert!(problems.len() <= 100, "{} problems", problems.len());
    let lines = lines(text);
    for problem in problems.iter() {
        assert_eq!(problem.path(), path);
        assert!(!problem.message().trim().is_empty(), "a problem without words");
        assert!(!problem.help().trim().is_empty(), "no way out of: {}", problem.message());
        let place = problem.place();
        let (line, column) = (place.line as usize, place.column as usize);
        assert!(line <= lines.len(), "line {line} of {}: {}", lines.len(), problem.message());
        if let Some(width) = line.checked_sub(1).and_then(|index| lines.get(index)) {
            assert!((1..=width + 1).contains(&column), "{line}:{column}: {}", problem.message());
        }
    }
    let shown = problems.to_string();
    assert!(shown.len() <= REPORT, "a report of {} bytes", shown.len());
    let odd = shown.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(odd, None, "the report holds what a terminal obeys");
}

/// The length of each line in characters; the last one may be empty.
fn lines(text: &str) -> Vec<usize> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').map(|line| line.chars().count()).collect()
}
