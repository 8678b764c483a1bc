//! `mockingbird doctor` itself, on real folders with the files of a real team: what it prints, how
//! it ends, and who is in its way.

#![expect(clippy::disallowed_methods, reason = "the program is tried with real files")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use jiff::Timestamp;
use mockingbird::practice::{Change, Team, TeamId};
use mockingbird::store::{Disk as _, Folder, Options, Store};

use crate::place::{Place, told};

#[test]
fn a_good_folder_is_described_and_left_as_it_is() {
    let place = Place::new();
    let before = place.names();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  good: 1 team, begun 1970-01-01 00:00:00 UTC, format 1
      journal-1.mbj   good: 1 record of 1 team, last written [time], format 1
      journal-2.mbj   good: 32 records of 1 team, last written [time], format 1

    All is good. The bot starts with 2 teams, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 32 records after it.
    ");
    assert_eq!(code, Some(0));
    assert_eq!(place.names(), before);
    assert!(!place.data().join("lock").exists(), "not even a lock is made");

    std::fs::create_dir_all(place.folder.path().join("config")).unwrap();
    std::fs::write(place.folder.path().join("config/mockingbird.yaml"), "data: data\n").unwrap();
    assert_eq!(place.doctor(&[]), (text, Some(0)), "the config file names the folder");
}

#[test]
fn damage_is_described_and_repaired_and_then_all_is_good() {
    let place = Place::damaged();
    let folder = Folder::open(place.data()).unwrap();
    folder.set_written("journal-1.mbj", Timestamp::UNIX_EPOCH).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  good: 1 team, begun 1970-01-01 00:00:00 UTC, format 1
      journal-1.mbj   good: 1 record of 1 team, last written 1970-01-01 00:00:00 UTC, format 1
      journal-2.mbj   DAMAGED at byte 349: the record there is not sound; records that are good: 6 before, 25 behind, last written [time]

    The bot does not start: data/journal-2.mbj is damaged at byte 349: the record there is not sound, and a later one at 433 is.
    What can be kept: 2 teams, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 6 records after it.
    What cannot be kept: 26 records of 1 team (a record is what one decision changed).
      private chat 18446744073709551615: records 7 to 32
      journal-2.mbj, from byte 349 on: 84 bytes in which nothing can be told any more
      by the dates of the files, written from 1970-01-01 00:00:00 UTC to [time]

    A backup may hold more. To go on with what can be kept, stop the bot and run
      mockingbird doctor --data data --repair
    It first copies the files as they are into a folder beside them.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The files as they were are in data/damaged-1.
    Repaired: the bot starts with 2 teams, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 6 records after it, which are now in data/snapshot-4.mbs; it was read back and holds the same.
    Lost: 26 records of 1 team (a record is what one decision changed).
      private chat 18446744073709551615: records 7 to 32
      journal-2.mbj, from byte 349 on: 84 bytes in which nothing can be told any more
      by the dates of the files, written from 1970-01-01 00:00:00 UTC to [time]
    ");
    assert_eq!(code, Some(0));
    assert_eq!(place.names(), ["damaged-1", "journal-4.mbj", "snapshot-4.mbs"]);
    let written = folder.written("damaged-1/journal-1.mbj").unwrap();
    assert_eq!(written, Some(Timestamp::UNIX_EPOCH), "a copy has the date of its file");
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-4.mbs  good: 2 teams, begun [time], format 5
      journal-4.mbj   good: 0 records of 0 teams, last written [time], format 5
      damaged-1       a copy of the files as they were before a repair

    All is good. The bot starts with 2 teams, from snapshot-4.mbs of [time] and 0 records after it.
    There is nothing to repair, and nothing was changed.
    ");
    assert_eq!(code, Some(0));
    assert_eq!(place.names(), ["damaged-1", "journal-4.mbj", "snapshot-4.mbs"]);

    // The next damage has a copy of its own.
    std::fs::write(place.data().join("journal-5.mbj"), [0; 99]).unwrap();
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The files as they were are in data/damaged-2.
    Repaired: the bot starts with 2 teams, from snapshot-4.mbs of [time] and 0 records after it, which are now in data/snapshot-7.mbs; it was read back and holds the same.
    Lost: nobody can tell; perhaps nothing, perhaps much.
      journal-5.mbj, from byte 30 on: 69 bytes in which nothing can be told any more
      journal-5.mbj: its beginning is damaged, which said how long the journal before it was; whether all of that one is there is not known
      by the dates of the files, written from [time] to [time]
    ");
    assert_eq!(code, Some(0));
    assert_eq!(place.names(), ["damaged-1", "damaged-2", "journal-7.mbj", "snapshot-7.mbs"]);
}

