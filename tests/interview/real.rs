//! What people read in a story, in the words that the bot uses: each message once in full, and then
//! only what changes in it. Whoever uses a button or a menu has to see it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use mockingbird::command::button;
use mockingbird::practice::effect::Audience;
use mockingbird::practice::input::{MenuId, Press};
use mockingbird::practice::interview::{MockCall, MockMenu, MockPress, Of};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, Effect, MessageId, Outcome};
use mockingbird::words::{Content, Form, Message, form, render};

use crate::changed::changed;
use crate::seed::everybody;
use crate::story::PREP;
use crate::transcript::{page, say};

/// Everything that people see, and how it is told.
#[derive(Default)]
pub(crate) struct Real {
    pub(crate) told: String,
    /// What stands for everybody in it, the newest last.
    stands: Vec<(MessageId, Vec<Message>)>,
    /// What only one person sees, the newest last, and the newest form that is open to each.
    private: Vec<(String, Vec<Message>)>,
    forms: BTreeMap<String, Form>,
    /// The menus whose options were told.
    menus: BTreeSet<String>,
    /// What was pressed, chosen from or sent last.
    used: String,
    /// How many files of text are told with what is in them.
    pub(crate) files: usize,
}

impl Real {
    /// Somebody runs a command.
    pub(crate) fn runs(&mut self, now: Timestamp, who: &str, call: &MockCall) {
        let command = match call {
            MockCall::Start { plan, candidate, interviewers, public } => {
                let mut text = format!("start plan:{plan}");
                text.extend(candidate.map(|who| format!(" candidate:<@{who}>")));
                text.extend(interviewers.iter().map(|who| format!(" interviewer:<@{who}>")));
                text + if *public { " public:True" } else { "" }
            }
            other => format!("{other:?}").to_lowercase(),
        };
        say(&mut self.told, now, &format!("{who} runs /mock {command}"), None);
    }

    /// Somebody presses a button.
    pub(crate) fn presses(&mut self, now: Timestamp, who: &str, press: Of<MockPress>) {
        let id = button::custom_id(Press::Mock(press));
        let pages = self.seen(who).into_iter();
        let mut rows = pages.flat_map(|page| page.rows.iter().flatten());
        let button = rows.find(|button| button.custom_id == id);
        let label = &button.unwrap_or_else(|| panic!("{who} sees no button {id}")).label;
        let line = format!("{who} presses [{label}]");
        say(&mut self.told, now, &line, None);
        self.used = id;
    }

    /// Somebody chooses from a menu.
    pub(crate) fn chooses(&mut self, now: Timestamp, who: &str, of: Of<MockMenu>, chosen: &[u8]) {
        let id = button::menu_id(MenuId::Mock(of));
        let mut menus = self.seen(who).into_iter().flat_map(|page| &page.menus);
        let menu = menus.find(|menu| menu.custom_id == id);
        let options = &menu.unwrap_or_else(|| panic!("{who} sees no menu {id}")).options;
        let labels = chosen.iter().map(|number| options[usize::from(*number)].label.as_str());
        let line = format!("{who} chooses {}", labels.collect::<Vec<_>>().join("; "));
        say(&mut self.told, now, &line, None);
        self.used = id;
    }

    /// Somebody sends the form that they opened.
    pub(crate) fn submits(&mut self, now: Timestamp, who: &str, fields: &[&str]) {
        let form = self.forms.remove(who).unwrap_or_else(|| panic!("{who} sees no form"));
        let labels = form.fields.iter().map(|field| field.label.as_str());
        let body: Vec<_> =
            labels.zip(fields).map(|(label, text)| format!("{label}: {text}")).collect();
        say(&mut self.told, now, &format!("{who} sends the form"), Some(&body.join("\n")));
    }

    /// What somebody sees, the newest first.
    fn seen(&self, who: &str) -> Vec<&Message> {
        let private = self.private.iter().rev().filter(|(of, _)| of == who);
        let private = private.flat_map(|(_, pages)| pages);
        private.chain(self.stands.iter().rev().flat_map(|(_, pages)| pages)).collect()
    }

