//! What people read in a story, in the words that the bot uses. They press buttons by their labels
//! and choose options by theirs, of the newest message that has them.
//!
//! One rule leaves lines out: a message that was read before, word for word, is "(as before)", and
//! of a message that changes in place only a few lines those are told.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mockingbird::chart::Progress;
use mockingbird::command::button;
use mockingbird::practice::effect::Audience;
use mockingbird::practice::input::Call;
use mockingbird::practice::view::View;
use mockingbird::practice::{Effect, Outcome};
use mockingbird::words::{Content, Form, Message, form, render};

use crate::changed::changed;
use crate::seed::{PEOPLE, member, name_of};
use crate::transcript::{page, say};

/// A message is told again where it has at most so many lines.
const SHORT: usize = 4;
/// Lines of a file that are told; JSON is long.
const LINES: usize = 60;

/// Everything that people see, and how it is told.
#[derive(Default)]
pub(crate) struct Real {
    told: String,
    /// What people see, the newest last; nobody's is everybody's.
    seen: Vec<(Option<String>, Vec<Message>)>,
    /// The newest form, and which message is changed by the next update.
    form: Option<Form>,
    used: usize,
    /// What was read in full.
    read: BTreeSet<String>,
    /// The newest picture of somebody's progress.
    pub(crate) picture: Option<Progress>,
    /// Whether nothing is told for a while.
    pub(crate) quiet: bool,
}

impl Real {
    /// What was told since the last time.
    pub(crate) fn told(&mut self) -> String {
        let mut told = std::mem::take(&mut self.told);
        for name in PEOPLE {
            told = told.replace(&member(name).to_string(), name);
        }
        told
    }

    /// Writes down what happens, and what is read then.
    pub(crate) fn say(&mut self, now: Timestamp, line: &str, body: Option<&str>) {
        if !self.quiet {
            let mut told = String::new();
            say(&mut told, now, line, body);
            self.told.push_str(&(now.strftime("%b %d ").to_string() + &told));
        }
    }

    /// What comes of pressing the newest button with this label.
    pub(crate) fn pressed(&mut self, who: &str, label: &str) -> Call {
        let has = |page: &Message| {
            let mut buttons = page.rows.iter().flatten();
            buttons.find(|button| button.label == label).map(|button| button.custom_id.clone())
        };
        let id = self.newest(who, has).unwrap_or_else(|| panic!("{who} sees no [{label}]"));
        Call::Press(button::press(&id).expect("a button of ours"))
    }

    /// What comes of choosing the option with this label.
    pub(crate) fn chosen(&mut self, who: &str, label: &str) -> Call {
        self.marked(who, &[label])
    }

    /// What comes of choosing the options with these labels, of one menu.
    pub(crate) fn marked(&mut self, who: &str, labels: &[&str]) -> Call {
        let has = |page: &Message| {
            page.menus.iter().find_map(|menu| {
                let place = |label: &&str| {
                    let place = menu.options.iter().position(|option| option.label == *label)?;
                    u8::try_from(place).ok()
                };
                let places: Option<Vec<u8>> = labels.iter().map(place).collect();
                Some((menu.custom_id.clone(), places?))
            })
        };
        let (id, places) = self.newest(who, has).unwrap_or_else(|| panic!("no option {labels:?}"));
        Call::Choose(button::menu(&id).expect("a menu of ours"), places)
    }

    /// What comes of sending the form that is open.
    pub(crate) fn sent(&mut self, text: &str) -> Call {
        let form = self.form.take().expect("a form is open");
        Call::Submit(button::form(&form.custom_id).expect("of ours"), vec![text.to_owned()])
    }

    fn newest<T>(&mut self, who: &str, has: impl Fn(&Message) -> Option<T>) -> Option<T> {
        for (place, (whose, pages)) in self.seen.iter().enumerate().rev() {
            let is_theirs = whose.as_ref().is_none_or(|whose| whose == who);
            if let Some(found) = pages.iter().filter(|_| is_theirs).find_map(&has) {
                self.used = place;
                return Some(found);
            }
        }
        None
    }

    /// What came of an effect.
    pub(crate) fn reads(&mut self, now: Timestamp, effect: &Effect, outcome: Option<&Outcome>) {
        match effect {
            Effect::Reply { to, view, audience: Audience::OnlyAsker, .. }
            | Effect::Rewrite { then: Some((to, view)), .. } => {
                self.shows(now, &format!("bot → {} (only)", to.token), view, Some(&to.token));
            }
            Effect::Reply { view, .. } | Effect::Send { view, .. } => {
                self.shows(now, "bot → #prep", view, None);
            }
            Effect::Whisper { member, view, .. } => {
                if matches!(outcome, Some(Outcome::Sent { .. })) {
                    let who = name_of(*member);
                    self.shows(now, &format!("bot → {who} (private chat)"), view, Some(who));
                }
            }
            // Nobody presses anything while the coach is asked.
            Effect::Update { to, view }
            | Effect::Consult { to, view, .. }
            | Effect::Amend { to, view, .. } => self.changes(now, &to.token, view),
            Effect::Form { to, form: view } => {
                let form = form(view);
                assert_eq!(form.violations(), Vec::<String>::new());
                self.say(now, &format!("bot → {} (form)", to.token), Some(&form.to_text()));
                self.form = Some(form);
            }
            _ => {}
        }
    }

    fn shows(&mut self, now: Timestamp, heading: &str, view: &View, whose: Option<&str>) {
        let pages = render(view);
        for file in pages.iter().flat_map(|page| &page.files) {
            if let Content::Progress(picture) = &file.content {
                self.picture = Some(picture.clone());
            }
        }
        let text = text(&pages, now);
        let again = self.again(&text);
        self.say(now, heading, Some(again.unwrap_or(&text)));
        self.seen.push((whose.map(str::to_owned), pages));
    }

    fn changes(&mut self, now: Timestamp, who: &str, view: &View) {
        let after = render(view);
        let (_, before) = self.seen.get_mut(self.used).expect("a message that was used");
        let before = std::mem::replace(before, after.clone());
        let (before, after) = (text(&before, now), text(&after, now));
        let changed = changed(&before, &after);
        let is_another = changed.lines().count() * 2 > after.lines().count();
        let told = if is_another { self.again(&after).unwrap_or(&after) } else { &changed };
        let told = if changed.is_empty() { "(nothing changes)" } else { told };
        self.say(now, &format!("bot changes it for {who}"), Some(told));
    }

    /// What is told instead of something that was read before.
    fn again(&mut self, text: &str) -> Option<&'static str> {
        let is_short = text.lines().count() <= SHORT;
        let is_new = self.quiet || self.read.insert(text.to_owned());
        (!is_new && !is_short).then_some("(as before)")
    }
}

/// Messages as they are read, with as much of their files as anybody reads.
fn text(pages: &[Message], now: Timestamp) -> String {
    let told = pages.iter().map(|message| {
        let mut told = message.clone();
        for file in &mut told.files {
            if let Content::Text(text) = &mut file.content
                && text.lines().count() > LINES
            {
                let lines: Vec<_> = text.lines().take(LINES).collect();
                *text = format!("{}\n…", lines.join("\n"));
            }
        }
        page(&told, now)
    });
    told.collect::<Vec<_>>().join("\n")
}
