//! What files of plans and rubrics say, and what is refused.

use super::*;
use crate::bank::{Kind, Level, Question, QuestionBank, Topic};

const PLAN: &str = "title: Short talk
about: Two questions of any sort.
rubric: short
sections:
  - { title: Anything, minutes: 10, questions: 2 }
";

const RUBRIC: &str = "title: Short
dimensions:
  - title: Communication
    bands: [Nothing., Little., Much., All.]
";

/// Six questions on databases, of which two are hard, and three on HTTP.
fn bank() -> QuestionBank {
    let topics = ["databases"; 6].into_iter().chain(["http"; 3]);
    QuestionBank::of(topics.enumerate().map(|(index, topic)| Question {
        level: if index < 2 { Level::Hard } else { Level::Easy },
        kind: Some(if index % 2 == 0 { Kind::Concept } else { Kind::Howto }),
        ..Question::bare(&format!("q-{index}"), topic, "Why?", "Because.")
    }))
}

fn read(plan: &str, rubric: &str) -> Result<Plans, String> {
    let read = Plans::parse(&[("p/short.yaml", plan)], &[("r/short.yaml", rubric)], Some(&bank()));
    read.map_err(|problems| problems.to_string())
}

fn messages(plan: &str, rubric: &str) -> Vec<String> {
    let files = (&[("p/short.yaml", plan)], &[("r/short.yaml", rubric)]);
    let problems = match Plans::parse(files.0, files.1, Some(&bank())) {
        Err(problems) => problems,
        Ok(plans) => plans.lacks(),
    };
    problems.iter().map(|problem| problem.message().to_owned()).collect()
}

#[test]
fn what_is_left_out_means_all_and_no() {
    let plans = read(PLAN, RUBRIC).unwrap();
    let plan = plans.get(&PlanId::new("short")).unwrap();
    assert_eq!(
        (plan.title.as_str(), plan.about.as_str()),
        ("Short talk", "Two questions of any sort.")
    );
    assert_eq!((plan.minutes(), plan.questions(), plan.swap), (10, 2, false));
    let [section] = plan.sections.as_slice() else { panic!("one section") };
    assert!(section.topics.is_empty() && section.levels.is_empty() && section.kinds.is_empty());
    assert!(!section.follow_ups && !section.pushbacks);
    assert!(bank().iter().all(|question| section.fits(question)));
    assert_eq!((plan.rubric.id.as_str(), plan.rubric.title.as_str()), ("short", "Short"));
    let [dimension] = plan.rubric.dimensions.as_slice() else { panic!("one dimension") };
    assert_eq!(dimension.bands, ["Nothing.", "Little.", "Much.", "All."]);
}

#[test]
fn every_field_is_read() {
    let all = "title: Every field
about: >-
  What a plan
  can say.
rubric: short
swap: &yes true
sections:
  - title: Data
    minutes: 12
    questions: 1
    topics: [databases]
    levels: [easy, hard]
    kinds: [concept]
    follow_ups: *yes
    pushbacks: false
  - { title: Rest, minutes: 120, questions: 1, topics: [http], pushbacks: true }
";
    let plans = read(all, RUBRIC).unwrap();
    let plan = plans.iter().next().unwrap();
    assert_eq!((plan.about.as_str(), plan.swap), ("What a plan can say.", true));
    assert_eq!((plan.minutes(), plan.whole_minutes(), plan.questions()), (132, 264, 2));
    let [data, rest] = plan.sections.as_slice() else { panic!("two sections") };
    assert_eq!((data.title.as_str(), data.minutes, data.questions), ("Data", 12, 1));
    assert_eq!(data.topics, [Topic::new("databases")]);
    assert_eq!(
        (data.levels.as_slice(), data.kinds.as_slice()),
        (&[Level::Easy, Level::Hard][..], &[Kind::Concept][..])
    );
    assert_eq!((data.follow_ups, data.pushbacks), (true, false));
    assert_eq!((rest.follow_ups, rest.pushbacks), (false, true));
}

