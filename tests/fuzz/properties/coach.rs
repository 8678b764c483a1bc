//! What a coach sends: it speaks of the key points that it was asked about and of no other, and
//! shows what it claims with words of the answer.

use mockingbird::coach::understand;
use mockingbird::judge::{Asking, InDoubt, Made};
use serde_json::json;

/// Whatever a server sends, and whatever a model says in a sound answer of a server.
pub(super) fn holds(bytes: &[u8]) {
    let said = String::from_utf8_lossy(bytes);
    let message = json!({ "choices": [{ "message": { "content": said } }] }).to_string();
    for body in [bytes, message.as_bytes()] {
        // The answer is either none of its words or all of them.
        for text in ["An index makes READS\u{a0}faster: \u{201c}it\u{2019}s sorted\u{201d}.", &said]
        {
            speaks_of_what_it_was_asked(body, text);
        }
    }
}

fn speaks_of_what_it_was_asked(body: &[u8], text: &str) {
    let numbers = [1, 3, 8];
    let point = |number| InDoubt { number, point: "It is so.".to_owned() };
    let points = numbers.map(point).to_vec();
    let asking = Asking { question: "Why?".to_owned(), points, text: text.to_owned() };
    let Ok(opinion) = understand(&asking, body) else { return };
    let told: Vec<u8> = opinion.points.iter().map(|point| point.number).collect();
    assert_eq!(told, numbers);
    for point in opinion.points {
        let yes = point.made == Made::Yes;
        assert!(!(yes && point.contradicted), "{point:?}");
        assert_eq!(yes || point.contradicted, point.quote.is_some(), "{point:?}");
        if let Some(quote) = point.quote {
            assert!(text.contains(&quote) && quote.contains(char::is_alphanumeric), "{quote}");
        }
    }
}
