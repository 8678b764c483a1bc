//! A folder to run the program in, and the program running there.

#![expect(clippy::disallowed_methods, reason = "the program is tried with real files")]
#![expect(clippy::panic, reason = "a failed wait tells the whole story")]

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird_playground::{Answer, Id, LocalDiscord, RateLimits, Setup, TeamSetup, World};
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// How long a test waits for what should happen within a second. A test that gets there has
/// failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A token of the right shape that no Discord knows.
pub(crate) const WRONG_TOKEN: &str = "bm90LWEtcmVhbC1pZA.abcdef.wrong-signature_0123456789";

/// A local Discord with one channel and thirteen members, without limits on requests.
pub(crate) async fn discord() -> LocalDiscord {
    let members =
        ["ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo", "mia"];
    let setup = Setup {
        teams: vec![TeamSetup::new("Nest", &["prep"], &members)],
        rate_limits: RateLimits::off(),
        ..Setup::default()
    };
    LocalDiscord::start(setup).await.expect("a free port")
}

/// A folder as somebody has it who runs the bot: `config/`, `questions/`, later `data/`.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    /// A good one, for the Discord at this address.
    pub(crate) fn new(api_base: &str) -> Self {
        let place = Self { folder: TempDir::new().expect("a temporary folder") };
        for topic in std::fs::read_dir("tests/questions").expect("questions") {
            let topic = topic.expect("a file").path();
            let text = std::fs::read_to_string(&topic).expect("a text");
            let name = topic.file_name().expect("a name").to_str().expect("in Unicode");
            place.write(&format!("questions/{name}"), text);
        }
        place.configure(api_base, "");
        place
    }

    /// Writes the config file: this address, and more lines.
    pub(crate) fn configure(&self, api_base: &str, more: &str) {
        self.write("config/mockingbird.yaml", format!("discord:\n  api_base: {api_base}\n{more}"));
    }

    /// Writes a file, with the folders that it needs.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        std::fs::write(path, content).expect("a new file");
    }

    /// Where a file of it is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The newest file in `data` with this ending.
    pub(crate) fn newest(&self, ending: &str) -> PathBuf {
        let files = std::fs::read_dir(self.path("data")).expect("the data folder");
        let files = files.map(|file| file.expect("a file").path());
        let number = |path: &Path| -> u64 {
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            stem.rsplit('-').next().expect("a part").parse().expect("a number")
        };
        files
            .filter(|path| path.extension().is_some_and(|extension| extension == ending))
            .max_by_key(|path| number(path))
            .expect("one such file")
    }

    /// Whether `data` holds a file with this ending.
    pub(crate) fn has(&self, ending: &str) -> bool {
        let files = std::fs::read_dir(self.path("data")).expect("the data folder");
        files.map(|file| file.expect("a file").path()).any(|path| {
            path.extension().is_some_and(|extension| extension.to_string_lossy().contains(ending))
        })
    }

    /// The program with these arguments, not started yet. Nothing of the test's own environment
    /// reaches it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mockingbird"));
        command.args(arguments).env_clear().current_dir(self.folder.path());
        command
    }

    /// `mockingbird run` with this token, not started yet.
    pub(crate) fn run(&self, token: &str) -> Command {
        let mut command = self.command(&["run"]);
        command.env("DISCORD_TOKEN", token);
        command
    }

    /// The same below a shell that says something first, such as `ulimit -f 0`.
    pub(crate) fn run_after(&self, shell: &str, token: &str) -> Command {
        let program = env!("CARGO_BIN_EXE_mockingbird");
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", &format!("{shell}; exec {program} run")])
            .env_clear()
            .env("DISCORD_TOKEN", token)
            .current_dir(self.folder.path());
        command
    }

    /// Starts the bot and waits until it is at this Discord.
    pub(crate) async fn start(&self, discord: &LocalDiscord) -> Process {
        start(self.run(discord.token()), discord).await
    }

    /// Runs a program that ends by itself.
    pub(crate) async fn end_of(&self, command: Command) -> Ended {
        let mut process = Process::spawn(command);
        let status = process.ended().await;
        Ended {
            code: status.code(),
            said: self.shown(&format!("{}{}", process.output(), process.log())),
        }
    }

    /// A log or an error as it is compared: without times, and with names for what differs from
    /// run to run.
    pub(crate) fn shown(&self, text: &str) -> String {
        let folder = self.folder.path().display().to_string();
        let lines = text.replace(&folder, "[folder]");
        let lines = lines.lines().map(|line| {
            // A line of the log begins with a time such as 2026-11-23T08:00:00.000000Z.
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let is_time = first.len() == 27 && first.ends_with('Z') && first.starts_with("20");
            let line = if is_time { rest.trim_start() } else { line };
            masked(line, "127.0.0.1:")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The lines of a log that contain one of these words, as they are compared.
    pub(crate) fn lines(&self, log: &str, words: &[&str]) -> String {
        let lines = self.shown(log);
        let lines = lines.lines().filter(|line| words.iter().any(|word| line.contains(word)));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A text in which each number that follows `before` is masked.
pub(crate) fn masked(text: &str, before: &str) -> String {
    let mut parts = text.split(before);
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        shown.push_str(before);
        shown.push_str(if rest.len() < part.len() { "[n]" } else { "" });
        shown.push_str(rest);
    }
    shown
}

/// Starts a bot and waits until it has a session of its own at this Discord.
pub(crate) async fn start(command: Command, discord: &LocalDiscord) -> Process {
    let before = discord.logins().0;
    let process = Process::spawn(command);
    let began = tokio::time::Instant::now();
    while discord.logins().0 == before {
        assert!(began.elapsed() < PATIENCE, "it does not connect:\n{}", process.log());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    process
}

/// What became of a program that has ended.
pub(crate) struct Ended {
    /// Its exit status; none where a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it wrote, as it is compared.
    pub(crate) said: String,
}

/// The program while it runs. It does not outlive the test.
pub(crate) struct Process {
    pid: u32,
    output: Arc<Mutex<String>>,
    log: Arc<Mutex<String>>,
    end: Option<JoinHandle<ExitStatus>>,
}

impl Process {
    /// Starts it.
    pub(crate) fn spawn(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (output, read_output) = collected(child.stdout.take().expect("a pipe"));
        let (log, read_log) = collected(child.stderr.take().expect("a pipe"));
        let pid = child.id();
        let end = tokio::task::spawn_blocking(move || {
            let status = child.wait().expect("its end");
            read_output.join().expect("its output");
            read_log.join().expect("its log");
            status
        });
        Self { pid, output, log, end: Some(end) }
    }

    /// What it logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("no panic").clone()
    }

    /// What it printed so far.
    pub(crate) fn output(&self) -> String {
        self.output.lock().expect("no panic").clone()
    }

    /// Its number.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Sends it a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        assert!(send(name, self.pid), "no signal {name} for {}", self.pid);
    }

    /// Waits for its end.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let end = self.end.as_mut().expect("it ends once");
        let status = tokio::time::timeout(PATIENCE, end).await;
        let status = status.unwrap_or_else(|_| panic!("it does not end:\n{}", self.log()));
        self.end = None;
        status.expect("no panic")
    }

    /// Ends it as the end of the world would, and waits until it is gone.
    pub(crate) async fn kill(&mut self) {
        self.signal("KILL");
        self.ended().await;
    }

    /// Ends it as an admin does; gives its exit status.
    pub(crate) async fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.ended().await.code()
    }

    /// Waits until it has logged this.
    pub(crate) async fn until_logged(&self, text: &str) {
        let began = tokio::time::Instant::now();
        while !self.log().contains(text) {
            assert!(began.elapsed() < PATIENCE, "`{text}` never came:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.end.is_some() {
            send("KILL", self.pid);
        }
    }
}

fn send(signal: &str, pid: u32) -> bool {
    let kill = format!("kill -{signal} {pid}");
    Command::new("/bin/sh").args(["-c", &kill]).status().is_ok_and(|status| status.success())
}

/// Reads a pipe to its end, line by line.
fn collected(
    pipe: impl Read + Send + 'static,
) -> (Arc<Mutex<String>>, std::thread::JoinHandle<()>) {
    let text = Arc::new(Mutex::new(String::new()));
    let all = Arc::clone(&text);
    let reading = std::thread::spawn(move || {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            all.lock().expect("no panic").push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
    (text, reading)
}

/// A member runs a command in #prep.
pub(crate) async fn slash(
    discord: &LocalDiscord,
    who: &str,
    command: &str,
    options: &[(&str, &str)],
) -> Answer {
    let options: Vec<_> = options.iter().map(|(name, value)| (*name, (*value).into())).collect();
    let answer = discord.member(who).slash("prep", command, &options).await;
    answer.unwrap_or_else(|error| panic!("/{command}: {error}\n{}", discord.transcript("prep")))
}

/// What a member reads in an answer, in one text.
pub(crate) fn text(answer: &Answer) -> String {
    answer.message.as_ref().expect("a message").text()
}

/// Waits for something to be so in the world.
pub(crate) async fn until(discord: &LocalDiscord, is_so: impl FnMut(&World) -> bool) {
    let came = discord.until(is_so, PATIENCE).await;
    assert!(came.is_ok(), "it never came to that:\n{}", discord.transcript("prep"));
}

/// Waits until a message has the bot's reaction.
pub(crate) async fn until_reacted(discord: &LocalDiscord, post: Id) {
    until(discord, |world| {
        world.message(post).is_some_and(|message| message.reaction_count("💡") > 0)
    })
    .await;
}
