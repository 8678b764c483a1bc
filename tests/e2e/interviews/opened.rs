//! What opened scorecards are made of: the message, the picture, the file.

use mockingbird_playground::model::{Attachment, Message};
use resvg::tiny_skia::Pixmap;

/// The moments, in seconds, to which a text counts down by itself.
pub(crate) fn countdowns(text: &str) -> Vec<i64> {
    let marks = text.split("<t:").skip(1).filter_map(|rest| rest.split_once('>'));
    marks.filter_map(|(mark, _)| mark.strip_suffix(":R")?.parse().ok()).collect()
}

/// The picture of opened scorecards: it decodes, has a size that can be read, and is told in words.
pub(crate) fn has_picture(opened: &Message) {
    let picture = file(opened, "scorecards.png");
    assert!(picture.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let decoded = Pixmap::decode_png(&picture.bytes).expect("a PNG");
    let (width, height) = (decoded.width(), decoded.height());
    assert!((400..=2000).contains(&width) && (400..=2000).contains(&height), "{width}×{height}");
    let told = picture.description.clone().unwrap_or_default();
    assert!(told.starts_with("Chart of the bands"), "{told}");
    assert!(!told.contains("<@"), "{told}");
}

/// The file with everything, as text.
pub(crate) fn whole(opened: &Message) -> String {
    let file = file(opened, "interview-2026-11-23.md");
    let text = String::from_utf8(file.bytes.clone()).expect("text");
    assert!(text.starts_with("# Mock interview: "), "{text}");
    assert!(!text.contains("<@"), "it would mention somebody: {text}");
    text
}

fn file<'a>(opened: &'a Message, name: &str) -> &'a Attachment {
    let found = opened.attachments.iter().find(|file| file.filename == name);
    found.unwrap_or_else(|| panic!("no {name}: {:?}", opened.attachments))
}
