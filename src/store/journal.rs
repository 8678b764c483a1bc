//! The journal's file and the thread that writes it. It takes what waits, writes it with one
//! write and one sync, and only then hands on what waited for it. It does not know what the
//! records mean.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::disk::{Disk, DiskFile};
use super::error::{Health, hint};
use super::format::{HEADER, Header, Kind, LONGEST_WRITE, push_record};

/// How many bytes of records are written at a time. One record may be longer.
const BATCH_BYTES: usize = 1 << 20;
/// A record has at least three bytes, and twelve before them.
const _: () = assert!(BATCH_BYTES / 3 * 15 < LONGEST_WRITE as usize);

/// What somebody waits for, and the record that it waits on.
pub(super) struct Entry<P> {
    pub(super) record: Vec<u8>,
    pub(super) payload: P,
}

/// What the callers and the writer share.
pub(super) struct Queue<P> {
    /// Not yet taken by the writer, oldest first.
    pub(super) waiting: VecDeque<Entry<P>>,
    /// How many records were ever taken in, and how many of them are durable.
    pub(super) appended: u64,
    pub(super) durable: u64,
    /// Somebody wants the journal to go on in a new file, and its number. Refused while failing.
    pub(super) rotate: Option<Asker>,
    /// Set while the last write failed.
    pub(super) failing: Option<String>,
    /// No more is taken in; the writer ends when nothing waits.
    pub(super) closing: bool,
    /// The writer ends at the next failure, though something waits.
    pub(super) impatient: bool,
    /// The writer has ended.
    pub(super) ended: bool,
}

/// The queue with its two bells.
pub(super) struct Line<P> {
    queue: Mutex<Queue<P>>,
    /// Rings when there is something to do for the writer.
    work: Condvar,
    /// Rings when the writer got on, or failed.
    progress: Condvar,
}

impl<P> Line<P> {
    pub(super) fn new() -> Self {
        Self {
            queue: Mutex::new(Queue {
                waiting: VecDeque::new(),
                appended: 0,
                durable: 0,
                rotate: None,
                failing: None,
                closing: false,
                impatient: false,
                ended: false,
            }),
            work: Condvar::new(),
            progress: Condvar::new(),
        }
    }

    /// Nobody panics while holding the queue; if somebody did, it is whole all the same.
    pub(super) fn queue(&self) -> MutexGuard<'_, Queue<P>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn call_writer(&self) {
        self.work.notify_one();
    }

    /// Waits until `done` says so or the time is up, and returns the queue as it is then.
    pub(super) fn wait_until(
        &self,
        patience: Option<Duration>,
        mut done: impl FnMut(&Queue<P>) -> bool,
    ) -> MutexGuard<'_, Queue<P>> {
        let queue = self.queue();
        match patience {
            None => self.progress.wait_while(queue, |queue| !done(queue)),
            Some(patience) => self
                .progress
                .wait_timeout_while(queue, patience, |queue| !done(queue))
                .map(|(queue, _)| queue)
                .map_err(|poisoned| PoisonError::new(poisoned.into_inner().0)),
        }
        .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The pauses between attempts, doubling from the first to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackOff {
    /// After the first failure.
    pub first: Duration,
    /// Never longer than this.
    pub longest: Duration,
}

impl BackOff {
    fn after(self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest)
    }
}

/// A failed attempt: what was tried on which file, and what the system said.
struct Failure {
    doing: &'static str,
    number: u64,
    source: io::Error,
}

/// The file that is being written.
pub(super) struct Journal {
    disk: Arc<dyn Disk>,
    number: u64,
    /// How many bytes of it are durable. What lies behind them was never confirmed.
    durable: u64,
    /// `None` once the file is given up: it must not be written again, not even when a successor
    /// cannot be made, because the successor's header may be durable and says where this one ends.
    file: Option<Box<dyn DiskFile>>,
    buffer: Vec<u8>,
}

impl Journal {
    /// Begins file `number`, which follows one of which `previous` bytes count.
    pub(super) fn begin(disk: Arc<dyn Disk>, number: u64, previous: u64) -> io::Result<Self> {
        let file = create(disk.as_ref(), number, previous)?;
        Ok(Self { disk, number, durable: HEADER, file: Some(file), buffer: Vec::new() })
    }

    /// Makes all records of a batch durable, or none that count. Without any it makes sure that
    /// there is a file to write to.
    fn commit<'a>(&mut self, records: impl Iterator<Item = &'a [u8]>) -> Result<(), Failure> {
        if self.file.is_none() {
            self.next_file()?;
        }
        self.buffer.clear();
        for record in records {
            push_record(&mut self.buffer, self.number, self.durable, record);
        }
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        if let Err(source) = file.write_all(&self.buffer) {
            // What is half written must not stand before the next attempt.
            if file.cut(self.durable).is_err() {
                self.file = None;
            }
            return Err(Failure { doing: "write", number: self.number, source });
        }
        if let Err(source) = file.sync() {
            self.file = None;
            return Err(Failure { doing: "sync", number: self.number, source });
        }
        self.durable += u64::try_from(self.buffer.len()).unwrap_or_default();
        if self.buffer.capacity() > 2 * BATCH_BYTES {
            self.buffer = Vec::new();
        }
        Ok(())
    }

    /// Goes on in a new file, whose header seals this one.
    fn next_file(&mut self) -> Result<(), Failure> {
        self.file = None;
        let number = self.number + 1;
        match create(self.disk.as_ref(), number, self.durable) {
            Ok(file) => {
                (self.file, self.number, self.durable) = (Some(file), number, HEADER);
                Ok(())
            }
            Err(source) => Err(Failure { doing: "begin", number, source }),
        }
    }

    fn describe(&self, failure: &Failure) -> String {
        let path = self.disk.folder().join(Kind::Journal.name(failure.number));
        format!("cannot {} {}: {}", failure.doing, path.display(), failure.source)
    }
}

