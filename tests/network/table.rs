//! The rows of the table and how they are run: each on a thread of its own, several at a time,
//! all of them even where some fail.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

/// How many rows are run at the same time. They mostly wait.
const AT_ONCE: usize = 12;

/// What was counted in one row, or in all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) due: usize,
    pub(crate) posted: usize,
    pub(crate) explained: usize,
    pub(crate) doubled: usize,
    pub(crate) revealed: usize,
    pub(crate) answered: usize,
    pub(crate) expired: usize,
    pub(crate) identifies: usize,
    pub(crate) connections: usize,
    pub(crate) requests: usize,
    pub(crate) warnings: usize,
}

impl Tally {
    fn add(&mut self, one: Self) {
        self.due += one.due;
        self.posted += one.posted;
        self.explained += one.explained;
        self.doubled += one.doubled;
        self.revealed += one.revealed;
        self.answered += one.answered;
        self.expired += one.expired;
        self.identifies = self.identifies.max(one.identifies);
        self.connections = self.connections.max(one.connections);
        self.requests = self.requests.max(one.requests);
        self.warnings = self.warnings.max(one.warnings);
    }
}

type Running = Pin<Box<dyn Future<Output = Tally>>>;

/// One fault.
pub(crate) struct Row {
    name: String,
    run: Box<dyn Fn() -> Running + Send + Sync>,
}

/// A row of the table. `name` is a sentence about what happens to the bot.
pub(crate) fn row<F>(name: impl Into<String>, run: impl Fn() -> F + Send + Sync + 'static) -> Row
where
    F: Future<Output = Tally> + 'static,
{
    Row { name: name.into(), run: Box::new(move || Box::pin(run())) }
}

/// Runs all rows so often, or those whose name contains what the environment variable `FAULT`
/// says. Gives how many rows these were. Fails with the names of all that failed.
pub(crate) fn run(rows: &[Row], rounds: usize) -> (usize, Tally) {
    #[expect(clippy::disallowed_methods, reason = "which rows are run is the environment's")]
    let wanted = std::env::var("FAULT").unwrap_or_default();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.name.contains(&wanted)).collect();
    let waiting: VecDeque<&Row> = std::iter::repeat_n(&rows, rounds).flatten().copied().collect();
    let (waiting, total, failed) =
        (Mutex::new(waiting), Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                // The lock is not kept while a row runs.
                let next = || locked(&waiting).pop_front();
                while let Some(row) = next() {
                    match catch_unwind(AssertUnwindSafe(|| alone(row))) {
                        Ok(tally) => locked(&total).add(tally),
                        Err(why) => locked(&failed).push(format!("{}: {}", row.name, text(&*why))),
                    }
                }
            });
        }
    });
    let failed = locked(&failed).join("\n\n");
    assert!(failed.is_empty(), "these faults were not survived:\n\n{failed}");
    (rows.len(), *locked(&total))
}

/// Runs a row on a runtime of its own.
fn alone(row: &Row) -> Tally {
    let began = tokio::time::Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let tally = catch_unwind(AssertUnwindSafe(|| runtime.block_on((row.run)())));
    // Where it failed, something may be left that would wait for ever.
    runtime.shutdown_background();
    let tally = tally.unwrap_or_else(|why| resume_unwind(why));
    println!("{:5.1} s  {}  {tally:?}", began.elapsed().as_secs_f64(), row.name);
    tally
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn text(why: &(dyn std::any::Any + Send)) -> String {
    let text = why.downcast_ref::<String>().cloned();
    text.or_else(|| why.downcast_ref::<&str>().map(|&text| text.to_owned())).unwrap_or_default()
}
