//! Charts as pictures. It knows nothing of interviews, of Discord or of files.

mod draw;
mod lay;
mod progress;
#[cfg(test)]
mod tests;
mod text;

pub use progress::{Bar, Progress};

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// A chart with an axis for each of several things, and a line for each of several voices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Radar {
    /// What is written above it.
    pub title: String,
    /// The names of the axes, 1 to 8. With fewer than three it is drawn as bars.
    pub axes: Vec<String>,
    /// What the rings stand for, the innermost first, 1 to 6: a value of 10 is the first ring.
    pub rings: Vec<String>,
    /// 1 to 6.
    pub series: Vec<Series>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Whose it is.
    pub name: String,
    /// One value for each axis, in tenths of a ring; none leaves a gap.
    pub values: Vec<Option<u8>>,
}

/// Why there is no picture of a chart. None is known; the two that paint it can fail in theory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the chart could not be painted: {0}")]
pub struct ChartError(String);

/// The only font, read once. Nothing is looked for on the machine.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(text::FONT.to_vec());
    Arc::new(fonts)
});

/// The chart as a PNG of [`lay::WIDTH`] by [`lay::HEIGHT`], opaque. The same chart is the same
/// bytes each time. More axes, rings or lines than there may be are left out, texts that are too
/// long are cut, and values beyond the last ring end there.
///
/// # Errors
/// Where the picture cannot be painted, which is not known to happen.
pub fn png(chart: &Radar) -> Result<Vec<u8>, ChartError> {
    painted(&draw::svg(chart), lay::HEIGHT)
}

/// A member's progress as a PNG of [`lay::WIDTH`] and as high as it has topics, opaque. The same
/// progress is the same bytes each time.
///
/// # Errors
/// Where the picture cannot be painted, which is not known to happen.
pub fn progress_png(progress: &Progress) -> Result<Vec<u8>, ChartError> {
    let (svg, height) = progress::svg(progress);
    painted(&svg, height)
}

fn painted(svg: &str, height: u32) -> Result<Vec<u8>, ChartError> {
    let options = Options {
        font_family: text::FAMILY.to_owned(),
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    let failed = |reason: String| ChartError(reason);
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(error.to_string()))?;
    let mut picture =
        Pixmap::new(lay::WIDTH, height).ok_or_else(|| failed("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(error.to_string()))
}
