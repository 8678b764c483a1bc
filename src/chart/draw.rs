//! A chart as SVG: a radar, or bars where it has too few axes for one.

use std::f32::consts::TAU;
use std::fmt::Write as _;

use super::lay::{
    AXES, AXIS_ROOM, EDGE, GRID, HEIGHT, INK, LOOKS, Look, Marker, NAME, PALE, PAPER, RING, RINGS,
    TITLE, WIDTH,
};
use super::text::{FAMILY, Ruler, escaped};
use super::{Radar, Series};

/// The middle of the radar and the radius of its last ring.
const MIDDLE: (f32, f32) = (400.0, 368.0);
const RADIUS: f32 = 180.0;
/// Where bars begin and end.
const BARS: (f32, f32) = (60.0, 740.0);
/// The first row of the legend, and how far its rows and columns are apart. It stands above the
/// chart: Discord lays a badge over the lower left corner of a picture with alternative text.
const LEGEND: f32 = 84.0;
const LEGEND_ROW: f32 = 32.0;
const LEGEND_COLUMN: f32 = 240.0;

type Point = (f32, f32);

/// What is drawn of a chart: made fit for it.
struct Drawing<'a> {
    ruler: Ruler,
    axes: Vec<String>,
    rings: Vec<String>,
    series: Vec<(&'static Look, String, &'a Series)>,
    svg: String,
}

/// The picture of a chart.
pub(super) fn svg(chart: &Radar) -> String {
    let ruler = Ruler::new();
    let names = |names: &[String], most| {
        let named = names.iter().take(most).zip(1..);
        named.map(|(name, number)| ruler.shown(name, &format!("{number}."))).collect()
    };
    let (axes, rings) = (names(&chart.axes, AXES), names(&chart.rings, RINGS));
    let series = LOOKS.iter().zip(&chart.series).zip(1..).map(|((look, series), number)| {
        (look, ruler.shown(&series.name, &format!("{number}.")), series)
    });
    let series = series.collect();
    let title = ruler.shown(&chart.title, "");
    let mut drawing = Drawing { ruler, axes, rings, series, svg: String::new() };
    drawing.frame(&title);
    if drawing.axes.len() < 3 {
        drawing.bars();
    } else {
        drawing.radar();
    }
    drawing.legend();
    drawing.svg.push_str("</svg>");
    drawing.svg
}

/// A count of things that are few.
#[expect(clippy::cast_precision_loss, reason = "counts here are small")]
pub(super) const fn few(number: usize) -> f32 {
    number as f32
}

