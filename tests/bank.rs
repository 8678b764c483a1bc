//! The bank as its users see it: files in, questions or a report out.

use mockingbird::bank::QuestionBank;

const SMALLEST: &str = "questions:
  - id: acid
    prompt: What does ACID stand for?
    level: easy
    answer: Atomic, consistent, isolated, durable.
";

fn report(files: &[(&str, &str)]) -> String {
    QuestionBank::parse(files).expect_err("the bank is broken").to_string()
}

#[test]
fn a_file_with_only_the_required_fields_loads() {
    let bank = QuestionBank::parse(&[("questions/data-bases.yaml", SMALLEST)]).unwrap();
    let topics: Vec<_> = bank.topics().map(|(name, title)| (name.to_string(), title)).collect();
    assert_eq!(topics, [("data-bases".to_owned(), "Data bases")]);
    assert_eq!(bank.len(), 1);
}

#[test]
fn all_problems_of_all_files_are_reported_together() {
    let http = SMALLEST.replace("prompt", "promt").replace("easy", "Easy");
    let found = report(&[("questions/databases.yaml", SMALLEST), ("questions/http.yaml", &http)]);
    insta::assert_snapshot!(found, @r"
    error: the id `acid` is used twice
     --> questions/http.yaml:2:9
      |
    2 |   - id: acid
      |         ^^^^
    note: it is first used here
     --> questions/databases.yaml:2:9
      |
    2 |   - id: acid
      |         ^^^^
      = help: give one of the two another id

    error: unknown field `promt` in a question
     --> questions/http.yaml:3:5
      |
    3 |     promt: What does ACID stand for?
      |     ^^^^^
      = help: did you mean `prompt`?

    error: unknown level `Easy`
     --> questions/http.yaml:4:12
      |
    4 |     level: Easy
      |            ^^^^
      = help: did you mean `easy`? It is one of `easy`, `medium`, `hard`
    ");
}
