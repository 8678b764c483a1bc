//! The limits of buttons, selects and forms.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{join, optional, text, url};
use crate::json::Json;
use crate::rest::error::FormErrors;

pub(super) fn rows(errors: &mut FormErrors, list: &[Value], path: &str) {
    errors.count(path, list.len(), 5);
    let mut seen = BTreeSet::new();
    for (at, row) in list.iter().enumerate() {
        let path = join(path, at);
        if row.at("type") != 1 {
            errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
            continue;
        }
        action_row(errors, row, &path, &mut seen);
    }
}

fn action_row(errors: &mut FormErrors, row: &Value, path: &str, seen: &mut BTreeSet<String>) {
    let children = row.list("components");
    let path = join(path, "components");
    let buttons = children.iter().filter(|c| c.at("type") == 2).count();
    let most = if buttons == children.len() { 5 } else { 1 };
    if children.is_empty() || children.len() > most {
        let message = format!("Must be between 1 and {most} in length.");
        errors.add(&path, "BASE_TYPE_BAD_LENGTH", message);
    }
    for (at, child) in children.iter().enumerate() {
        let path = join(&path, at);
        match child.at("type").as_u64() {
            Some(2) => button(errors, child, &path, seen),
            Some(3 | 5 | 6 | 7 | 8) => select(errors, child, &path, seen),
            _ => errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            ),
        }
    }
}

fn custom_id(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    let path = join(path, "custom_id");
    let id = of.text("custom_id");
    errors.length(&path, id, 1, 100);
    if !id.is_empty() && !seen.insert(id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        errors.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

fn button(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    optional(errors, of, "label", path, 80);
    match of.at("style").as_u64() {
        Some(1..=4) => custom_id(errors, of, path, seen),
        Some(5) => {
            errors.length(&join(path, "url"), of.text("url"), 1, 512);
            url(errors, of.at("url"), &join(path, "url"));
            if !of.at("custom_id").is_null() {
                let message = "A custom id and url cannot both be specified";
                errors.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        Some(6) => {}
        _ => errors.add(
            &join(path, "style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 4, 5, 6}.",
        ),
    }
    if text(of, "label").is_empty() && of.at("emoji").is_null() && of.at("style") != 6 {
        let message = "A button must have a label or an emoji";
        errors.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
}

fn select(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    custom_id(errors, of, path, seen);
    optional(errors, of, "placeholder", path, 150);
    let (min, max) =
        (of.at("min_values").as_u64().unwrap_or(1), of.at("max_values").as_u64().unwrap_or(1));
    if min > 25 {
        errors.add(
            &join(path, "min_values"),
            "NUMBER_TYPE_MAX",
            "int value should be between 0 and 25.",
        );
    }
    if !(1..=25).contains(&max) || max < min {
        errors.add(
            &join(path, "max_values"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 25.",
        );
    }
    if of.at("type") != 3 {
        return;
    }
    let options = of.list("options");
    if options.is_empty() || options.len() > 25 {
        errors.add(
            &join(path, "options"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 25 in length.",
        );
    }
    if !options.is_empty() && max > options.len() as u64 {
        let message = format!("int value should be less than or equal to {}.", options.len());
        errors.add(&join(path, "max_values"), "NUMBER_TYPE_MAX", message);
    }
    let chosen = options.iter().filter(|option| *option.at("default") == true).count();
    if chosen as u64 > max {
        let message = format!("The number of default values is more than {max}.");
        errors.add(&join(path, "options"), "SELECT_COMPONENT_MAX_VALUES", message);
    }
    let mut values = BTreeSet::new();
    for (at, option) in options.iter().enumerate() {
        let path = join(path, format!("options.{at}"));
        errors.length(&join(&path, "label"), text(option, "label"), 1, 100);
        errors.length(&join(&path, "value"), option.text("value"), 1, 100);
        optional(errors, option, "description", &path, 100);
        if !values.insert(option.at("value").to_string()) {
            let message = "The specified option value is already used";
            errors.add(&join(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}

/// Components of the second kind: counted, and their controls checked.
pub(super) fn components_v2(errors: &mut FormErrors, list: &[Value], path: &str) {
    fn walk(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) -> usize {
        let mut count = 1;
        match of.at("type").as_u64() {
            Some(1) => action_row(errors, of, path, seen),
            Some(10) => errors.length(&join(path, "content"), text(of, "content"), 1, 4000),
            Some(9 | 11..=14 | 17) => {}
            _ => errors.add(&join(path, "type"), "UNION_TYPE_CHOICES", "Unknown component type."),
        }
        let children = of.list("components");
        if of.at("type") == 1 {
            count += children.len();
        } else {
            for (at, child) in children.iter().enumerate() {
                count += walk(errors, child, &join(path, format!("components.{at}")), seen);
            }
        }
        count
    }
    let mut seen = BTreeSet::new();
    let count: usize =
        list.iter().enumerate().map(|(at, of)| walk(errors, of, &join(path, at), &mut seen)).sum();
    if count > 40 {
        errors.add(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40.",
        );
    }
}

/// Checks a form.
pub(crate) fn modal(errors: &mut FormErrors, data: &Value) {
    errors.length("data.custom_id", data.text("custom_id"), 1, 100);
    errors.length("data.title", text(data, "title"), 1, 45);
    let list = data.list("components");
    if list.is_empty() || list.len() > 5 {
        errors.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut seen = BTreeSet::new();
    for (at, row) in list.iter().enumerate() {
        let path = format!("data.components.{at}");
        match row.at("type").as_u64() {
            Some(1) => {
                let inputs = row.list("components");
                let [input] = inputs else {
                    let message = "Must be between 1 and 1 in length.";
                    errors.add(&join(&path, "components"), "BASE_TYPE_BAD_LENGTH", message);
                    continue;
                };
                let path = join(&path, "components.0");
                errors.length(&join(&path, "label"), text(input, "label"), 1, 45);
                text_input(errors, input, &path, &mut seen);
            }
            Some(18) => {
                errors.length(&join(&path, "label"), text(row, "label"), 1, 45);
                optional(errors, row, "description", &path, 100);
                let path = join(&path, "component");
                match row.at("component").at("type").as_u64() {
                    Some(4) => text_input(errors, row.at("component"), &path, &mut seen),
                    Some(3 | 5 | 6 | 7 | 8) => {
                        select(errors, row.at("component"), &path, &mut seen);
                    }
                    _ => errors.add(&path, "UNION_TYPE_CHOICES", "Unknown component type."),
                }
            }
            Some(10) => {}
            _ => errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
}

fn text_input(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    if of.at("type") != 4 {
        errors.add(
            &join(path, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (4,).",
        );
        return;
    }
    custom_id(errors, of, path, seen);
    if !matches!(of.at("style").as_u64(), Some(1 | 2)) {
        errors.add(&join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    optional(errors, of, "placeholder", path, 100);
    optional(errors, of, "value", path, 4000);
    let min = of.at("min_length").as_u64().unwrap_or(0);
    let max = of.at("max_length").as_u64().unwrap_or(4000);
    if min > 4000 {
        errors.add(
            &join(path, "min_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 0 and 4000.",
        );
    }
    if !(1..=4000).contains(&max) || max < min {
        errors.add(
            &join(path, "max_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 4000.",
        );
    }
    let length = of.text("value").chars().count() as u64;
    if length > 0 && (length > max || length < min) {
        errors.add(
            &join(path, "value"),
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {min} and {max} in length."),
        );
    }
}
