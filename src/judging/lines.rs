//! The lines of `mockingbird judge`: what is read, in which order it is answered, and how it ends.
//! It does not know what is in a line.

use std::io::{self, BufRead, ErrorKind, Write};

use super::line;
use crate::check::ExitStatus;
use crate::judge::Thresholds;

/// A longer line is passed over, in bytes: it would have to be kept whole.
const LONGEST: usize = 64 << 20;

/// Judges line by line and answers each at once. Blank lines are passed over. Ends with `Problems` if
/// a line could not be read; whoever reads no further ends it without a word.
///
/// # Errors
/// The input cannot be read, or the output not written.
pub fn lines(
    thresholds: Thresholds,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<ExitStatus> {
    let mut status = ExitStatus::Good;
    let mut line = Vec::new();
    for number in 1_u64.. {
        let judged = match next(input, &mut line)? {
            Next::End => break,
            Next::Line => {
                let mark: &[u8] = if number == 1 { b"\xef\xbb\xbf" } else { b"" };
                let line = line.strip_prefix(mark).unwrap_or(&line).trim_ascii();
                if line.is_empty() {
                    continue;
                }
                line::judged(thresholds, line)
            }
            Next::TooLong => Err(format!("longer than {} MiB; cut it", LONGEST >> 20)),
        };
        let said = judged.unwrap_or_else(|problem| {
            status = ExitStatus::Problems;
            line::refused(&format!("line {number}: {problem}"))
        });
        match writeln!(output, "{said}").and_then(|()| output.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(status)
}

enum Next {
    Line,
    TooLong,
    End,
}

/// Reads up to the end of a line.
fn next(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Next> {
    line.clear();
    let (mut is_end, mut is_long) = (true, false);
    loop {
        let read = match input.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        let end = read.iter().position(|byte| *byte == b'\n');
        let part = read.get(..end.unwrap_or(read.len())).unwrap_or_default();
        is_end &= read.is_empty();
        is_long |= line.len() + part.len() > LONGEST;
        if is_long {
            line.clear();
        } else {
            line.extend_from_slice(part);
        }
        let is_done = end.is_some() || read.is_empty();
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if is_done {
            return Ok(match (is_end, is_long) {
                (true, _) => Next::End,
                (_, true) => Next::TooLong,
                (false, false) => Next::Line,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(input: &[u8]) -> (Vec<String>, ExitStatus) {
        let mut output = Vec::new();
        // A small buffer, so that lines lie across its edges.
        let mut input = io::BufReader::with_capacity(7, input);
        let status = lines(Thresholds::default(), &mut input, &mut output).expect("in memory");
        let text = String::from_utf8(output).expect("JSON");
        (text.lines().map(str::to_owned).collect(), status)
    }

    const GOOD: &str = r#"{"key_points": ["Writes get slower."], "text": "Slower writes."}"#;

    #[test]
    fn each_line_is_answered_in_its_place() {
        let input = format!("\u{feff}{GOOD}\r\n\n  \nno\n{GOOD}");
        let (said, status) = said(input.as_bytes());
        let [first, second, third] = said.as_slice() else { panic!("{said:?}") };
        assert!(first.starts_with(r#"{"key_points":[{"p":"#) && first == third, "{first}");
        assert!(second.starts_with(r#"{"error":"line 4: not to be read at column 2"#), "{second}");
        assert_eq!(status, ExitStatus::Problems);
    }

    #[test]
    fn nothing_is_said_to_nothing() {
        assert_eq!(said(b""), (Vec::new(), ExitStatus::Good));
        assert_eq!(said(b"\n\r\n"), (Vec::new(), ExitStatus::Good));
    }

    #[test]
    fn a_line_that_is_too_long_to_keep_is_passed_over() {
        let mut output = Vec::new();
        let long = io::Read::take(io::repeat(b' '), LONGEST as u64 + 1);
        let rest = format!("\n{GOOD}\n");
        let mut input = io::BufReader::new(io::Read::chain(long, rest.as_bytes()));
        let status = lines(Thresholds::default(), &mut input, &mut output).expect("in memory");
        let said = String::from_utf8(output).expect("JSON");
        let (first, second) = said.split_once('\n').expect("two lines");
        assert_eq!(first, r#"{"error":"line 1: longer than 64 MiB; cut it"}"#);
        assert!(second.starts_with(r#"{"key_points""#) && status == ExitStatus::Problems);
    }
}