#[test]
fn what_cannot_be_looked_at_ends_with_two() {
    let place = Place::new();
    let (text, code) = place.doctor(&["--data", "nowhere"]);
    assert_snapshot!(text, @"cannot look into nowhere: No such file or directory (os error 2); is it the data folder (`data:` in the config file), seen from where the bot runs?");
    assert_eq!(code, Some(2));
    let (text, code) = place.doctor(&["--config", "nowhere.yaml"]);
    assert_snapshot!(text, @"
    error: the file cannot be read: No such file or directory (os error 2)
     --> nowhere.yaml
      = help: check the name, and whether the bot may read it

    With `--data FOLDER` the folder is looked at without a config file.
    ");
    assert_eq!(code, Some(2));

    let bot = Folder::open(place.data()).unwrap();
    let lock = bot.lock().unwrap().unwrap();
    for arguments in [&["--data", "data"][..], &["--data", "data", "--repair"]] {
        let (text, code) = place.doctor(arguments);
        assert!(text.contains("the data folder data is in use"), "{text}");
        assert!(text.contains("stop the bot"), "{text}");
        assert!(!text.contains("a folder of its own"), "{text}");
        assert_eq!(code, Some(2));
    }
    drop(lock);
    // A process that another test is just starting has the lock open until it runs.
    let free = (0..1_000).any(|_| {
        let (_, code) = place.doctor(&["--data", "data"]);
        if code != Some(0) {
            std::thread::sleep(Duration::from_millis(5));
        }
        code == Some(0)
    });
    assert!(free, "it is never let go of");
}

#[test]
fn where_nothing_can_be_kept_nothing_is_done() {
    let place = Place::new();
    std::fs::remove_file(place.data().join("snapshot-2.mbs")).unwrap();
    std::fs::remove_file(place.data().join("journal-1.mbj")).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      journal-1.mbj  MISSING
      journal-2.mbj  good: 32 records of 1 team, last written [time], format 1

    The bot does not start: data/snapshot-2.mbs is missing, and journal-2.mbj, for want of journal-1.mbj, needs it.
    What can be kept: 1 team, from 32 records.
    What cannot be kept: nobody can tell; perhaps nothing, perhaps much.
      no snapshot is good, and there is no journal before journal-2.mbj: all that was only there is lost
      by the dates of the files, written up to [time]

    A backup may hold more. To go on with what can be kept, stop the bot and run
      mockingbird doctor --data data --repair
    It first copies the files as they are into a folder beside them.
    ");
    assert_eq!(code, Some(1), "a team that began after that can be kept");

    place.change("journal-2.mbj", |bytes| bytes[50] ^= 1);
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      journal-1.mbj  MISSING
      journal-2.mbj  DAMAGED at byte 30: the record there is not sound; records that are good: 0 before, 31 behind, last written [time]

    The bot does not start: data/snapshot-2.mbs is missing, and journal-2.mbj, for want of journal-1.mbj, needs it.
    There is nothing that could be gone on from: restore the folder from a backup. To begin with nothing instead, move all its files away.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    not repaired: data/snapshot-2.mbs is missing, and journal-2.mbj, for want of journal-1.mbj, needs it
    There is nothing that could be gone on from: restore the folder from a backup. To begin with nothing instead, move all its files away.
    ");
    assert_eq!(code, Some(2));
    assert_eq!(place.names(), ["journal-2.mbj"]);
}

#[test]
fn what_is_broken_in_one_team_costs_no_other_team_anything() {
    let place = Place::new();
    // A team of its own, all of whose records come behind the damage.
    let folder = Arc::new(Folder::open(place.data()).unwrap());
    let store = Store::<Team, ()>::open(folder, Options::default()).unwrap().store;
    store.append(TeamId::Server(5), 1, &[Change::Founded { seed: 3 }], ()).unwrap();
    assert_eq!(store.close(Duration::from_mins(1)), 0);
    place.change("journal-2.mbj", |bytes| bytes[400] ^= 1);
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The files as they were are in data/damaged-1.
    Repaired: the bot starts with 3 teams, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 7 records after it, which are now in data/snapshot-5.mbs; it was read back and holds the same.
    Lost: 26 records of 1 team (a record is what one decision changed).
      private chat 18446744073709551615: records 7 to 32
      journal-2.mbj, from byte 349 on: 84 bytes in which nothing can be told any more
      by the dates of the files, written from [time] to [time]
    ");
    assert_eq!(code, Some(0));
}

#[test]
fn a_journal_that_is_empty_or_gone_is_told_to_be_lost() {
    let place = Place::new();
    std::fs::write(place.data().join("journal-2.mbj"), "").unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  good: 1 team, begun 1970-01-01 00:00:00 UTC, format 1
      journal-1.mbj   good: 1 record of 1 team, last written [time], format 1
      journal-2.mbj   DAMAGED at byte 0: it ends within its header, last written [time]

    The bot does not start: data/journal-2.mbj is damaged at byte 0: it ends within its header.
    What can be kept: 1 team, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 0 records after it.
    What cannot be kept: nobody can tell; perhaps nothing, perhaps much.
      journal-2.mbj ends before its first record: what was in it, if anything, is not known
      by the dates of the files, written from [time] to [time]

    A backup may hold more. To go on with what can be kept, stop the bot and run
      mockingbird doctor --data data --repair
    It first copies the files as they are into a folder beside them.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The files as they were are in data/damaged-1.
    Repaired: the bot starts with 1 team, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 0 records after it, which are now in data/snapshot-4.mbs; it was read back and holds the same.
    Lost: nobody can tell; perhaps nothing, perhaps much.
      journal-2.mbj ends before its first record: what was in it, if anything, is not known
      by the dates of the files, written from [time] to [time]
    ");
    assert_eq!(code, Some(0));

    let place = Place::new();
    std::fs::remove_file(place.data().join("journal-2.mbj")).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  good: 1 team, begun 1970-01-01 00:00:00 UTC, format 1
      journal-1.mbj   good: 1 record of 1 team, last written [time], format 1

    The bot does not start: data/journal-2.mbj is missing, and data/snapshot-2.mbs needs it.
    What can be kept: 1 team, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 0 records after it.
    What cannot be kept: nobody can tell; perhaps nothing, perhaps much.
      journal-2.mbj is gone, and what was in it is not known
      by the dates of the files, written from [time] on

    A backup may hold more. To go on with what can be kept, stop the bot and run
      mockingbird doctor --data data --repair
    It first copies the files as they are into a folder beside them.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    The files as they were are in data/damaged-1.
    Repaired: the bot starts with 1 team, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 0 records after it, which are now in data/snapshot-4.mbs; it was read back and holds the same.
    Lost: nobody can tell; perhaps nothing, perhaps much.
      journal-2.mbj is gone, and what was in it is not known
      by the dates of the files, written from [time] on
    ");
    assert_eq!(code, Some(0));
}

#[test]
fn beside_a_newer_file_nothing_is_repaired_and_nobody_is_told_to_move_files_away() {
    let place = Place::new();
    place.change("journal-2.mbj", |bytes| crate::break_files::make_newer(bytes, true));
    place.change("snapshot-2.mbs", |bytes| bytes[100] ^= 1);
    let before = place.names();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  DAMAGED at byte 30: its content cannot be unpacked: Data corruption detected, last written [time]
      journal-1.mbj   good: 1 record of 1 team, last written [time], format 1
      journal-2.mbj   of a newer version: format 99, and this one knows 5, last written [time]

    The bot does not start: data/snapshot-2.mbs is damaged at byte 30: its content cannot be unpacked: Data corruption detected; and data/journal-2.mbj was written by a newer Mockingbird (format 99).
    journal-2.mbj was written by a newer Mockingbird, and nothing is to be repaired by this one: use the newer version, also for `doctor`.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"
    not repaired: data/snapshot-2.mbs is damaged at byte 30: its content cannot be unpacked: Data corruption detected; and data/journal-2.mbj was written by a newer Mockingbird (format 99)
    journal-2.mbj was written by a newer Mockingbird, and nothing is to be repaired by this one: use the newer version, also for `doctor`.
    ");
    assert_eq!(code, Some(2));
    assert_eq!(place.names(), before);

    // A journal in its place that the system does not give.
    std::fs::remove_file(place.data().join("journal-2.mbj")).unwrap();
    std::fs::create_dir(place.data().join("journal-2.mbj")).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  DAMAGED at byte 30: its content cannot be unpacked: Data corruption detected, last written [time]
      journal-1.mbj   good: 1 record of 1 team, last written [time], format 1
      journal-2.mbj   CANNOT BE READ: it is not a plain file

    The bot does not start: data/snapshot-2.mbs is damaged at byte 30: its content cannot be unpacked: Data corruption detected; and cannot read data/journal-2.mbj: it is not a plain file; something else has that name: move it away, or name another folder (`data:` in the config file).
    Nothing can be repaired while the system does not give journal-2.mbj: mend that first, then look again.
    ");
    assert_eq!(code, Some(1));
}

#[test]
fn an_unfinished_copy_is_not_taken_for_a_copy() {
    let place = Place::new();
    std::fs::create_dir(place.data().join("damaged-1.tmp")).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    let line = text.lines().find(|line| line.contains("damaged-1.tmp")).unwrap();
    assert_snapshot!(line, @"  damaged-1.tmp   an unfinished copy, left by a repair that was cut short; it can be removed");
    assert_eq!(code, Some(0));
}

#[test]
fn what_cannot_be_copied_and_is_not_needed_is_to_be_moved_away_first() {
    let place = Place::damaged();
    std::fs::remove_file(place.data().join("journal-1.mbj")).unwrap();
    std::fs::create_dir(place.data().join("journal-1.mbj")).unwrap();
    let (text, code) = place.doctor(&["--data", "data"]);
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  good: 1 team, begun 1970-01-01 00:00:00 UTC, format 1
      journal-1.mbj   CANNOT BE READ: it is not a plain file
      journal-2.mbj   DAMAGED at byte 349: the record there is not sound; records that are good: 6 before, 25 behind, last written [time]

    The bot does not start: data/journal-2.mbj is damaged at byte 349: the record there is not sound, and a later one at 433 is.
    What can be kept: 2 teams, from snapshot-2.mbs of 1970-01-01 00:00:00 UTC and 6 records after it.
    What cannot be kept: 26 records of 1 team (a record is what one decision changed).
      private chat 18446744073709551615: records 7 to 32
      journal-2.mbj, from byte 349 on: 84 bytes in which nothing can be told any more
      by the dates of the files, written from [time] to [time]

    Not needed, and in the way of a repair because it cannot be copied: journal-1.mbj. Move that out of the folder, then look again.
    ");
    assert_eq!(code, Some(1));
    let (text, code) = place.doctor(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"not repaired: cannot copy data/journal-1.mbj: it is not a plain file; something else has that name: move it away, or name another folder (`data:` in the config file)");
    assert_eq!(code, Some(2));
}

#[test]
fn journals_that_were_not_needed_any_more_are_not_missing() {
    let place = Place::new();
    std::fs::remove_file(place.data().join("journal-1.mbj")).unwrap();
    place.change("snapshot-2.mbs", |bytes| bytes[100] ^= 1);
    let (text, _) = place.doctor(&["--data", "data"]);
    assert!(!text.contains("MISSING"), "{text}");
    assert_snapshot!(text, @"
    The data folder data:
      snapshot-2.mbs  DAMAGED at byte 30: its content cannot be unpacked: Data corruption detected, last written [time]
      journal-2.mbj   good: 32 records of 1 team, last written [time], format 1

    The bot does not start: data/snapshot-2.mbs is damaged at byte 30: its content cannot be unpacked: Data corruption detected; and data/journal-1.mbj is missing, and journal-2.mbj needs it.
    What can be kept: 1 team, from 32 records.
    What cannot be kept: nobody can tell; perhaps nothing, perhaps much.
      no snapshot is good, and there is no journal before journal-2.mbj: all that was only there is lost
      by the dates of the files, written up to [time]

    A backup may hold more. To go on with what can be kept, stop the bot and run
      mockingbird doctor --data data --repair
    It first copies the files as they are into a folder beside them.
    ");
}

#[test]
fn of_two_repairs_at_once_one_does_the_work() {
    for _ in 0..5 {
        let place = Place::damaged();
        let spawn = || {
            let mut command = place.command(&["--data", "data", "--repair"]);
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        };
        let (one, other) = (spawn(), spawn());
        let ends = [one, other].map(|child| told(&child.wait_with_output().unwrap()));
        let repaired = ends.iter().filter(|(text, _)| text.contains("Repaired: "));
        assert_eq!(repaired.count(), 1, "{ends:?}");
        assert_eq!(place.names(), ["damaged-1", "journal-4.mbj", "snapshot-4.mbs"]);
        assert_eq!(place.doctor(&["--data", "data"]).1, Some(0));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_repair_without_room_says_so_and_leaves_everything() {
    let place = Place::damaged();
    let before = place.names();
    let program = place.program.display();
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &format!("ulimit -f 0; exec {program} doctor --data data --repair")])
        .env_clear()
        .current_dir(place.folder.path());
    let (text, code) = told(&command.output().unwrap());
    assert_snapshot!(text, @"not repaired: cannot copy data/journal-1.mbj: File too large (os error 27); a limit on file sizes is in the way (`ulimit -f`): raise it");
    assert_eq!(code, Some(2));
    assert_eq!(place.names(), before);
}

/// Makes everything below belong to nobody in particular, where this test may.
#[cfg(target_os = "linux")]
fn give_away(path: &Path) -> bool {
    if path.is_dir() {
        let entries: Vec<_> = std::fs::read_dir(path).unwrap().collect();
        if !entries.into_iter().all(|entry| give_away(&entry.unwrap().path())) {
            return false;
        }
    }
    std::os::unix::fs::chown(path, Some(65_534), Some(65_534)).is_ok()
}

#[test]
#[cfg(target_os = "linux")]
fn what_root_repairs_belongs_to_whom_the_folder_belongs_to() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::damaged();
    // Only root can give files away, and only root can take them from the bot.
    if !give_away(&place.data()) {
        return;
    }
    assert_eq!(place.doctor(&["--data", "data", "--repair"]).1, Some(0));
    let data = place.data();
    for name in place.names().into_iter().chain(["lock".to_owned()]) {
        let path = data.join(&name);
        let below = std::fs::read_dir(&path).into_iter().flatten().map(|file| file.unwrap().path());
        for path in below.chain([path.clone()]) {
            let file = std::fs::metadata(&path).unwrap();
            assert_eq!((file.uid(), file.gid()), (65_534, 65_534), "{}", path.display());
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_may_not_be_written_is_inspected_but_not_repaired() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    // Whoever it is that the program runs as must be able to come there, wherever `TMPDIR` is.
    let mut place = Place::of(tempfile::TempDir::new_in("/tmp").unwrap()).broken();
    // Nothing is forbidden to root: then the program runs as somebody else.
    let program = place.folder.path().join("program");
    // Copied by another process: a program that anybody here has open to write does not start.
    let copied = Command::new("cp").args([&place.program, &program]).status().unwrap();
    assert!(copied.success());
    place.program = program;
    let is_root = give_away(place.folder.path());
    let allow = |mode| {
        std::fs::set_permissions(place.data(), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    let run = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        told(&command.output().unwrap())
    };
    let (text, code) = run(&["--data", "data"]);
    assert!(text.contains("DAMAGED at byte 349"), "{text}");
    assert_eq!(code, Some(1));
    let (text, code) = run(&["--data", "data", "--repair"]);
    assert_snapshot!(text, @"not repaired: cannot lock data: Permission denied (os error 13); give the account that runs Mockingbird the right to read and write there");
    assert_eq!(code, Some(2));
    allow(0o755);
}
