//! One interview as its people see it: they press, choose and write on the newest message that has
//! the control, and read on in the thread. It knows nothing of what an interview should be.

use std::collections::BTreeMap;
use std::sync::Arc;

use mockingbird::bank::{Question, QuestionBank};
use mockingbird_playground::model::{ChannelKind, Message};
use mockingbird_playground::{Answer, Id, RateLimits, Setup, TeamSetup};

use crate::bot::Bot;

/// What happens to the process wherever a story says that it is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interruption {
    Never,
    /// As by SIGTERM.
    Stopped,
    Killed,
}

/// An interview in its thread.
pub(crate) struct Room {
    pub(crate) bot: Bot,
    pub(crate) thread: Id,
    /// What stands in #prep about it.
    pub(crate) announcement: Id,
    bank: QuestionBank,
    interruption: Interruption,
    /// How far the thread was read.
    read: Id,
}

/// A bot with a small bank and plans of its own; ann owns the server, kim takes part in nothing.
pub(crate) async fn bot() -> Bot {
    bot_with(["tests/e2e/mock/questions", "tests/e2e/mock/plans", "tests/e2e/mock/rubrics"]).await
}

/// A bot with what comes with it.
pub(crate) async fn bot_as_shipped() -> Bot {
    bot_with(["questions", "config/plans", "config/rubrics"]).await
}

async fn bot_with([questions, plans, rubrics]: [&str; 3]) -> Bot {
    let people = ["ann", "bob", "eve", "kim"];
    let setup = Setup {
        rate_limits: RateLimits::off(),
        teams: vec![TeamSetup::new("Mockingbird Nest", &["general", "prep"], &people)],
        ..Setup::default()
    };
    Bot::start_in(setup, |config, _| {
        config.questions = questions.into();
        config.plans = plans.into();
        config.rubrics = rubrics.into();
    })
    .await
}

impl Room {
    /// `/mock start`, and the thread that opens.
    pub(crate) async fn opens(bot: Bot, who: &str, plan: &str, others: &[(&str, &str)]) -> Self {
        let mut options = vec![("plan", plan)];
        options.extend(others);
        let announced = bot.slash(who, "mock start", &options).await;
        assert!(!announced.is_ephemeral(), "{}", announced.text());
        let prep = bot.channel();
        bot.until(|world| world.threads(prep).count() > 0).await;
        let (thread, kind) = bot
            .discord
            .with_world(|world| world.threads(prep).last().map(|thread| (thread.id, thread.kind)))
            .expect("just seen");
        assert_eq!(kind, ChannelKind::PrivateThread);
        let bank = QuestionBank::load(&bot.config.questions).expect("a good bank");
        let announcement = announced.message.expect("an announcement").id;
        let (interruption, read) = (Interruption::Never, Id::default());
        Self { bot, thread, announcement, bank, interruption, read }
    }

    /// What is to happen where it is interrupted.
    pub(crate) const fn with(mut self, interruption: Interruption) -> Self {
        self.interruption = interruption;
        self
    }

    /// The process ends here and begins again, if it is to.
    pub(crate) async fn is_interrupted(&mut self) {
        match self.interruption {
            Interruption::Never => return,
            Interruption::Stopped => drop(self.bot.stop().await),
            Interruption::Killed => self.bot.kill().await,
        }
        self.bot.begin().await;
    }

    /// Waits for the next message in the thread, after those that were read, that says this to
    /// everybody in it.
    pub(crate) async fn reads(&mut self, text: &str) -> Message {
        let (thread, read) = (self.thread, self.read);
        let says = |message: &&Message| {
            message.id > read && !message.is_ephemeral() && message.text().contains(text)
        };
        self.bot.until(|world| world.messages(thread).any(|message| says(&message))).await;
        let found = self.bot.discord.with_world(|world| world.messages(thread).find(says).cloned());
        let found = found.expect("just seen");
        self.read = found.id;
        found
    }

