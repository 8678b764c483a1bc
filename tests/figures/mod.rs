//! The figures of the machines that look for lost, doubled and leaked things: how large a run is,
//! and its row in the report. Included by each of them; it does not know what they look for.

#![expect(clippy::disallowed_methods, reason = "sizes and the report are the environment's")]

use std::fmt::{Display, Write as _};
use std::path::Path;

/// How large a run is: what the environment says, or what a run of all tests can bear.
pub(crate) fn size(variable: &str, usual: usize) -> usize {
    let Ok(text) = std::env::var(variable) else { return usual };
    text.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, found `{text}`"))
}

/// Tells the figures of a machine, and puts them into the report if the environment variable
/// `RELIABILITY` names its file: between `<!-- machine -->` and `<!-- /machine -->` there.
pub(crate) fn tell(machine: &str, figures: &[(&str, &dyn Display)]) {
    let line: Vec<String> = figures.iter().map(|(name, value)| format!("{name} {value}")).collect();
    println!("{machine}: {}", line.join(", "));
    let Some(file) = std::env::var_os("RELIABILITY") else { return };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let report = std::fs::read_to_string(&file).expect("the report can be read");
    let report = replaced(&report, machine, figures);
    std::fs::write(&file, report).expect("the report can be written");
}

/// The report with other figures for a machine.
fn replaced(report: &str, machine: &str, figures: &[(&str, &dyn Display)]) -> String {
    let (open, close) = (format!("<!-- {machine} -->\n"), format!("<!-- /{machine} -->"));
    let (before, rest) = report.split_once(&open).expect("the report has a place for this machine");
    let (_, after) = rest.split_once(&close).expect("the place for this machine ends");
    let mut table = "| what | figure |\n| --- | ---: |\n".to_owned();
    for (name, value) in figures {
        let _ = writeln!(table, "| {name} | {value} |");
    }
    format!("{before}{open}{table}{close}{after}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_machine_replaces_its_own_figures_only() {
        let report = "# A\n<!-- a -->\nold\n<!-- /a -->\ntext\n<!-- b -->\n<!-- /b -->\n";
        let written = super::replaced(report, "a", &[("lost", &0), ("cycles", &300)]);
        let expected = "# A\n<!-- a -->\n| what | figure |\n| --- | ---: |\n| lost | 0 |\n\
                        | cycles | 300 |\n<!-- /a -->\ntext\n<!-- b -->\n<!-- /b -->\n";
        assert_eq!(written, expected);
        assert_eq!(super::replaced(&written, "a", &[]).len(), expected.len() - 30);
    }
}
