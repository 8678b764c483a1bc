//! A local Discord with the bot's adapter connected to it, and short ways to say things.

use std::time::Duration;

use mockingbird::command::{Invocation, OptionValue};
use mockingbird::discord::{Discord, Secret};
use mockingbird::practice::effect::{Attempt, Audience, Effect, OrderId, Outcome, Step};
use mockingbird::practice::input::{Ask, Interaction};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, MessageId, PostId};
use mockingbird::runtime::Incoming;
use mockingbird::words::{Button, ButtonStyle, Embed, Message};
use mockingbird_playground::model::Message as Shown;
use mockingbird_playground::{ActError, Answer, Id, LocalDiscord, RateLimits, Setup};
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub(crate) const POST: PostId = PostId(0xabc);

/// The adapter, connected and listening; it leaves when it is dropped.
pub(crate) struct Bot {
    pub(crate) local: LocalDiscord,
    pub(crate) discord: std::sync::Arc<Discord>,
    incoming: Receiver<Incoming>,
    stop: CancellationToken,
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.stop.cancel();
        if !std::thread::panicking() {
            assert_eq!(self.local.complaints(), Vec::<String>::new());
        }
    }
}

impl Bot {
    /// In a local Discord without rate limits.
    pub(crate) async fn start() -> Self {
        Self::start_in(Setup { rate_limits: RateLimits::off(), ..Setup::default() }).await
    }

    /// In such a local Discord; READY and the first team have been told.
    pub(crate) async fn start_in(setup: Setup) -> Self {
        let local = LocalDiscord::start(setup).await.unwrap();
        let discord = Discord::connect(local.base(), Secret::new(local.token())).await.unwrap();
        let discord = std::sync::Arc::new(discord);
        let (sink, incoming) = mpsc::channel(10_000);
        let stop = CancellationToken::new();
        let (listener, stopped) = (std::sync::Arc::clone(&discord), stop.clone());
        tokio::spawn(async move { listener.listen(sink, stopped).await });
        let mut bot = Self { local, discord, incoming, stop };
        assert!(matches!(bot.next().await, Incoming::Ready { .. }));
        assert!(matches!(bot.next().await, Incoming::Connected { .. }));
        bot
    }

    /// What it is told next.
    pub(crate) async fn next(&mut self) -> Incoming {
        let next = timeout(Duration::from_secs(15), self.incoming.recv());
        next.await.expect("in time").expect("it still listens")
    }

    /// What it has been told and nobody has read.
    pub(crate) fn unread(&mut self) -> Option<Incoming> {
        self.incoming.try_recv().ok()
    }

    /// The next request to answer, whatever it is.
    pub(crate) async fn asked(&mut self) -> Ask {
        match self.next().await {
            Incoming::Invoked { ask, .. }
            | Incoming::Completing { ask, .. }
            | Incoming::Pressed { ask, .. }
            | Incoming::Chosen { ask, .. }
            | Incoming::Submitted { ask, .. } => ask,
            other @ (Incoming::Ready { .. }
            | Incoming::Connected { .. }
            | Incoming::Left { .. }
            | Incoming::Reacted { .. }
            | Incoming::Unknown { .. }) => panic!("{other:?}"),
        }
    }

    /// Does an effect.
    pub(crate) async fn perform(&self, effect: &Effect, pages: &[Message]) -> Outcome {
        self.discord.perform(effect, pages).await
    }

    /// Lets bob use something on a message and does what `answer` makes of the request.
    pub(crate) async fn used(
        &mut self,
        message: Id,
        control: &str,
        values: &[&str],
        pages: &[Message],
        answer: impl FnOnce(Interaction) -> Effect,
    ) -> (Result<Answer, ActError>, Outcome) {
        let bob = self.local.member("bob");
        let used = bob.choose(message, control, values);
        let answer = async {
            let ask = self.asked().await;
            self.perform(&answer(ask.interaction), pages).await
        };
        tokio::join!(used, answer)
    }

    /// Lets ann run `/quiz` in a channel and answers it.
    pub(crate) async fn quiz(
        &mut self,
        audience: Audience,
        order: Option<OrderId>,
        pages: &[Message],
    ) -> (Result<Answer, ActError>, Outcome) {
        self.discord.register(&commands()).await.unwrap();
        let ann = self.local.member("ann");
        let options = [("topic", json!("any"))];
        let slash = ann.slash("prep", "quiz", &options);
        let answer = async {
            let ask = self.asked().await;
            let effect = Effect::Reply { to: ask.interaction, view: view(), audience, order };
            self.perform(&effect, pages).await
        };
        tokio::join!(slash, answer)
    }