    /// Reads the next question of the interview; which one of the bank it is.
    pub(crate) async fn reads_question(&mut self, number: usize, of: usize) -> Arc<Question> {
        let asked = self.reads(&format!("Question {number} of {of}")).await.text();
        let mut fits: Vec<_> =
            self.bank.iter().filter(|question| asked.contains(line(&question.prompt))).collect();
        fits.sort_by_key(|question| question.prompt.len());
        Arc::clone(fits.pop().unwrap_or_else(|| panic!("which question is this? {asked}")))
    }

    /// Waits until a message says this.
    pub(crate) async fn until_says(&self, message: Id, text: &str) {
        let says = |message: &Message| message.text().contains(text);
        self.bot.until(|world| world.message(message).is_some_and(says)).await;
    }

    /// Waits until the messages that everybody in the thread sees have these buttons, and no other.
    pub(crate) async fn until_buttons(&self, buttons: &[&str]) {
        let thread = self.thread;
        self.bot
            .until(|world| {
                let messages = world.messages(thread).filter(|message| !message.is_ephemeral());
                messages.flat_map(Message::buttons).eq(buttons.iter().copied())
            })
            .await;
    }

    /// Presses a button on the newest message that has it.
    pub(crate) async fn presses(&self, who: &str, button: &str) -> Answer {
        let message = self.newest(who, button);
        self.presses_on(message, who, button).await
    }

