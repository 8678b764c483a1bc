//! Random work on a disk with random faults and crashes, against a list of what was decided.

use mockingbird::store::{Kept as _, Options};
use proptest::prelude::*;

use crate::fake::Fake;
use crate::toy::{Change, Keeper, Toy, options};

#[derive(Debug, Clone)]
enum Step {
    Decide(u64, Vec<Change>),
    /// Wait until everything so far is confirmed.
    Settle,
    Snapshot,
    Fault {
        room: Option<usize>,
        syncs: u32,
        cuts: u32,
        creates: u32,
    },
    Heal,
    ShortWrites(usize),
    Restart,
    /// The process dies; the disk keeps what was written.
    Kill,
    /// The disk keeps what was synced, and some of the rest.
    PowerCut,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..5_u32, 0..9_u32).prop_map(|(member, by)| Change::Grew { member, by }),
        (0..5_u32).prop_map(|member| Change::Forgot { member }),
        ".{0,12}".prop_map(Change::Noted),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let decide = (0..4_u64, prop::collection::vec(change(), 0..4));
    let fault = (prop::option::of(0..200_usize), 0..3_u32, 0..2_u32, 0..2_u32);
    prop_oneof![
        12 => decide.prop_map(|(owner, changes)| Step::Decide(owner, changes)),
        3 => Just(Step::Settle),
        3 => Just(Step::Snapshot),
        2 => fault.prop_map(|(room, syncs, cuts, creates)| Step::Fault { room, syncs, cuts, creates }),
        2 => Just(Step::Heal),
        1 => (1..40_usize).prop_map(Step::ShortWrites),
        1 => Just(Step::Restart),
        2 => Just(Step::Kill),
        2 => Just(Step::PowerCut),
    ]
}

/// What was decided of each owner, in order, and how much of it was confirmed.
#[derive(Default)]
struct Model {
    decided: [Vec<Vec<Change>>; 4],
    confirmed: [usize; 4],
}

impl Model {
    fn hear(&mut self, keeper: &mut Keeper) {
        while let Ok((owner, seq)) = keeper.durable.try_recv() {
            self.confirm(owner, seq);
        }
    }

    fn confirm(&mut self, owner: u64, seq: u64) {
        let confirmed = &mut self.confirmed[usize::try_from(owner).unwrap()];
        *confirmed += 1;
        assert_eq!(u64::try_from(*confirmed), Ok(seq), "confirmed in order");
    }

    fn settle(&mut self, keeper: &mut Keeper) {
        while self.decided.iter().zip(&self.confirmed).any(|(all, some)| all.len() > *some) {
            let (owner, seq) = keeper.durable.blocking_recv().unwrap();
            self.confirm(owner, seq);
        }
    }

    /// After a crash some of the last decisions may be gone, but none that was confirmed.
    fn check(&mut self, keeper: &Keeper) {
        for (owner, decided) in self.decided.iter_mut().enumerate() {
            let name = u64::try_from(owner).unwrap();
            let empty = (0, Toy::found(name));
            let (seq, toy) = keeper.owners.get(&name).unwrap_or(&empty);
            let seq = usize::try_from(*seq).unwrap();
            assert!(seq >= self.confirmed[owner], "owner {name}: {seq} of the confirmed");
            decided.truncate(seq);
            assert_eq!(decided.len(), seq, "owner {name} has more than was decided");
            let mut expected = Toy::found(name);
            decided.iter().flatten().for_each(|change| expected.apply(change));
            assert_eq!(*toy, expected);
            self.confirmed[owner] = seq;
        }
    }
}

fn heal(fake: &Fake) {
    let mut world = fake.world();
    world.room = None;
    (world.failing_syncs, world.failing_cuts, world.failing_creates) = (0, 0, 0);
}

/// A number below `below` (splitmix64).
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below).unwrap()).unwrap()
}

fn run(steps: Vec<Step>, seed: u64) {
    let options = Options { keep: 2, ..options() };
    let mut random = seed;
    let mut model = Model::default();
    let mut fake = Fake::default();
    let mut keeper = Keeper::with(&fake.disk(), options).unwrap();
    for step in steps {
        match step {
            Step::Decide(owner, changes) => {
                keeper.decide(owner, &changes).unwrap();
                model.decided[usize::try_from(owner).unwrap()].push(changes);
            }
            Step::Settle => {
                heal(&fake);
                model.settle(&mut keeper);
            }
            // It may fail on a failing disk, and must do no harm then.
            Step::Snapshot => drop(keeper.snapshot()),
            Step::Fault { room, syncs, cuts, creates } => {
                let mut world = fake.world();
                world.room = room;
                world.failing_syncs = syncs;
                world.failing_cuts = cuts;
                world.failing_creates = creates;
            }
            Step::Heal => heal(&fake),
            Step::ShortWrites(most) => fake.world().short_writes = Some(most),
            Step::Restart => {
                heal(&fake);
                model.settle(&mut keeper);
                keeper.close();
                keeper = Keeper::with(&fake.disk(), options).unwrap();
                model.check(&keeper);
            }
            Step::Kill | Step::PowerCut => {
                fake.cut_power();
                let files = if matches!(step, Step::Kill) {
                    fake.files()
                } else {
                    let mut chance = |below| draw(&mut random, below);
                    fake.world().after_power_cut(&mut chance)
                };
                // What was confirmed before the power went counts; the writer may have been quick.
                let Keeper { store, mut durable, .. } = keeper;
                drop(store);
                while let Ok((owner, seq)) = durable.try_recv() {
                    model.confirm(owner, seq);
                }
                fake = Fake::holding(&files);
                keeper = Keeper::with(&fake.disk(), options)
                    .unwrap_or_else(|error| panic!("{error}\n{:?}", files.keys()));
                model.check(&keeper);
            }
        }
        model.hear(&mut keeper);
    }
    heal(&fake);
    model.settle(&mut keeper);
    let kept = keeper.close();
    let keeper = Keeper::with(&fake.disk(), options).unwrap();
    assert_eq!(keeper.owners, kept);
    model.check(&keeper);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_what_was_confirmed_is_kept_and_nothing_else_appears(
        steps in prop::collection::vec(step(), 1..60),
        seed in any::<u64>(),
    ) {
        run(steps, seed);
    }
}

proptest! {
    #[test]
    fn what_is_loaded_is_what_was_saved(
        decisions in prop::collection::vec((0..4_u64, prop::collection::vec(change(), 0..4)), 0..40),
        snapshot_after in 0..40_usize,
    ) {
        let fake = Fake::default();
        let mut keeper = Keeper::open(&fake.disk()).unwrap();
        for (number, (owner, changes)) in decisions.iter().enumerate() {
            keeper.decide(*owner, changes).unwrap();
            if number == snapshot_after {
                keeper.snapshot().unwrap();
            }
        }
        let kept = keeper.close();
        let keeper = Keeper::open(&fake.disk()).unwrap();
        prop_assert_eq!(&keeper.owners, &kept);
        keeper.snapshot().unwrap();
        keeper.close();
        prop_assert_eq!(Keeper::open(&fake.disk()).unwrap().owners, kept);
    }
}