#[test]
fn each_wrong_value_of_a_plan_is_explained() {
    let plan = |from: &str, to: &str| {
        assert!(PLAN.contains(from), "{from}");
        PLAN.replace(from, to)
    };
    let section = |more: &str| plan("questions: 2", &format!("questions: 2, {more}"));
    let nine = "  - { title: A, minutes: 1, questions: 1 }\n".repeat(8);
    for (text, expected) in [
        (String::new(), "the file is empty"),
        ("[1]".to_owned(), "expected a plan, found a list"),
        (plan("title: Short", "titel: Short"), "unknown field `titel` in a plan"),
        (plan("title: Short talk\n", ""), "this plan has no `title`"),
        (plan("Short talk", &"x".repeat(61)), "`title` has 61 characters, at most 60 fit"),
        (plan("about: Two questions of any sort.\n", ""), "this plan has no `about`"),
        (
            plan("Two questions of any sort.", &"x".repeat(101)),
            "`about` has 101 characters, at most 100 fit",
        ),
        (plan("Two questions of any sort.", "|\n  a\n  b"), "`about` has more than one line"),
        (plan("rubric: short\n", ""), "this plan has no `rubric`"),
        (plan("rubric: short", "rubric: shrt"), "no rubric is called `shrt`"),
        (plan("rubric: short", "rubric:"), "`rubric` is empty"),
        (
            plan("rubric: short", "rubric: short\nswap: \"yes\""),
            "`swap` must be true or false, found a text",
        ),
        (
            plan("rubric: short", "rubric: short\nswap: 1"),
            "`swap` must be true or false, found a number",
        ),
        ("title: A\nabout: B\nrubric: short\nsections:\n".to_owned(), "`sections` is empty"),
        ("title: A\nabout: B\nrubric: short\nsections: []\n".to_owned(), "`sections` is empty"),
        (
            "title: A\nabout: B\nrubric: short\nsections: 3\n".to_owned(),
            "`sections` must be a list, found a number",
        ),
        ("title: A\nabout: B\nrubric: short\n".to_owned(), "this plan has no `sections`"),
        (format!("{PLAN}{nine}"), "`sections` has 9 entries, at most 8 are allowed"),
        (plan("title: Anything, ", ""), "this section has no `title`"),
        (plan("minutes: 10, ", ""), "this section has no `minutes`"),
        (plan("minutes: 10", "minutes:"), "`minutes` is empty"),
        (plan("minutes: 10", "minutes: 0"), "`minutes` is out of range"),
        (plan("minutes: 10", "minutes: 121"), "`minutes` is out of range"),
        (plan("minutes: 10", "minutes: 1.5"), "`minutes` is out of range"),
        (plan("minutes: 10", "minutes: ten"), "`minutes` must be a whole number, found a text"),
        (plan(", questions: 2", ""), "this section has no `questions`"),
        (plan("questions: 2", "questions: 0"), "`questions` is out of range"),
        (plan("questions: 2", "questions: 21"), "`questions` is out of range"),
        (
            plan("questions: 2", "questions: 10"),
            "this section asks more questions (10) than the bank has for it (9)",
        ),
        (section("topics: [databses]"), "the bank has no topic `databses`"),
        (section("topics: http"), "`topics` must be a list, found a text"),
        (section("topics: [http, http]"), "`http` is listed twice"),
        (section("levels: [eazy]"), "unknown level `eazy`"),
        (section("levels: [easy, easy]"), "`easy` is listed twice"),
        (
            section("levels: [hard], kinds: [concept]"),
            "this section asks more questions (2) than the bank has for it (1)",
        ),
        (section("kinds: [concpt]"), "unknown kind `concpt`"),
        (
            section("kinds: [scenario]"),
            "this section asks more questions (2) than the bank has for it (0)",
        ),
        (section("follow_ups: yes"), "`follow_ups` must be true or false, found a text"),
        (section("followups: true"), "unknown field `followups` in a section"),
    ] {
        assert_eq!(messages(&text, RUBRIC), [expected], "{text}");
    }
}

