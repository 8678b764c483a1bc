//! What was told once must be true for ever: it hears every answer that reached a member, in
//! order, and says what cannot be. It knows the program only by its answers.

use std::collections::{BTreeMap, BTreeSet};

use mockingbird_playground::model::{Interaction, Outcome};
use mockingbird_playground::{Id, World};

use crate::dailies::{Possible, Turn};
use crate::past::Member;
use crate::told::Told;
use crate::town::team_of;

/// What is known of a member's practice day.
#[derive(Debug, Default)]
struct Practice {
    /// Days in a row until yesterday.
    behind: u32,
    /// The life of the program in which it became known that today counted.
    counted: Option<usize>,
    /// Whether they were told that it counts from now on.
    told_so: bool,
}

/// What is known of all members and channels.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    practice: BTreeMap<Member, Practice>,
    /// Possible zones of a member, and the life in which the last of them was told.
    zones: BTreeMap<Member, (BTreeSet<Option<String>>, usize)>,
    dailies: BTreeMap<Id, (Possible, usize)>,
    /// Moments for which a daily was promised, by channel, in seconds.
    due: BTreeMap<Id, Option<i64>>,
    heard: BTreeSet<Id>,
    /// Comparisons of an answer with something that an earlier life had told.
    pub(crate) compared: usize,
    pub(crate) wrong: Vec<String>,
}

/// What an admin or a traveller asked for, in order, by channel or member; written down in the
/// moment in which it is asked.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) turns: BTreeMap<Id, Vec<Turn>>,
    pub(crate) zones: BTreeMap<Member, Vec<Option<&'static str>>>,
}

impl Oracle {
    pub(crate) fn new(behind: BTreeMap<Member, u32>) -> Self {
        let practice = behind
            .into_iter()
            .map(|(member, behind)| (member, Practice { behind, ..Practice::default() }));
        Self { practice: practice.collect(), ..Self::default() }
    }

    /// Hears what was told during a life of the program, after its end.
    pub(crate) fn hear(&mut self, life: usize, world: &World, asked: &mut Asked) {
        let new = |interaction: &&Interaction| !self.heard.contains(&interaction.id);
        let new: Vec<Interaction> = world.interactions().filter(new).cloned().collect();
        self.heard.extend(new.iter().map(|interaction| interaction.id));
        // Of one channel and of one member in the order in which it was asked: they wait for
        // each answer before they ask again.
        for interaction in &new {
            let told = match interaction.outcome {
                Outcome::Message(message) => world.message(message).map(Told::read),
                _ => None,
            };
            let Some(team) = team_of(world, interaction.channel) else { continue };
            let member = (team, interaction.user);
            let name = world.user(interaction.user).map_or("?", |user| &*user.name);
            let place = world.channel(interaction.channel).map_or("?", |channel| &*channel.name);
            let heard = match &*interaction.name {
                "zone" => self.zone(life, member, told.as_ref(), asked),
                command if command.starts_with("daily ") => {
                    self.daily(life, interaction, told.as_ref(), asked)
                }
                _ => told.map_or(Ok(()), |told| self.practised(life, member, &told)),
            };
            if let Err(what) = heard {
                self.wrong.push(format!("life {life}: {name} in #{place}: {what}"));
            }
        }
        self.read_reveals(life, world);
    }

    fn practised(&mut self, life: usize, member: Member, told: &Told) -> Result<(), String> {
        let (length, today, counted_now) = match told {
            Told::Shown { length, counted_now } => (*length, true, *counted_now),
            Told::Streak { length, today } => (*length, *today, false),
            Told::PostGone => return Err("a question that stands there is not known".to_owned()),
            _ => return Ok(()),
        };
        let practice = self.practice.entry(member).or_default();
        self.compared += usize::from(practice.counted.is_some_and(|before| before < life));
        let known = format!("{practice:?}");
        let sound = length == practice.behind + u32::from(today)
            && (today || practice.counted.is_none())
            && !(counted_now && (practice.told_so || practice.counted.is_some()));
        if today {
            practice.counted.get_or_insert(life);
        }
        practice.told_so |= counted_now;
        sound.then_some(()).ok_or_else(|| format!("was told {told:?}, after {known}"))
    }

