//! Misspelt words: which words were probably meant. It does not know where they stand.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

/// A longer word is none of a question's; what it takes to compare grows with its length.
const LONGEST: usize = 40;

/// How many slips a word with so many letters may have: short words are too near to one another.
const fn most(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        8.. => 2,
    }
}

// What they hold depends on the number of slips alone, and takes a millisecond to make.
static ONE_SLIP: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_SLIPS: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// A typed word, to be compared with many others. A slip is a letter too many, too few or wrong, or
/// two letters swapped.
pub(super) struct Slips<'t> {
    typed: &'t str,
    letters: usize,
    automaton: DFA,
}

impl<'t> Slips<'t> {
    /// To compare this word; none where it is too short, or too long, to be misspelt.
    pub(super) fn of(typed: &'t str) -> Option<Self> {
        let letters = typed.chars().count();
        // The word that was meant may have the letters that are missing.
        let builder = match letters {
            3..6 => &ONE_SLIP,
            6..=LONGEST => &TWO_SLIPS,
            _ => return None,
        };
        Some(Self { typed, letters, automaton: builder.build_dfa(typed) })
    }

    /// How many slips lead from a word, or from its beginning, to what was typed, and whether it is
    /// only the beginning; none where that takes too many.
    pub(super) fn to(&self, word: &str) -> Option<(u8, bool)> {
        // The crate's automaton for beginnings forgets some of them when the word goes on, so each
        // beginning is asked after.
        let mut state = self.automaton.initial_state();
        let mut slips = None;
        for byte in word.bytes() {
            state = self.automaton.transition(state, byte);
            if let Distance::Exact(here) = self.automaton.distance(state) {
                slips = Some(slips.map_or(here, |before: u8| before.min(here)));
            }
            if state == SINK_STATE {
                break;
            }
        }
        let slips = slips?;
        // Few words come so far.
        let whole = strsim::osa_distance(self.typed, word);
        let longer = whole > slips.into();
        let letters = if longer { self.letters } else { self.letters.max(word.chars().count()) };
        (usize::from(slips) <= most(letters)).then_some((slips, longer))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[rstest::rstest]
    #[case::the_same("lock", "lock", Some((0, false)))]
    #[case::the_beginning("lock", "locking", Some((0, true)))]
    #[case::swapped("lcok", "lock", Some((1, false)))]
    #[case::wrong("luck", "lock", Some((1, false)))]
    #[case::too_many("loock", "lock", Some((1, false)))]
    #[case::too_few("lok", "lock", Some((1, false)))]
    #[case::too_few_for_the_beginning("lok", "locking", None)]
    #[case::wrong_of_three("lok", "lot", None)]
    #[case::two_too_few("deadok", "deadlock", Some((2, false)))]
    #[case::two_too_few_of_seven("dedok", "deadloc", None)]
    #[case::one_too_few("deadlck", "deadlock", Some((1, false)))]
    #[case::in_the_beginning_of_a_longer_word("deadlcok", "deadlocking", Some((1, true)))]
    #[case::two_in_a_short_word("lukc", "lock", None)]
    #[case::two_in_a_long_word("daedlcok", "deadlock", Some((2, false)))]
    #[case::three("daedlcokk", "unlock", None)]
    #[case::in_a_beginning_that_goes_on_otherwise("cabcacbc", "cabacca", Some((2, true)))]
    #[case::other_letters("übrgang", "übergang", Some((1, false)))]
    fn a_slip_is_seen(#[case] typed: &str, #[case] word: &str, #[case] slips: Option<(u8, bool)>) {
        assert_eq!(Slips::of(typed).and_then(|typed| typed.to(word)), slips);
    }

    #[test]
    fn nothing_is_taken_for_a_very_long_word() {
        assert!(Slips::of(&"a".repeat(40)).is_some());
        assert!(Slips::of(&"a".repeat(41)).is_none());
    }

    proptest! {
        #[test]
        fn whole_words_are_as_far_apart_as_another_library_says(
            typed in "[abc]{3,12}", word in "[abc]{2,14}",
        ) {
            let begins = (0..=word.len()).map(|end| strsim::osa_distance(&typed, &word[..end]));
            let begin = begins.min().unwrap_or(usize::MAX);
            let whole = strsim::osa_distance(&typed, &word);
            let letters = if whole > begin { typed.len() } else { typed.len().max(word.len()) };
            let nearest = (begin <= most(letters)).then_some(begin);
            let told = Slips::of(&typed).and_then(|typed| typed.to(&word));
            prop_assert_eq!(told.map(|(slips, _)| usize::from(slips)), nearest);
        }
    }
}
