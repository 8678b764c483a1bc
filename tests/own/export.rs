//! What a member takes with them, as they read it.

use insta::assert_snapshot;
use mockingbird::practice::own::{Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::Story;

#[test]
#[expect(clippy::too_many_lines, reason = "the whole file, to be read by eye")]
fn an_export_can_be_read_without_knowing_how_it_is_stored() {
    let mut story = Story::new();
    story.moves("ann", "Europe/Berlin");
    story.chooses("ann", OwnMenu::Shared, 1);
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.submits("ann", OwnForm::Quiet, "22:00-07:00");
    story.interview("ann", "bob", &[0, 1]);
    story.interview("bob", "ann", &[0, 1]);
    story.quiz("ann", "git");
    story.shows("ann");
    story.reacts("ann");
    story.presses("ann", P::Grade(key("git-0"), Grade::GotIt));
    story.runs("ann", OwnCall::Sprint { minutes: Some(5), topic: None });
    story.presses("ann", P::SprintGrade(story.sprint, 0, Grade::Missed));
    story.hours(24);
    story.presses("ann", P::Answer(key("sql-1")));
    story.hours(48);
    story.told();
    story.presses("ann", P::Export);
    let told = story.told();
    let lines = told.lines().skip(1).map(|line| line.get(20..).unwrap_or_default());
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
    to ann: Export: {
    "coach": null,
    "days": {
      "2026-11-02": 3,
      "2026-11-03": 1
    },
    "exported_at": "2026-11-05T08:00:00Z",
    "interviews": [
      {
        "asked_for": true,
        "asked_for_at": "2026-11-02T08:00:00Z",
        "called_off": false,
        "interview": "0429d069189e0005",
        "joined": true,
        "plan": "One",
        "put_into_the_thread": true,
        "turns": [
          {
            "begun": "2026-11-02T08:00:00Z",
            "candidate": true,
            "interviewer": false,
            "questions": [
              {
                "answers": [],
                "asked_at": "2026-11-02T08:00:00Z",
                "key_points_made": [
                  "sql-3 0",
                  "sql-3 1"
                ],
                "question": "sql-3",
                "ticked": null
              }
            ],
            "scorecards": [
              {
                "dimensions": [
                  {
                    "band": "yes",
                    "band_of_4": 3,
                    "comment": "",
                    "dimension": "Depth"
                  }
                ],
                "sealed": "2026-11-02T08:00:00Z",
                "try_next": "",
                "went_well": "",
                "written_by_you": true
              },
              {
                "dimensions": [
                  {
                    "band": "yes",
                    "band_of_4": 3,
                    "comment": "",
                    "dimension": "Depth"
                  }
                ],
                "sealed": "2026-11-02T08:00:00Z",
                "try_next": "",
                "went_well": "",
                "written_by_you": false
              }
            ]
          }
        ]
      },
      {
        "asked_for": false,
        "asked_for_at": "2026-11-02T08:00:00Z",
        "called_off": false,
        "interview": "0429d069189e0015",
        "joined": true,
        "plan": "One",
        "put_into_the_thread": true,
        "turns": [
          {
            "begun": "2026-11-02T08:00:00Z",
            "candidate": false,
            "interviewer": true,
            "questions": [
              {
                "answers": null,
                "asked_at": "2026-11-02T08:00:00Z",
                "key_points_made": null,
                "question": "http-1",
                "ticked": [
                  "http-1 0",
                  "http-1 1"
                ]
              }
            ],
            "scorecards": [
              {
                "dimensions": [
                  {
                    "band": "yes",
                    "band_of_4": 3,
                    "comment": "",
                    "dimension": "Depth"
                  }
                ],
                "sealed": "2026-11-02T08:00:00Z",
                "try_next": "",
                "went_well": "",
                "written_by_you": true
              }
            ]
          }
        ]
      }
    ],
    "labels": [],
    "last_grade": {
      "before": null,
      "date": "2026-11-02",
      "question": "git-1"
    },
    "member": "7664878340232923792",
    "missed_key_points": {
      "sql-3": {
        "at": "2026-11-02T08:00:00Z",
        "points": [
          "sql-3 2",
          "sql-3 3",
          "sql-3 4"
        ]
      }
    },
    "named_in_the_weekly_post": false,
    "next_reminder": null,
    "past_interviews": [
      {
        "at": "2026-11-02T08:00:00Z",
        "bands_of_4": [
          {
            "dimension": "Depth",
            "interviewers": 3.0,
            "own": 3.0
          }
        ],
        "interview": "0429d069189e0005",
        "interviewers": 1,
        "key_points": 5,
        "key_points_made": 2,
        "plan": "One",
        "questions": 1
      }
    ],
    "posts": [
      {
        "asked_for": true,
        "at": "2026-11-02T08:00:00Z",
        "question": "git-0",
        "reacted": true,
        "seen": true
      }
    ],
    "questions": [
      {
        "graded": {
          "date": "2026-11-02",
          "difficulty_of_10": 5.11,
          "due": "2026-11-03",
          "grade": "Partly",
          "grades": 1,
          "interval_in_days": 1,
          "lapses": 0,
          "stability_in_days": 1.29
        },
        "met": "2026-11-02",
        "question": "sql-3"
      },
      {
        "graded": null,
        "met": "2026-11-03",
        "question": "sql-1"
      },
      {
        "graded": {
          "date": "2026-11-02",
          "difficulty_of_10": 2.12,
          "due": "2026-11-04",
          "grade": "GotIt",
          "grades": 1,
          "interval_in_days": 2,
          "lapses": 0,
          "stability_in_days": 2.31
        },
        "met": "2026-11-02",
        "question": "git-0"
      },
      {
        "graded": {
          "date": "2026-11-02",
          "difficulty_of_10": 6.41,
          "due": "2026-11-03",
          "grade": "Missed",
          "grades": 1,
          "interval_in_days": 1,
          "lapses": 1,
          "stability_in_days": 0.21
        },
        "met": "2026-11-02",
        "question": "git-1"
      }
    ],
    "questions_of_interviews": [
      "sql-3"
    ],
    "reminder": {
      "date": "2026-11-04",
      "failure": null,
      "over": true,
      "since": "2026-11-04T20:59:00Z"
    },
    "settings": {
      "grades": 4,
      "quiet_hours": "22:00-07:00",
      "reminder_hours_before_the_day_ends": 3,
      "reviews_a_day": 20,
      "shared": true
    },
    "sprint": {
      "grades": [
        "Missed"
      ],
      "over": false,
      "questions": [
        "git-1",
        "http-1",
        "http-0"
      ],
      "since": "2026-11-02T08:00:00Z",
      "until": "2026-11-02T08:05:00Z"
    },
    "streak": {
      "best": 2,
      "days": {
        "2026-11-02": "counted",
        "2026-11-03": "counted",
        "2026-11-04": "missed",
        "2026-11-05": "open"
      },
      "freezes": 0,
      "length": 0
    },
    "typed_answers": [],
    "zone": "Europe/Berlin"
    "#);
}

#[test]
fn somebody_of_whom_nothing_is_known_gets_an_export_too() {
    let mut story = Story::new();
    story.presses("ann", P::Export);
    let told = story.told();
    assert!(told.contains(r#""questions": []"#) && told.contains(r#""zone": null"#), "{told}");
}
