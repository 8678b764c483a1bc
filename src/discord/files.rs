//! What is attached to a message, made ready to be sent: charts are drawn here. It knows nothing of
//! requests.

use serde_json::{Value, json};

use crate::chart::{self, ChartError};
use crate::words::{Content, File};

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Upload {
    /// Its name.
    pub(super) name: String,
    /// What somebody reads who cannot see it.
    alt: String,
    /// What sort of file it is.
    pub(super) kind: &'static str,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
}

/// The files of a message. One that cannot be made is left out: the message says the rest.
pub(super) async fn ready(files: &[File]) -> Vec<Upload> {
    ready_with(files, draw).await
}

/// A picture, if it is one.
fn draw(content: &Content) -> Result<Vec<u8>, ChartError> {
    match content {
        Content::Text(text) => Ok(text.clone().into_bytes()),
        Content::Radar(radar) => chart::png(radar),
        Content::Progress(progress) => chart::progress_png(progress),
    }
}

async fn ready_with<E: std::fmt::Display + Send + 'static>(
    files: &[File],
    draw: fn(&Content) -> Result<Vec<u8>, E>,
) -> Vec<Upload> {
    let mut ready = Vec::new();
    for file in files {
        let (kind, bytes) = match &file.content {
            Content::Text(text) => (kind_of(&file.name), text.clone().into_bytes()),
            Content::Radar(_) | Content::Progress(_) => {
                let content = file.content.clone();
                // Drawing takes long enough to keep everything else waiting.
                let drawn = tokio::task::spawn_blocking(move || draw(&content)).await;
                let failed = match drawn {
                    Ok(Ok(bytes)) => {
                        ready.push(upload(file, "image/png", bytes));
                        continue;
                    }
                    Ok(Err(error)) => error.to_string(),
                    Err(error) => error.to_string(),
                };
                tracing::error!(file = file.name, error = failed, "a chart could not be drawn");
                continue;
            }
        };
        ready.push(upload(file, kind, bytes));
    }
    ready
}

/// What sort of text a file is, by its name.
fn kind_of(name: &str) -> &'static str {
    let ending = std::path::Path::new(name).extension();
    let is_json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if is_json { "application/json" } else { "text/plain; charset=utf-8" }
}

fn upload(file: &File, kind: &'static str, bytes: Vec<u8>) -> Upload {
    Upload { name: name(file), alt: file.alt.clone(), kind, bytes }
}

/// A file's name as Discord keeps it: it replaces what it does not like in a name, and then the
/// file could not be known again.
pub(super) fn name(file: &File) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    file.name.chars().map(|c| if kept(c) { c } else { '_' }).collect()
}

/// What a message says about its files: all that it has from now on (Discord, "Uploading Files").
pub(super) fn described(files: &[Upload]) -> Value {
    let describe = |(number, file): (usize, &Upload)| {
        let mut said = json!({ "id": number.to_string(), "filename": file.name });
        if let (false, Some(said)) = (file.alt.is_empty(), said.as_object_mut()) {
            said.insert("description".to_owned(), json!(file.alt));
        }
        said
    };
    files.iter().enumerate().map(describe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Radar;

    fn chart(name: &str) -> File {
        let (axes, rings, series) = (Vec::new(), Vec::new(), Vec::new());
        let radar = Radar { title: name.to_owned(), axes, rings, series };
        File { name: name.to_owned(), alt: "A chart".to_owned(), content: Content::Radar(radar) }
    }

    fn title(content: &Content) -> String {
        match content {
            Content::Radar(radar) => radar.title.clone(),
            Content::Text(_) | Content::Progress(_) => String::new(),
        }
    }

    fn text() -> File {
        let content = Content::Text("# Größe".to_owned());
        File { name: "the notes/ä.md".to_owned(), alt: String::new(), content }
    }

    #[tokio::test]
    async fn a_chart_is_drawn_and_a_text_taken_as_it_is() {
        let draw = |content: &Content| Ok::<_, String>(title(content).into_bytes());
        let files = ready_with(&[chart("a.png"), text()], draw).await;
        assert_eq!(files[0].bytes, b"a.png");
        assert_eq!(files[0].kind, "image/png");
        assert_eq!(files[1].bytes, "# Größe".as_bytes());
        insta::assert_snapshot!(described(&files), @r#"[{"description":"A chart","filename":"a.png","id":"0"},{"filename":"the_notes__.md","id":"1"}]"#);
    }

    #[tokio::test]
    async fn a_chart_that_cannot_be_drawn_is_left_out() {
        let draw = |content: &Content| match title(content).as_str() {
            "bad.png" => Err("no".to_owned()),
            "worse.png" => panic!("much worse"),
            _ => Ok(Vec::new()),
        };
        let files = [chart("bad.png"), chart("good.png"), chart("worse.png"), text()];
        let names: Vec<String> =
            ready_with(&files, draw).await.into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["good.png", "the_notes__.md"]);
    }
}
