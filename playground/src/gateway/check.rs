//! A second look at each event before it is sent.

use serenity::model::event::{Event, GatewayEvent};

/// Parses a frame as serenity will. serenity turns what it cannot parse into an
/// unknown event and says nothing, so that the bot would never hear of it.
pub(crate) fn check(frame: &str) -> Result<(), String> {
    match serde_json::from_str::<GatewayEvent>(frame) {
        Ok(GatewayEvent::Dispatch(_, Event::Unknown(event))) => {
            Err(format!("serenity reads it as unknown: {}", event.value))
        }
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_a_field_that_serenity_needs_is_noticed() {
        let good = r#"{"op":0,"s":1,"t":"MESSAGE_DELETE","d":{"id":"1","channel_id":"2"}}"#;
        let bad = r#"{"op":0,"s":1,"t":"MESSAGE_DELETE","d":{"id":"1"}}"#;
        assert_eq!(check(good), Ok(()));
        assert!(check(bad).unwrap_err().contains("unknown"));
    }
}