impl Drawing<'_> {
    fn frame(&mut self, title: &str) {
        let _ = write!(
            self.svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FAMILY}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>
<rect x="1" y="1" width="{}" height="{}" fill="none" stroke="{EDGE}" stroke-width="2"/>
"#,
            WIDTH - 2,
            HEIGHT - 2,
        );
        let title = self.ruler.cut(title, TITLE, 740.0);
        self.text((400.0, 44.0), "middle", TITLE, INK, &title);
    }

    fn text(&mut self, at: Point, anchor: &str, size: f32, color: &str, text: &str) {
        // What lies behind a text is covered by its outline.
        let _ = writeln!(
            self.svg,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="{anchor}" font-size="{size}" fill="{color}" stroke="{PAPER}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">{}</text>"#,
            at.0,
            at.1,
            escaped(text),
        );
    }

    fn line(&mut self, points: &[Point], closed: bool, style: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let shape = if closed { "polygon" } else { "polyline" };
        let _ = writeln!(self.svg, r#"<{shape} points="{}" {style}/>"#, points.join(" "));
    }

    /// How far out a value is, from 0 to 1.
    fn share(&self, tenths: u8) -> f32 {
        (f32::from(tenths) / (10.0 * few(self.rings.len().max(1)))).min(1.0)
    }

    /// Where a value of an axis is in the radar.
    fn place(&self, axis: usize, share: f32) -> Point {
        let angle = TAU * few(axis) / few(self.axes.len().max(1));
        (MIDDLE.0 + RADIUS * share * angle.sin(), MIDDLE.1 - RADIUS * share * angle.cos())
    }

    fn radar(&mut self) {
        let axes = self.axes.len();
        let grid = format!(r#"fill="none" stroke="{GRID}" stroke-width="1.5""#);
        let rings = self.rings.len().max(1);
        for ring in 1..=rings {
            let share = few(ring) / few(rings);
            let points: Vec<Point> = (0..axes).map(|axis| self.place(axis, share)).collect();
            self.line(&points, true, &grid);
        }
        for axis in 0..axes {
            let end = self.place(axis, 1.0);
            self.line(&[MIDDLE, end], false, &grid);
        }
        for index in 0..self.series.len() {
            self.series_in_radar(index);
        }
        for (index, name) in self.rings.clone().iter().enumerate() {
            let (x, y) = self.place(0, few(index + 1) / few(rings));
            let name = self.ruler.cut(name, RING, 110.0);
            self.text((x - 14.0, y + 20.0), "end", RING, PALE, &name);
        }
        for (axis, name) in self.axes.clone().iter().enumerate() {
            self.axis_name(axis, name);
        }
    }

    fn axis_name(&mut self, axis: usize, name: &str) {
        let (x, y) = self.place(axis, 1.0);
        let (across, down) = ((x - MIDDLE.0) / RADIUS, (y - MIDDLE.1) / RADIUS);
        // Above and below there is room for a long line, at the sides for two short ones.
        let (anchor, lines) = match across {
            across if across > 0.1 => ("start", self.ruler.lines(name, NAME, AXIS_ROOM)),
            across if across < -0.1 => ("end", self.ruler.lines(name, NAME, AXIS_ROOM)),
            _ => ("middle", vec![self.ruler.cut(name, NAME, 600.0)]),
        };
        let above = 12.0 * few(lines.len().saturating_sub(1));
        let middle = y + 18.0 * down + 7.0 + if down > 0.9 { 8.0 } else { 0.0 };
        for (number, line) in lines.iter().enumerate() {
            let at = (x + 18.0 * across, middle - above + 24.0 * few(number));
            self.text(at, anchor, NAME, INK, line);
        }
    }

    fn series_in_radar(&mut self, index: usize) {
        let axes = self.axes.len();
        let Some((look, _, series)) = self.series.get(index) else { return };
        let look = *look;
        let points: Vec<Option<Point>> = (0..axes)
            .map(|axis| {
                let value = series.values.get(axis).copied().flatten();
                value.map(|value| self.place(axis, self.share(value)))
            })
            .collect();
        let stroke = stroke(look);
        let all: Option<Vec<Point>> = points.iter().copied().collect();
        if let Some(all) = all {
            let fill = format!(r#"fill="{}" fill-opacity="0.1" {stroke}"#, look.color);
            self.line(&all, true, &fill);
        } else {
            let next = points.iter().cycle().skip(1);
            let pairs: Vec<(Point, Point)> =
                points.iter().zip(next).filter_map(|(a, b)| (*a).zip(*b)).collect();
            for (a, b) in pairs {
                self.line(&[a, b], false, &format!(r#"fill="none" {stroke}"#));
            }
        }
        for point in points.into_iter().flatten() {
            self.marker(look, point);
        }
    }

    /// For each axis its name and a bar for each series.
    fn bars(&mut self) {
        let groups = self.axes.len().max(1);
        let (top, bottom) = (140.0, 560.0);
        let rings = self.rings.len().max(1);
        let along = |share: f32| BARS.0 + (BARS.1 - BARS.0) * share;
        for ring in 0..=rings {
            let x = along(few(ring) / few(rings));
            let style = format!(r#"fill="none" stroke="{GRID}" stroke-width="1.5""#);
            self.line(&[(x, top), (x, bottom)], false, &style);
        }
        let room = (BARS.1 - BARS.0) / few(rings) - 8.0;
        for (index, name) in self.rings.clone().iter().enumerate() {
            let name = self.ruler.cut(name, RING, room);
            self.text(
                (along(few(index + 1) / few(rings)), bottom + 20.0),
                "end",
                RING,
                PALE,
                &name,
            );
        }
        let group = (bottom - top) / few(groups);
        let each = ((group - 50.0) / few(self.series.len().max(1))).min(46.0);
        for (axis, name) in self.axes.clone().iter().enumerate() {
            let from = top + group * few(axis);
            let name = self.ruler.cut(name, NAME, 680.0);
            self.text((BARS.0 + 8.0, from + 30.0), "start", NAME, INK, &name);
            for index in 0..self.series.len() {
                let Some((look, _, series)) = self.series.get(index) else { continue };
                let look = *look;
                let Some(value) = series.values.get(axis).copied().flatten() else { continue };
                let (y, end) = (from + 42.0 + each * few(index), along(self.share(value)));
                let middle = y + each / 2.0;
                let _ = writeln!(
                    self.svg,
                    r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" fill="{}" fill-opacity="0.25" {}/>"#,
                    BARS.0,
                    y + 3.0,
                    end - BARS.0,
                    each - 6.0,
                    look.color,
                    stroke(&Look { width: 2.0, ..*look }),
                );
                self.marker(look, (end, middle));
            }
        }
    }

    fn legend(&mut self) {
        let columns = self.series.len().clamp(1, 3);
        let rows = self.series.len().div_ceil(3);
        let left = 400.0 - LEGEND_COLUMN * few(columns) / 2.0;
        let top = if rows > 1 { LEGEND } else { LEGEND + LEGEND_ROW / 2.0 };
        for index in 0..self.series.len() {
            let Some((look, name, _)) = self.series.get(index) else { continue };
            let (look, name) = (*look, self.ruler.cut(name, NAME, LEGEND_COLUMN - 78.0));
            let (x, y) = (left + LEGEND_COLUMN * few(index % 3), top + LEGEND_ROW * few(index / 3));
            let style = format!(r#"fill="none" {}"#, stroke(look));
            self.line(&[(x + 6.0, y), (x + 56.0, y)], false, &style);
            self.marker(look, (x + 31.0, y));
            self.text((x + 66.0, y + 7.0), "start", NAME, INK, &name);
        }
    }

    fn marker(&mut self, look: &Look, (x, y): Point) {
        let size = 4.5 + look.width;
        let filled = format!(r#"fill="{}" stroke="{PAPER}" stroke-width="1.5""#, look.color);
        let hollow = format!(r#"fill="none" stroke="{}" stroke-width="3""#, look.color);
        match look.marker {
            Marker::Circle => self.circle((x, y), size, &filled),
            Marker::Ring => self.circle((x, y), size, &hollow),
            Marker::Square => {
                let half = size * 0.85;
                let corners = [
                    (x - half, y - half),
                    (x + half, y - half),
                    (x + half, y + half),
                    (x - half, y + half),
                ];
                self.line(&corners, true, &filled);
            }
            Marker::Triangle => {
                let corners =
                    [(x, y - size), (x + size, y + size * 0.8), (x - size, y + size * 0.8)];
                self.line(&corners, true, &filled);
            }
            Marker::Diamond => {
                let corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)];
                self.line(&corners, true, &filled);
            }
            Marker::Cross => {
                self.line(&[(x - size, y - size), (x + size, y + size)], false, &hollow);
                self.line(&[(x - size, y + size), (x + size, y - size)], false, &hollow);
            }
        }
    }

    fn circle(&mut self, (x, y): Point, radius: f32, style: &str) {
        let _ = writeln!(self.svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius}" {style}/>"#);
    }
}

fn stroke(look: &Look) -> String {
    let dash = if look.dash.is_empty() {
        String::new()
    } else {
        format!(r#" stroke-dasharray="{}""#, look.dash)
    };
    format!(
        r#"stroke="{}" stroke-width="{}" stroke-linejoin="round"{dash}"#,
        look.color, look.width
    )
}
