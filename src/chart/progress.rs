//! A member's progress as SVG: a calendar of the days on which they practised, above a bar for each
//! topic. It knows nothing of members.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use jiff::Span;
use jiff::civil::Date;

use super::draw::few;
use super::lay::{
    BANDS, CELL, DUE, EDGE, EMPTY, GRID, INK, KNOWN, MARGIN, NAME, PALE, PAPER, SHADES, SMALL,
    TITLE, WEEKS, WIDTH,
};
use super::text::{FAMILY, Ruler, escaped};

/// What is shown of a member's progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is written above it.
    pub title: String,
    /// The last day of the calendar.
    pub today: Date,
    /// How many questions on which day, in any order; days out of the calendar are left out.
    pub days: Vec<(Date, u16)>,
    /// A bar each; those beyond the first 20 in which something is known or due are left out.
    pub topics: Vec<Bar>,
}

/// How much of a topic is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The topic's title.
    pub name: String,
    /// Questions known and not due.
    pub known: u16,
    /// Questions due.
    pub due: u16,
    /// Questions never met.
    pub unseen: u16,
}

/// Weeks in the calendar.
const ALL_WEEKS: usize = 53;
/// The first band of the calendar begins here, and the next one so much lower.
const CALENDAR: f32 = 96.0;
const BAND: f32 = CELL * 7.0 + 44.0;
/// Where the names of the days end and the weeks begin.
const FIRST_WEEK: f32 = 76.0;
/// Topics that are drawn, and how far their bars are apart.
const TOPICS: usize = 20;
const ROW: f32 = 34.0;
/// Where the bars begin and end; names stand before them, numbers behind.
const BARS: (f32, f32) = (330.0, 628.0);
const THICK: f32 = 22.0;
/// The middle of each column of numbers.
const NUMBERS: [f32; 3] = [658.0, 706.0, 754.0];
/// A number of four digits and more.
const NUMBER: f32 = 14.0;
/// Room at the bottom: Discord lays a badge over the lower left corner.
const BOTTOM: f32 = 44.0;

/// The step of a day by its questions, from 0 for none to 4.
const fn step(questions: u16) -> usize {
    match questions {
        0 => 0,
        1..=2 => 1,
        3..=4 => 2,
        5..=9 => 3,
        _ => 4,
    }
}

/// What the steps stand for.
const STEPS: [&str; 5] = ["none", "1 or 2", "3 or 4", "5 to 9", "10 or more"];

/// The picture, and how high it is.
pub(super) fn svg(progress: &Progress) -> (String, u32) {
    let topics = shown(&progress.topics);
    let left_out = progress.topics.len() - topics.len();
    let top = CALENDAR + BAND * few(BANDS) + 56.0;
    let rows = topics.len() + usize::from(left_out > 0 || topics.is_empty());
    let height = height(top + 40.0 + ROW * few(rows) + BOTTOM);
    let mut drawing = Drawing { ruler: Ruler::new(), svg: String::new() };
    drawing.frame(&progress.title, height);
    drawing.calendar(progress);
    drawing.legend(CALENDAR + BAND * few(BANDS) - 6.0);
    drawing.topics(&topics, left_out, top);
    drawing.svg.push_str("</svg>");
    (drawing.svg, height)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most 22 rows: some hundreds of pixels"
)]
fn height(pixels: f32) -> u32 {
    pixels.clamp(1.0, 2_000.0).round() as u32
}

/// The topics that there is room for: in their order, first those in which something was met.
fn shown(topics: &[Bar]) -> Vec<&Bar> {
    let met = |bar: &Bar| bar.known > 0 || bar.due > 0;
    let room = TOPICS.saturating_sub(topics.iter().filter(|bar| met(bar)).count());
    let mut others = 0;
    let fits = |bar: &&Bar| {
        others += usize::from(!met(bar));
        met(bar) || others <= room
    };
    topics.iter().filter(fits).take(TOPICS).collect()
}

struct Drawing {
    ruler: Ruler,
    svg: String,
}

