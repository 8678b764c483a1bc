//! What `mockingbird doctor` prints: what a data folder holds, file by file, what is wrong with it,
//! what can be kept, and what became of a repair. It does not know the bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::check::{ExitStatus, counted};
use crate::config::Config;
use crate::practice::{Team, TeamId};
use crate::store::{
    self, Folder, Inspected, Inspection, Lost, Notice, OpenError, RepairError, Repaired, Rescue,
    State, Unknown,
};

/// The data folder that a config file names.
///
/// # Errors
/// What is wrong with the file, and the way around it.
pub fn folder_of(config: &Path) -> Result<PathBuf, String> {
    Config::load(config).map(|config| config.data).map_err(|problems| {
        format!("{problems}\nWith `--data FOLDER` the folder is looked at without a config file.\n")
    })
}

/// Looks at a data folder and changes nothing; returns the text to print and how to end.
pub fn inspect(folder: &Path) -> (String, ExitStatus) {
    let disk = match existing(folder) {
        Ok(disk) => disk,
        Err(problem) => return (problem, ExitStatus::CouldNotRun),
    };
    match store::inspect::<Team>(&disk) {
        Ok(inspection) => described(&inspection),
        Err(error) => (format!("{}\n", in_words(&error)), ExitStatus::CouldNotRun),
    }
}

/// Whoever looks into a folder that is in use wants that one, and no other.
pub(crate) fn in_words(error: &OpenError) -> String {
    match error {
        OpenError::Locked { folder } => format!(
            "the data folder {} is in use: stop the bot first. If none runs on it, another \
             `mockingbird doctor` is at work there: wait for its end",
            folder.display()
        ),
        OpenError::Io { .. }
        | OpenError::Newer { .. }
        | OpenError::Damaged { .. }
        | OpenError::Missing { .. }
        | OpenError::NoWayBack { .. } => error.to_string(),
    }
}

/// A data folder that is there.
pub(crate) fn existing(folder: &Path) -> Result<Folder, String> {
    let shown = folder.display();
    Folder::existing(folder).map_err(|error| {
        format!(
            "cannot look into {shown}: {error}; is it the data folder (`data:` in the config \
             file), seen from where the bot runs?\n"
        )
    })
}

fn described(inspection: &Inspection<TeamId>) -> (String, ExitStatus) {
    let folder = inspection.folder.display();
    let mut text = format!("The data folder {folder}:\n");
    let width = inspection.files.iter().map(|file| file.name.len()).max().unwrap_or(0);
    for file in &inspection.files {
        let _ = writeln!(text, "  {:width$}  {}", file.name, file_text(file));
    }
    if inspection.files.is_empty() {
        text.push_str("  nothing\n");
    }
    text.push('\n');
    if inspection.is_good() {
        if let Ok(report) = &inspection.start {
            let _ = writeln!(text, "All is good. The bot starts with {}.", kept_text(report));
        }
        return (text, ExitStatus::Good);
    }
    match &inspection.start {
        Ok(report) => {
            let _ = writeln!(text, "The bot starts, with {}.", kept_text(report));
            for notice in &report.notices {
                let _ = writeln!(text, "  {}", notice_text(notice));
            }
        }
        Err(error) => {
            let _ = writeln!(text, "The bot does not start: {}.", error.fault());
        }
    }
    match &inspection.rescue {
        Ok(rescue) => push_rescue(&mut text, inspection, rescue),
        Err(error) => {
            let _ = writeln!(text, "{}", no_rescue_text(error.as_ref()));
        }
    }
    (text, ExitStatus::Problems)
}

fn push_rescue(text: &mut String, inspection: &Inspection<TeamId>, rescue: &Rescue<TeamId>) {
    if inspection.start.is_err() {
        let _ = writeln!(text, "What can be kept: {}.", kept_text(&rescue.kept));
    }
    push_lost(text, "What cannot be kept", &rescue.lost);
    let unreadable = |file: &&Inspected| matches!(file.state, State::Unreadable { .. });
    let in_the_way: Vec<_> = inspection.files.iter().filter(unreadable).collect();
    if !in_the_way.is_empty() {
        let names: Vec<_> = in_the_way.iter().map(|file| file.name.as_str()).collect();
        let _ = writeln!(
            text,
            "\nNot needed, and in the way of a repair because it cannot be copied: {}. Move that out \
             of the folder, then look again.",
            names.join(", ")
        );
        return;
    }
    let _ = writeln!(
        text,
        "\nA backup may hold more. To go on with what can be kept, stop the bot and run\n  \
         mockingbird doctor --data {} --repair\nIt first copies the files as they are into a \
         folder beside them.",
        inspection.folder.display()
    );
}

