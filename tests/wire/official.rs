//! Discord's own description of its REST interface: where it is, and what it says of a request.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

/// The description, if it is there: `shared/discord/openapi.json` beside the repository or further
/// up.
pub(crate) fn description() -> Option<&'static Value> {
    static DESCRIPTION: OnceLock<Option<Value>> = OnceLock::new();
    let find = || {
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut file = above.map(|folder| folder.join("shared/discord/openapi.json"));
        let text = file.find_map(|file| std::fs::read_to_string(file).ok())?;
        Some(serde_json::from_str(&text).expect("the description is JSON"))
    };
    DESCRIPTION.get_or_init(find).as_ref()
}

/// What an answer has to be.
pub(crate) enum Answer {
    /// The description has none of this status.
    Undescribed,
    /// Without a body.
    Empty,
    /// As this schema says.
    Json(&'static Value),
}

/// One operation of the description.
pub(crate) struct Operation {
    /// Its method and path, `GET /channels/{channel_id}`.
    pub(crate) name: String,
    item: &'static Value,
    rules: &'static Value,
    document: &'static Value,
}

impl Operation {
    /// The operation of a request.
    pub(crate) fn of(document: &'static Value, method: &str, path: &str) -> Option<Self> {
        let method = method.to_lowercase();
        let paths = document["paths"].as_object().into_iter().flatten();
        let fitting = paths
            .filter(|(template, item)| fits(template, path) && item.get(&method).is_some())
            // `@original` comes before any message.
            .min_by_key(|(template, _)| template.matches('{').count());
        fitting.map(|(template, item)| Self {
            name: format!("{} {template}", method.to_uppercase()),
            item,
            rules: &item[method.as_str()],
            document,
        })
    }

    /// What the body has to be; none where there may be none.
    pub(crate) fn body(&self) -> Option<&'static Value> {
        self.rules.pointer("/requestBody/content/application~1json/schema")
    }

    /// What a parameter of the query has to be.
    pub(crate) fn parameter(&self, name: &str) -> Option<&'static Value> {
        let own = self.rules["parameters"].as_array().into_iter().flatten();
        let shared = self.item["parameters"].as_array().into_iter().flatten();
        own.chain(shared)
            .find(|parameter| parameter["name"] == name && parameter["in"] == "query")
            .map(|parameter| &parameter["schema"])
    }

    /// What the answer of this status has to be.
    pub(crate) fn answer(&self, status: u16) -> Answer {
        let answers = &self.rules["responses"];
        let kind = format!("{}XX", status / 100);
        let Some(mut answer) = answers.get(status.to_string()).or_else(|| answers.get(kind)) else {
            return Answer::Undescribed;
        };
        if let Some(path) = answer["$ref"].as_str() {
            answer = self.document.pointer(path.trim_start_matches('#')).expect("it leads there");
        }
        answer.pointer("/content/application~1json/schema").map_or(Answer::Empty, Answer::Json)
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given))
                if wanted == given || wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}
