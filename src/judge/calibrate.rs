//! From what people said about their own typed answers to the thresholds that agree best with them.
//! It knows no texts and no members, and not where the labels come from.

use super::Thresholds;

/// Fewer labels say too little: of fifty, a share of 80 % may as well be 67 % or 89 %.
pub const ENOUGH: usize = 50;
/// Fewer of one kind, said or not, say nothing about it.
pub const ENOUGH_OF_A_KIND: usize = 10;
/// At most so many percent of what is called missing may have been said.
pub const MISSED: usize = 10;
/// `covered` stays within these percent: where most was said, calling everything covered would agree
/// well, and help nobody.
const COVERED: (u8, u8) = (30, 90);
/// `unsure` rises above its default only over so many labels: nobody is asked any more then.
const TO_RISE: usize = 10;
/// 95 % of a normal distribution lie within so many deviations.
const DEVIATIONS: f64 = 1.96;

/// What somebody said about a key point of their own answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// How probable the judge held it that it was made, 0 to 1.
    pub p: f32,
    /// Whether they say that they made it.
    pub said: bool,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many.
    pub hits: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// The share, 0 to 1; none of nothing.
    #[expect(clippy::cast_precision_loss, reason = "labels are counted in thousands")]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.hits as f64 / self.of as f64)
    }

    /// Within which bounds the true share lies with a probability of 95 % (E. B. Wilson, Probable
    /// inference, JASA 22, 1927); 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "labels are counted in thousands")]
    pub fn interval(self) -> Option<(f64, f64)> {
        let share = self.share()?;
        let count = self.of as f64;
        let square = DEVIATIONS * DEVIATIONS;
        let middle = share + square / (2.0 * count);
        let spread = (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
        let bound = |side: f64| (middle + side * DEVIATIONS * spread) / (1.0 + square / count);
        Some((bound(-1.0).max(0.0), bound(1.0).min(1.0)))
    }
}

/// How thresholds and people agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Of what is called covered: what was said.
    pub precision: Share,
    /// Of what was said: what is called covered.
    pub recall: Share,
    /// Of all: what is called covered and was said, or neither.
    pub agreed: Share,
    /// Of all: what nobody can tell.
    pub unsure: Share,
    /// Of what is called missing: what was said after all.
    pub missed: Share,
}

impl Agreement {
    /// The harmonic mean of precision and recall, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "labels are counted in thousands")]
    pub fn f1(&self) -> f64 {
        let both = self.precision.of + self.recall.of;
        if both == 0 { 0.0 } else { 2.0 * self.precision.hits as f64 / both as f64 }
    }
}

/// What the labels say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// How many key points were said.
    pub said: usize,
    /// How many were not.
    pub unsaid: usize,
    /// How the thresholds in force agree with them.
    pub before: Agreement,
    /// Better thresholds, and how they agree; none where there are too few labels.
    pub after: Option<(Thresholds, Agreement)>,
}

impl Calibration {
    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.said + self.unsaid
    }
}

/// Finds the thresholds that agree best with the labels: `covered` where F1 is highest, `unsure` so
/// that at most [`MISSED`] percent of what lies below it was said. Few labels move them little: ten
/// percent away from the default must make F1 better by one label's share.
pub fn calibrate(labels: &[Label], now: Thresholds) -> Calibration {
    let counts = Counts::of(labels);
    let said: usize = counts.said.iter().sum();
    let unsaid: usize = counts.unsaid.iter().sum();
    let is_enough = said + unsaid >= ENOUGH && said.min(unsaid) >= ENOUGH_OF_A_KIND;
    let after = is_enough.then(|| {
        let covered = counts.covered(said + unsaid);
        let found = Thresholds { covered, unsure: counts.unsure(covered) };
        (found, counts.agreement(found))
    });
    Calibration { said, unsaid, before: counts.agreement(now), after }
}

/// Labels by their probability in whole percent.
struct Counts {
    said: [usize; 101],
    unsaid: [usize; 101],
}

