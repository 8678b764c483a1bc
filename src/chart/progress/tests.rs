//! Pictures of progress that people look at, and some that nobody should be able to break.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};

use super::super::progress_png;
use super::super::tests::{contrast, in_discord};
use super::*;

const TODAY: Date = date(2026, 11, 19);

/// The topics of a bank, and what somebody knows of them.
fn topics() -> Vec<Bar> {
    [
        ("APIs & REST", 8, 2, 1),
        ("Application Architecture & Code Design", 0, 0, 5),
        ("Caching", 9, 0, 0),
        ("Concurrency & Threading", 1, 3, 2),
        ("Databases & Storage", 12, 4, 6),
        ("DevOps & CI/CD", 0, 1, 5),
        ("HTTP & Web Fundamentals", 5, 1, 1),
        ("Messaging & Events", 0, 0, 6),
        ("Microservices & Distributed Systems", 2, 2, 4),
        ("Monitoring & Observability", 3, 0, 6),
        ("Performance & Scalability", 4, 5, 0),
        ("Authentication & Security", 10, 1, 6),
        ("System Design", 1, 1, 7),
        ("Testing & Debugging", 0, 4, 0),
    ]
    .into_iter()
    .map(|(name, known, due, unseen)| Bar { name: name.to_owned(), known, due, unseen })
    .collect()
}

/// A year of somebody who practises on most working days, with a holiday in August.
fn year() -> Progress {
    let days = (0..371_i64).rev().filter_map(|ago| {
        let day = back(TODAY, ago);
        let off = day.weekday().to_monday_zero_offset() > 4 && ago % 3 != 0;
        let holiday = day.month() == 8 && day.day() > 4 && day.day() < 26;
        let many = u16::try_from((ago * 7919) % 17).expect("small");
        (!off && !holiday && many > 2).then(|| (day, many - 2))
    });
    Progress {
        title: "Your practice up to Thu 19 Nov 2026".to_owned(),
        today: TODAY,
        days: days.collect(),
        topics: topics(),
    }
}

/// Pictures to look at, with their names.
fn gallery() -> Vec<(&'static str, Progress)> {
    let beginner = Progress {
        days: vec![(TODAY, 3), (back(TODAY, 1), 1)],
        topics: topics()
            .into_iter()
            .map(|bar| Bar { known: 0, due: 1, unseen: 9, ..bar })
            .collect(),
        ..year()
    };
    let hostile = "</text><script>&\"'😀\u{202e}שלום мир ".repeat(40);
    let bar =
        |name: &str, many| Bar { name: name.to_owned(), known: many, due: many, unseen: many };
    let mut many: Vec<Bar> = (0..26).map(|_| bar(&hostile, 9_999)).collect();
    many.insert(0, bar("", 0));
    many.push(bar("😀", 1));
    let worst = Progress {
        title: hostile,
        today: date(2027, 3, 1),
        days: (0..900).map(|ago| (back(date(2027, 3, 1), ago), u16::MAX)).collect(),
        topics: many,
    };
    let nothing = Progress { days: Vec::new(), topics: Vec::new(), ..year() };
    let sunday = Progress { today: date(2026, 2, 1), ..year() };
    vec![
        ("progress", year()),
        ("progress of a beginner", beginner),
        ("progress, hostile", worst),
        ("progress, none", nothing),
        ("progress on a Sunday", sunday),
    ]
}

/// A picture as wide as a phone.
fn on_a_phone(png: &[u8]) -> Pixmap {
    let picture = Pixmap::decode_png(png).expect("a PNG");
    let mut small = Pixmap::new(360, picture.height() * 360 / picture.width()).expect("a size");
    // 360 of 800 pixels.
    let share = 0.45;
    let put = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
    let scale = Transform::from_scale(share, share);
    small.draw_pixmap(0, 0, picture.as_ref(), &put, scale, None);
    small
}

#[test]
#[expect(clippy::disallowed_methods, reason = "pictures for a person, in the build folder")]
fn every_picture_is_painted_and_can_be_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/charts");
    std::fs::create_dir_all(&folder).expect("a folder for what tests write");
    for (name, progress) in gallery() {
        let png = progress_png(&progress).expect("painted");
        std::fs::write(folder.join(format!("{name}.png")), &png).expect("written");
        if name == "progress" {
            in_discord(&png).save_png(folder.join("progress in Discord.png")).expect("written");
            on_a_phone(&png).save_png(folder.join("progress on a phone.png")).expect("written");
        }
    }
}

