//! A folder in memory that never fails: what is read from it is what was put there.

use std::any::Any;
use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use mockingbird::store::{Disk, DiskFile};

/// The content of a folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A folder; copies share it.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Files>>);

impl Memory {
    pub(super) fn holding(name: &str, bytes: &[u8]) -> Self {
        let files = Files::from([(name.to_owned(), bytes.to_vec())]);
        Self(Arc::new(Mutex::new(files)))
    }

    pub(super) fn files(&self) -> Files {
        self.lock_files().clone()
    }

    pub(super) fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(self.clone())
    }

    fn lock_files(&self) -> MutexGuard<'_, Files> {
        self.0.lock().expect("nobody panics while the folder is held")
    }

    fn with<T>(&self, name: &str, done: impl FnOnce(&mut Vec<u8>) -> T) -> io::Result<T> {
        self.lock_files().get_mut(name).map(done).ok_or_else(|| ErrorKind::NotFound.into())
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
        Ok(self.lock_files().keys().cloned().collect())
    }

    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let bytes = self.with(name, |bytes| bytes.clone())?;
        Ok(Box::new(Cursor::new(bytes)))
    }

    fn written(&self, _: &str) -> io::Result<Option<jiff::Timestamp>> {
        Ok(None)
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let taken = self.lock_files().insert(name.to_owned(), Vec::new());
        assert_eq!(taken, None, "{name} is overwritten");
        Ok(Box::new(Open { folder: self.clone(), name: name.to_owned() }))
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        self.with(name, |bytes| shorten(bytes, length))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut files = self.lock_files();
        let bytes = files.remove(from).ok_or(ErrorKind::NotFound)?;
        files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.lock_files().remove(name).map(drop).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn make_folder(&self, _: &str) -> io::Result<Arc<dyn Disk>> {
        Ok(Self::default().disk())
    }

    fn remove_folder(&self, _: &str) -> io::Result<()> {
        Ok(())
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
