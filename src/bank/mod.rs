//! The question bank: YAML files in, questions out. It knows nothing of teams or of Discord.

mod fence;
mod find;
mod index;
mod key;
pub mod limits;
mod load;
mod question;
mod read;
mod search;
mod slip;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use find::fit;
pub use key::Key;
pub use question::{FollowUp, KeyPoint, Kind, Level, Question, QuestionId, Topic};

/// The words that stand for all topics.
pub const ANY: [&str; 6] = ["any", "all", "everything", "mixed", "random", "any topic"];

/// All questions loaded, by id and by topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionBank {
    questions: BTreeMap<QuestionId, Arc<Question>>,
    topics: BTreeMap<Topic, Shelf>,
    keys: BTreeMap<Key, Arc<Question>>,
    index: index::Index,
}

/// The questions of one topic, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shelf {
    title: String,
    /// Other names by which it can be chosen, lower case.
    aliases: Vec<String>,
    questions: Vec<Arc<Question>>,
}

impl QuestionBank {
    /// Builds a bank of questions that were checked before; a later duplicate of an id wins.
    pub fn of(questions: impl IntoIterator<Item = Question>) -> Self {
        let questions: BTreeMap<QuestionId, Arc<Question>> = questions
            .into_iter()
            .map(|question| (question.id.clone(), Arc::new(question)))
            .collect();
        let mut topics: BTreeMap<Topic, Shelf> = BTreeMap::new();
        for question in questions.values() {
            let shelf = topics.entry(question.topic.clone()).or_insert_with(|| Shelf {
                title: question.topic_title.clone(),
                aliases: Vec::new(),
                questions: Vec::new(),
            });
            shelf.questions.push(Arc::clone(question));
        }
        let keys =
            questions.iter().map(|(id, question)| (Key::of(id), Arc::clone(question))).collect();
        let index = index::Index::of(questions.values().cloned().collect());
        Self { questions, topics, keys, index }
    }

    /// Adds other names by which topics can be chosen; those of unknown topics are left out.
    pub(crate) fn with_aliases(
        mut self,
        aliases: impl IntoIterator<Item = (Topic, Vec<String>)>,
    ) -> Self {
        for (topic, names) in aliases {
            if let Some(shelf) = self.topics.get_mut(&topic) {
                shelf.aliases.extend(names.iter().map(|name| name.to_lowercase()));
            }
        }
        self
    }

    /// The question of this name.
    pub fn get(&self, id: &QuestionId) -> Option<&Arc<Question>> {
        self.questions.get(id)
    }

    /// The question of this key.
    pub fn by_key(&self, key: Key) -> Option<&Arc<Question>> {
        self.keys.get(&key)
    }

    /// All questions in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.questions.values()
    }

    /// All topics with their titles, in the order of their names.
    pub fn topics(&self) -> impl Iterator<Item = (&Topic, &str)> {
        self.topics.iter().map(|(topic, shelf)| (topic, shelf.title.as_str()))
    }

    /// How many questions there are.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether there is no question at all.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }
}
