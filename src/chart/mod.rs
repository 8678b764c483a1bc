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