    /// What came of an effect.
    pub(crate) fn reads(&mut self, now: Timestamp, effect: &Effect, outcome: Option<&Outcome>) {
        let sent = match outcome {
            Some(Outcome::Sent { message }) => Some(*message),
            _ => None,
        };
        match effect {
            Effect::Reply { to, view, audience: Audience::OnlyAsker, .. } => {
                let pages = self.shows(now, &format!("bot → {} (only)", to.token), view);
                self.private.push((to.token.clone(), pages));
            }
            Effect::Reply { view, .. } => self.puts(now, "bot → #prep", view, sent),
            Effect::Send { channel, view, .. } => {
                let place = if *channel == PREP { "bot → #prep" } else { "bot → thread" };
                self.puts(now, place, view, sent);
            }
            Effect::Update { to, view } => {
                let heading = format!("bot changes it for {}", to.token);
                let after = render(view);
                let is_it = |(who, pages): &&mut (String, Vec<Message>)| {
                    *who == to.token && pages.iter().any(|page| has(page, &self.used))
                };
                let used = self.private.iter_mut().rev().find(is_it).expect("it was used");
                let before = std::mem::replace(&mut used.1, after.clone());
                self.changes(now, &heading, &before, &after);
            }
            Effect::Edit { message, view, .. } => {
                let (number, after) = (self.place(*message), render(view));
                let before = std::mem::replace(&mut self.stands[number].1, after.clone());
                let title = &before[0].embeds[0].title;
                self.changes(now, &format!("bot changes \"{title}\""), &before, &after);
            }
            Effect::Form { to, form: view } => {
                let form = form(view);
                assert_eq!(form.violations(), Vec::<String>::new());
                let line = format!("bot → {} (form)", to.token);
                say(&mut self.told, now, &line, Some(&form.to_text()));
                self.forms.insert(to.token.clone(), form);
            }
            Effect::StartThread { name, private, .. } => {
                let private = if *private { "private" } else { "public" };
                say(&mut self.told, now, &format!("bot opens a {private} thread: {name}"), None);
            }
            Effect::AddToThread { member, .. } => {
                say(&mut self.told, now, &format!("bot adds <@{member}> to the thread"), None);
            }
            _ => {}
        }
    }

    fn place(&self, message: MessageId) -> usize {
        self.stands.iter().position(|(id, _)| *id == message).expect("it stands")
    }

    /// A message, unless it stands already.
    fn puts(&mut self, now: Timestamp, heading: &str, view: &View, sent: Option<MessageId>) {
        let Some(message) = sent else { return };
        if self.stands.iter().all(|(id, _)| *id != message) {
            let pages = self.shows(now, heading, view);
            self.stands.push((message, pages));
        }
    }

    fn shows(&mut self, now: Timestamp, heading: &str, view: &View) -> Vec<Message> {
        let pages = render(view);
        for message in &pages {
            let mut told = message.clone();
            for file in &mut told.files {
                if let Content::Text(text) = &mut file.content {
                    if self.files == 0 {
                        "…".clone_into(text);
                    }
                    self.files = self.files.saturating_sub(1);
                }
            }
            let mut text = page(&told, now);
            let menus =
                format!("{:?}", message.menus.iter().map(|menu| &menu.options).collect::<Vec<_>>());
            if !self.menus.insert(menus) {
                let is_option = |line: &&str| line.trim_start().starts_with("( ) ");
                let lines: Vec<&str> = text.lines().filter(|line| !is_option(line)).collect();
                text = lines.join("\n");
            }
            say(&mut self.told, now, heading, Some(&text));
        }
        pages
    }

    fn changes(&mut self, now: Timestamp, heading: &str, before: &[Message], after: &[Message]) {
        let text = |pages: &[Message]| {
            let pages: Vec<_> = pages.iter().map(|message| page(message, now)).collect();
            pages.join("\n")
        };
        let (before, after) = (text(before), text(after));
        let changed = changed(&before, &after);
        // What says something else now is told as it is.
        let is_another = changed.lines().count() > after.lines().count();
        say(&mut self.told, now, heading, Some(if is_another { &after } else { &changed }));
    }
}

/// Whether a button or menu is in a message.
fn has(page: &Message, id: &str) -> bool {
    let menus = page.menus.iter().map(|menu| &menu.custom_id);
    menus.chain(page.rows.iter().flatten().map(|button| &button.custom_id)).any(|it| it == id)
}

/// Names instead of ids.
pub(crate) fn named(told: &str, thread: Option<ChannelId>) -> String {
    let mut text = told.replace(&format!("<#{PREP}>"), "#prep");
    if let Some(thread) = thread {
        text = text.replace(&format!("<#{thread}>"), "#thread");
    }
    for (name, id) in everybody() {
        text = text.replace(&format!("<@{id}>"), &format!("@{name}"));
    }
    text
}
