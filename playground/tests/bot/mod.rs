//! A bare serenity bot, for trying the local Discord with the real thing.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::print_stderr,
    clippy::unused_self,
    reason = "test code; each test file uses a part of it"
)]

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use mockingbird_playground::LocalDiscord;
use serenity::all::{
    AutocompleteChoice, ButtonStyle, ChannelId, Client, ClientBuilder, Command, CommandOptionType,
    Context, CreateActionRow, CreateAutocompleteResponse, CreateButton, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse as Response,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, CreateThread, EditInteractionResponse, EventHandler, GatewayIntents, Http,
    HttpBuilder, InputTextStyle, Interaction, InteractionContext, Message, Permissions, Reaction,
    Ready, async_trait,
};
use tokio::task::JoinHandle;

pub const SOON: Duration = Duration::from_secs(10);

/// Waits until something is so that nothing tells of.
pub async fn eventually(mut condition: impl FnMut() -> bool) {
    let poll = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(SOON, poll).await.expect("it did not become so");
}

/// What the bot heard.
#[derive(Debug, Default)]
pub struct Heard {
    pub ready: AtomicUsize,
    pub resumed: AtomicUsize,
    pub messages: std::sync::Mutex<Vec<Message>>,
    pub reactions: std::sync::Mutex<Vec<Reaction>>,
    pub unknown: std::sync::Mutex<Vec<String>>,
}

struct Handler(Arc<Heard>);

