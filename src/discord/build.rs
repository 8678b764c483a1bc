//! A message of ours as Discord's JSON. It decides nothing about words.

use serde_json::{Map, Value, json};

use super::files;
use crate::words::{
    Button, ButtonStyle, Content, Embed, Field, File, Form, Menu, MenuOption, Message,
};

/// The flag of a message that only one member sees (Discord, "Message Flags").
pub(super) const EPHEMERAL: u64 = 64;

/// A message to be sent, edited or answered with. Nobody is ever mentioned by it.
pub(super) fn message(message: &Message) -> Map<String, Value> {
    let menus = message.menus.iter().map(|menu| row_of(&[self::menu(menu)]));
    let buttons =
        message.rows.iter().map(|row| row_of(&row.iter().map(button).collect::<Vec<_>>()));
    let rows: Vec<Value> = menus.chain(buttons).collect();
    let embeds: Vec<Value> = message.embeds.iter().map(embed).collect();
    let mut body = Map::new();
    body.insert("content".to_owned(), json!(message.content));
    body.insert("embeds".to_owned(), Value::Array(embeds));
    body.insert("components".to_owned(), Value::Array(rows));
    body.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    body
}

fn embed(embed: &Embed) -> Value {
    let mut body = Map::new();
    body.insert("color".to_owned(), json!(embed.color));
    let mut text = |key: &str, text: &str| {
        if !text.is_empty() {
            body.insert(key.to_owned(), json!(text));
        }
    };
    text("title", &embed.title);
    text("description", &embed.description);
    if !embed.fields.is_empty() {
        let fields =
            embed.fields.iter().map(|(name, value)| json!({ "name": name, "value": value }));
        body.insert("fields".to_owned(), fields.collect());
    }
    if !embed.footer.is_empty() {
        body.insert("footer".to_owned(), json!({ "text": embed.footer }));
    }
    Value::Object(body)
}

fn row_of(components: &[Value]) -> Value {
    json!({ "type": 1, "components": components })
}

/// A menu whose options send their numbers. Discord refuses one of which more can be chosen than
/// there is.
fn menu(menu: &Menu) -> Value {
    let all = menu.options.len().max(1);
    let (least, most) = (usize::from(menu.choose.0), usize::from(menu.choose.1));
    let mut body = json!({
        "type": 3,
        "custom_id": menu.custom_id,
        "options": menu.options.iter().enumerate().map(option).collect::<Value>(),
        "min_values": least.min(all),
        "max_values": most.clamp(1, all),
    });
    set(&mut body, "placeholder", &menu.placeholder);
    body
}

fn option((number, option): (usize, &MenuOption)) -> Value {
    let mut body = json!({ "label": option.label, "value": number.to_string() });
    set(&mut body, "description", &option.description);
    if let (true, Some(body)) = (option.chosen, body.as_object_mut()) {
        body.insert("default".to_owned(), json!(true));
    }
    body
}

/// A form as it is opened. What is written into it comes back by the order of its fields.
pub(super) fn form(form: &Form) -> Value {
    let fields = form.fields.iter().enumerate().map(|field| row_of(&[self::field(field)]));
    json!({
        "custom_id": form.custom_id,
        "title": form.title,
        "components": fields.collect::<Value>(),
    })
}

fn field((number, field): (usize, &Field)) -> Value {
    let mut body = json!({
        "type": 4,
        "custom_id": number.to_string(),
        "label": field.label,
        "style": if field.long { 2 } else { 1 },
        "required": field.required,
        "max_length": field.most,
    });
    set(&mut body, "placeholder", &field.placeholder);
    set(&mut body, "value", &field.value);
    body
}

/// Sets a text, unless there is none: Discord refuses some that are empty.
fn set(body: &mut Value, key: &str, text: &str) {
    if let (false, Some(body)) = (text.is_empty(), body.as_object_mut()) {
        body.insert(key.to_owned(), json!(text));
    }
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        ButtonStyle::Primary => 1,
        ButtonStyle::Secondary => 2,
        ButtonStyle::Danger => 4,
    };
    let mut body = json!({
        "type": 2,
        "style": style,
        "label": button.label,
        "custom_id": button.custom_id,
    });
    if let (Some(emoji), Some(body)) = (&button.emoji, body.as_object_mut()) {
        body.insert("emoji".to_owned(), json!({ "name": emoji }));
    }
    body
}

/// Whether a message that Discord knows says the same as one of ours: its text, the titles and
/// descriptions of its embeds, what its menus and buttons send, and the names of its files. Discord
/// trims white space, and a chart that could not be drawn was left out.
pub(super) fn says_the_same(known: &Value, ours: &Message) -> bool {
    let files = known.get("attachments").and_then(Value::as_array);
    has_words(known, ours)
        && custom_ids(known).eq(own_ids(ours))
        && has_files(files.map_or(&[][..], Vec::as_slice), &ours.files)
}

/// Whether a message that Discord knows is one of ours that may say something else by now: it has
/// one of its buttons or menus, or all its words.
pub(super) fn is_page(known: &Value, ours: &Message) -> bool {
    custom_ids(known).any(|known| own_ids(ours).any(|ours| ours == known)) || has_words(known, ours)
}

/// Whether the text and the titles and descriptions of the embeds are the same.
fn has_words(known: &Value, ours: &Message) -> bool {
    let embeds = known.get("embeds").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    text(known, "content") == ours.content.trim()
        && embeds.len() == ours.embeds.len()
        && embeds.iter().zip(&ours.embeds).all(|(known, ours)| {
            text(known, "title") == ours.title.trim()
                && text(known, "description") == ours.description.trim()
        })
}

