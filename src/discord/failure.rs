//! Discord's refusals in the words of the practice.
//! Codes: Discord, "Opcodes and Status Codes", JSON error codes.

use super::rest::RestError;
use crate::practice::effect::Failure;

/// What a request's end means to whoever ordered it.
pub(super) fn failure(error: RestError) -> Failure {
    match error {
        RestError::Unavailable { reason } => Failure::Unavailable { reason },
        RestError::TokenRefused => Failure::Unavailable { reason: error.to_string() },
        RestError::Refused { status, code, reason, repeated: _ } => match code {
            // Missing access, missing permissions, no reading of the history.
            50_001 | 50_013 | 160_002
            // The member takes no private messages, shares no server with the bot, or Discord
            // lets the bot open no private chats at all because it was flagged.
            | 50_007 | 50_278 | 20_026 => Failure::NotAllowed,
            // Private chats are opened too fast: not refused for good.
            40_003 => Failure::Unavailable { reason },
            10_003 => Failure::ChannelGone,
            10_008 => Failure::MessageGone,
            // Unknown interaction, answered before, unknown webhook, its token is over.
            10_062 | 40_060 | 10_015 | 50_027 => Failure::Late,
            // Private chat, wrong sort of channel, archived thread, locked thread, too many
            // threads, too many different reactions, too many channels, members or messages of a
            // kind, blocked.
            50_003 | 50_024 | 50_083 | 160_005 | 160_006 | 30_010 | 30_013 | 30_033 | 30_046
            | 90_001 | 50_008 | 50_021 | 160_007 => Failure::NotHere,
            0 if status == 403 => Failure::NotAllowed,
            _ => Failure::Refused { code, reason },
        },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(50_001, Failure::NotAllowed)]
    #[case(50_013, Failure::NotAllowed)]
    #[case(160_002, Failure::NotAllowed)]
    #[case(50_007, Failure::NotAllowed)]
    #[case(50_278, Failure::NotAllowed)]
    #[case(20_026, Failure::NotAllowed)]
    #[case(40_003, Failure::Unavailable { reason: "no".to_owned() })]
    #[case(10_003, Failure::ChannelGone)]
    #[case(10_008, Failure::MessageGone)]
    #[case(10_062, Failure::Late)]
    #[case(40_060, Failure::Late)]
    #[case(10_015, Failure::Late)]
    #[case(50_003, Failure::NotHere)]
    #[case(50_024, Failure::NotHere)]
    #[case(50_083, Failure::NotHere)]
    #[case(160_005, Failure::NotHere)]
    #[case(160_006, Failure::NotHere)]
    #[case(30_010, Failure::NotHere)]
    #[case(30_033, Failure::NotHere)]
    #[case(10_007, Failure::Refused { code: 10_007, reason: "no".to_owned() })]
    #[case(90_001, Failure::NotHere)]
    #[case(50_035, Failure::Refused { code: 50_035, reason: "no".to_owned() })]
    fn each_code_has_its_meaning(#[case] code: u32, #[case] meaning: Failure) {
        let reason = "no".to_owned();
        assert_eq!(
            failure(RestError::Refused { status: 400, code, reason, repeated: false }),
            meaning
        );
    }
}
