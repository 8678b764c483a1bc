//! A folder in memory that never fails: what is read from it is what was put there.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use mockingbird::store::{Disk, DiskFile};

/// The content of a folder and the folders in it, by path; a folder ends with `/`.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A folder; copies share it.
#[derive(Clone, Default)]
pub(super) struct Memory {
    all: Arc<Mutex<Files>>,
    /// What its paths begin with: nothing, or a folder.
    inside: String,
}

impl Memory {
    pub(super) fn holding(name: &str, bytes: &[u8]) -> Self {
        Self::of(Files::from([(name.to_owned(), bytes.to_vec())]))
    }

    pub(super) fn of(files: Files) -> Self {
        Self { all: Arc::new(Mutex::new(files)), inside: String::new() }
    }

    pub(super) fn files(&self) -> Files {
        self.lock_files().clone()
    }

    pub(super) fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(self.clone())
    }

    fn lock_files(&self) -> MutexGuard<'_, Files> {
        self.all.lock().expect("nobody panics while the folder is held")
    }

    fn path(&self, name: &str) -> String {
        format!("{}{name}", self.inside)
    }

    fn with<T>(&self, name: &str, done: impl FnOnce(&mut Vec<u8>) -> T) -> io::Result<T> {
        let path = self.path(name);
        self.lock_files().get_mut(&path).map(done).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

fn shorten(bytes: &mut Vec<u8>, length: u64) {
    bytes.truncate(usize::try_from(length).unwrap_or(usize::MAX));
}

impl Disk for Memory {
    fn folder(&self) -> &Path {
        Path::new("data")
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        Ok(Some(Box::new(())))
    }

    fn watch(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        Ok(Some(Box::new(())))
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let files = self.lock_files();
        let inside = files.keys().filter_map(|path| path.strip_prefix(&self.inside));
        let names =
            inside.filter_map(|path| path.split('/').next()).filter(|name| !name.is_empty());
        Ok(names.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect())
    }

    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let bytes = self.with(name, |bytes| bytes.clone())?;
        Ok(Box::new(Cursor::new(bytes)))
    }

    fn written(&self, _: &str) -> io::Result<Option<Timestamp>> {
        Ok(None)
    }

    fn set_written(&self, _: &str, _: Timestamp) -> io::Result<()> {
        Ok(())
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let taken = self.lock_files().insert(self.path(name), Vec::new());
        assert_eq!(taken, None, "{name} is overwritten");
        Ok(Box::new(Open { folder: self.clone(), name: name.to_owned() }))
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        self.with(name, |bytes| shorten(bytes, length))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (self.path(from), self.path(to));
        let mut files = self.lock_files();
        let is_meant = |path: &String| *path == from || path.starts_with(&format!("{from}/"));
        let paths: Vec<String> = files.keys().filter(|path| is_meant(path)).cloned().collect();
        for path in &paths {
            let bytes = files.remove(path).unwrap_or_default();
            files.insert(path.replacen(&from, &to, 1), bytes);
        }
        if paths.is_empty() { Err(ErrorKind::NotFound.into()) } else { Ok(()) }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        self.lock_files().remove(&path).map(drop).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn make_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        let inside = self.path(&format!("{name}/"));
        self.lock_files().insert(inside.clone(), Vec::new());
        Ok(Arc::new(Self { all: Arc::clone(&self.all), inside }))
    }

    fn open_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        let inside = self.path(&format!("{name}/"));
        if !self.lock_files().contains_key(&inside) {
            return Err(ErrorKind::NotFound.into());
        }
        Ok(Arc::new(Self { all: Arc::clone(&self.all), inside }))
    }

    fn remove_folder(&self, name: &str) -> io::Result<()> {
        self.remove(&format!("{name}/"))
    }

    fn sync_folder(&self) -> io::Result<()> {
        Ok(())
    }
}

struct Open {
    folder: Memory,
    name: String,
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.folder.with(&self.name, |file| file.extend(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for Open {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.folder.with(&self.name, |bytes| shorten(bytes, length))
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}
