//! The one folder that the store works in, behind a trait small enough to be played by a fake
//! that runs full, lies about what it wrote, or loses power. It knows names and bytes only.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the door to the disk")]

use std::any::Any;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

/// A folder of files. All names are plain file names in it.
pub trait Disk: Send + Sync + 'static {
    /// The folder, for messages.
    fn folder(&self) -> &Path;
    /// Takes the folder for this process until the returned guard is dropped; `None` where
    /// somebody else has it.
    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>>;
    /// Keeps the folder from being taken until the returned guard is dropped, and changes nothing
    /// in it; several may do so at once. `None` where somebody has it.
    fn watch(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>>;
    /// The names of all files, in any order.
    fn names(&self) -> io::Result<Vec<String>>;
    /// Opens a file to be read from its beginning.
    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>>;
    /// When a file was last written, where that is known.
    fn written(&self, name: &str) -> io::Result<Option<Timestamp>>;
    /// Lets a file look as if it had last been written then.
    fn set_written(&self, name: &str, at: Timestamp) -> io::Result<()>;
    /// Creates an empty file to append to. It is an error if the name is taken.
    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>>;
    /// Shortens an existing file to `length` bytes, durably.
    fn cut(&self, name: &str, length: u64) -> io::Result<()>;
    /// Gives a file another name, in place of a file that has it. Durable after `sync_folder`.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file. Durable after `sync_folder`.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Makes a folder in this one. It is an error if the name is taken. Durable after `sync_folder`
    /// of both.
    fn make_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>>;
    /// A folder in this one that is there already.
    fn open_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>>;
    /// Removes an empty folder from this one.
    fn remove_folder(&self, name: &str) -> io::Result<()>;
    /// Returns when names that were created, changed and removed are durable.
    fn sync_folder(&self) -> io::Result<()>;
}

/// A file that grows at its end.
pub trait DiskFile: Write + Send {
    /// Shortens the file to `length` bytes; the next write goes there.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// Returns when all that was written is durable. After an error nobody knows what is: the
    /// kernel may have dropped the very pages, and a second call may succeed without them.
    fn sync(&mut self) -> io::Result<()>;
}

/// A real folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// To whom what is made here must belong: user and group.
    #[cfg(unix)]
    owner: Option<(u32, u32)>,
}

impl Folder {
    /// Opens the folder and makes it, with its parents, where it does not exist.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        if !path.is_dir() {
            fs::create_dir_all(&path)?;
            if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                sync_names(parent)?;
            }
        }
        Ok(Self {
            path,
            #[cfg(unix)]
            owner: None,
        })
    }

    /// A folder that is there already, to be looked at. What is made in it belongs to whom the
    /// bot's lock belongs to, or else the folder: somebody else, like root, would lock the bot out.
    pub fn existing(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        fs::read_dir(&path)?;
        Ok(Self {
            #[cfg(unix)]
            owner: {
                use std::os::unix::fs::MetadataExt as _;
                let lock = fs::metadata(path.join("lock"));
                let known = lock.or_else(|_| fs::metadata(&path))?;
                Some((known.uid(), known.gid()))
            },
            path,
        })
    }

    /// Gives away what was just made, where it must belong to somebody else. A file that cannot
    /// be given away is an error.
    #[cfg(unix)]
    fn hand_over(&self, name: &str) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let Some((user, group)) = self.owner else { return Ok(()) };
        let path = self.path.join(name);
        if fs::metadata(&path)?.uid() == user {
            return Ok(());
        }
        chown(&path, Some(user), Some(group)).map_err(|error| {
            let what = format!(
                "the files there belong to user {user}, and what is made cannot be given to them \
                 ({error}): run this as user {user}"
            );
            io::Error::new(error.kind(), what)
        })
    }

    /// Everywhere else belonging is no matter of the file's.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "one signature everywhere")]
    fn hand_over(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn make(&self, name: &str, options: &mut OpenOptions) -> io::Result<File> {
        let file = options.create_new(true).open(self.path.join(name))?;
        if let Err(error) = self.hand_over(name) {
            drop(fs::remove_file(self.path.join(name)));
            return Err(error);
        }
        Ok(file)
    }
}

impl Disk for Folder {
    fn folder(&self) -> &Path {
        &self.path
    }

    fn lock(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        let file = match self.make("lock", private().write(true)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                OpenOptions::new().write(true).open(self.path.join("lock"))?
            }
            made => made?,
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn watch(&self) -> io::Result<Option<Box<dyn Any + Send + Sync>>> {
        let file = match File::open(self.path.join("lock")) {
            Ok(file) => file,
            // Whoever takes the folder makes it first.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Some(Box::new(())));
            }
            Err(error) => return Err(error),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            // A name that is not Unicode is none of ours.
            names.extend(entry?.file_name().into_string().ok());
        }
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Box<dyn Read + Send>> {
        let path = self.path.join(name);
        // To open what is no file may wait for ever.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is not a plain file"));
        }
        Ok(Box::new(File::open(path)?))
    }

    fn written(&self, name: &str) -> io::Result<Option<Timestamp>> {
        let written = fs::metadata(self.path.join(name))?.modified()?;
        Ok(Timestamp::try_from(written).ok())
    }

    fn set_written(&self, name: &str, at: Timestamp) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.path.join(name))?;
        file.set_modified(at.into())
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(self.make(name, private().append(true))?))
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.path.join(name))?;
        file.set_len(length)?;
        file.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn make_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        let path = self.path.join(name);
        fs::create_dir(&path)?;
        if let Err(error) = self.hand_over(name) {
            drop(fs::remove_dir(&path));
            return Err(error);
        }
        Ok(Arc::new(Self {
            path,
            #[cfg(unix)]
            owner: self.owner,
        }))
    }

    fn open_folder(&self, name: &str) -> io::Result<Arc<dyn Disk>> {
        let path = self.path.join(name);
        fs::read_dir(&path)?;
        Ok(Arc::new(Self {
            path,
            #[cfg(unix)]
            owner: self.owner,
        }))
    }

    fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.path.join(name))
    }

    fn sync_folder(&self) -> io::Result<()> {
        sync_names(&self.path)
    }
}

impl DiskFile for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// What members did is nobody else's business: files are for their owner alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Only Unix has, and needs, a way to make names durable.
#[cfg_attr(not(unix), expect(clippy::unnecessary_wraps, reason = "one signature everywhere"))]
fn sync_names(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
