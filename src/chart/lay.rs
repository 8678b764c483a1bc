//! What a chart looks like: sizes, colours, dashes and markers. It draws nothing.

/// Width of the picture in pixels.
pub(super) const WIDTH: u32 = 800;
/// Its height.
pub(super) const HEIGHT: u32 = 600;

/// Behind everything: darker than Discord's light mode, and told from its dark one by an edge.
pub(super) const PAPER: &str = "#202329";
/// The edge of the picture.
pub(super) const EDGE: &str = "#5c626e";
/// Texts, 14 to 1 on the paper.
pub(super) const INK: &str = "#f2f3f5";
/// Texts that matter less, 8 to 1.
pub(super) const PALE: &str = "#b9bdc6";
/// Rings and axes.
pub(super) const GRID: &str = "#5c626e";

/// Sizes of texts in pixels: above it, of the axes and the legend, and of the rings. A phone shows
/// the picture at about half its size.
pub(super) const TITLE: f32 = 26.0;
pub(super) const NAME: f32 = 20.0;
pub(super) const RING: f32 = 16.0;

/// Room for a name beside the radar, in pixels.
pub(super) const AXIS_ROOM: f32 = 180.0;
/// Most axes, rings and series.
pub(super) const AXES: usize = 8;
pub(super) const RINGS: usize = 6;
pub(super) const SERIES: usize = 6;

/// How a line looks. Each differs from the others in colour, dashes and marker, so that none is
/// needed; the first ones are wider, so that they are seen below others.
pub(super) struct Look {
    pub(super) color: &'static str,
    pub(super) dash: &'static str,
    pub(super) width: f32,
    pub(super) marker: Marker,
}

/// What stands where a value is.
#[derive(Clone, Copy)]
pub(super) enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    Ring,
}

/// Colours by Okabe and Ito, which people tell apart who see few; the green is lighter, for the
/// dark paper. All have 4.5 to 1 on it.
pub(super) const LOOKS: [Look; SERIES] = [
    Look { color: "#56b4e9", dash: "", width: 6.0, marker: Marker::Circle },
    Look { color: "#e69f00", dash: "14 8", width: 4.5, marker: Marker::Square },
    Look { color: "#2fc69a", dash: "3 7", width: 4.0, marker: Marker::Triangle },
    Look { color: "#f0e442", dash: "16 6 3 6", width: 3.5, marker: Marker::Diamond },
    Look { color: "#cc79a7", dash: "8 5", width: 3.0, marker: Marker::Cross },
    Look { color: "#ffffff", dash: "2 4", width: 2.5, marker: Marker::Ring },
];

/// A calendar: its weeks stand in so many bands of so many weeks each, a day on so many pixels. A
/// year in one line would leave a day six pixels on a phone.
pub(super) const BANDS: usize = 2;
pub(super) const WEEKS: usize = 27;
pub(super) const CELL: f32 = 26.0;
/// Left and right of everything.
pub(super) const MARGIN: f32 = 24.0;
/// Names of days and months, and legends.
pub(super) const SMALL: f32 = 17.0;
/// A day without practice; it needs no attention.
pub(super) const EMPTY: &str = "#4a505b";
/// Days with practice, from few questions to many: each lighter and larger (as a share of its
/// place) than the one before, so that either tells them apart. The first has 3 to 1 on the paper.
pub(super) const SHADES: [(&str, f32); 4] =
    [("#3f86b5", 0.42), ("#56b4e9", 0.62), ("#9ed6f6", 0.82), ("#f2f3f5", 1.0)];
/// What is known, and what is due; the latter is striped as well.
pub(super) const KNOWN: &str = "#56b4e9";
pub(super) const DUE: &str = "#e69f00";