    /// Puts messages into a channel.
    pub(crate) async fn send(&self, channel: &str, nonce: &str, pages: &[Message]) -> Outcome {
        self.perform(&send(self.channel(channel), nonce, FIRST), pages).await
    }

    /// Puts one message into #prep.
    pub(crate) async fn post(&self) -> MessageId {
        sent(&self.send("prep", "post", &[question()]).await)
    }

    pub(crate) fn channel(&self, name: &str) -> ChannelId {
        ChannelId(self.local.channel(name).expect("it is there").get())
    }

    /// What stands in a channel, as ann reads it.
    pub(crate) fn texts(&self, channel: &str) -> Vec<String> {
        self.texts_of("ann", channel)
    }

    /// What stands in a channel, as somebody reads it.
    pub(crate) fn texts_of(&self, member: &str, channel: &str) -> Vec<String> {
        self.local.member(member).sees(channel).iter().map(Shown::text).collect()
    }

    /// How often the bot made such a request: `POST /channels/{channel}/messages`.
    pub(crate) fn count(&self, route: &str) -> usize {
        self.local.requests().iter().filter(|request| request.route == route).count()
    }
}

pub(crate) fn commands() -> Value {
    json!([{
        "name": "quiz", "description": "A question", "type": 1, "contexts": [0, 1],
        "integration_types": [0], "options": [{
            "type": 3, "name": "topic", "description": "Which", "required": true,
            "autocomplete": true
        }]
    }])
}

pub(crate) fn typed(text: &str) -> Invocation {
    Invocation {
        name: "quiz".to_owned(),
        sub: None,
        options: vec![("topic".to_owned(), OptionValue::Text(text.to_owned()))],
        focused: None,
    }
}

pub(crate) fn order(step: Step) -> OrderId {
    OrderId::of_post(POST, step)
}

pub(crate) fn sent(outcome: &Outcome) -> MessageId {
    let Outcome::Sent { message } = outcome else { panic!("{outcome:?}") };
    *message
}

pub(crate) fn id(message: MessageId) -> Id {
    Id::new(message.0)
}

pub(crate) fn text(content: &str) -> Message {
    Message { content: content.to_owned(), ..Message::default() }
}

/// A question with its button, as `words` makes it.
pub(crate) fn question() -> Message {
    Message {
        embeds: vec![Embed {
            title: "Quiz".to_owned(),
            description: "Why?".to_owned(),
            color: 0x58_65F2,
            fields: vec![("Level".to_owned(), "easy".to_owned())],
            footer: "acid".to_owned(),
        }],
        rows: vec![vec![Button {
            custom_id: format!("show:{POST}"),
            label: "Show me".to_owned(),
            emoji: Some("🔍".to_owned()),
            style: ButtonStyle::Primary,
        }]],
        ..Message::default()
    }
}

/// A view that is never looked at: the pages say everything.
pub(crate) fn view() -> Box<View> {
    Box::new(View::Help)
}

/// Sent for the first time, or lately.
pub(crate) const FIRST: Attempt = Attempt::Nonce { since: jiff::Timestamp::UNIX_EPOCH };

pub(crate) fn send(channel: ChannelId, nonce: &str, attempt: Attempt) -> Effect {
    Effect::Send {
        order: order(Step::Send),
        channel,
        reply_to: None,
        after: None,
        view: view(),
        nonce: nonce.to_owned(),
        attempt,
    }
}

pub(crate) fn edit(channel: ChannelId, message: MessageId) -> Effect {
    Effect::Edit { order: order(Step::Notice), channel, message, view: view() }
}

pub(crate) fn react(channel: ChannelId, message: MessageId) -> Effect {
    Effect::React { order: order(Step::React), channel, message, emoji: "💡".to_owned() }
}

pub(crate) fn thread(channel: ChannelId, message: MessageId) -> Effect {
    let name = "Answer: why".to_owned();
    Effect::OpenThread { order: order(Step::Thread), channel, message, name }
}

pub(crate) fn read_reactions(channel: ChannelId, message: MessageId) -> Effect {
    let emoji = "💡".to_owned();
    Effect::ReadReactions { order: order(Step::Catch), channel, message, emoji }
}

pub(crate) fn reply(to: Interaction) -> Effect {
    Effect::Reply { to, view: view(), audience: Audience::Everyone, order: None }
}
