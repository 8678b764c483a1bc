//! Bodies with files: `multipart/form-data` with `payload_json` and `files[n]`.

use serde_json::Value;

/// A file in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The `n` of `files[n]`, by which `attachments` describes it.
    pub number: Option<String>,
    pub filename: String,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// The boundary in a content type, if it is multipart at all.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parameters.split(';').find_map(|p| p.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"'))
}

/// Splits a body; `None` if it is malformed.
pub(crate) fn parse(body: &[u8], boundary: &str) -> Option<(Value, Vec<Upload>)> {
    let mark = format!("--{boundary}");
    let mut json = Value::Null;
    let mut files = Vec::new();
    let mut rest = after(body, mark.as_bytes())?;
    loop {
        if rest.starts_with(b"--") {
            return Some((json, files));
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let (head, tail) = split(rest, b"\r\n\r\n")?;
        let end = format!("\r\n{mark}");
        let (content, tail) = split(tail, end.as_bytes())?;
        rest = tail;
        let head = String::from_utf8_lossy(head).into_owned();
        let name = attribute(&head, "name")?;
        if name == "payload_json" {
            json = serde_json::from_slice(content).ok()?;
        } else if let Some(filename) = attribute(&head, "filename") {
            let number = name.strip_prefix("files[").and_then(|n| n.strip_suffix(']'));
            let content_type = head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
            });
            files.push(Upload {
                number: number.map(str::to_owned),
                filename,
                content_type,
                bytes: content.to_vec(),
            });
        }
    }
}

/// A quoted attribute of the content disposition.
fn attribute(head: &str, name: &str) -> Option<String> {
    let start = format!("; {name}=\"");
    let (_, rest) = head.split_once(&start)?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = bytes.windows(at.len()).position(|window| window == at)?;
    Some((bytes.get(..place)?, bytes.get(place + at.len()..)?))
}

fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    split(bytes, mark).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_gives_its_json_and_its_files() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"files[0]\"; \
            filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\r\n\x01\r\n\
            --b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"x\"}\
            \r\n--b--\r\n";
        let (json, files) = parse(body, "b").unwrap();
        assert_eq!(json["content"], "x");
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].bytes, b"\x00\r\n\x01");
        assert_eq!(files[0].number.as_deref(), Some("0"));
    }

    #[test]
    fn a_body_that_ends_early_is_refused() {
        assert_eq!(
            parse(b"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nab", "b"),
            None
        );
    }

    #[test]
    fn the_boundary_comes_from_the_content_type() {
        assert_eq!(boundary("multipart/form-data; boundary=abc"), Some("abc"));
        assert_eq!(boundary("application/json"), None);
    }
}
