//! Files of messages, for those who see the message. Pictures may be shown; everything else is only
//! for keeping, so that no file of a message's becomes a page of this address.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Page;
use crate::Id;
use crate::world::World;
use crate::world::model::Attachment;

/// What a browser shows without running anything. (An SVG can hold a script.)
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

#[derive(Deserialize)]
pub(super) struct Wanted {
    r#as: String,
    message: Id,
    file: Id,
}

/// What sort of picture a file is, if it is one.
pub(super) fn picture(file: &Attachment) -> Option<&'static str> {
    let kind = file.content_type.as_deref()?;
    PICTURES.into_iter().find(|picture| *picture == kind)
}

pub(super) async fn serve(
    State(page): State<Page>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let Ok(Query(wanted)) = wanted else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match page.discord.with_world(|world| find(world, &wanted)) {
        Some(file) => answer(&file),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn find(world: &World, wanted: &Wanted) -> Option<Attachment> {
    let me = world.user_named(&wanted.r#as).filter(|user| !user.bot)?.id;
    let message = world.message(wanted.message)?;
    let sees = world.can_view(me, message.channel) && message.only_for.is_none_or(|o| o == me);
    let file = message.attachments.iter().find(|file| file.id == wanted.file);
    file.filter(|_| sees).cloned()
}

fn answer(file: &Attachment) -> Response {
    let kind = picture(file);
    let way = if kind.is_some() { "inline" } else { "attachment" };
    let kept = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let name: String = file.filename.chars().map(kept).collect();
    let mut response = file.bytes.clone().into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static(kind.unwrap_or("application/octet-stream"));
    headers.insert(CONTENT_TYPE, kind);
    if let Ok(way) = HeaderValue::from_str(&format!("{way}; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, way);
    }
    response
}
