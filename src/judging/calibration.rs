//! What `mockingbird judge --calibrate` prints: how the judge and people agree, and the section to
//! put into the config. It does not know where the labels come from.

use std::fmt::Write as _;

use crate::check::counted;
use crate::judge::Thresholds;
use crate::judge::calibrate::{
    Agreement, Calibration, ENOUGH, ENOUGH_OF_A_KIND, Label, Share, calibrate,
};

/// What the labels say about these thresholds, and better ones; `config` is where to put them.
pub fn calibration(labels: &[Label], now: Thresholds, config: &str) -> String {
    let found = calibrate(labels, now);
    let mut text = format!(
        "{}: {} said, {} not said\n",
        counted(found.labels(), "label"),
        found.said,
        found.unsaid
    );
    if found.labels() > 0 {
        text.push('\n');
        table(&mut text, now, &found);
    }
    let Some((thresholds, _)) = found.after else {
        text.push_str(&lacking(&found, now));
        return text;
    };
    if thresholds == now {
        text.push_str("\nThe thresholds in force are the best ones; nothing is to be changed.\n");
    } else {
        let Thresholds { covered, unsure } = thresholds;
        let _ = write!(
            text,
            "What is found is seen on the labels that it was found by: a little too good.\n\n\
             Put this into {config} and restart the bot:\n\njudge:\n  covered: {covered}\n  unsure: {unsure}\n"
        );
    }
    text
}

/// How many labels are missing.
fn lacking(found: &Calibration, now: Thresholds) -> String {
    let lacks = [
        (ENOUGH.saturating_sub(found.labels()), "of any sort"),
        (ENOUGH_OF_A_KIND.saturating_sub(found.said), "of what was said"),
        (ENOUGH_OF_A_KIND.saturating_sub(found.unsaid), "of what was not"),
    ];
    let lacks = lacks.into_iter().filter(|(count, _)| *count > 0);
    let lacks: Vec<String> = lacks.map(|(count, what)| format!("{count} {what}")).collect();
    format!(
        "\nToo little to go by; still needed: {}.\n\
         The thresholds stay as they are: covered {}, unsure {}.\n",
        lacks.join(", "),
        now.covered,
        now.unsure
    )
}

type Part = fn(&Agreement) -> Share;

fn table(text: &mut String, now: Thresholds, found: &Calibration) {
    let after = found.after.filter(|(thresholds, _)| *thresholds != now);
    let mut row = |name: &str, before: String, then: Option<String>| {
        let line = format!("{name:26}{before:20}{}", then.unwrap_or_default());
        let _ = writeln!(text, "{}", line.trim_end());
    };
    let settings = |of: Thresholds| format!("{}, {}", of.covered, of.unsure);
    row("", "in force".to_owned(), after.map(|_| "found".to_owned()));
    row("covered, unsure", settings(now), after.map(|(of, _)| settings(of)));
    let f1 = |of: &Agreement| format!("{:.2}", of.f1());
    row("F1 of covered", f1(&found.before), after.map(|(_, of)| f1(&of)));
    let parts: [(&str, Part); 5] = [
        ("agreed", |of| of.agreed),
        ("of covered: were said", |of| of.precision),
        ("of said: are covered", |of| of.recall),
        ("of missing: were said", |of| of.missed),
        ("unsure", |of| of.unsure),
    ];
    for (name, part) in parts {
        row(name, percent(part(&found.before)), after.map(|(_, of)| percent(part(&of))));
    }
    text.push_str("In brackets: where the true share lies, 95 % (Wilson).\n");
}

fn percent(share: Share) -> String {
    match (share.share(), share.interval()) {
        (Some(share), Some((low, high))) => {
            format!("{:.0} % ({:.0} to {:.0})", share * 100.0, low * 100.0, high * 100.0)
        }
        _ => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(groups: &[(f32, bool, usize)]) -> Vec<Label> {
        groups
            .iter()
            .flat_map(|(p, said, count)| vec![Label { p: *p, said: *said }; *count])
            .collect()
    }

    fn said(groups: &[(f32, bool, usize)]) -> String {
        calibration(&labels(groups), Thresholds::default(), "config/mockingbird.yaml")
    }

    #[test]
    fn better_thresholds_are_shown_beside_those_in_force() {
        let groups = [
            (0.9, true, 60),
            (0.9, false, 6),
            (0.52, true, 40),
            (0.52, false, 8),
            (0.27, true, 12),
            (0.27, false, 20),
            (0.1, true, 1),
            (0.1, false, 63),
        ];
        insta::assert_snapshot!(said(&groups), @"
        210 labels: 113 said, 97 not said

                                  in force            found
        covered, unsure           60, 30              52, 27
        F1 of covered             0.67                0.88
        agreed                    72 % (65 to 78)     87 % (82 to 91)
        of covered: were said     91 % (82 to 96)     88 % (80 to 93)
        of said: are covered      53 % (44 to 62)     88 % (81 to 93)
        of missing: were said     14 % (8 to 22)      2 % (0 to 8)
        unsure                    23 % (18 to 29)     15 % (11 to 21)
        In brackets: where the true share lies, 95 % (Wilson).
        What is found is seen on the labels that it was found by: a little too good.

        Put this into config/mockingbird.yaml and restart the bot:

        judge:
          covered: 52
          unsure: 27
        ");
    }

    #[test]
    fn thresholds_that_are_the_best_stay() {
        let groups = [(0.9, true, 60), (0.45, true, 5), (0.45, false, 6), (0.1, false, 60)];
        insta::assert_snapshot!(said(&groups), @"
        131 labels: 65 said, 66 not said

                                  in force
        covered, unsure           60, 30
        F1 of covered             0.96
        agreed                    96 % (91 to 98)
        of covered: were said     100 % (94 to 100)
        of said: are covered      92 % (83 to 97)
        of missing: were said     0 % (0 to 6)
        unsure                    8 % (5 to 14)
        In brackets: where the true share lies, 95 % (Wilson).

        The thresholds in force are the best ones; nothing is to be changed.
        ");
    }

    #[test]
    fn too_few_labels_are_counted_and_change_nothing() {
        insta::assert_snapshot!(said(&[(0.9, true, 10), (0.4, false, 2)]), @"
        12 labels: 10 said, 2 not said

                                  in force
        covered, unsure           60, 30
        F1 of covered             1.00
        agreed                    100 % (76 to 100)
        of covered: were said     100 % (72 to 100)
        of said: are covered      100 % (72 to 100)
        of missing: were said     none
        unsure                    17 % (5 to 45)
        In brackets: where the true share lies, 95 % (Wilson).

        Too little to go by; still needed: 38 of any sort, 8 of what was not.
        The thresholds stay as they are: covered 60, unsure 30.
        ");
        insta::assert_snapshot!(said(&[]), @"
        0 labels: 0 said, 0 not said

        Too little to go by; still needed: 50 of any sort, 10 of what was said, 10 of what was not.
        The thresholds stay as they are: covered 60, unsure 30.
        ");
        insta::assert_snapshot!(said(&[(0.9, true, 100)]), @"
        100 labels: 100 said, 0 not said

                                  in force
        covered, unsure           60, 30
        F1 of covered             1.00
        agreed                    100 % (96 to 100)
        of covered: were said     100 % (96 to 100)
        of said: are covered      100 % (96 to 100)
        of missing: were said     none
        unsure                    0 % (0 to 4)
        In brackets: where the true share lies, 95 % (Wilson).

        Too little to go by; still needed: 10 of what was not.
        The thresholds stay as they are: covered 60, unsure 30.
        ");
    }
}
