//! Loads the bank: the only place that reads its files, and the checks that take all of them.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::yaml::{self, Place, Problem, Problems, Report, Source, nearest};

use super::read::{Sheet, read};
use super::{Key, QuestionBank, QuestionId};

/// As much text as takes longer to read than a thread takes to start, in bytes.
const WORTH_A_THREAD: usize = 256 * 1024;

impl QuestionBank {
    /// Reads all `.yaml` and `.yml` files of a folder; hidden files and folders are passed over.
    ///
    /// # Errors
    /// All problems of all files, if there is any: the folder or a file cannot be read, or what it
    /// says is no bank.
    pub fn load(folder: &Path) -> Result<Self, Problems> {
        let shown = folder.display().to_string();
        let mut problems = Problems::default();
        let mut files = Vec::new();
        match yaml::names_of_files(folder) {
            Ok(names) if names.is_empty() => problems.push(Problem::of_file(
                &shown,
                "this folder holds no questions",
                "put one file a topic there, such as `databases.yaml`, or name another folder \
                 behind `questions:` in the config file",
            )),
            Ok(names) => {
                let read = yaml::read_folder(folder, &names);
                files = read.0;
                problems.extend(read.1);
            }
            Err(error) => problems.push(Problem::of_file(
                &shown,
                &format!("the folder of the questions cannot be read: {error}"),
                "name the right folder behind `questions:` in the config file; it is relative to \
                 the folder in which the bot is started",
            )),
        }
        // A question of an unread file is no dangling reference.
        let complete = problems.is_empty();
        let (bank, found) = parse(&files, complete);
        problems.extend(found);
        problems.or(bank)
    }

    /// Reads files that are in memory: each its path and its text.
    ///
    /// # Errors
    /// All problems of all files, if there is any.
    pub fn parse<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Self, Problems> {
        let (bank, problems) = parse(files, true);
        problems.or(bank)
    }
}

/// Reads all files; `complete` says whether these are all there are.
fn parse<P: AsRef<str>, T: AsRef<str>>(
    files: &[(P, T)],
    complete: bool,
) -> (QuestionBank, Problems) {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|(path, text)| Source { path: path.as_ref(), text: text.as_ref(), private: false })
        .collect();
    let (mut reports, sheets): (Vec<_>, Vec<_>) = read_all(&sources).into_iter().unzip();
    compare(&mut reports, &sheets, complete);
    let mut problems = Problems::default();
    for report in reports {
        problems.extend(report.into_problems());
    }
    let aliases: Vec<_> = sheets.iter().filter_map(Sheet::aliases).collect();
    let bank = QuestionBank::of(sheets.into_iter().flat_map(|sheet| sheet.questions));
    (bank.with_aliases(aliases), problems)
}

/// Reads the files, large banks on several threads; the result is in the order of the files.
fn read_all<'a>(sources: &[Source<'a>]) -> Vec<(Report<'a>, Sheet)> {
    let one = |source: &Source<'a>| {
        let mut report = Report::new(*source);
        let sheet = read(&mut report);
        (report, sheet)
    };
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let workers = cores.min(bytes / WORTH_A_THREAD + 1).min(sources.len());
    if workers <= 1 {
        return sources.iter().map(one).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(source) = sources.get(index) else {
                return done;
            };
            done.push((index, one(source)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, read)| read).collect()
}

/// The checks that take all files.
fn compare(reports: &mut [Report<'_>], sheets: &[Sheet], complete: bool) {
    let topics = each(sheets, |sheet| sheet.topic.iter().map(|(name, at)| (name.to_string(), *at)));
    let topics = unique(reports, topics, "topic", "put the questions of a topic into one file");
    // Members choose a topic by its title and its aliases too.
    let titles = each(sheets, |sheet| sheet.title.iter().map(|(t, at)| (t.to_lowercase(), *at)));
    let titles = unique(reports, titles, "title", "give each topic its own title");
    let aliases = each(sheets, |sheet| sheet.aliases.iter().cloned());
    let first = topics.into_iter().chain(titles).collect();
    unique_after(first, reports, aliases, "alias", "leave it to one of the two topics");
    let ids = each(sheets, |sheet| sheet.ids.iter().cloned());
    let ids = unique(reports, ids, "id", "give one of the two another id");
    two_of_a_key(reports, &ids);
    // A question of a file that was not read to its end may well exist.
    if !complete || sheets.iter().any(|sheet| !sheet.whole) {
        return;
    }
    for (file, id, at) in each(sheets, |sheet| sheet.related.iter().cloned()) {
        if ids.contains_key(&id) {
            continue;
        }
        if let Some(report) = reports.get_mut(file) {
            report.add(|source| {
                let help = match nearest(&id, ids.keys().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "name a question of this bank, or delete the entry".to_owned(),
                };
                Problem::at(source, at, &format!("no question is called `{id}`"), &help)
            });
        }
    }
}

/// Reports ids that have the same key: what is remembered of one would be taken for the other's.
fn two_of_a_key(reports: &mut [Report<'_>], ids: &BTreeMap<String, (usize, Place)>) {
    let mut keys: BTreeMap<Key, (&str, usize, Place)> = BTreeMap::new();
    for (id, (file, at)) in ids {
        let key = Key::of(&QuestionId::new(id));
        let Some((other, first, place)) = keys.insert(key, (id, *file, *at)) else {
            continue;
        };
        let source = reports.get(first).map(|report| report.source);
        if let (Some(source), Some(report)) = (source, reports.get_mut(*file)) {
            report.add(|own| {
                let message =
                    format!("the ids `{other}` and `{id}` have the same hash, by mere chance");
                let help = "give the newer one of the two another id: by this hash the bot \
                            remembers who knows which question";
                Problem::at(own, *at, &message, help).with_note(&source, place, "the other is here")
            });
        }
    }
}

/// A name, and in which file and where it stands.
type Named = (usize, String, Place);

fn each<'s, N: Iterator<Item = (String, Place)> + 's>(
    sheets: &'s [Sheet],
    names: impl Fn(&'s Sheet) -> N + 's,
) -> impl Iterator<Item = Named> + 's {
    sheets
        .iter()
        .enumerate()
        .flat_map(move |(file, sheet)| names(sheet).map(move |(name, at)| (file, name, at)))
}

/// Reports each name that was used before, with both places; returns the first place of each.
fn unique(
    reports: &mut [Report<'_>],
    names: impl Iterator<Item = Named>,
    what: &str,
    help: &str,
) -> BTreeMap<String, (usize, Place)> {
    unique_after(BTreeMap::new(), reports, names, what, help)
}

/// The same where some names are taken from the beginning.
fn unique_after(
    mut first: BTreeMap<String, (usize, Place)>,
    reports: &mut [Report<'_>],
    names: impl Iterator<Item = Named>,
    what: &str,
    help: &str,
) -> BTreeMap<String, (usize, Place)> {
    for (file, name, at) in names {
        let Some((earlier, place)) = first.get(&name).copied() else {
            first.insert(name, (file, at));
            continue;
        };
        let source = reports.get(earlier).map(|report| report.source);
        if let (Some(source), Some(report)) = (source, reports.get_mut(file)) {
            report.add(|own| {
                Problem::at(own, at, &format!("the {what} `{name}` is used twice"), help).with_note(
                    &source,
                    place,
                    "it is first used here",
                )
            });
        }
    }
    first
}
