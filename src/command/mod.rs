//! The one table of commands: registration, parsing, completion, `/help` and the README come from
//! it. It knows nothing of serenity.