    /// Who is named under an answer has practised. An answer that was decided before may be read
    /// after it, so this counts from the next life on.
    fn read_reveals(&mut self, life: usize, world: &World) {
        for thread in world.channels().filter(|channel| channel.kind.is_thread()) {
            let Some(team) = thread.team else { continue };
            for message in world.messages(thread.id) {
                let text = message.text();
                let Some((_, names)) = text.split_once("Revealed by\n") else { continue };
                for name in names.split("<@").skip(1) {
                    let id = name.split('>').next().and_then(|id| id.parse().ok());
                    let person = id.expect("the id of somebody");
                    let practice = self.practice.entry((team, person)).or_default();
                    practice.counted.get_or_insert(life);
                }
            }
        }
    }

    fn zone(
        &mut self,
        life: usize,
        member: Member,
        told: Option<&Told>,
        asked: &mut Asked,
    ) -> Result<(), String> {
        let wanted = asked.zones.get_mut(&member).and_then(|wanted| wanted.remove(0));
        let (possible, since) =
            self.zones.entry(member).or_insert_with(|| (BTreeSet::from([None]), life));
        let after = wanted.map(|zone| Some(zone.to_owned()));
        match told {
            Some(Told::Zone(zone)) => {
                self.compared += usize::from(wanted.is_none() && *since < life);
                let known = after.as_ref().map_or_else(|| possible.contains(zone), |a| a == zone);
                if !known {
                    return Err(format!("the zone is {zone:?}, but was one of {possible:?}"));
                }
                (*possible, *since) = (BTreeSet::from([zone.clone()]), life);
            }
            None | Some(Told::Unsaved) => possible.extend(after),
            Some(Told::Busy) => {}
            Some(other) => return Err(format!("/zone was answered {other:?}")),
        }
        Ok(())
    }

    fn daily(
        &mut self,
        life: usize,
        interaction: &Interaction,
        told: Option<&Told>,
        asked: &mut Asked,
    ) -> Result<(), String> {
        let channel = interaction.channel;
        let Some(turns) = asked.turns.get_mut(&channel) else {
            // A channel whose daily is due within minutes.
            if let (Some(Told::Daily(daily)), "daily set") = (told, &*interaction.name) {
                self.due.insert(channel, daily.next);
            }
            return Ok(());
        };
        let turn = turns.remove(0);
        let (possible, since) = self.dailies.entry(channel).or_default();
        self.compared += usize::from(told.is_some() && possible.is_certain() && *since < life);
        *since = life;
        possible.turn(turn, told)
    }

    /// How many dailies of today a channel must have, and may have.
    pub(crate) fn dailies(&self, channel: Id, now: i64) -> (usize, usize) {
        if let Some(next) = self.due.get(&channel) {
            let was_due = next.is_some_and(|next| next < now && now - next < 3_600);
            return (usize::from(was_due), 1);
        }
        let (must, may) =
            self.dailies.get(&channel).map_or((false, false), |(possible, _)| possible.posted());
        (usize::from(must), usize::from(may))
    }

    /// Those of whom nobody knows that their day counted.
    pub(crate) fn not_counted(&self, members: &BTreeSet<Member>) -> BTreeSet<Member> {
        let counted: BTreeSet<&Member> = self.counted().collect();
        members.iter().filter(|member| !counted.contains(member)).copied().collect()
    }

    /// How much was told and is not true any more.
    pub(crate) const fn lost(&self) -> usize {
        self.wrong.len()
    }

    /// Every member who was told that today counted.
    pub(crate) fn counted(&self) -> impl Iterator<Item = &Member> {
        self.practice.iter().filter(|(_, known)| known.counted.is_some()).map(|(member, _)| member)
    }
}