    /// Presses a button until it counts. Where the bot died before it heard that the message
    /// stands, it turns people down until it has found it.
    pub(crate) async fn presses_again(&self, who: &str, button: &str) {
        for _ in 0..100 {
            let answer = self.presses(who, button).await.text();
            if !answer.contains("Somebody was faster") {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("[{button}] never counts:\n{}", self.bot.story());
    }

    /// Presses a button on this message.
    pub(crate) async fn presses_on(&self, message: Id, who: &str, button: &str) -> Answer {
        let answer = self.bot.discord.member(who).press(message, button).await;
        answer.unwrap_or_else(|error| panic!("[{button}]: {error}\n{}", self.bot.story()))
    }

    /// Presses a button and is turned down, in private: why.
    pub(crate) async fn is_refused(&self, who: &str, button: &str) -> String {
        let answer = self.presses(who, button).await;
        assert!(answer.is_ephemeral(), "{answer:?}\n{}", self.bot.story());
        answer.text()
    }

    /// Chooses options, by their numbers, in the newest menu whose placeholder begins so.
    pub(crate) async fn chooses(&self, who: &str, menu: &str, options: &[&str]) -> Answer {
        let message = self.newest(who, menu);
        let placeholder = self.bot.discord.with_world(|world| {
            world.message(message).and_then(|message| {
                let faces: Vec<String> = faces(message).collect();
                faces.into_iter().find(|face| face.starts_with(menu))
            })
        });
        let placeholder = placeholder.expect("just seen");
        let answer = self.bot.discord.member(who).choose(message, &placeholder, options).await;
        answer.unwrap_or_else(|error| panic!("[{menu}]: {error}\n{}", self.bot.story()))
    }

    /// Presses a button that opens a form, and fills it in.
    pub(crate) async fn writes(&self, who: &str, button: &str, texts: &[&str]) -> Answer {
        let opened = self.presses(who, button).await;
        let form = opened.modal().unwrap_or_else(|| panic!("no form: {}", self.bot.story()));
        let names: Vec<String> = (0..texts.len()).map(|place| place.to_string()).collect();
        let fields: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().copied()).collect();
        let answer = self.bot.discord.member(who).submit(form, &fields).await;
        answer.unwrap_or_else(|error| panic!("the form: {error}\n{}", self.bot.story()))
    }

    /// Runs a command in the thread.
    pub(crate) async fn runs(&self, who: &str, command: &str) -> Answer {
        let thread = self.thread.to_string();
        let answer = self.bot.discord.member(who).slash(&thread, command, &[]).await;
        answer.unwrap_or_else(|error| panic!("/{command}: {error}\n{}", self.bot.story()))
    }

    /// Fills in the scorecard that is open: bands by their numbers, a comment on each, last words.
    /// It is not sealed yet.
    pub(crate) async fn judges(&self, who: &str, bands: &[(&str, &str)], words: &str) {
        for (dimension, band) in bands {
            let card = self.chooses(who, &format!("{dimension}: choose"), &[band]).await;
            assert!(card.is_ephemeral(), "{card:?}");
        }
        let comments: Vec<String> =
            bands.iter().map(|(dimension, _)| format!("{words} on {dimension}")).collect();
        let comments: Vec<&str> = comments.iter().map(String::as_str).collect();
        self.writes(who, "Comments", &comments).await;
        let (well, next) = (format!("{words} went well"), format!("{words} next time"));
        self.writes(who, "Went well / next", &[&well, &next]).await;
    }

    /// Whether a member sees these words in the thread.
    pub(crate) fn sees(&self, who: &str, words: &str) -> bool {
        let seen = self.bot.discord.member(who).sees(&self.thread.to_string());
        seen.iter().any(|message| is_in(message, words))
    }

    /// Looks into all that ever stood anywhere that these words were for these people alone.
    pub(crate) fn only_for(&self, people: &[&str], words: &str) {
        let told = |world: &mockingbird_playground::World| {
            let may: Vec<Id> =
                people.iter().filter_map(|who| world.user_named(who)).map(|u| u.id).collect();
            let messages = world.channels().flat_map(|channel| world.messages(channel.id));
            let told: Vec<String> = messages
                .filter(|message| is_in(message, words))
                .filter(|message| message.only_for.is_none_or(|who| !may.contains(&who)))
                .map(Message::text)
                .collect();
            told
        };
        let told = self.bot.discord.with_world(told);
        assert!(told.is_empty(), "`{words}` is told:\n{told:?}\n{}", self.bot.story());
        // Nor did it stand in a channel for a moment.
        let requests = self.bot.discord.requests();
        let mut sent = requests.iter().filter(|request| request.route.contains("/channels/"));
        let sent = sent.find(|request| request.body.to_string().contains(words));
        assert!(sent.is_none(), "`{words}` was sent: {sent:?}");
    }

    /// Stops the bot, and looks at everything that must never have happened.
    pub(crate) async fn ends_well(self) {
        let (story, prep) = (self.bot.story(), self.bot.channel());
        let discord = self.bot.discord.clone();
        self.bot.ends_well().await;
        // What comes late counts as well.
        discord.with_world(|world| {
            let mut seen = BTreeMap::<String, usize>::new();
            let said = world.messages(self.thread).filter(|message| !message.is_ephemeral());
            for message in said.filter(|message| message.kind == 0) {
                *seen.entry(message.text()).or_default() += 1;
            }
            for (text, times) in seen {
                assert_eq!(times, 1, "it is said {times} times: {text}\n{story}");
            }
            let threads = world.threads(prep).count();
            assert!(threads <= 1, "{threads} threads for one interview\n{story}");
        });
    }

    /// The newest message on which a member finds a button or menu.
    fn newest(&self, who: &str, control: &str) -> Id {
        let seen = self.bot.discord.member(who).sees(&self.thread.to_string());
        let has = |message: &&Message| faces(message).any(|face| face.starts_with(control));
        let newest = seen.iter().rev().find(has).map(|message| message.id);
        newest.unwrap_or_else(|| panic!("{who} finds no [{control}]:\n{}", self.bot.story()))
    }
}

/// What stands on the buttons and menus of a message.
fn faces(message: &Message) -> impl Iterator<Item = String> {
    let controls = message.controls().into_iter();
    controls.filter_map(|control| {
        let face = control["label"].as_str().or_else(|| control["placeholder"].as_str());
        face.map(str::to_owned)
    })
}

/// Whether words stand in a message or in a file of it.
fn is_in(message: &Message, words: &str) -> bool {
    let in_file = |file: &mockingbird_playground::model::Attachment| {
        String::from_utf8_lossy(&file.bytes).contains(words)
    };
    message.text().contains(words) || message.attachments.iter().any(in_file)
}

/// The first line of a text: what is rendered keeps it as it is.
pub(crate) fn line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}
