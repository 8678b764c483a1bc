//! Charts that people look at, and charts that nobody should be able to break.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use resvg::tiny_skia::{Color, PixmapPaint};

use super::lay::{INK, LOOKS, PALE, PAPER};
use super::text::Ruler;
use super::*;

fn radar(axes: &[&str], series: &[(&str, &[Option<u8>])]) -> Radar {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Radar {
        title: "Mid-level backend, 22 November 2026".to_owned(),
        axes: owned(axes),
        rings: owned(&["Not yet", "Nearly", "Solid", "Strong"]),
        series: series
            .iter()
            .map(|(name, values)| Series { name: (*name).to_owned(), values: values.to_vec() })
            .collect(),
    }
}

const AXES: [&str; 4] =
    ["Communication", "Problem solving", "Technical depth", "Trade-offs and failure modes"];

fn panel() -> Radar {
    radar(
        &AXES,
        &[
            ("Candidate", &[Some(30), Some(30), Some(20), None]),
            ("Interviewer 1", &[Some(20), Some(30), Some(40), Some(20)]),
            ("Interviewer 2", &[Some(30), Some(30), Some(40), Some(20)]),
        ],
    )
}

/// Charts to look at, with the names of their pictures.
fn gallery() -> Vec<(&'static str, Radar)> {
    let hostile = "</text><script>&\"'😀\u{202e}שלום мир ".repeat(400);
    let hostile = hostile.as_str();
    let long: [&str; 8] = [hostile, "Communication", "通信", "", hostile, "Ω", "x", "Trade-offs"];
    vec![
        ("panel", panel()),
        (
            "pair",
            radar(
                &AXES,
                &[
                    ("Interviewer", &[Some(30), Some(20), Some(30), Some(10)]),
                    ("The candidate", &[Some(40), Some(20), Some(20), Some(20)]),
                ],
            ),
        ),
        ("alone", radar(&AXES[..3], &[("The candidate", &[Some(40), Some(20), Some(20)])])),
        (
            "bars",
            radar(
                &AXES[..2],
                &[("Interviewer", &[Some(30), None]), ("Self", &[Some(15), Some(20)])],
            ),
        ),
        ("one bar", radar(&AXES[..1], &[("Self", &[Some(15)])])),
        (
            "hostile",
            Radar {
                title: hostile.to_owned(),
                ..radar(
                    &long,
                    &[
                        (hostile, &[Some(30); 8]),
                        ("", &[Some(255); 9]),
                        ("c", &[Some(10); 8]),
                        ("d", &[None, Some(20), Some(20), None, Some(10), None, Some(40), None]),
                        ("e", &[]),
                        ("f", &[Some(25); 8]),
                        ("g", &[Some(0)]),
                    ],
                )
            },
        ),
        ("nothing", Radar { rings: Vec::new(), ..radar(&[], &[]) }),
    ]
}

/// A picture as it stands in Discord's dark and in its light mode.
pub(super) fn in_discord(png: &[u8]) -> Pixmap {
    let picture = Pixmap::decode_png(png).expect("a PNG");
    let height = picture.height() + 40;
    let mut both = Pixmap::new(1_680, height).expect("a size");
    for (x, color) in [(0, [0x31, 0x33, 0x38]), (840, [0xff; 3])] {
        let [r, g, b] = color;
        let mut page = Pixmap::new(840, height).expect("a size");
        page.fill(Color::from_rgba8(r, g, b, 255));
        let put = PixmapPaint::default();
        page.draw_pixmap(20, 20, picture.as_ref(), &put, Transform::identity(), None);
        both.draw_pixmap(x, 0, page.as_ref(), &put, Transform::identity(), None);
    }
    both
}

#[test]
#[expect(clippy::disallowed_methods, reason = "pictures for a person, in the build folder")]
fn every_chart_is_painted_and_can_be_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/charts");
    std::fs::create_dir_all(&folder).expect("a folder for what tests write");
    for (name, chart) in gallery() {
        let png = png(&chart).expect("painted");
        std::fs::write(folder.join(format!("{name}.png")), &png).expect("written");
        if name == "panel" {
            in_discord(&png).save_png(folder.join("in Discord.png")).expect("written");
        }
    }
}

/// The four bytes of every pixel.
fn pixels(png: &[u8]) -> Vec<[u8; 4]> {
    let picture = Pixmap::decode_png(png).expect("a PNG");
    assert_eq!((picture.width(), picture.height()), (lay::WIDTH, lay::HEIGHT));
    picture.data().chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]).collect()
}

/// 0xRRGGBB as three bytes.
fn rgb(color: &str) -> [u8; 3] {
    [1, 3, 5].map(|at| u8::from_str_radix(&color[at..at + 2], 16).expect("a colour"))
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |color| {
        let [r, g, b] = rgb(color).map(|byte| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn a_chart_is_opaque_and_shows_every_line() {
    let seen = pixels(&png(&panel()).expect("painted"));
    assert!(seen.iter().all(|[_, _, _, alpha]| *alpha == 255));
    for (index, look) in LOOKS.iter().enumerate() {
        let [r, g, b] = rgb(look.color);
        let there = seen.contains(&[r, g, b, 255]);
        // White is the ring of a sixth line, and near to the ink.
        assert!(there == (index < 3) || look.color == "#ffffff", "{}: {there}", look.color);
    }
}

#[test]
fn the_same_chart_is_the_same_bytes() {
    assert_eq!(png(&panel()), png(&panel()));
}

#[test]
fn everything_stands_out_from_the_paper() {
    let texts = [INK, PALE].into_iter();
    for color in texts.chain(LOOKS.iter().map(|look| look.color)) {
        let contrast = contrast(color, PAPER);
        assert!(contrast >= 4.5, "{color}: {contrast}");
    }
}

#[test]
fn a_text_without_a_letter_that_can_be_shown_gets_a_number() {
    let ruler = Ruler::new();
    assert_eq!(ruler.shown("😀 통신\u{202e}", "2."), "2.");
    assert_eq!(ruler.shown(" Zuverlässigkeit\n\u{0}& 😀 мир ", "2."), "Zuverlässigkeit & мир");
}

proptest! {
    #[test]
    fn a_cut_text_fits(text in "\\PC{0,60}", most in 30.0_f32..300.0) {
        let ruler = Ruler::new();
        let text = ruler.shown(&text, "-");
        prop_assert!(ruler.width(&ruler.cut(&text, 20.0, most), 20.0) <= most + 0.1);
        for line in ruler.lines(&text, 20.0, most) {
            prop_assert!(ruler.width(&line, 20.0) <= most + 0.1, "{line}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_and_no_value_breaks_a_chart(
        title in ".{0,60}",
        axes in vec(".{0,60}", 0..10),
        rings in vec("\\PC{0,20}", 0..8),
        series in vec((".{0,60}", vec(option::of(any::<u8>()), 0..10)), 0..8),
    ) {
        let series = series.into_iter().map(|(name, values)| Series { name, values }).collect();
        let svg = draw::svg(&Radar { title, axes, rings, series });
        let options = Options { fontdb: FONTS.clone(), ..Options::default() };
        prop_assert!(Tree::from_str(&svg, &options).is_ok(), "{svg}");
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
    }
}
