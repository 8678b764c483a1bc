//! Tests of the tree and of how problems read.

use super::*;

fn parse(text: &str) -> Result<Option<Node>, String> {
    let source = Source { path: "a.yaml", text, private: false };
    source.parse().map_err(|problem| problem.to_string())
}

#[test]
fn a_file_without_a_value_is_no_error() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "~", "\u{feff}"] {
        assert!(matches!(parse(text), Ok(None)), "{text:?}");
    }
}