/// What the menus and buttons of a message of ours send.
fn own_ids(ours: &Message) -> impl Iterator<Item = &str> {
    let menus = ours.menus.iter().map(|menu| menu.custom_id.as_str());
    menus.chain(ours.rows.iter().flatten().map(|button| button.custom_id.as_str()))
}

/// Whether these are the files that a message of ours would have, with all its charts or without
/// some.
fn has_files(known: &[Value], ours: &[File]) -> bool {
    let mut known = known.iter().map(|file| text(file, "filename")).peekable();
    for file in ours {
        let is_there = known.next_if(|known| *known == files::name(file)).is_some();
        if !is_there && matches!(file.content, Content::Text(_)) {
            return false;
        }
    }
    known.next().is_none()
}

/// What the menus and buttons of a message that Discord knows send when they are used.
pub(super) fn custom_ids(known: &Value) -> impl Iterator<Item = &str> {
    let rows = known.get("components").and_then(Value::as_array).into_iter().flatten();
    rows.flat_map(|row| row.get("components").and_then(Value::as_array).into_iter().flatten())
        .filter_map(|button| button.get("custom_id").and_then(Value::as_str))
}

fn text<'a>(known: &'a Value, key: &str) -> &'a str {
    known.get(key).and_then(Value::as_str).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Message {
        Message {
            content: "Hello ".to_owned(),
            embeds: vec![Embed { title: "T".to_owned(), ..Embed::default() }],
            rows: vec![vec![Button {
                custom_id: "show:1".to_owned(),
                label: "Show me".to_owned(),
                emoji: Some("💡".to_owned()),
                style: ButtonStyle::Primary,
            }]],
            ..Message::default()
        }
    }

    #[test]
    fn a_message_mentions_nobody_and_holds_no_empty_text() {
        insta::assert_snapshot!(Value::Object(message(&ours())), @r#"{"allowed_mentions":{"parse":[]},"components":[{"components":[{"custom_id":"show:1","emoji":{"name":"💡"},"label":"Show me","style":1,"type":2}],"type":1}],"content":"Hello ","embeds":[{"color":0,"title":"T"}]}"#);
    }

    fn menu() -> Menu {
        let option = |label: &str, description: &str, chosen| MenuOption {
            label: label.to_owned(),
            description: description.to_owned(),
            chosen,
        };
        Menu {
            custom_id: "tick:1".to_owned(),
            placeholder: "Key points".to_owned(),
            options: vec![option("Atomic", "All or nothing", true), option("Durable", "", false)],
            choose: (0, 9),
        }
    }

    #[test]
    fn a_menu_stands_above_the_buttons_and_sends_the_numbers_of_its_options() {
        let ours = Message { menus: vec![menu()], ..ours() };
        insta::assert_snapshot!(json!(message(&ours)["components"]), @r#"[{"components":[{"custom_id":"tick:1","max_values":2,"min_values":0,"options":[{"default":true,"description":"All or nothing","label":"Atomic","value":"0"},{"label":"Durable","value":"1"}],"placeholder":"Key points","type":3}],"type":1},{"components":[{"custom_id":"show:1","emoji":{"name":"💡"},"label":"Show me","style":1,"type":2}],"type":1}]"#);
    }

    #[test]
    fn a_form_leaves_out_what_is_empty() {
        let field = |value: &str, placeholder: &str, long| Field {
            label: "Your answer".to_owned(),
            placeholder: placeholder.to_owned(),
            value: value.to_owned(),
            most: 1_000,
            required: long,
            long,
        };
        let form = Form {
            custom_id: "answer:1".to_owned(),
            title: "Why?".to_owned(),
            fields: vec![field("", "Aloud is fine", true), field("before", "", false)],
        };
        insta::assert_snapshot!(super::form(&form), @r#"{"components":[{"components":[{"custom_id":"0","label":"Your answer","max_length":1000,"placeholder":"Aloud is fine","required":true,"style":2,"type":4}],"type":1},{"components":[{"custom_id":"1","label":"Your answer","max_length":1000,"required":false,"style":1,"type":4,"value":"before"}],"type":1}],"custom_id":"answer:1","title":"Why?"}"#);
    }

    #[test]
    fn a_message_says_the_same_as_it_did_before_it_was_sent() {
        let mut known = Value::Object(message(&ours()));
        known["content"] = json!("Hello");
        assert!(says_the_same(&known, &ours()));
        let with_menu = Message { menus: vec![menu()], ..ours() };
        assert!(!says_the_same(&known, &with_menu));
        assert!(says_the_same(&Value::Object(message(&with_menu)), &with_menu));
        known["components"] = json!([]);
        assert!(!says_the_same(&known, &ours()));
    }

    #[test]
    fn a_message_is_known_by_its_files_except_for_charts_that_were_left_out() {
        let radar = crate::chart::Radar {
            title: String::new(),
            axes: Vec::new(),
            rings: Vec::new(),
            series: Vec::new(),
        };
        let file =
            |name: &str, content| File { name: name.to_owned(), alt: String::new(), content };
        let files = vec![
            file("a chart.png", Content::Radar(radar)),
            file("a.md", Content::Text(String::new())),
        ];
        let ours = Message { files, ..ours() };
        let known = |names: &[&str]| {
            let mut known = Value::Object(message(&ours));
            known["attachments"] = names.iter().map(|name| json!({ "filename": name })).collect();
            says_the_same(&known, &ours)
        };
        assert!(known(&["a_chart.png", "a.md"]));
        assert!(known(&["a.md"]));
        assert!(!known(&["a_chart.png"]));
        assert!(!known(&["a_chart.png", "b.md"]));
        assert!(!known(&["a_chart.png", "a.md", "more.md"]));
        assert!(!known(&[]));
    }
}
