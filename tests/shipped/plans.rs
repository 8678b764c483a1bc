//! The plans and rubrics that come with the bot: as long as they promise, with questions to choose
//! from, and with bands that say something.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use mockingbird::bank::{Question, QuestionBank};
use mockingbird::plans::{Plan, PlanId, Plans, Section};

#[expect(clippy::panic, reason = "the problems are worth reading as they are meant to be read")]
pub(crate) fn plans() -> Plans {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    Plans::load(&config.join("plans"), &config.join("rubrics"), Some(bank()))
        .unwrap_or_else(|problems| panic!("\n{problems}"))
}

#[test]
fn five_plans_take_as_long_as_they_promise() {
    let plans = plans();
    assert_eq!(plans.len(), 5);
    for (id, minutes, swap) in [
        ("rapid-fire", 15, false),
        ("junior-screen", 30, false),
        ("mid-backend", 45, false),
        ("senior-design", 60, false),
        ("pair-swap", 30, true),
    ] {
        let plan = plans.get(&PlanId::new(id)).expect("a shipped plan");
        assert_eq!((plan.minutes(), plan.swap), (minutes, swap), "{id}");
        let turns = if swap { "2 × " } else { "" };
        let promised = format!("`{id}` ({turns}{minutes} minutes");
        let readme = include_str!("../../README.md").replace('\n', " ");
        assert!(readme.contains(&promised), "README.md does not say {promised}");
    }
}

/// The questions of the shipped bank that fit a section.
fn fitting(section: &Section) -> Vec<&'static Question> {
    let fitting = bank().iter().filter(|question| section.fits(question));
    fitting.map(|question| &**question).collect()
}

/// The shipped bank, read once.
fn bank() -> &'static QuestionBank {
    static BANK: OnceLock<QuestionBank> = OnceLock::new();
    BANK.get_or_init(crate::bank)
}

fn sections(plans: &Plans) -> impl Iterator<Item = (&Plan, &Section)> {
    plans.iter().flat_map(|plan| plan.sections.iter().map(|section| (&**plan, section)))
}

#[test]
fn each_section_has_three_times_the_questions_that_it_asks() {
    for (plan, section) in sections(&plans()) {
        let asked = usize::from(section.questions) * if plan.swap { 2 } else { 1 };
        let found = fitting(section).len();
        assert!(found >= 3 * asked, "{}, {}: {found} for {asked}", plan.id, section.title);
    }
}

/// The spoken answers fit on average, with a minute more where follow-ups are on and one where
/// pushbacks are; and the longest of them fits by itself.
#[test]
fn each_section_has_the_time_for_its_questions() {
    for (plan, section) in sections(&plans()) {
        let minutes: Vec<f64> = fitting(section)
            .iter()
            .filter_map(|question| question.minutes)
            .map(f64::from)
            .collect();
        let count = u32::try_from(minutes.len()).expect("a few");
        let mean = minutes.iter().sum::<f64>() / f64::from(count);
        let more = u8::from(section.follow_ups) + u8::from(section.pushbacks);
        let each = mean + f64::from(more);
        let needed = each * f64::from(section.questions);
        let name = format!("{}, {}", plan.id, section.title);
        assert!(needed <= f64::from(section.minutes), "{name}: {needed:.1} minutes are needed");
        let longest = minutes.iter().copied().fold(0.0, f64::max);
        assert!(longest <= f64::from(section.minutes), "{name}: one takes {longest}");
    }
}

#[test]
fn where_follow_ups_and_pushbacks_are_on_some_questions_have_them() {
    for (plan, section) in sections(&plans()) {
        let found = fitting(section);
        let name = format!("{}, {}", plan.id, section.title);
        assert!(!section.follow_ups || found.iter().all(|q| !q.follow_ups.is_empty()), "{name}");
        assert!(!section.pushbacks || found.iter().all(|q| q.pushback.is_some()), "{name}");
    }
}

#[test]
fn together_the_plans_reach_every_topic() {
    let reached: BTreeSet<String> = sections(&plans())
        .flat_map(|(_, section)| fitting(section))
        .map(|question| question.topic.to_string())
        .collect();
    assert_eq!(reached.len(), bank().topics().count(), "{reached:?}");
}

#[test]
fn a_backend_interview_is_judged_in_four_dimensions() {
    let plans = plans();
    let plan = plans.get(&PlanId::new("mid-backend")).expect("a shipped plan");
    let titles: Vec<&str> = plan.rubric.dimensions.iter().map(|d| d.title.as_str()).collect();
    let four =
        ["Communication", "Problem solving", "Technical depth", "Trade-offs and failure modes"];
    assert_eq!(titles, four);
}

/// A band says what was seen: a sentence, unlike any other, and no mark.
#[test]
fn each_band_is_a_sentence_that_says_what_was_seen() {
    let marks = ["good", "bad", "poor", "weak", "strong", "excellent", "great", "below", "above"];
    // What two who saw the same may still call differently.
    let vague = [
        "adequate",
        "appropriate",
        "awkward",
        "clearly",
        "late",
        "oddly",
        "properly",
        "reasonable",
        "several",
        "some",
        "sufficient",
        "suit",
        "vague",
        "well",
    ];
    let rubrics: BTreeSet<String> = plans().iter().map(|plan| plan.rubric.id.clone()).collect();
    assert_eq!(rubrics.into_iter().collect::<Vec<_>>(), ["backend", "quick"]);
    let mut seen = BTreeSet::new();
    let mut judged = BTreeSet::new();
    for plan in plans().iter().filter(|plan| judged.insert(plan.rubric.id.clone())) {
        for band in plan.rubric.dimensions.iter().flat_map(|dimension| &dimension.bands) {
            assert!(band.starts_with(char::is_uppercase) && band.ends_with('.'), "{band}");
            assert!(band.split(' ').count() >= 8, "{band}");
            let lower = band.to_lowercase();
            let words = lower.split(|c: char| !c.is_alphanumeric()).collect::<BTreeSet<_>>();
            assert!(!marks.iter().chain(&vague).any(|mark| words.contains(mark)), "{band}");
            assert!(seen.insert(band.clone()), "twice: {band}");
        }
    }
}

#[test]
fn the_plan_and_the_rubric_of_the_readme_can_be_copied() {
    let readme = include_str!("../../README.md");
    let block = |first: &str| {
        let start = readme.find(first).expect("it is in the README");
        readme.get(start..).and_then(|rest| rest.split("```").next()).expect("it has an end")
    };
    let plan = block("title: Our second round");
    let rubric = block("title: Short talk");
    let read = Plans::parse(&[("ours.yaml", plan)], &[("backend.yaml", rubric)], Some(bank()));
    let plans = read.expect("both are good");
    let ours = plans.find("ours").expect("it is called so");
    assert_eq!((ours.minutes(), ours.rubric.dimensions.len()), (20, 1));
}
