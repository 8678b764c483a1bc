//! No secret reaches the log, however much is logged and whatever goes wrong.

use std::time::Duration;

use mockingbird_playground::{Fault, Scope};

use crate::process::{Place, discord, slash, start, until, until_reacted};

#[tokio::test]
async fn no_secret_is_in_the_log() {
    const KEY: &str = "sk-not-a-real-key-0123456789";
    let discord = discord().await;
    let place = Place::new(discord.base());
    let coach = "coach: { address: http://127.0.0.1:9/v1, model: small, key_env: OUR_KEY }\n";
    place.configure(discord.base(), coach);
    for level in ["trace", "debug", "info"] {
        let mut command = place.run(discord.token());
        command.env("RUST_LOG", level).env("OUR_KEY", KEY);
        if level == "debug" {
            command.arg("--log-json");
        }
        let mut bot = start(command, &discord).await;
        let callback = "POST /interactions/{interaction}/{token}/callback";
        discord.faults().request(callback, 1, Fault::Status(500));
        let quiz = slash(&discord, "ann", "quiz", &[("topic", "any")]).await;
        let post = quiz.message.expect("a post").id;
        until_reacted(&discord, post).await;
        for fault in [
            Fault::CutBefore,
            Fault::LoseResponse,
            Fault::CutResponse,
            Fault::RateLimited { scope: Scope::User, retry_after: Duration::from_millis(50) },
            Fault::Refused(404, 10_062, "Unknown interaction".to_owned()),
            Fault::Refused(400, 50_035, "Invalid Form Body".to_owned()),
        ] {
            discord.faults().request(callback, 1, fault);
            // The last two are never answered.
            drop(discord.member("bob").press(post, "Show me").await);
            discord.faults().clear();
        }
        discord.member("ann").complete("prep", "quiz", "topic", "da").await.expect("topics");
        discord.faults().request("POST *", 1, Fault::Status(502));
        discord.member("bob").react(post, "💡").expect("he can react");
        until(&discord, |world| {
            world.messages(post).any(|message| message.text().contains("Revealed by"))
        })
        .await;
        discord.faults().cut_gateway();
        discord.faults().clear();
        assert_eq!(bot.stop().await, Some(0));

        let log = bot.log();
        let lines = |secret: &str| -> Vec<String> {
            log.lines().filter(|line| line.contains(secret)).take(3).map(str::to_owned).collect()
        };
        assert_eq!(lines(KEY), Vec::<String>::new(), "the coach's key at {level}");
        assert_eq!(lines("a coach is configured").len(), 1, "it is told once which coach there is");
        for part in discord.token().split('.') {
            assert_eq!(lines(part), Vec::<String>::new(), "the token at {level}");
        }
        let tokens = discord.with_world(|world| {
            world.interactions().map(|interaction| interaction.token.clone()).collect::<Vec<_>>()
        });
        assert!(!tokens.is_empty());
        for token in tokens {
            assert_eq!(lines(&token), Vec::<String>::new(), "an interaction's token at {level}");
        }
    }
}