/// Makes a journal file with its header, both durable. It has its name only when its header is
/// whole: beside a snapshot of its number one without would be taken for damage.
pub(super) fn create(disk: &dyn Disk, number: u64, previous: u64) -> io::Result<Box<dyn DiskFile>> {
    let name = Kind::Journal.name(number);
    let temporary = format!("journal-{number}.tmp");
    // The pages of what an earlier attempt left are not to be trusted.
    for left in [&temporary, &name] {
        match disk.remove(left) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    let begin = || -> io::Result<_> {
        let mut file = disk.create(&temporary)?;
        file.write_all(&Header::of(number, previous).bytes(Kind::Journal))?;
        file.sync()?;
        disk.rename(&temporary, &name)?;
        Ok(file)
    };
    let file = begin().inspect_err(|_| drop(disk.remove(&temporary)))?;
    disk.sync_folder()?;
    Ok(file)
}

/// Who asks for a rotation, and is told the number of the new file.
pub(super) type Asker = SyncSender<Result<u64, String>>;

/// The writer's life: until the store closes, and all that waits is written or given up.
pub(super) fn write<P>(
    line: &Line<P>,
    mut journal: Journal,
    back_off: BackOff,
    durable: &mpsc::UnboundedSender<P>,
    health: &watch::Sender<Health>,
) {
    let mut batch = VecDeque::new();
    loop {
        let mut queue = line.queue();
        while queue.waiting.is_empty() && queue.rotate.is_none() && !queue.closing {
            queue = line.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        take_batch(&mut queue.waiting, &mut batch);
        let mut asker = queue.rotate.take();
        drop(queue);
        if batch.is_empty() && asker.is_none() {
            break;
        }
        let mut attempts = 0;
        while let Err(failure) = attempt(&mut journal, &mut asker, &batch) {
            attempts += 1;
            let (what, hint) = (journal.describe(&failure), hint(&failure.source));
            health.send_replace(Health::Failing { attempts, what: what.clone(), hint });
            if !pause(line, what, back_off.after(attempts)) {
                return end(line);
            }
        }
        if attempts > 0 {
            health.send_replace(Health::Healthy);
        }
        let mut queue = line.queue();
        queue.failing = None;
        queue.durable += u64::try_from(batch.len()).unwrap_or_default();
        drop(queue);
        line.progress.notify_all();
        for entry in batch.drain(..) {
            // Where nobody listens any more, nobody needs to be told.
            drop(durable.send(entry.payload));
        }
    }
    end(line);
}

/// Does once what was asked for. Who asked for a rotation is told of its failure and asks again
/// another time; the batch stays.
fn attempt<P>(
    journal: &mut Journal,
    asker: &mut Option<Asker>,
    batch: &VecDeque<Entry<P>>,
) -> Result<(), Failure> {
    if let Some(asker) = asker.take() {
        let rotated = journal.next_file();
        let answer = match &rotated {
            Ok(()) => Ok(journal.number),
            Err(failure) => Err(journal.describe(failure)),
        };
        drop(asker.send(answer));
        rotated?;
    }
    journal.commit(batch.iter().map(|entry| entry.record.as_slice()))
}

/// Moves records from the line into the batch, as many as one write should take.
fn take_batch<P>(waiting: &mut VecDeque<Entry<P>>, batch: &mut VecDeque<Entry<P>>) {
    let mut bytes = 0;
    while bytes < BATCH_BYTES {
        let Some(entry) = waiting.pop_front() else {
            break;
        };
        bytes += entry.record.len();
        batch.push_back(entry);
    }
}

/// Waits after a failure. False when nobody has the patience for another attempt.
fn pause<P>(line: &Line<P>, what: String, time: Duration) -> bool {
    let mut queue = line.queue();
    if let Some(asker) = queue.rotate.take() {
        drop(asker.send(Err(what.clone())));
    }
    queue.failing = Some(what);
    line.progress.notify_all();
    let (queue, _) = line
        .work
        .wait_timeout_while(queue, time, |queue| !queue.impatient)
        .unwrap_or_else(PoisonError::into_inner);
    !queue.impatient
}

fn end<P>(line: &Line<P>) {
    let mut queue = line.queue();
    queue.ended = true;
    // Nobody answers any more; who waits for a rotation sees the line cut.
    queue.rotate = None;
    drop(queue);
    line.progress.notify_all();
}