impl Counts {
    fn of(labels: &[Label]) -> Self {
        let mut counts = Self { said: [0; 101], unsaid: [0; 101] };
        for label in labels {
            let of_kind = if label.said { &mut counts.said } else { &mut counts.unsaid };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 100, and what is no number counts as 0"
            )]
            let percent = (label.p * 100.0).clamp(0.0, 100.0) as usize;
            if let Some(count) = of_kind.get_mut(percent) {
                *count += 1;
            }
        }
        counts
    }

    fn agreement(&self, thresholds: Thresholds) -> Agreement {
        let (mut said, mut unsaid) = ([0; 3], [0; 3]);
        for (percent, (of_said, of_unsaid)) in (0_u8..).zip(self.said.iter().zip(&self.unsaid)) {
            // As `Thresholds::state` does it.
            let [covered, unsure, missing] = if percent >= thresholds.covered {
                [1, 0, 0]
            } else if percent < thresholds.unsure {
                [0, 0, 1]
            } else {
                [0, 1, 0]
            };
            for (sums, count) in [(&mut said, of_said), (&mut unsaid, of_unsaid)] {
                let [of_covered, of_unsure, of_missing] = sums;
                *of_covered += covered * count;
                *of_unsure += unsure * count;
                *of_missing += missing * count;
            }
        }
        let ([covered, unsure, missing], [wrongly, unsure_too, rightly]) = (said, unsaid);
        let all_said = covered + unsure + missing;
        let all = all_said + wrongly + unsure_too + rightly;
        Agreement {
            precision: Share { hits: covered, of: covered + wrongly },
            recall: Share { hits: covered, of: all_said },
            agreed: Share { hits: covered + unsure_too + rightly, of: all },
            unsure: Share { hits: unsure + unsure_too, of: all },
            missed: Share { hits: missing, of: missing + rightly },
        }
    }

    fn covered(&self, labels: usize) -> u8 {
        let usual = Thresholds::default().covered;
        #[expect(clippy::cast_precision_loss, reason = "labels are counted in thousands")]
        let price = 0.1 / labels.max(1) as f64;
        let worth = |covered: u8| {
            let f1 = self.agreement(Thresholds { covered, unsure: 0 }).f1();
            f1 - price * f64::from(covered.abs_diff(usual))
        };
        let candidates = (COVERED.0..=COVERED.1).map(|covered| (covered, worth(covered)));
        let better = |best: (u8, f64), one: (u8, f64)| if one.1 > best.1 { one } else { best };
        candidates.fold((usual, worth(usual)), better).0
    }

    fn unsure(&self, covered: u8) -> u8 {
        let usual = Thresholds::default().unsure.min(covered);
        let within = |from: u8, to: u8| {
            let sum = |counts: &[usize; 101]| -> usize {
                let counts = counts.iter().skip(usize::from(from));
                counts.take(usize::from(to.saturating_sub(from))).sum()
            };
            (sum(&self.said), sum(&self.unsaid))
        };
        let is_fine = |(said, unsaid): (usize, usize)| said * 100 <= (said + unsaid) * MISSED;
        // No further than to the last label that proves it.
        let is_proven = |unsure: u8| {
            let (more_said, more_unsaid) = within(usual, unsure);
            is_fine((more_said, more_unsaid))
                && more_said + more_unsaid >= TO_RISE
                && within(unsure - 1, unsure) != (0, 0)
        };
        let fits =
            |unsure: &u8| is_fine(within(0, *unsure)) && (*unsure <= usual || is_proven(*unsure));
        (0..=covered).rev().find(fits).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::judge::State;

    /// So many labels at a probability.
    fn labels(groups: &[(f32, usize, usize)]) -> Vec<Label> {
        let of = |said| move |(p, count): (f32, usize)| vec![Label { p, said }; count];
        let said = groups.iter().map(|(p, said, _)| (*p, *said)).flat_map(of(true));
        let unsaid = groups.iter().map(|(p, _, unsaid)| (*p, *unsaid)).flat_map(of(false));
        said.chain(unsaid).collect()
    }

    fn found(groups: &[(f32, usize, usize)]) -> Option<(u8, u8)> {
        let calibration = calibrate(&labels(groups), Thresholds::default());
        calibration.after.map(|(found, _)| (found.covered, found.unsure))
    }

    #[test]
    fn few_labels_or_labels_of_one_kind_change_nothing() {
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[(0.4, 25, 24)]), None, "49 labels");
        assert_eq!(found(&[(0.4, 500, 9)]), None, "nine that were not said");
        assert_eq!(found(&[(0.4, 9, 500)]), None, "nine that were said");
        assert!(found(&[(0.4, 40, 10)]).is_some());
    }

    #[test]
    fn the_defaults_stay_where_they_agree_best() {
        assert_eq!(found(&[(0.9, 100, 2), (0.45, 20, 30), (0.1, 3, 100)]), Some((60, 30)));
    }

    #[test]
    fn what_was_said_below_the_threshold_lowers_it_no_further_than_needed() {
        assert_eq!(found(&[(0.9, 100, 0), (0.5, 90, 5), (0.2, 2, 100)]), Some((50, 30)));
    }

    #[test]
    fn what_was_not_said_above_the_threshold_raises_it_no_further_than_needed() {
        let (covered, _) = found(&[(0.9, 100, 0), (0.7, 5, 90), (0.2, 0, 100)]).unwrap();
        assert_eq!(covered, 71);
    }

    #[test]
    fn a_small_gain_counts_with_many_labels_only() {
        // Six of eleven at 40 % were said: a little is won where they count as covered.
        let groups = |times: usize| {
            [(0.9, 45 * times, 0), (0.401, 6 * times, 5 * times), (0.05, 0, 44 * times)]
        };
        assert_eq!(found(&groups(1)).unwrap().0, 60);
        assert_eq!(found(&groups(20)).unwrap().0, 40);
    }

    #[test]
    fn below_unsure_at_most_one_in_ten_was_said() {
        let groups = [(0.9, 100, 0), (0.25, 15, 20), (0.15, 5, 60), (0.05, 0, 20)];
        assert_eq!(
            found(&groups),
            Some((60, 25)),
            "20 of 120 below 30 were said, 5 of 85 below 25"
        );
        assert_eq!(found(&[(0.9, 50, 0), (0.40, 1, 9), (0.1, 0, 50)]).unwrap().1, 41);
        // Those far below do not pay for those at 40 %, and nobody is passed over on nine labels.
        assert_eq!(found(&[(0.9, 50, 0), (0.40, 2, 9), (0.1, 0, 50)]).unwrap().1, 30);
        assert_eq!(found(&[(0.9, 50, 0), (0.40, 1, 8), (0.1, 0, 50)]).unwrap().1, 30);
        assert_eq!(
            found(&[(0.9, 50, 0), (0.01, 50, 50)]),
            Some((60, 1)),
            "what is at 1 % is asked"
        );
    }

    #[test]
    fn not_everything_is_called_covered_where_nearly_all_was_said() {
        assert_eq!(found(&[(0.9, 50, 0), (0.05, 500, 10)]), Some((60, 5)));
    }

    #[test]
    fn agreement_is_counted() {
        let labels = labels(&[(0.9, 8, 2), (0.5, 4, 3), (0.1, 1, 6)]);
        let before = calibrate(&labels, Thresholds::default()).before;
        let share = |hits, of| Share { hits, of };
        assert_eq!(before.precision, share(8, 10));
        assert_eq!(before.recall, share(8, 13));
        assert_eq!(before.agreed, share(17, 24));
        assert_eq!(before.unsure, share(7, 24));
        assert_eq!(before.missed, share(1, 7));
        assert!((before.f1() - 16.0 / 23.0).abs() < 1e-9);
    }

    #[test]
    fn an_interval_is_that_of_the_tables() {
        // R: prop.test(x, n, correct = FALSE)
        for (hits, of, low, high) in
            [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (90, 100, 0.8256, 0.9448)]
        {
            let (found_low, found_high) = Share { hits, of }.interval().unwrap();
            assert!((found_low - low).abs() < 1e-4, "{hits} of {of}: {found_low}");
            assert!((found_high - high).abs() < 1e-4, "{hits} of {of}: {found_high}");
        }
        assert_eq!(Share::default().interval(), None);
    }

    proptest! {
        #[test]
        fn whatever_was_said_the_thresholds_are_in_order_and_no_worse(
            groups in prop::collection::vec((0.0..=1.0_f32, 0..40_usize, 0..40_usize), 0..12),
        ) {
            let usual = Thresholds::default();
            let calibration = calibrate(&labels(&groups), usual);
            if let Some((found, after)) = calibration.after {
                prop_assert!((30..=90).contains(&found.covered) && found.unsure <= found.covered);
                prop_assert!(after.f1() >= calibration.before.f1());
                prop_assert!(after.missed.hits * 100 <= after.missed.of * MISSED);
            }
        }

        #[test]
        fn a_probability_counts_as_the_judge_counts_it(
            p in 0.0..=1.0_f32, covered in 1..=100_u8, unsure in 0..=100_u8,
        ) {
            let thresholds = Thresholds { covered, unsure: unsure.min(covered) };
            let before = calibrate(&[Label { p, said: true }], thresholds).before;
            let counted = match thresholds.state(p) {
                State::Covered => before.precision.of,
                State::Unsure => before.unsure.hits,
                State::Missing => before.missed.of,
            };
            prop_assert_eq!(counted, 1);
        }
    }
}