fn commands() -> Vec<CreateCommand> {
    let topic = CreateCommandOption::new(CommandOptionType::String, "topic", "of the question")
        .required(true)
        .set_autocomplete(true);
    let at = CreateCommandOption::new(CommandOptionType::Integer, "hour", "of the day")
        .min_int_value(0)
        .max_int_value(23);
    let who = CreateCommandOption::new(CommandOptionType::User, "member", "whose");
    let set = CreateCommandOption::new(CommandOptionType::SubCommand, "set", "the hour")
        .add_sub_option(at);
    let plain = |name: &str| CreateCommand::new(name).description("does something");
    vec![
        plain("quiz").add_option(topic),
        plain("daily").add_option(set).default_member_permissions(Permissions::MANAGE_GUILD),
        plain("streak").add_option(who).add_context(InteractionContext::Guild),
        plain("slow"),
        plain("never"),
        plain("form"),
        plain("talk"),
    ]
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, ctx: Context, _: Ready) {
        Command::set_global_commands(&ctx.http, commands()).await.expect("commands");
        self.0.ready.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    async fn resume(&self, _: Context, _: serenity::all::ResumedEvent) {
        self.0.resumed.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    async fn message(&self, _: Context, message: Message) {
        self.0.messages.lock().unwrap().push(message);
    }

    async fn reaction_add(&self, ctx: Context, reaction: Reaction) {
        self.0.reactions.lock().unwrap().push(reaction.clone());
        let own = reaction.user_id == Some(ctx.cache_free_id());
        if !own && reaction.emoji.unicode_eq("💡") {
            let thread = CreateThread::new("Answer");
            let made = reaction
                .channel_id
                .create_thread_from_message(&ctx.http, reaction.message_id, thread)
                .await;
            if let Ok(made) = made {
                made.id.say(&ctx.http, "It is 42.").await.expect("answer");
            }
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        if let Err(error) = answer(&ctx, interaction).await {
            self.0.unknown.lock().unwrap().push(error.to_string());
        }
    }
}

trait OwnId {
    fn cache_free_id(&self) -> serenity::all::UserId;
}

impl OwnId for Context {
    fn cache_free_id(&self) -> serenity::all::UserId {
        self.http.application_id().expect("set at the start").get().into()
    }
}

fn message(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text)
}

async fn answer(ctx: &Context, interaction: Interaction) -> serenity::Result<()> {
    match interaction {
        Interaction::Command(command) => match command.data.name.as_str() {
            "quiz" => {
                let topic = command.data.options[0].value.as_str().unwrap_or("?");
                let embed = CreateEmbed::new().title("Question").description(format!("On {topic}"));
                let button = CreateButton::new("show").label("Show me").style(ButtonStyle::Primary);
                let rows = vec![CreateActionRow::Buttons(vec![button])];
                let with = CreateInteractionResponseMessage::new().embed(embed).components(rows);
                command.create_response(&ctx.http, Response::Message(with)).await?;
                let post = command.get_response(&ctx.http).await?;
                post.react(&ctx.http, '💡').await?;
            }
            "slow" => {
                command.defer_ephemeral(&ctx.http).await?;
                let edit = EditInteractionResponse::new().content("done");
                command.edit_response(&ctx.http, edit).await?;
                let more = CreateInteractionResponseFollowup::new().content("more");
                command.create_followup(&ctx.http, more).await?;
            }
            "never" => {}
            "form" => {
                let input = CreateInputText::new(InputTextStyle::Paragraph, "Your answer", "text")
                    .max_length(20);
                let modal = CreateModal::new("form", "Answer")
                    .components(vec![CreateActionRow::InputText(input)]);
                command.create_response(&ctx.http, Response::Modal(modal)).await?;
            }
            "talk" => {
                command.channel_id.say(&ctx.http, "a message").await?;
                command.create_response(&ctx.http, Response::Message(message("said"))).await?;
            }
            other => {
                let text = format!("{other} from {}", command.user.name);
                let private = message(&text).ephemeral(true);
                command.create_response(&ctx.http, Response::Message(private)).await?;
            }
        },
        Interaction::Autocomplete(command) => {
            let typed = command.data.autocomplete().map(|o| o.value.to_owned()).unwrap_or_default();
            let all = ["databases", "http", "caching"];
            let fitting = all.iter().filter(|t| t.starts_with(&typed));
            let choices = fitting.map(|t| AutocompleteChoice::new(*t, *t)).collect();
            let response = CreateAutocompleteResponse::new().set_choices(choices);
            command.create_response(&ctx.http, Response::Autocomplete(response)).await?;
        }
        Interaction::Component(press) => {
            let private = message("It is 42.").ephemeral(true);
            press.create_response(&ctx.http, Response::Message(private)).await?;
        }
        Interaction::Modal(form) => {
            let text = format!("you wrote {:?}", form.data.components[0].components[0]);
            let short = if text.contains("forty-two") { "right" } else { "wrong" };
            form.create_response(&ctx.http, Response::Message(message(short))).await?;
        }
        _ => {}
    }
    Ok(())
}

/// A running bot; it ends with the test.
pub struct Bot {
    pub heard: Arc<Heard>,
    pub http: Arc<Http>,
    task: JoinHandle<()>,
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::GUILD_MESSAGE_REACTIONS)
    .union(GatewayIntents::DIRECT_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGE_REACTIONS);

pub fn http(discord: &LocalDiscord) -> Http {
    HttpBuilder::new(discord.token())
        .proxy(discord.base())
        .ratelimiter_disabled(true)
        .application_id(discord.application_id().get().into())
        .build()
}

pub async fn client(discord: &LocalDiscord, intents: GatewayIntents) -> (Client, Arc<Heard>) {
    let heard = Arc::new(Heard::default());
    let client = ClientBuilder::new_with_http(http(discord), intents)
        .event_handler(Handler(Arc::clone(&heard)))
        .await
        .expect("a client");
    (client, heard)
}

/// Starts the bot and waits until it is connected and has registered its commands.
pub async fn start(discord: &LocalDiscord) -> Bot {
    let (mut client, heard) = client(discord, INTENTS).await;
    let http = Arc::clone(&client.http);
    let task = tokio::spawn(async move {
        if let Err(error) = client.start().await {
            eprintln!("the bot ended: {error}");
        }
    });
    discord.until_connected(SOON).await.expect("connected");
    discord.until(|world| !world.commands().is_empty(), SOON).await.expect("registered");
    Bot { heard, http, task }
}

impl Bot {
    pub fn channel(&self, discord: &LocalDiscord, name: &str) -> ChannelId {
        discord.channel(name).expect("the channel").get().into()
    }

    pub async fn say(&self, discord: &LocalDiscord, channel: &str, text: &str) -> Message {
        let create = CreateMessage::new().content(text);
        self.channel(discord, channel).send_message(&self.http, create).await.expect("sent")
    }
}
