//! Tests of the tree and of how problems read.

use super::*;

fn source(text: &str) -> Source<'_> {
    Source { path: "a.yaml", text, private: false }
}

fn parse(text: &str) -> Result<Option<Node>, String> {
    source(text).parse().map_err(|problem| problem.to_string())
}

fn excerpt(source: &Source<'_>, line: u32, column: u32, length: u32) -> String {
    let place = Place { line, column, length, ..Place::default() };
    Problem::at(source, place, "it is wrong", "mend it").to_string()
}

#[test]
fn a_file_without_a_value_is_no_error() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "~", "\u{feff}"] {
        assert!(matches!(parse(text), Ok(None)), "{text:?}");
    }
}

#[test]
fn every_value_knows_its_place_and_its_spelling() {
    let source = source("a: 1\nb: [0x1f, true, \"no\", 1.10, 💡x, 12345678901234567890123]\n");
    let node = source.parse().unwrap().unwrap();
    let Value::Map(entries) = &node.value else { panic!("a table") };
    let Value::List(nodes) = &entries[1].1.value else { panic!("a list") };
    let seen: Vec<_> = nodes
        .iter()
        .map(|node| (node.at.line, node.at.column, node.value.name(), source.raw(node).unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            (2, 5, "a number", "0x1f"),
            (2, 11, "true or false", "true"),
            (2, 17, "a text", "\"no\""),
            (2, 23, "a number", "1.10"),
            (2, 29, "a text", "💡x"),
            (2, 33, "a number", "12345678901234567890123"),
        ]
    );
}

#[test]
fn what_the_parser_refuses_is_shown_at_its_place() {
    insta::assert_snapshot!(parse("a: b: c").unwrap_err(), @r"
    error: mapping values are not allowed in this context
     --> a.yaml:1:5
      |
    1 | a: b: c
      |     ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
    insta::assert_snapshot!(parse("a: [1\nb: 2").unwrap_err(), @r"
    error: illegal placement of ':' indicator
     --> a.yaml:2:2
      |
    2 | b: 2
      |  ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
    insta::assert_snapshot!(parse("a:\n\t- b").unwrap_err(), @r"
    error: tabs disallowed within this context (block indentation)
     --> a.yaml:2:2
      |
    2 |  - b
      |  ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
    insta::assert_snapshot!(parse("a: @b").unwrap_err(), @r"
    error: unexpected character: `@'
     --> a.yaml:1:4
      |
    1 | a: @b
      |    ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
    insta::assert_snapshot!(parse("a: !!int b").unwrap_err(), @r"
    error: invalid u64
     --> a.yaml:1:10
      |
    1 | a: !!int b
      |          ^
      = help: mend the YAML at this place
    ");
}

#[test]
fn nothing_in_a_file_can_steer_a_terminal() {
    let shown = excerpt(&source("a: \u{1b}[31mred\u{202e}\u{7}\tb"), 1, 1, 1);
    assert!(shown.contains("a: \u{fffd}[31mred\u{fffd}\u{fffd} b"), "{shown}");
}

#[test]
fn a_place_at_the_end_or_beyond_the_text_is_still_shown() {
    for (line, column) in [(0, 0), (1, 1), (1, 5), (2, 1), (9, 9), (u32::MAX, u32::MAX)] {
        for text in ["", "a: b", "a: b\n", "💡\r\n"] {
            let shown = excerpt(&source(text), line, column, u32::MAX);
            assert!(shown.starts_with("error: it is wrong\n") && shown.len() < 400, "{shown}");
        }
    }
}

#[test]
fn a_token_is_hidden_wherever_a_long_line_is_cut() {
    let token = "bm90LWEtcmVhbC1pZA.abcdef.not-a-real-signature_0123456789";
    let text = format!("{}{token}{}", "x ".repeat(100), " y".repeat(100));
    for private in [true, false] {
        let source = Source { path: "a.yaml", text: &text, private };
        for column in 1..400 {
            let shown = excerpt(&source, 1, column, 1);
            for secret in ["bm90", "LWEt", "abcdef", "signature", "0123"] {
                assert!(!shown.contains(secret), "{column}: {shown}");
            }
        }
    }
}
