//! How long `/me` takes: its words, and its picture as a PNG, beside the chart of an interview.
//! Nothing here passes or fails. `cargo bench --bench progress`

use divan::{Bencher, black_box};
use jiff::Span;
use jiff::civil::{Date, date};
use mockingbird::bank::{Level, Topic};
use mockingbird::chart::{self, Radar, Series};
use mockingbird::practice::own::OwnView;
use mockingbird::practice::own::view::{Coverage, Progress, TopicView};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::view::View;
use mockingbird::words::{Content, render};

const TODAY: Date = date(2026, 11, 19);

fn main() {
    divan::main();
}

/// Somebody who practised on every day of a year, in twenty topics.
fn me() -> View {
    let day = |ago: i64| TODAY.saturating_sub(Span::new().days(ago));
    let topic = |number: u16| {
        let one = Coverage { of: 9, known: number % 4, due: number % 3, unseen: 4 };
        TopicView {
            topic: Topic::new(&format!("topic-{number}")),
            title: format!("A topic with a title, number {number}"),
            levels: [(Level::Easy, one), (Level::Medium, one), (Level::Hard, one)],
        }
    };
    View::Own(Box::new(OwnView::Me(Box::new(Progress {
        today: TODAY,
        standing: Streak::stand(None, TODAY, &[]),
        days: (0..371).rev().map(|ago| (day(ago), u16::try_from(ago % 14).unwrap_or(1))).collect(),
        topics: (0..20).map(topic).collect(),
        due: 12,
        coming: [3; 7],
        interviews: 4,
        reminder: true,
        shared: true,
    }))))
}

#[divan::bench]
fn the_words_of_me(bencher: Bencher<'_, '_>) {
    let view = me();
    bencher.bench(|| render(black_box(&view)));
}

#[divan::bench(sample_count = 50)]
fn me_with_its_picture(bencher: Bencher<'_, '_>) {
    let view = me();
    bencher.bench(|| {
        let messages = render(black_box(&view));
        let files = messages.iter().flat_map(|message| &message.files);
        let pictures = files.map(|file| match &file.content {
            Content::Progress(progress) => chart::progress_png(progress),
            Content::Radar(radar) => chart::png(radar),
            Content::Text(text) => Ok(text.clone().into_bytes()),
        });
        pictures.collect::<Vec<_>>()
    });
}

#[divan::bench(sample_count = 50)]
fn the_chart_of_an_interview(bencher: Bencher<'_, '_>) {
    let names = |names: [&str; 4]| names.map(str::to_owned).to_vec();
    let radar = Radar {
        title: "Mid-level backend, 22 November 2026".to_owned(),
        axes: names(["Communication", "Problem solving", "Technical depth", "Trade-offs"]),
        rings: names(["Not yet", "Nearly", "Solid", "Strong"]),
        series: vec![Series { name: "Candidate".to_owned(), values: vec![Some(30); 4] }],
    };
    bencher.bench(|| chart::png(black_box(&radar)));
}