impl Drawing {
    fn frame(&mut self, title: &str, height: u32) {
        let _ = write!(
            self.svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="{FAMILY}">
<defs><pattern id="due" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="9" height="9" fill="{PAPER}"/><rect width="5" height="9" fill="{DUE}"/></pattern></defs>
<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>
<rect x="1" y="1" width="{}" height="{}" fill="none" stroke="{EDGE}" stroke-width="2"/>
"#,
            WIDTH - 2,
            height.saturating_sub(2),
        );
        let title = self.ruler.shown(title, "");
        let title = self.ruler.cut(&title, TITLE, 740.0);
        self.text((MARGIN, 46.0), "start", TITLE, INK, &title);
    }

    fn text(&mut self, (x, y): (f32, f32), anchor: &str, size: f32, color: &str, text: &str) {
        let _ = writeln!(
            self.svg,
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" font-size="{size}" fill="{color}">{}</text>"#,
            escaped(text),
        );
    }

    fn rect(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), style: &str) {
        let _ = writeln!(
            self.svg,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" {style}/>"#,
        );
    }

    /// A day: the more questions, the larger and the lighter, so that either of both is enough.
    fn day(&mut self, (x, y): (f32, f32), step: usize) {
        let middle = CELL / 2.0;
        match step.checked_sub(1).and_then(|step| SHADES.get(step)) {
            None => {
                let half = 2.5;
                let at = (x + middle - half, y + middle - half);
                self.rect(at, (half * 2.0, half * 2.0), &format!(r#"fill="{EMPTY}" rx="1""#));
            }
            Some((color, share)) => {
                let half = (CELL - 3.0) * share / 2.0;
                let at = (x + middle - half, y + middle - half);
                self.rect(at, (half * 2.0, half * 2.0), &format!(r#"fill="{color}" rx="2""#));
            }
        }
    }

    fn calendar(&mut self, progress: &Progress) {
        let monday =
            back(progress.today, i64::from(progress.today.weekday().to_monday_zero_offset()));
        // The last band ends with this week; the first one may begin with an empty one.
        let slots = BANDS * WEEKS;
        for band in 0..BANDS {
            let top = CALENDAR + BAND * few(band);
            for (day, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")] {
                let y = top + CELL * few(day) + CELL / 2.0 + SMALL * 0.36;
                self.text((FIRST_WEEK - 10.0, y), "end", SMALL, PALE, name);
            }
            let mut free = 0.0;
            for column in 0..WEEKS {
                let ago = slots - 1 - (band * WEEKS + column);
                if ago >= ALL_WEEKS {
                    continue;
                }
                let first = back(monday, days(ago * 7));
                let x = FIRST_WEEK + CELL * few(column);
                free = self.month(first, x, top, free);
                for weekday in 0..7 {
                    let date = back(first, -days(weekday));
                    if date > progress.today {
                        break;
                    }
                    let at = (x, top + CELL * few(weekday));
                    let on_it = progress.days.iter().filter(|(day, _)| *day == date);
                    self.day(at, step(on_it.fold(0, |sum, (_, more)| sum.saturating_add(*more))));
                    if date == progress.today {
                        let style =
                            format!(r#"fill="none" stroke="{INK}" stroke-width="2.5" rx="3""#);
                        self.rect(at, (CELL, CELL), &style);
                    }
                }
            }
        }
    }

    /// The name of the month that begins in a week, unless another name stands there. What is free
    /// after it.
    fn month(&mut self, monday: Date, x: f32, top: f32, free: f32) -> f32 {
        let Some(first) = (0..7).map(|day| back(monday, -day)).find(|date| date.day() == 1) else {
            return free;
        };
        let name = month(first.month());
        let name =
            if first.month() == 1 { format!("{name} {}", first.year()) } else { name.to_owned() };
        let width = self.ruler.width(&name, SMALL);
        if x < free || x + width > few(WIDTH as usize) - MARGIN / 2.0 {
            return free;
        }
        self.text((x + 2.0, top - 9.0), "start", SMALL, PALE, &name);
        x + width + 12.0
    }

    fn legend(&mut self, y: f32) {
        let mut x = FIRST_WEEK;
        self.text((x, y), "start", SMALL, PALE, "Questions a day:");
        x += self.ruler.width("Questions a day:", SMALL) + 14.0;
        for (step, name) in STEPS.iter().enumerate() {
            self.day((x, y - CELL / 2.0 - SMALL * 0.36), step);
            self.text((x + CELL + 4.0, y), "start", SMALL, PALE, name);
            x += CELL + self.ruler.width(name, SMALL) + 18.0;
        }
    }

    fn topics(&mut self, topics: &[&Bar], left_out: usize, top: f32) {
        let looks = [("known", known()), ("due", due()), ("unseen", unseen())];
        self.text((MARGIN, top), "start", NAME, INK, "Topics");
        let mut x = BARS.0;
        for (name, style) in &looks {
            self.rect((x, top - 15.0), (30.0, 16.0), style);
            self.text((x + 36.0, top), "start", SMALL, PALE, name);
            x += 36.0 + self.ruler.width(name, SMALL) + 14.0;
        }
        // Each column of numbers has its own head.
        for ((_, style), x) in looks.iter().zip(NUMBERS).filter(|_| !topics.is_empty()) {
            self.rect((x - 12.0, top - 15.0), (24.0, 16.0), style);
        }
        for (index, bar) in topics.iter().enumerate() {
            self.bar(bar, index, top + 14.0 + ROW * few(index));
        }
        let y = top + 40.0 + ROW * few(topics.len());
        if left_out > 0 {
            let more = if left_out == 1 { "topic" } else { "topics" };
            self.text((BARS.0, y), "start", SMALL, PALE, &format!("and {left_out} more {more}"));
        } else if topics.is_empty() {
            self.text((BARS.0, y), "start", SMALL, PALE, "none yet");
        }
    }

    fn bar(&mut self, bar: &Bar, index: usize, top: f32) {
        let name = self.ruler.shown(&bar.name, &format!("{}.", index + 1));
        let base = top + THICK / 2.0 + NAME * 0.36 + 4.0;
        let name = self.ruler.cut(&name, NAME, BARS.0 - MARGIN - 14.0);
        self.text((MARGIN, base), "start", NAME, INK, &name);
        let parts = [(bar.known, known()), (bar.due, due()), (bar.unseen, unseen())];
        let widths = widths(parts.each_ref().map(|(part, _)| *part), BARS.1 - BARS.0);
        let mut x = BARS.0;
        for ((_, style), width) in parts.iter().zip(widths) {
            if width > 0.0 {
                // What is drawn with an edge stays inside of its part.
                self.rect((x + 1.0, top + 5.0), ((width - 2.0).max(1.0), THICK - 2.0), style);
            }
            x += width;
        }
        for ((part, _), x) in parts.iter().zip(NUMBERS) {
            let color = if *part == 0 { PALE } else { INK };
            let size = if *part > 999 { NUMBER } else { NAME };
            self.text((x, base), "middle", size, color, &part.to_string());
        }
    }
}

/// How wide each part is: by its share, but never so narrow that it cannot be seen.
fn widths(parts: [u16; 3], room: f32) -> [f32; 3] {
    let all: f32 = parts.iter().map(|part| f32::from(*part)).sum();
    if all == 0.0 {
        return [0.0; 3];
    }
    let least = |part: u16| if part == 0 { 0.0 } else { 10.0 };
    let reserved: f32 = parts.iter().map(|part| least(*part)).sum();
    parts.map(|part| least(part) + f32::from(part) / all * (room - reserved))
}

fn known() -> String {
    format!(r#"fill="{KNOWN}" stroke="{KNOWN}" stroke-width="2""#)
}

fn due() -> String {
    format!(r#"fill="url(#due)" stroke="{DUE}" stroke-width="2""#)
}

fn unseen() -> String {
    format!(r#"fill="none" stroke="{GRID}" stroke-width="2""#)
}

/// A small number of days as a span has it.
fn days(number: usize) -> i64 {
    i64::try_from(number).unwrap_or_default()
}

/// So many days before a date; where there is none, the first or last that there is.
fn back(date: Date, days: i64) -> Date {
    date.saturating_sub(Span::new().days(days))
}

const fn month(number: i8) -> &'static str {
    match number {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}
