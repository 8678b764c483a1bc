//! Two real processes and one real folder. The second process is this test program again, running
//! one of the helpers below.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use mockingbird::store::{Disk, Folder, OpenError};
use tempfile::TempDir;

use crate::toy::{Keeper, grew};

/// Starts a helper on a folder and gives back what it prints.
fn helper(name: &str, folder: &TempDir) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", name, "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.as_mut().unwrap();
    writeln!(stdin, "{}", folder.path().display()).unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines.map_while(Result::ok))
}

/// The folder that the parent process named.
fn given_folder() -> Arc<dyn Disk> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    Arc::new(Folder::open(line.trim_end()).unwrap())
}

#[test]
#[ignore = "a helper of the tests below, which start it as a process of its own"]
fn helper_that_decides_until_it_is_killed() {
    let mut keeper = Keeper::open(&given_folder()).unwrap();
    println!("open");
    for round in 0.. {
        for _ in 0..round % 7 {
            keeper.decide(1, &[grew(1, 1)]).unwrap();
        }
        for (_, seq) in keeper.confirmed(round % 7) {
            println!("confirmed {seq}");
        }
        if round % 50 == 49 {
            keeper.snapshot().unwrap();
        }
    }
}

#[test]
fn a_second_process_on_the_same_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let (mut child, mut lines) =
        helper("processes::helper_that_decides_until_it_is_killed", &folder);
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
        let (mut child, lines) =
            helper("processes::helper_that_decides_until_it_is_killed", &folder);
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