/// Why there is nothing to go on with.
fn no_rescue_text(error: Option<&OpenError>) -> String {
    match error {
        Some(OpenError::Newer { file, .. }) => format!(
            "{} was written by a newer Mockingbird, and nothing is to be repaired by this one: use \
             the newer version, also for `doctor`.",
            name(file)
        ),
        Some(OpenError::Io { path, .. }) => format!(
            "Nothing can be repaired while the system does not give {}: mend that first, then look \
             again.",
            name(path)
        ),
        Some(OpenError::NoWayBack { source, .. }) => no_rescue_text(Some(source)),
        Some(OpenError::Damaged { .. } | OpenError::Missing { .. } | OpenError::Locked { .. })
        | None => "There is nothing that could be gone on from: restore the folder from a backup. \
                   To begin with nothing instead, move all its files away."
            .to_owned(),
    }
}

/// What a state is made of.
fn kept_text(report: &store::Report) -> String {
    let teams = counted(report.owners, "team");
    let records = counted(usize::try_from(report.replayed).unwrap_or(usize::MAX), "record");
    match &report.snapshot {
        Some((file, begun)) => {
            format!("{teams}, from {} of {} and {records} after it", name(file), time(*begun))
        }
        None => format!("{teams}, from {records}"),
    }
}

/// A notice of what the next start would do.
fn notice_text(notice: &Notice) -> String {
    match notice {
        Notice::TornTail { file, offset, bytes, .. } => format!(
            "It cuts off the last {bytes} bytes of {}, from byte {offset} on. Either a crash cut \
             the last write short, and nobody was told of it; or it was damaged later. The two \
             look the same.",
            name(file)
        ),
        Notice::DamagedSnapshot { file, .. } => format!(
            "It does without {}, because an older snapshot and its journals hold the same.",
            name(file)
        ),
        Notice::NoJournals { snapshot } => format!(
            "It finds no journal beside {}: what happened after that snapshot is not known.",
            name(snapshot)
        ),
        Notice::Headless { file, bytes } => format!(
            "It removes {}, which is {bytes} bytes long and has no header. Either a crash cut its \
             beginning short, and nothing was in it; or it was emptied later.",
            name(file)
        ),
        Notice::Leftover { file } => {
            format!("It removes {}, which a crash left unfinished.", name(file))
        }
    }
}

fn push_lost(text: &mut String, title: &str, lost: &Lost<TeamId>) {
    if lost.is_nothing() {
        let _ = writeln!(text, "{title}: nothing is missing that has left a trace.");
        return;
    }
    let records: u64 = lost.records.values().map(|(first, last)| last - first + 1).sum();
    let records = counted(usize::try_from(records).unwrap_or(usize::MAX), "record");
    let teams = counted(lost.records.len(), "team");
    let at_least = if lost.unknown.is_empty() { "" } else { "at least " };
    let _ = if lost.records.is_empty() {
        writeln!(text, "{title}: nobody can tell; perhaps nothing, perhaps much.")
    } else {
        writeln!(
            text,
            "{title}: {at_least}{records} of {teams} (a record is what one decision changed)."
        )
    };
    for (team, (first, last)) in &lost.records {
        let _ = writeln!(text, "  {team}: records {first} to {last}");
    }
    for (file, offset, bytes) in &lost.unreadable {
        let _ = writeln!(
            text,
            "  {}, from byte {offset} on: {bytes} bytes in which nothing can be told any more",
            name(file)
        );
    }
    for unknown in &lost.unknown {
        let _ = writeln!(text, "  {}", unknown_text(unknown));
    }
    let (since, until) = (lost.since.map(time), lost.until.map(time));
    let _ = match (since, until) {
        (Some(since), Some(until)) => {
            writeln!(text, "  by the dates of the files, written from {since} to {until}")
        }
        (None, Some(until)) => writeln!(text, "  by the dates of the files, written up to {until}"),
        (Some(since), None) => {
            writeln!(text, "  by the dates of the files, written from {since} on")
        }
        (None, None) => Ok(()),
    };
}

