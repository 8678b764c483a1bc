//! Files written by the first version of every format. They must load for ever; nobody changes
//! them. For a new format a folder is added beside the old ones.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mockingbird::store::{Disk, Folder};
use tempfile::TempDir;

use crate::toy::{Keeper, Owners, grew, noted};

/// The newest format.
const NEWEST: &str = "v5";

/// The files of a format. Where they are missing they are written, and the test fails, so that
/// somebody looks.
fn folder(format: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store").join(format);
    if !folder.exists() {
        write(&folder);
        Folder::open(&folder).unwrap().remove("lock").unwrap();
        panic!("{} was missing and is written anew: commit it", folder.display());
    }
    folder
}

/// The history in the files: a snapshot with a journal before and one after it.
fn write(folder: &Path) -> Owners {
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder).unwrap());
    let mut keeper = Keeper::open(&disk).unwrap();
    keeper.keep(1, &[grew(7, 1), noted("the first note")]);
    keeper.keep(u64::MAX, &[grew(u32::MAX, 300)]);
    keeper.snapshot().unwrap();
    keeper.keep(1, &[grew(7, 1), grew(8, 128)]);
    keeper.keep(2, &[noted("ünï¢ode 💡")]);
    keeper.keep(u64::MAX, &[]);
    keeper.close()
}

pub(crate) fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    let disk = Folder::open(folder).unwrap();
    let mut bytes = Vec::new();
    disk.read(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_first_format_still_loads() {
    it_loads("v1");
}

#[test]
fn the_second_format_still_loads() {
    it_loads("v2");
}

#[test]
fn the_third_format_loads() {
    it_loads("v3");
}

#[test]
fn the_fourth_format_loads() {
    it_loads("v4");
}

#[test]
fn the_fifth_format_loads() {
    it_loads(NEWEST);
}

fn it_loads(format: &str) {
    let copy = TempDir::new().unwrap();
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(copy.path()).unwrap());
    for name in ["journal-1.mbj", "journal-2.mbj", "snapshot-2.mbs"] {
        disk.create(name).unwrap().write_all(&bytes(&folder(format), name)).unwrap();
    }
    let keeper = Keeper::open(&disk).unwrap();
    assert_eq!(keeper.report.notices, []);
    assert_eq!(keeper.report.replayed, 3);
    let elsewhere = TempDir::new().unwrap();
    assert_eq!(keeper.owners, write(elsewhere.path()));
}

#[test]
fn a_change_of_the_format_does_not_go_unnoticed() {
    let fresh = TempDir::new().unwrap();
    write(fresh.path());
    for name in ["journal-1.mbj", "journal-2.mbj"] {
        assert_eq!(bytes(fresh.path(), name), bytes(&folder(NEWEST), name), "{name}");
    }
    // What follows the header is compressed, and need not be the same with every compressor.
    let header = |folder| bytes(folder, "snapshot-2.mbs")[..30].to_vec();
    assert_eq!(header(fresh.path()), header(&folder(NEWEST)));
}
