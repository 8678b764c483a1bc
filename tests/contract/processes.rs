//! Two real processes and one real folder. The second process is this test program again, running
//! one test on a folder that it is given.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use mockingbird::store::{Disk, Folder, OpenError};
use tempfile::TempDir;

use crate::toy::{Keeper, grew};

/// Names the folder for a process that is to be killed.
const FOLDER: &str = "STORE_TEST_FOLDER";

/// Starts this program again on a folder and gives back what it prints.
fn helper(folder: &TempDir) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::decisions_are_confirmed_in_order", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines.map_while(Result::ok))
}

/// Runs for ever on the folder that another test names, and for a while otherwise.
#[test]
fn decisions_are_confirmed_in_order() {
    let own = TempDir::new().unwrap();
    let given = std::env::var_os(FOLDER);
    let folder = given.as_deref().unwrap_or(own.path().as_os_str());
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder).unwrap());
    let mut keeper = Keeper::open(&disk).unwrap();
    println!("open");
    let mut last = keeper.owners.get(&1).map_or(0, |(seq, _)| *seq);
    for round in 0.. {
        if given.is_none() && round == 100 {
            break;
        }
        for _ in 0..round % 7 {
            keeper.decide(1, &[grew(1, 1)]).unwrap();
        }
        for (_, seq) in keeper.confirmed(round % 7) {
            println!("confirmed {seq}");
            last += 1;
            assert_eq!(seq, last);
        }
        if round % 50 == 49 {
            keeper.snapshot().unwrap();
        }
    }
    assert_eq!(last, 295);
}

#[test]
fn a_second_process_on_the_same_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let (mut child, mut lines) = helper(&folder);
    assert!(lines.any(|line| line.ends_with("open")));
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder.path()).unwrap());
    let error = Keeper::open(&disk).err().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    Keeper::open(&disk).unwrap();
}

#[test]
fn a_killed_process_loses_nothing_it_had_confirmed() {
    let folder = TempDir::new().unwrap();
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder.path()).unwrap());
    let mut last = 0;
    for _ in 0..4 {
        let (mut child, lines) = helper(&folder);
        let mut confirmed = lines.filter_map(|line| line.strip_prefix("confirmed ")?.parse().ok());
        last = confirmed.nth(400).unwrap_or(last);
        child.kill().unwrap();
        last = confirmed.last().unwrap_or(last);
        child.wait().unwrap();
        let keeper = Keeper::open(&disk).unwrap();
        let (seq, toy) = &keeper.owners[&1];
        assert!(*seq >= last, "{seq} kept, {last} confirmed");
        assert_eq!(u64::from(toy.streaks[&1]), *seq);
    }
    assert!(last > 1600);
}