fn unknown_text(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Gone(first, last) if first == last => {
            format!("{} is gone, and what was in it is not known", name(first))
        }
        Unknown::Gone(first, last) => {
            format!("{} to {} are gone, and what was in them is not known", name(first), name(last))
        }
        Unknown::Empty(file) => format!(
            "{} ends before its first record: what was in it, if anything, is not known",
            name(file)
        ),
        Unknown::Beginning(file) => format!(
            "{}: its beginning is damaged, which said how long the journal before it was; whether \
             all of that one is there is not known",
            name(file)
        ),
        Unknown::Before(file) => format!(
            "no snapshot is good, and there is no journal before {}: all that was only there is \
             lost",
            name(file)
        ),
    }
}

fn file_text(file: &Inspected) -> String {
    let written = file.written.map(|at| format!(", last written {}", time(at)));
    let written = written.unwrap_or_default();
    match &file.state {
        State::Snapshot { format, begun, owners } => {
            let teams = counted(*owners, "team");
            format!("good: {teams}, begun {}, format {format}", time(*begun))
        }
        State::Journal { format, records, owners } => {
            let teams = counted(*owners, "team");
            let records = counted(usize::try_from(*records).unwrap_or(usize::MAX), "record");
            format!("good: {records} of {teams}{written}, format {format}")
        }
        State::Torn { offset, bytes, records } => format!(
            "does not end with a whole record: good up to byte {offset} ({records} records), then \
             {bytes} bytes that are not{written}"
        ),
        State::Damaged { offset, what, records: (before, behind) } => {
            let records = match (before, behind) {
                (0, 0) => String::new(),
                (before, behind) => {
                    format!("; records that are good: {before} before, {behind} behind")
                }
            };
            format!("DAMAGED at byte {offset}: {what}{records}{written}")
        }
        State::Newer { found } => format!(
            "of a newer version: format {found}, and this one knows {}{written}",
            store::FORMAT
        ),
        State::Unreadable { cause } => format!("CANNOT BE READ: {cause}"),
        State::Missing { through } if file.name == format!("journal-{through}.mbj") => {
            "MISSING".to_owned()
        }
        State::Missing { through } => format!("MISSING, and all up to journal-{through}.mbj"),
        State::Headless { bytes } => format!("without a header: {bytes} bytes{written}"),
        State::Unfinished => "left unfinished by a crash; the next start removes it".to_owned(),
        State::Aside => format!("put aside by an earlier start{written}"),
        State::UnfinishedCopy => "an unfinished copy, left by a repair that was cut short; it can \
                                  be removed"
            .to_owned(),
        State::Copy => "a copy of the files as they were before a repair".to_owned(),
        State::Foreign => "not the bot's; it is left alone".to_owned(),
    }
}

fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Restores a data folder to its newest consistent state, where that is needed.
pub fn repair(folder: &Path, now: Timestamp) -> (String, ExitStatus) {
    let disk = match existing(folder) {
        Ok(disk) => disk,
        Err(problem) => return (problem, ExitStatus::CouldNotRun),
    };
    match store::repair::<Team>(&disk, now) {
        Ok(None) => {
            let (text, status) = inspect(folder);
            (format!("{text}There is nothing to repair, and nothing was changed.\n"), status)
        }
        Ok(Some(repaired)) => (repaired_text(&repaired), ExitStatus::Good),
        Err(error) => {
            let text = match &error {
                RepairError::Hopeless(why) => {
                    format!("{error}\n{}", no_rescue_text(why.as_ref()))
                }
                RepairError::Open(error) => in_words(error),
                RepairError::Io { .. }
                | RepairError::Unwritable { .. }
                | RepairError::Halfway { .. }
                | RepairError::Unlike { .. } => error.to_string(),
            };
            (format!("not repaired: {text}\n"), ExitStatus::CouldNotRun)
        }
    }
}

fn repaired_text(repaired: &Repaired<TeamId>) -> String {
    let mut text = format!(
        "The files as they were are in {}.\nRepaired: the bot starts with {}, which are now in {}; \
         it was read back and holds the same.\n",
        repaired.copy.display(),
        kept_text(&repaired.rescue.kept),
        repaired.snapshot.display()
    );
    push_lost(&mut text, "Lost", &repaired.rescue.lost);
    if let Some(trouble) = &repaired.trouble {
        let _ = writeln!(text, "An old file could not be removed ({trouble}); it does no harm.");
    }
    text
}