#[test]
fn each_wrong_value_of_a_rubric_is_explained() {
    let rubric = |from: &str, to: &str| {
        assert!(RUBRIC.contains(from), "{from}");
        RUBRIC.replace(from, to)
    };
    let more = |title: &str| format!("  - {{ title: {title}, bands: [a, b, c, d] }}\n");
    for (text, expected) in [
        (String::new(), "the file is empty"),
        ("- 1".to_owned(), "expected a rubric, found a list"),
        (rubric("title: Short\n", ""), "this rubric has no `title`"),
        (rubric("Short", &"x".repeat(61)), "`title` has 61 characters, at most 60 fit"),
        ("title: A".to_owned(), "this rubric has no `dimensions`"),
        ("title: A\ndimensions: []".to_owned(), "`dimensions` is empty"),
        (
            format!("{RUBRIC}{}", ["A", "B", "C", "D"].map(more).concat()),
            "`dimensions` has 5 entries, at most 4 are allowed",
        ),
        (format!("{RUBRIC}{}", more("communication")), "two dimensions have the same title"),
        (rubric("Communication", &"x".repeat(41)), "`title` has 41 characters, at most 40 fit"),
        (rubric("bands", "band"), "unknown field `band` in a dimension"),
        (rubric(", All.", ""), "`bands` has 3 entries, 4 are needed"),
        (rubric("All.", "All., More."), "`bands` has 5 entries, at most 4 are allowed"),
        (rubric("[Nothing., Little., Much., All.]", "x"), "`bands` must be a list, found a text"),
        (rubric("[Nothing., Little., Much., All.]", ""), "`bands` must be a list, found nothing"),
        (rubric("[Nothing., Little., Much., All.]", "[]"), "`bands` has 0 entries, 4 are needed"),
        (rubric("Much.", &"x".repeat(101)), "`bands` has 101 characters, at most 100 fit"),
        (rubric("Much.", "[x]"), "`bands` must be a text, found a list"),
        (rubric("Much.", "~"), "`bands` is empty"),
    ] {
        assert_eq!(messages(PLAN, &text), [expected], "{text}");
    }
}

