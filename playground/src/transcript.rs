//! A channel, or everything, as text that is stable from run to run: no ids,
//! times of the world in UTC, one line an act, contents indented.

use crate::Id;
use crate::world::World;
use crate::world::acts::Act;

/// The column at which lines after the first begin.
const INDENT: &str = "         ";

impl World {
    /// What happened in a channel and its threads so far.
    pub fn transcript(&self, channel: Id) -> String {
        let here = |act: &&Act| {
            act.channel == channel
                || self.channels.get(&act.channel).is_some_and(|c| c.parent == Some(channel))
        };
        self.acts.iter().filter(here).map(render).collect()
    }

    /// Everything that happened since the last call.
    pub(crate) fn take_transcript(&mut self) -> String {
        let fresh = self.acts.iter_mut().filter(|act| !act.taken);
        fresh
            .map(|act| {
                act.taken = true;
                render(act)
            })
            .collect()
    }
}

fn render(act: &Act) -> String {
    let time = act.at.strftime("%H:%M");
    let mut text = format!("{time}  {}\n", act.line);
    for line in &act.body {
        text.push_str(format!("{INDENT}{line}").trim_end());
        text.push('\n');
    }
    let mut last = Vec::new();
    if !act.buttons.is_empty() {
        last.push(act.buttons.clone());
    }
    last.extend(act.marks.iter().map(|emoji| format!("{emoji}×1")));
    if !last.is_empty() {
        text.push_str(INDENT);
        text.push_str(&last.join("  "));
        text.push('\n');
    }
    text
}
