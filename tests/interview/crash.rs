//! The process dies at any effect of a story, before or after it happened; what stands in the end
//! is what would stand without that.

use jiff::SignedDuration;
use mockingbird::practice::effect::Failure;
use mockingbird::practice::interview::MockCall;

use crate::several::{pair, panel};
use crate::story::{Death, Kind, Story};

/// The first words of everything that stands, in order; but what the clock says comes when it is
/// time.
fn kinds(story: &Story) -> Vec<String> {
    let stands = story.world.stands();
    let kind = |text: &String| text.split([':', '(']).next().unwrap_or_default().to_owned();
    stands.iter().map(kind).filter(|kind| kind != "Time").collect()
}

fn wherever_it_dies(tell: fn(&mut Story)) {
    let mut whole = Story::new();
    tell(&mut whole);
    let effects = whole.effects;
    assert!(effects > 20, "a story with something in it");
    for at in 1..=effects {
        for happens in [false, true] {
            let mut story = Story::new();
            story.death = Some(Death { at, happens, away: SignedDuration::ZERO });
            tell(&mut story);
            let after = (at, happens, story.world.stands());
            assert_eq!(after, (at, happens, whole.world.stands()));
            let mut story = Story::new();
            // Long enough that no nonce is trusted.
            story.death = Some(Death { at, happens, away: SignedDuration::from_secs(90) });
            tell(&mut story);
            assert_eq!((at, happens, kinds(&story)), (at, happens, kinds(&whole)));
        }
    }
}

#[test]
fn a_pair_goes_on_wherever_the_process_dies() {
    wherever_it_dies(pair);
}

#[test]
fn a_panel_goes_on_wherever_the_process_dies() {
    wherever_it_dies(panel);
}

#[test]
fn one_alone_goes_on_wherever_the_process_dies() {
    wherever_it_dies(crate::alone::alone);
}

#[test]
fn an_announcement_whose_news_was_lost_becomes_true_all_the_same() {
    for tell in [crate::alone::alone, pair, panel] {
        let mut whole = Story::new();
        tell(&mut whole);
        let mut story = Story::new();
        story.dies_answering = true;
        tell(&mut story);
        assert_eq!(story.world.stands(), whole.world.stands());
        // Without a death, too.
        let mut story = Story::new();
        story.works_unheard(Kind::Announce);
        tell(&mut story);
        assert_eq!(story.world.stands()[0], whole.world.stands()[0]);
    }
}

#[test]
fn an_announcement_that_nobody_read_is_not_looked_for_in_others() {
    let mut story = Story::new();
    story.fails(Kind::Announce, Failure::Late);
    story.starts("ann", "one", ("", &[]));
    story.runs("ann", MockCall::End);
    story.starts("ann", "one", ("", &[]));
    let before = story.world.stands();
    story.restarts();
    assert_eq!(story.world.stands(), before);
}
