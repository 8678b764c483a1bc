//! Buttons, selects and forms become the `data` of an interaction.

use serde_json::{Value, json};

use super::ActError;
use crate::json::Json;
use crate::world::model::{Field, Message, Modal};

/// The `data` of a press or choice, and the control as it reads.
pub(crate) fn component_data(
    message: &Message,
    named: &str,
    values: &[&str],
) -> Result<(Value, String), ActError> {
    let controls = message.controls();
    let by = |key: &str| controls.iter().find(|c| c.at(key) == named);
    let control = by("custom_id")
        .or_else(|| by("label"))
        .or_else(|| by("placeholder"))
        .or_else(|| controls.iter().find(|c| c.at("emoji").at("name") == named))
        .ok_or_else(|| ActError::NoControl(named.to_owned()))?;
    if control.at("disabled") == true {
        return Err(ActError::Disabled(named.to_owned()));
    }
    let custom_id = control.text("custom_id");
    if custom_id.is_empty() {
        // A link opens a page; the bot hears nothing of it.
        return Err(ActError::NoControl(named.to_owned()));
    }
    let kind = control.at("type").as_u64().unwrap_or(0);
    let face = ["label", "placeholder"].iter().find_map(|key| control.at(key).as_str());
    let face = face.or_else(|| control.at("emoji").at("name").as_str()).unwrap_or(custom_id);
    let mut data = json!({"custom_id": custom_id, "component_type": kind});
    if kind == 2 {
        return Ok((data, face.to_owned()));
    }
    let bad = |why: &str| ActError::BadValue(named.to_owned(), why.to_owned());
    let min = control.at("min_values").as_u64().unwrap_or(1);
    let max = control.at("max_values").as_u64().unwrap_or(1);
    if !(min..=max).contains(&(values.len() as u64)) {
        return Err(bad("too few or too many"));
    }
    if kind == 3 {
        let options = control.list("options");
        if !values.iter().all(|value| options.iter().any(|o| o.at("value") == *value)) {
            return Err(bad("not one of the options"));
        }
    }
    data.set("values", json!(values));
    Ok((data, format!("{face}: {}", values.join(", "))))
}

/// The `data` of a filled form. A field that is not named keeps its value.
pub(crate) fn modal_data(modal: &Modal, given: &[(&str, &str)]) -> Result<Value, ActError> {
    let names = |field: &Field, name: &str| field.custom_id == name || field.label == name;
    for (name, _) in given {
        if !modal.fields.iter().any(|field| names(field, name)) {
            return Err(ActError::UnknownOption((*name).to_owned()));
        }
    }
    let mut rows = Vec::new();
    for field in &modal.fields {
        let text = given.iter().find(|(name, _)| names(field, name)).map(|(_, text)| *text);
        let text = text.unwrap_or(&field.value);
        let length = text.chars().count() as u64;
        if length == 0 && field.required {
            return Err(ActError::MissingOption(field.label.clone()));
        }
        if length > 0 && (length < field.min || length > field.max) {
            let why = format!("{} to {} characters", field.min, field.max);
            return Err(ActError::BadValue(field.label.clone(), why));
        }
        // Discord numbers what has no number.
        let id = 2 * rows.len() + 1;
        let input = json!({"type": 4, "id": id + 1, "custom_id": field.custom_id, "value": text});
        rows.push(json!({"type": 1, "id": id, "components": [input]}));
    }
    Ok(json!({"custom_id": modal.custom_id, "components": rows}))
}