fn colors(progress: &Progress) -> BTreeSet<[u8; 4]> {
    let picture = Pixmap::decode_png(&progress_png(progress).expect("painted")).expect("a PNG");
    assert_eq!(picture.width(), WIDTH);
    picture.data().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]).collect()
}

#[test]
fn a_picture_is_opaque_and_the_same_each_time() {
    assert!(colors(&year()).iter().all(|[_, _, _, alpha]| *alpha == 255));
    assert_eq!(progress_png(&year()), progress_png(&year()));
}

#[test]
fn every_step_of_a_day_is_larger_and_lighter_than_the_one_before() {
    for (fewer, more) in SHADES.iter().zip(SHADES.iter().skip(1)) {
        assert!(contrast(more.0, PAPER) > contrast(fewer.0, PAPER) * 1.3, "{fewer:?} {more:?}");
        assert!(more.1 > fewer.1 + 0.15, "{fewer:?} {more:?}");
    }
    assert_eq!([0, 1, 2, 3, 4, 5, 9, 10, u16::MAX].map(step), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
}

#[test]
fn everything_stands_out_from_the_paper() {
    for color in SHADES.iter().map(|(color, _)| *color).chain([KNOWN, DUE]) {
        assert!(contrast(color, PAPER) >= 3.0, "{color}: {}", contrast(color, PAPER));
    }
    assert!(contrast(PALE, PAPER) >= 4.5);
}

/// How many days of each step a calendar shows, its legend left out.
fn drawn(progress: &Progress) -> [usize; 4] {
    let (svg, _) = svg(progress);
    SHADES.map(|(color, _)| svg.matches(&format!(r#"fill="{color}" rx"#)).count() - 1)
}

#[test]
fn the_calendar_shows_fifty_three_weeks_and_no_day_of_the_future() {
    let one = |date| drawn(&Progress { days: vec![(date, 1)], ..year() })[0];
    // The Monday 52 weeks before the one of this week is the first day.
    let monday = back(TODAY, 3);
    let first = back(monday, 52 * 7);
    assert_eq!([one(TODAY), one(back(TODAY, -1)), one(first), one(back(first, 1))], [1, 0, 1, 0]);
    let all: Vec<(Date, u16)> = (0..900).map(|ago| (back(TODAY, ago), 1)).collect();
    assert_eq!(drawn(&Progress { days: all, ..year() }), [52 * 7 + 4, 0, 0, 0]);
}

#[test]
fn topics_in_which_something_was_met_are_shown_first() {
    let bar = |name: String, known| Bar { name, known, due: 0, unseen: 3 };
    let mut all: Vec<Bar> = (0..25).map(|number| bar(format!("unseen {number}"), 0)).collect();
    all.push(bar("met".to_owned(), 1));
    let shown = shown(&all);
    assert_eq!(shown.len(), 20);
    assert_eq!(shown.last().expect("some").name, "met");
    assert_eq!(shown.first().expect("some").name, "unseen 0");
    let (svg, _) = svg(&Progress { topics: all, ..year() });
    assert!(svg.contains("and 6 more topics"), "{svg}");
}

#[test]
fn a_part_of_a_bar_is_never_too_narrow_to_be_seen() {
    for parts in [[1, 0, 0], [1, 999, 0], [1, 0, u16::MAX], [3, 3, 3], [u16::MAX; 3]] {
        let widths = widths(parts, 300.0);
        assert!((widths.iter().sum::<f32>() - 300.0).abs() < 0.1, "{widths:?}");
        for (part, width) in parts.iter().zip(widths) {
            assert!((*part > 0) == (width >= 10.0), "{parts:?}: {widths:?}");
        }
    }
    assert!(widths([0; 3], 300.0).iter().all(|width| *width <= 0.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_breaks_a_picture(
        title in ".{0,60}",
        today in -4_000_000_i32..2_900_000,
        days in vec((0_i64..400, any::<u16>()), 0..60),
        topics in vec((".{0,60}", any::<[u16; 3]>()), 0..30),
    ) {
        let epoch = date(1970, 1, 1);
        let today = epoch.saturating_add(Span::new().days(today));
        let topics = topics
            .into_iter()
            .map(|(name, [known, due, unseen])| Bar { name, known, due, unseen })
            .collect();
        let days = days.into_iter().map(|(ago, many)| (back(today, ago), many)).collect();
        let (svg, height) = svg(&Progress { title, today, days, topics });
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
        prop_assert!(!svg.contains("width=\"-") && !svg.contains("height=\"-"), "{svg}");
        prop_assert!((300..=2_000).contains(&height));
        let options = resvg::usvg::Options::default();
        prop_assert!(resvg::usvg::Tree::from_str(&svg, &options).is_ok());
    }
}
