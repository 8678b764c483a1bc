//! Texts of a chart: what the font can show of them, how wide that is, and where it is cut. It
//! knows nothing of what they say.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Latin, Greek, Cyrillic and Hebrew letters, and signs; see `font/LICENSE`.
pub(super) const FONT: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");
/// What it is called.
pub(super) const FAMILY: &str = "DejaVu Sans";

/// How many signs of a text are looked at: whatever fits is shorter.
const LOOKED_AT: usize = 400;

/// Measures texts in the font.
pub(super) struct Ruler {
    font: Option<FontRef<'static>>,
}

impl Ruler {
    pub(super) fn new() -> Self {
        Self { font: FontRef::new(FONT).ok() }
    }

    /// What the font can show of a text, in one line: nothing that controls, turns the direction
    /// or has no picture in it (an emoji). Where nothing is left, `instead`.
    pub(super) fn shown(&self, text: &str, instead: &str) -> String {
        let has = |c: char| self.font.as_ref().is_some_and(|font| font.charmap().map(c).is_some());
        let known: String = text
            .chars()
            .take(LOOKED_AT)
            .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
            .filter(|c| *c == ' ' || has(*c))
            .collect();
        let line = known.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().any(char::is_alphanumeric) { line } else { instead.to_owned() }
    }

    /// How wide a line is, in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let Some(font) = &self.font else { return 0.0 };
        let (charmap, metrics) =
            (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
        let advance = |c| charmap.map(c).and_then(|glyph| metrics.advance_width(glyph));
        text.chars().filter_map(advance).sum()
    }

    /// The text, or its beginning and "…" where it is wider than `most`.
    pub(super) fn cut(&self, text: &str, size: f32, most: f32) -> String {
        if self.width(text, size) <= most {
            return text.to_owned();
        }
        let mut kept = String::new();
        let mut used = self.width("…", size);
        for c in text.chars() {
            used += self.width(c.encode_utf8(&mut [0; 4]), size);
            if used > most {
                break;
            }
            kept.push(c);
        }
        format!("{}…", kept.trim_end())
    }

    /// The text in at most two lines, broken between words where that helps.
    pub(super) fn lines(&self, text: &str, size: f32, most: f32) -> Vec<String> {
        if self.width(text, size) <= most {
            return vec![text.to_owned()];
        }
        let blanks = text.match_indices(' ').map(|(at, _)| at);
        let fits =
            |at: &usize| text.get(..*at).is_some_and(|before| self.width(before, size) <= most);
        match blanks.rev().find(fits).and_then(|at| text.split_at_checked(at)) {
            Some((first, rest)) => {
                vec![first.to_owned(), self.cut(rest.trim_start(), size, most)]
            }
            None => vec![self.cut(text, size, most)],
        }
    }
}

/// A text as it stands in XML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c => safe.push(c),
        }
    }
    safe
}
