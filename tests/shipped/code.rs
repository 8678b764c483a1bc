//! Whether a snippet is what its fence says it is: a parser for each language.

use std::io::BufReader;

/// The languages that can be checked, and the one for everything else.
pub(crate) const LANGUAGES: [&str; 10] =
    ["bash", "graphql", "http", "javascript", "json", "python", "rust", "sql", "text", "yaml"];

/// Parses a snippet.
///
/// # Errors
/// What its parser says, or that there is none for the language.
pub(crate) fn parse(language: &str, code: &str) -> Result<(), String> {
    match language {
        "bash" => bash(code),
        "graphql" => graphql(code),
        "http" => http(code),
        "javascript" => javascript(code),
        "json" => serde_json::from_str::<serde_json::Value>(code).map(drop).map_err(said),
        "python" => rustpython_ruff_python_parser::parse_module(code).map(drop).map_err(said),
        // What stands in the body of a function is real, too.
        "rust" => syn::parse_file(code)
            .map(drop)
            .or_else(|error| {
                let body = syn::parse_str::<syn::Block>(&format!("{{{code}\n}}"));
                body.map(drop).map_err(|_| error)
            })
            .map_err(said),
        "sql" => {
            let dialect = sqlparser::dialect::PostgreSqlDialect {};
            sqlparser::parser::Parser::parse_sql(&dialect, code).map(drop).map_err(said)
        }
        "text" => Ok(()),
        "yaml" => yaml(code),
        _ => Err(format!("it is none of {}", LANGUAGES.join(", "))),
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn bash(code: &str) -> Result<(), String> {
    let mut reader = BufReader::new(code.as_bytes());
    let options = brush_parser::ParserOptions::default();
    brush_parser::Parser::new(&mut reader, &options).parse_program().map(drop).map_err(said)
}

/// A query or a schema.
fn graphql(code: &str) -> Result<(), String> {
    graphql_parser::parse_query::<String>(code)
        .map(drop)
        .or_else(|error| graphql_parser::parse_schema::<String>(code).map(drop).map_err(|_| error))
        .map_err(said)
}

/// One or more messages: a request or a response, its headers, and after an empty line its body.
fn http(code: &str) -> Result<(), String> {
    let (head, _) = code.split_once("\n\n").unwrap_or((code, ""));
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    if let Some(first) = lines.first_mut()
        && !first.contains("HTTP/")
    {
        first.push_str(" HTTP/1.1");
    }
    // The parser knows the versions with a text form only.
    let text = lines.join("\r\n").replace("HTTP/2 ", "HTTP/1.1 ") + "\r\n\r\n";
    let headers = &mut [httparse::EMPTY_HEADER; 32];
    let parsed = if text.starts_with("HTTP/") {
        httparse::Response::new(headers).parse(text.as_bytes())
    } else {
        httparse::Request::new(headers).parse(text.as_bytes())
    };
    match parsed {
        Ok(httparse::Status::Complete(_)) => Ok(()),
        Ok(httparse::Status::Partial) => Err("the message has no end".to_owned()),
        Err(error) => Err(said(error)),
    }
}

/// A module; a script that is none is tried as one, too.
fn javascript(code: &str) -> Result<(), String> {
    use boa_ast::scope::Scope;
    use boa_interner::Interner;
    let parser = || boa_parser::Parser::new(boa_parser::Source::from_bytes(code));
    let scope = Scope::new_global();
    match parser().parse_module(&scope, &mut Interner::default()) {
        Ok(_) => Ok(()),
        Err(error) => parser()
            .parse_script(&scope, &mut Interner::default())
            .map(drop)
            .map_err(|_| said(error)),
    }
}

fn yaml(code: &str) -> Result<(), String> {
    serde_yaml::from_multiple::<serde_json::Value>(code).map(drop).map_err(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("bash", "for f in *.gz; do gunzip -t \"$f\" || exit 1; done", "if true; then echo")]
    #[case("graphql", "{ boat(id: 4) { name } }", "{ boat(id: 4 { name } }")]
    #[case("graphql", "type Boat { name: String! }", "type Boat { name String! }")]
    #[case("http", "GET /boats?free=1\nHost: a.example", "GET /boats free HTTP/1.1")]
    #[case("http", "HTTP/1.1 204 No Content\nETag: \"7\"", "HTTP/1.1 204 No Content\nE Tag: \"7\"")]
    #[case("javascript", "const a = await b?.c ?? 1;", "const a = ;")]
    #[case("json", "{\"a\": [1, null]}", "{'a': 1}")]
    #[case("python", "match x:\n    case [a, *_]: print(f\"{a!r}\")", "def f(:\n    pass")]
    #[case("rust", "async fn a() -> Option<u8> { b().await }", "fn a( { }")]
    #[case("rust", "let x = a?; drop(x);", "let x = ;")]
    #[case("sql", "CREATE INDEX CONCURRENTLY a ON b (c) WHERE d IS NULL;", "SELECT a b c FROM d;")]
    #[case("yaml", "a: [1, 2]\n---\nb: {c: d}", "a: [1, 2\nb: c")]
    #[case("text", "a -> b", "")]
    fn a_snippet_parses_or_it_is_said_why(
        #[case] language: &str,
        #[case] sound: &str,
        #[case] broken: &str,
    ) {
        assert_eq!(parse(language, sound), Ok(()));
        assert_eq!(parse(language, broken).is_err(), language != "text", "{broken}");
    }

    #[test]
    fn a_language_without_a_parser_is_refused() {
        assert!(parse("cobol", "STOP RUN.").is_err());
        assert!(parse("", "").is_err());
    }
}