#[test]
fn all_problems_of_all_files_are_reported_together() {
    let plan =
        PLAN.replace("rubric: short", "rubric: shorter").replace("minutes: 10", "minuts: 10");
    let rubric = RUBRIC.replace("Little., ", "");
    insta::assert_snapshot!(read(&plan, &rubric).unwrap_err(), @"
    error: no rubric is called `shorter`
     --> p/short.yaml:3:9
      |
    3 | rubric: shorter
      |         ^^^^^^^
      = help: did you mean `short`?

    error: unknown field `minuts` in a section
     --> p/short.yaml:5:24
      |
    5 |   - { title: Anything, minuts: 10, questions: 2 }
      |                        ^^^^^^
      = help: did you mean `minutes`?

    error: `bands` has 3 entries, 4 are needed
     --> r/short.yaml:4:12
      |
    4 |     bands: [Nothing., Much., All.]
      |            ^
      = help: write `bands:` and below it 4 sentences, the lowest first
    ");
}

#[test]
fn a_file_that_cannot_be_the_name_of_a_plan_is_refused() {
    let rubrics = [("r/short.yaml", RUBRIC)];
    for (path, expected) in [
        ("p/Mid Backend.yaml", "`Mid Backend` cannot be the name of a plan"),
        ("p/ä.yaml", "`ä` cannot be the name of a plan"),
    ] {
        let problems = Plans::parse(&[(path, PLAN)], &rubrics, None).unwrap_err();
        let problem = problems.iter().next().unwrap();
        assert_eq!((problem.path(), problem.message()), (path, expected));
        assert!(problem.help().starts_with("rename the file"), "{}", problem.help());
    }
    let problems = Plans::parse(&[], &[("r/A B.yaml", RUBRIC)], None).unwrap_err();
    assert!(problems.to_string().contains("`A B` cannot be the name of a rubric"), "{problems}");
}

#[test]
fn two_plans_differ_in_name_and_title() {
    let two = [("p/short.yaml", PLAN), ("p/short.yml", PLAN)];
    let rubrics = [("r/short.yaml", RUBRIC)];
    insta::assert_snapshot!(Plans::parse(&two, &rubrics, None).unwrap_err(), @"
    error: `short` is also the name of p/short.yaml
     --> p/short.yml
      = help: delete or rename one of the two

    error: the title `Short talk` is used twice
     --> p/short.yml:1:8
      |
    1 | title: Short talk
      |        ^^^^^^^^^^
    note: it is first used here
     --> p/short.yaml:1:8
      |
    1 | title: Short talk
      |        ^^^^^^^^^^
      = help: give each plan its own title
    ");
    let rubrics = [("r/short.yaml", RUBRIC), ("r/short.yml", RUBRIC)];
    let problems = Plans::parse(&[("p/short.yaml", PLAN)], &rubrics, None).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!(
        (problem.path(), problem.message()),
        ("r/short.yml", "`short` is also the name of r/short.yaml")
    );
}

#[test]
fn a_rubric_with_a_problem_is_not_missing_too() {
    assert_eq!(messages(PLAN, "title: [x]\ndimensions: []").len(), 2);
}

#[test]
fn a_bank_must_have_enough_for_what_other_sections_and_turns_ask() {
    let hard = "{ title: Hard, minutes: 5, questions: 2, levels: [hard] }";
    let data = "{ title: Data, minutes: 5, questions: 3, topics: [databases] }";
    let http = "{ title: Web, minutes: 5, questions: 2, topics: [http] }";
    let any = "{ title: Any, minutes: 5, questions: 6 }";
    let short = |swap: bool, sections: &[&str]| {
        let head = format!("title: A\nabout: B\nrubric: short\nswap: {swap}\nsections:\n");
        let rows: Vec<String> = sections.iter().map(|section| format!("  - {section}\n")).collect();
        messages(&format!("{head}{}", rows.concat()), RUBRIC)
    };
    let left = |asked: u8, fit: u8, taken: u8| {
        vec![format!(
            "this section asks more questions ({asked}) than the bank is sure to have left for it \
             ({fit} fit, {taken} may be asked before)"
        )]
    };
    let enough = Vec::<String>::new();
    assert_eq!(short(false, &[hard, data]), enough);
    assert_eq!(short(false, &[data, http]), enough);
    // The second one may find that both hard ones were asked as questions on databases.
    assert_eq!(short(false, &[data, hard]), left(2, 2, 2));
    assert_eq!(short(false, &[data, any]), enough);
    assert_eq!(short(false, &[data, http, any]), left(6, 9, 5));
    // In the second turn everything was asked once.
    assert_eq!(short(true, &[data]), enough);
    assert_eq!(short(true, &[http]), left(2, 3, 2));
    assert_eq!(short(true, &[hard, data]).len(), 2);
}

#[test]
fn a_plan_that_the_bank_cannot_fill_is_left_out_and_says_what_it_lacks() {
    let long = "title: Long talk
about: More than there is.
rubric: short
sections:
  - { title: Warm-up, minutes: 5, questions: 1 }
  - { title: Everything, minutes: 30, questions: 10 }
  - { title: Plants, minutes: 5, questions: 1, topics: [http, gardening] }
";
    let files = [("p/long.yaml", long), ("p/short.yaml", PLAN)];
    let plans = Plans::parse(&files, &[("r/short.yaml", RUBRIC)], Some(&bank())).unwrap();
    assert_eq!(plans.iter().map(|plan| plan.id.as_str()).collect::<Vec<_>>(), ["short"]);
    assert_eq!((plans.get(&PlanId::new("long")), plans.find("long").is_err()), (None, true));
    assert_eq!(plans.complete("").len(), 1);
    let [left_out] = plans.left_out().collect::<Vec<_>>()[..] else { panic!("one is left out") };
    assert_eq!((left_out.id.as_str(), left_out.title.as_str()), ("long", "Long talk"));
    // How many questions a section with an unknown topic would find is not asked.
    let [lack] = left_out.lacks.as_slice() else { panic!("one topic is missing") };
    assert_eq!(
        (lack.section.as_str(), &lack.what),
        ("Plants", &Missing::Topic(Topic::new("gardening")))
    );
    for text in ["long", " LONG ", "Long talk", "long talk"] {
        assert_eq!(plans.find_left_out(text), Some(left_out), "{text}");
    }
    assert_eq!(plans.find_left_out("short"), None);
    assert_eq!(plans.find_left_out(""), None);
    insta::assert_snapshot!(plans.lacks(), @"
    error: the bank has no topic `gardening`
     --> p/long.yaml:7:63
      |
    7 |   - { title: Plants, minutes: 5, questions: 1, topics: [http, gardening] }
      |                                                               ^^^^^^^^^
      = help: name a file of the folder of questions without its ending
    ");

    let long = long.replace(", gardening", "");
    let files = [("p/long.yaml", long.as_str())];
    let plans = Plans::parse(&files, &[("r/short.yaml", RUBRIC)], Some(&bank())).unwrap();
    let lacks = plans.left_out().flat_map(|left_out| &left_out.lacks);
    let lacks: Vec<_> = lacks.map(|lack| (lack.section.as_str(), &lack.what)).collect();
    assert_eq!(lacks, [("Everything", &Missing::Questions), ("Plants", &Missing::Questions)]);
}

#[test]
fn a_plan_with_a_mistake_is_refused_and_not_left_out() {
    let long = PLAN.replace("Short", "Long").replace("questions: 2", "questions: 20");
    let broken = PLAN.replace("minutes: 10", "minutes: 0");
    let files = [("p/long.yaml", long.as_str()), ("p/short.yaml", broken.as_str())];
    let rubrics = [("r/short.yaml", RUBRIC)];
    let problems = Plans::parse(&files, &rubrics, Some(&bank())).unwrap_err();
    assert_eq!(problems.len(), 2, "what the other one lacks is said as well: {problems}");
    // Without its rubric nobody could be judged by it.
    let long = long.replace("rubric: short", "rubric: shorter");
    assert!(Plans::parse(&[("p/long.yaml", long.as_str())], &rubrics, Some(&bank())).is_err());
}

#[test]
fn of_a_plan_that_lacks_everything_a_hundred_problems_are_kept() {
    let topics: Vec<String> = (0..100).map(|number| format!("t-{number}")).collect();
    let plan =
        PLAN.replace("questions: 2", &format!("questions: 2, topics: [{}]", topics.join(", ")));
    let row = plan.lines().last().unwrap_or_default();
    let files = format!("{plan}{row}\n");
    let rubrics = [("r/short.yaml", RUBRIC)];
    let plans = Plans::parse(&[("p/short.yaml", &files)], &rubrics, Some(&bank())).unwrap();
    assert_eq!((plans.len(), plans.lacks().len()), (0, 100));
    let broken = files.replace("about: Two", "abuot: Two");
    let problems = Plans::parse(&[("p/short.yaml", &broken)], &rubrics, Some(&bank())).unwrap_err();
    assert_eq!(problems.len(), 100);
}

#[test]
fn without_a_bank_plans_are_still_read() {
    let plan = PLAN.replace("questions: 2", "questions: 20, topics: [gardening]");
    let rubrics = [("r/short.yaml", RUBRIC)];
    assert_eq!(Plans::parse(&[("p/short.yaml", &plan)], &rubrics, None).unwrap().len(), 1);
}

#[test]
fn a_plan_asks_at_most_twenty_questions() {
    let plan = |number: u8| {
        let first = PLAN.replace("questions: 2", "questions: 10");
        format!("{first}  - {{ title: More, minutes: 5, questions: {number} }}\n")
    };
    let rubrics = [("r/short.yaml", RUBRIC)];
    assert!(Plans::parse(&[("p/short.yaml", &plan(10))], &rubrics, None).is_ok());
    let problems = Plans::parse(&[("p/short.yaml", &plan(11))], &rubrics, None).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.message(), "this plan asks 21 questions, at most 20 are allowed");
}

#[test]
fn a_folder_is_read_and_one_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (plans, rubrics) = (folder.path().join("p"), folder.path().join("r"));
    let load = || Plans::load(&plans, &rubrics, Some(&bank()));
    let shown = |problems: Problems| {
        problems.to_string().replace(&folder.path().display().to_string(), ".")
    };
    assert_eq!(Plans::load_if_there(&plans, &rubrics, None), Ok(Plans::default()));
    insta::assert_snapshot!(shown(load().unwrap_err()), @"
    error: the folder of the plans cannot be read: No such file or directory (os error 2)
     --> ./p
      = help: name the right folder behind `plans:` in the config file; it is relative to the folder in which the bot is started
    ");
    put(&plans.join(".hidden.yaml"), "no: plan");
    put(&plans.join("notes.md"), "no: plan");
    assert_eq!(load(), Ok(Plans::default()), "without plans nobody needs rubrics");
    put(&plans.join("short.yml"), PLAN);
    insta::assert_snapshot!(shown(load().unwrap_err()), @"
    error: the folder of the rubrics cannot be read: No such file or directory (os error 2)
     --> ./r
      = help: name the right folder behind `rubrics:` in the config file; it is relative to the folder in which the bot is started
    ");
    put(&rubrics.join("short.yaml"), RUBRIC);
    assert_eq!(load().unwrap().len(), 1);
    assert_eq!(Plans::load_if_there(&plans, &rubrics, None).unwrap().len(), 1);
}

#[expect(clippy::disallowed_methods, reason = "files of this test's own")]
fn put(path: &std::path::Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
