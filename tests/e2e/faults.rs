//! Things that go wrong between the bot and Discord.
