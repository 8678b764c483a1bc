//! Neither the key nor what a member wrote reaches a log, an error or a `Debug`.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird::coach::Coach;
use mockingbird::config;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::seed::{KEY, asking, with_key};
use crate::stand_in::{PATIENCE, Reply, Seen, StandIn, answer, message, point};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What a server might do with what it was sent: repeat all of it.
fn echo(seen: &Seen) -> String {
    json!({ "error": { "message": format!("model {KEY} {}", seen.body), "type": KEY } }).to_string()
}

#[tokio::test]
async fn neither_the_key_nor_an_answer_is_ever_shown() {
    let kept = Kept::default();
    // Everything that any crate can log, on this thread, where all of this test runs.
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(kept.clone())
        .with_ansi(false)
        .set_default();
    let text = "Zebras write slowly. My words are mine.";
    let mut shown = Vec::new();
    for nth in 0..12 {
        let server = StandIn::start(move |seen, _| match nth {
            0 => Reply::Json(200, answer(&json!({ "points": [point(1, "no", false, "")] }))),
            1 => Reply::Json(200, message(&echo(seen))),
            2 => Reply::Json(200, echo(seen)),
            3 => Reply::Raw(200, "content-type: text/html\r\n", echo(seen)),
            4 => Reply::Json(400, echo(seen)),
            5 => Reply::Json(401, echo(seen)),
            6 => Reply::Json(404, echo(seen)),
            7 => Reply::Json(500, echo(seen)),
            8 => Reply::Cut,
            9 => Reply::Half,
            10 => Reply::Silence,
            _ => Reply::Flood,
        })
        .await;
        let (settings, key) = with_key(&server.address);
        // Only silence has to be waited for.
        let timeout = if nth == 10 { Duration::from_millis(200) } else { PATIENCE };
        let settings = config::Coach { timeout, ..settings };
        let coach = Coach::new(&settings, Some(&key)).unwrap();
        let opinion = coach.consult(&asking(text)).await;
        assert_eq!(opinion.is_ok(), nth == 0, "{nth}: {opinion:?}");
        if let Err(error) = &opinion {
            shown.push(error.to_string());
        }
        shown.push(format!("{opinion:?} {coach:?} {coach:#?} {settings:?} {key:?} {key}"));
        let sent = server.seen().remove(0);
        assert_eq!(sent.authorization, Some(format!("Bearer {KEY}")));
        assert!(sent.body.to_string().contains("Zebras write slowly"));
    }
    drop(log);
    shown.push(String::from_utf8(kept.0.lock().unwrap().clone()).unwrap());
    let shown = shown.join("\n");
    assert!(shown.contains("127.0.0.1"), "nothing was logged");
    for secret in [KEY, "not-a-real-key", "Zebras", "words are mine"] {
        let place = shown.find(secret).map(|at| &shown[at.saturating_sub(300)..at + 50]);
        assert_eq!(place, None, "{secret}");
    }
}
