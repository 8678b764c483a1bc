//! An update reads what the version before it wrote, and, where that only added to a question,
//! what the version after it wrote: through the whole store, from the journal and from a snapshot.
//! The files of the first format lie in tests/fixtures; tests/contract reads them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use mockingbird::bank::Question;
use mockingbird::practice::input::Place;
use mockingbird::practice::post::Origin;
use mockingbird::practice::rules::RevealRule;
use mockingbird::practice::{Change, ChannelId, MemberId, PostId, Team, TeamId};
use mockingbird::store::{Folder, Kept, OpenError, Opened, Options, Store};
use serde::de::Error as _;
use serde::ser::SerializeTuple as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tempfile::TempDir;

/// Bytes as they lie in the store; another version wrote them.
#[derive(Debug, Clone)]
struct Foreign(Vec<u8>);

impl Serialize for Foreign {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = serializer.serialize_tuple(self.0.len())?;
        self.0.iter().try_for_each(|byte| bytes.serialize_element(byte))?;
        bytes.end()
    }
}

impl<'de> Deserialize<'de> for Foreign {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("it is only written"))
    }
}

impl Kept for Foreign {
    type Owner = TeamId;
    type Change = Self;

    fn found(_: TeamId) -> Self {
        Self(Vec::new())
    }

    fn apply(&mut self, _: &Self) {}
}

const TEAM: TeamId = TeamId::Server(1);

fn question() -> Question {
    Question {
        minutes: Some(4),
        hint: Some("Think of two people.".to_owned()),
        tags: vec!["sql".to_owned()],
        ..yesterdays()
    }
}

/// The same without the fields that came later.
fn yesterdays() -> Question {
    Question::bare("acid", "databases", "Why?", "So.")
}

fn changes(question: Question) -> Vec<Change> {
    let question = Arc::new(question);
    let (channel, at) = (ChannelId(5), Timestamp::UNIX_EPOCH);
    let claimed = |number| Change::PostClaimed {
        post: PostId(number),
        channel,
        place: Place::Channel,
        origin: Origin::Quiz { by: MemberId(7) },
        question: Arc::clone(&question),
        rule: RevealRule { emoji: "💡".to_owned(), reactions: 2 },
        at,
    };
    vec![Change::Founded { seed: 3 }, claimed(8), claimed(9)]
}

fn team(changes: &[Change]) -> Team {
    let mut team = Team::new();
    for change in changes {
        team.apply(change);
    }
    team
}

/// A value as another version writes it: with other fields in each question.
fn foreign(value: &impl Serialize, other: &str) -> Foreign {
    let text = |text: &str| postcard::to_allocvec(text).expect("a text can be written");
    let ours = text(&serde_json::to_string(&question()).expect("a question can be written"));
    let (theirs, mut bytes) = (text(other), postcard::to_allocvec(value).expect("it can be"));
    let mut at = 0;
    while let Some(here) = bytes[at..].windows(ours.len()).position(|window| window == ours) {
        bytes.splice(at + here..at + here + ours.len(), theirs.iter().copied());
        at += here + theirs.len();
    }
    Foreign(bytes)
}

fn open<K: Kept<Owner = TeamId>>(folder: &Path) -> Opened<K, ()> {
    for _ in 0..1_000 {
        let disk = Folder::open(folder).expect("a folder");
        match Store::open(Arc::new(disk), Options::default()) {
            // A process that another test is just starting has our files open until it runs.
            Err(OpenError::Locked { .. }) => std::thread::sleep(Duration::from_millis(5)),
            opened => return opened.expect("it can be read"),
        }
    }
    panic!("{} is never let go of", folder.display());
}

/// What this version reads where another one wrote questions like this: from the journal, and from
/// a snapshot.
fn read(other: &str) -> [Team; 2] {
    [false, true].map(|in_snapshot| {
        let folder = TempDir::new().expect("a temporary folder");
        let Opened { store, mut durable, .. } = open::<Foreign>(folder.path());
        let written: Vec<Foreign> =
            changes(question()).iter().map(|change| foreign(change, other)).collect();
        store.append(TEAM, 1, &written, ()).expect("room");
        durable.blocking_recv().expect("it is durable");
        if in_snapshot {
            let mut writer = store.begin_snapshot(Timestamp::UNIX_EPOCH).expect("a snapshot");
            writer.add(TEAM, 1, &foreign(&team(&changes(question())), other)).expect("an image");
            writer.finish().expect("a snapshot");
        }
        assert_eq!(store.close(Duration::from_mins(1)), 0);
        let mut opened = open::<Team>(folder.path());
        assert_eq!(opened.report.notices, []);
        assert_eq!(opened.report.replayed, u64::from(!in_snapshot));
        opened.owners.remove(&TEAM).expect("the team").1
    })
}

/// The question as JSON, with something done to its fields.
fn with(change: impl FnOnce(&mut serde_json::Map<String, serde_json::Value>)) -> String {
    let mut json = serde_json::to_value(question()).expect("a question can be written");
    change(json.as_object_mut().expect("fields"));
    json.to_string()
}

#[test]
fn a_question_with_fields_of_tomorrow_is_read_through_the_whole_store() {
    let other = with(|fields| {
        fields.insert("a voice".to_owned(), serde_json::json!({"deep": [1, {"very": true}]}));
        fields.insert("zebra".to_owned(), "x".repeat(5_000).into());
    });
    for read in read(&other) {
        assert_eq!(read, team(&changes(question())));
    }
}

#[test]
fn a_question_of_yesterday_that_lacks_fields_is_read_through_the_whole_store() {
    let other = with(|fields| {
        fields.retain(|name, _| !["minutes", "hint", "tags"].contains(&name.as_str()));
    });
    for read in read(&other) {
        assert_eq!(read, team(&changes(yesterdays())));
    }
}
