//! Finds topics and questions in the bank. It does not know who asks or what was asked before.

use std::sync::Arc;

use crate::yaml::nearest;

use super::{Kind, Level, Question, QuestionBank, Shelf, Topic};

impl QuestionBank {
    /// The topic with this name, title or alias, whatever the case.
    ///
    /// # Errors
    /// No topic is called so: the one that was probably meant, if one is near in spelling.
    pub fn find_topic(&self, text: &str) -> Result<Topic, Option<Topic>> {
        let text = text.trim().to_lowercase();
        let called = |text: &str| {
            let mut shelves = self.topics.iter();
            shelves
                .find(|(topic, shelf)| shelf.is_called(topic, text))
                .map(|(topic, _)| topic.clone())
        };
        if let Some(topic) = called(&text) {
            return Ok(topic);
        }
        let words = self.topics.iter().flat_map(|(topic, shelf)| {
            let aliases = shelf.aliases.iter().map(String::as_str);
            [topic.as_str(), shelf.title.as_str()].into_iter().chain(aliases)
        });
        let near = nearest(&text, words).and_then(|word| called(&word.to_lowercase()));
        Err(near.or_else(|| {
            // Too far for a slip of the finger; perhaps half of the name was typed.
            self.complete_topic(&text, 1).into_iter().next().map(|(topic, ..)| topic)
        }))
    }

    /// What a half-typed topic may become: name, title and number of questions of at most `most`
    /// topics. First those that begin with the text, then those with a word that does, then those
    /// that hold it, then those near in spelling; each group in the order of names.
    pub fn complete_topic(&self, partial: &str, most: usize) -> Vec<(Topic, &str, usize)> {
        let partial = partial.trim().to_lowercase();
        let mut ranked: Vec<(usize, &Topic, &Shelf)> = self
            .topics
            .iter()
            .filter_map(|(topic, shelf)| {
                let rank = fit(&partial, topic.as_str(), &shelf.title, &shelf.aliases)?;
                Some((rank, topic, shelf))
            })
            .collect();
        ranked.sort_by_key(|(rank, topic, _)| (*rank, *topic));
        ranked
            .into_iter()
            .take(most)
            .map(|(_, topic, shelf)| (topic.clone(), shelf.title.as_str(), shelf.questions.len()))
            .collect()
    }

    /// The questions of a topic (or of all), of a level and of a kind (or of any), in the order of
    /// their names. A question without a kind fits only where any kind is wanted.
    pub fn pick(
        &self,
        topic: Option<&Topic>,
        level: Option<Level>,
        kind: Option<Kind>,
    ) -> impl Iterator<Item = &Arc<Question>> {
        // No topic at all: every question; a topic that does not exist: none.
        let all = topic.is_none().then(|| self.questions.values());
        let one = topic.and_then(|topic| self.topics.get(topic)).map(|shelf| &shelf.questions);
        all.into_iter().flatten().chain(one.into_iter().flatten()).filter(move |question| {
            level.is_none_or(|level| question.level == level)
                && kind.is_none_or(|kind| question.kind == Some(kind))
        })
    }

    /// How many questions a topic has; 0 where there is no such topic.
    pub fn count(&self, topic: &Topic) -> usize {
        self.topics.get(topic).map_or(0, |shelf| shelf.questions.len())
    }

    /// The title of a topic.
    pub fn title(&self, topic: &Topic) -> Option<&str> {
        self.topics.get(topic).map(|shelf| shelf.title.as_str())
    }
}

impl Shelf {
    /// Whether a lower-case text is a name, title or alias of this topic.
    fn is_called(&self, topic: &Topic, text: &str) -> bool {
        topic.as_str() == text
            || self.title.to_lowercase() == text
            || self.aliases.iter().any(|alias| alias == text)
    }
}

/// How well something with this name, title and other names fits what was typed, the best first.
pub(crate) fn fit(partial: &str, name: &str, title: &str, aliases: &[String]) -> Option<usize> {
    let title = title.to_lowercase();
    if name.starts_with(partial) || title.starts_with(partial) {
        return Some(0);
    }
    let words = name.split('-').chain(title.split(|c: char| !c.is_alphanumeric()));
    let mut words = words.chain(aliases.iter().map(String::as_str));
    if words.any(|word| word.starts_with(partial)) {
        return Some(1);
    }
    if name.contains(partial) || title.contains(partial) {
        return Some(2);
    }
    // What is typed so far is compared with as much of the name.
    let typed = partial.chars().count();
    let begin: String = name.chars().take(typed).collect();
    let near = typed >= 3 && nearest(partial, [begin.as_str(), name]).is_some();
    near.then_some(3)
}
