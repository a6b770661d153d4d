//! Runs every program under `tests/py` and `examples` and compares what it prints with what CPython 3.14 printed.
//!
//! A test is a file: `tests/py/types/list_sort.py` is the test `types/list_sort`, and beside it lie
//!
//! | file         | holds                                   | when absent    |
//! |--------------|-----------------------------------------|----------------|
//! | `NAME.out`   | standard output                         | the test fails |
//! | `NAME.err`   | standard error                          | must be empty  |
//! | `NAME.code`  | exit code                               | 0              |
//! | `NAME.in`    | standard input                          | empty          |
//! | `NAME.args`  | one argument a line, `{tmp}` is a folder | none          |
//! | `NAME.env`   | one variable a line, `NAME=value`       | none           |
//!
//! Under `tests/py/repl`, an input without a program is a session: `NAME.in` is typed at the prompts of `-i -q`, or of the command with
//! the arguments of `NAME.args`. Prompts are on standard error.
//!
//! Folders called `lib` or starting with `_` hold modules for the tests beside them. `examples/NAME.py` is
//! checked against `tests/py/examples/NAME.out`. Files under `tests/py/differ` say where Taipan means to differ:
//! their `.out` is Taipan's, their `.ref` is CPython's, and `docs/differences.md` is made of their docstrings.
//!
//! ```text
//! cargo test --test golden -- types/list                            run some
//! TAIPAN_RECORD=/path/to/python3.14 cargo test --test golden -- lang/     record from the reference
//! TAIPAN_BLESS=1 cargo test --test golden -- differ                 accept Taipan's side of the differences
//! ```

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;

/// Generous, so that a loaded machine and a debug build pass; a test that needs it is hanging.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// More than this on one stream is a runaway program: its pipe is no longer read and the time limit ends it.
const OUTPUT_LIMIT: u64 = 16 << 20;
const DIFF_LINES: usize = 120;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mode = match Mode::from_environment() {
        Ok(mode) => Arc::new(mode),
        Err(reason) => {
            eprintln!("error: {reason}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = Vec::new();
    let missing = known_failures();
    for case in Case::all() {
        let mode = Arc::clone(&mode);
        let known = missing.contains(&case.name) && matches!(*mode, Mode::Check);
        trials.push(Trial::test(case.name.clone(), move || {
            match (case.check(&mode), known) {
                (Ok(()), true) => Err(Failed::from(
                    "passes now: take it out of tests/py/unsupported.txt",
                )),
                (Err(_), true) => Ok(()),
                (result, false) => result.map_err(Failed::from),
            }
        }));
    }
    if !matches!(*mode, Mode::Record { .. }) {
        trials.push(Trial::test("docs/differences", move || {
            check_differences_page(&mode).map_err(Failed::from)
        }));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Names of the tests that Taipan is known to fail, one a line in `tests/py/unsupported.txt` before what is missing. They must
/// still fail: the list can only get shorter.
fn known_failures() -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/py/unsupported.txt")).unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .map(String::from)
        .collect()
}

/// What a run of this program is for.
enum Mode {
    /// Taipan must print what is recorded.
    Check,
    /// As `Check`, but the files that hold Taipan's side of a difference are rewritten.
    Bless,
    /// The reference writes the recordings; Taipan is not run.
    Record { reference: PathBuf },
}

impl Mode {
    fn from_environment() -> Result<Mode, String> {
        let on = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        match (on("TAIPAN_RECORD"), on("TAIPAN_BLESS")) {
            (Some(_), Some(_)) => Err("set TAIPAN_RECORD or TAIPAN_BLESS, not both".into()),
            (Some(path), None) => {
                let reference = PathBuf::from(path);
                require_reference(&reference)?;
                Ok(Mode::Record { reference })
            }
            (None, Some(_)) => Ok(Mode::Bless),
            (None, None) => Ok(Mode::Check),
        }
    }
}

/// Recordings come from CPython 3.14 and nothing else: a golden that Taipan wrote would prove nothing.
fn require_reference(program: &Path) -> Result<(), String> {
    let real = fs::canonicalize(program).map_err(|e| format!("{}: {e}", program.display()))?;
    if fs::canonicalize(taipan()).is_ok_and(|ours| ours == real) {
        return Err("TAIPAN_RECORD names Taipan itself; it must name CPython 3.14".into());
    }
    let probe =
        "import sys; print(sys.implementation.name, *sys.version_info[:2]); print(sys.version)";
    let output = Command::new(program)
        .args(["-I", "-c", probe])
        .output()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let said = text.lines().next().unwrap_or("nothing");
    if said != "cpython 3 14" || text.to_lowercase().contains("taipan") {
        return Err(format!(
            "TAIPAN_RECORD must name CPython 3.14, this one says: {said}"
        ));
    }
    Ok(())
}

fn taipan() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_taipan"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One program with its recordings.
#[derive(Clone)]
struct Case {
    /// `types/list_sort`: what filters match.
    name: String,
    script: PathBuf,
    /// The recordings' path without an extension.
    recording: PathBuf,
    differs: bool,
    /// `script` holds what is typed.
    session: bool,
}

impl Case {
    fn all() -> Vec<Case> {
        let scripts = root().join("tests/py");
        let mut found = Vec::new();
        walk(&scripts, &mut |script| {
            let recording = script.with_extension("");
            let name = recording.strip_prefix(&scripts).unwrap_or(&recording);
            let name = name.to_string_lossy().replace('\\', "/");
            let differs = name.starts_with("differ/");
            found.push(Case {
                name,
                script,
                recording,
                differs,
                session: false,
            });
        });
        for entry in fs::read_dir(scripts.join("repl")).into_iter().flatten() {
            let Ok(entry) = entry else { continue };
            let script = entry.path();
            let recording = script.with_extension("");
            if script.extension().is_some_and(|e| e == "in")
                && !script.with_extension("py").exists()
            {
                let stem = script.file_stem().unwrap_or_default().to_string_lossy();
                found.push(Case {
                    name: format!("repl/{stem}"),
                    script,
                    recording,
                    differs: false,
                    session: true,
                });
            }
        }
        walk(&root().join("examples"), &mut |script| {
            let stem = script.file_stem().unwrap_or_default();
            found.push(Case {
                name: format!("examples/{}", stem.to_string_lossy()),
                recording: scripts.join("examples").join(stem),
                script,
                differs: false,
                session: false,
            });
        });
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    fn check(&self, mode: &Mode) -> Result<(), String> {
        match mode {
            Mode::Record { reference } => self.record(reference),
            Mode::Check | Mode::Bless if self.differs => {
                self.check_difference(matches!(mode, Mode::Bless))
            }
            Mode::Check | Mode::Bless => self.compare(&self.run(taipan(), &[], "0")?),
        }
    }

    /// Compares a run of Taipan with the recording.
    fn compare(&self, got: &Transcript) -> Result<(), String> {
        let Some(out) = self.read("out")? else {
            return Err(format!(
                "{}.out is missing: record it from the reference",
                self.name
            ));
        };
        let err = self.read("err")?.unwrap_or_default();
        let code = self.read("code")?.map_or(Ok(0), |text| text.trim().parse());
        let code = code.map_err(|e| format!("{}.code: {e}", self.name))?;
        let want = Transcript { out, err, code };
        want.differences(got).map_or(Ok(()), Err)
    }

    /// A recorded difference must be a difference still, and must be the one that was accepted.
    fn check_difference(&self, bless: bool) -> Result<(), String> {
        let got = self.run(taipan(), &[], "0")?.as_one_text();
        let Some(reference) = self.read("ref")? else {
            return Err(format!(
                "{}.ref is missing: record it from the reference",
                self.name
            ));
        };
        if got == reference {
            return Err(format!(
                "{} no longer differs from the reference: move it among the ordinary tests",
                self.name
            ));
        }
        if bless {
            return self.write("out", &got, true);
        }
        let Some(accepted) = self.read("out")? else {
            return Err(format!(
                "{}.out is missing: accept it with TAIPAN_BLESS=1",
                self.name
            ));
        };
        diff("output", &accepted, &got).map_or(Ok(()), Err)
    }

    /// Writes the recordings, if two runs under different hash seeds agree.
    fn record(&self, reference: &Path) -> Result<(), String> {
        let first = self.run(reference, &["-s"], "0")?;
        let second = self.run(reference, &["-s"], "1")?;
        if let Some(unstable) = first.differences(&second) {
            return Err(format!(
                "two runs of the reference differ, nothing recorded\n{unstable}"
            ));
        }
        // Such a path, and the lines quoted below it, belong to one installation.
        if [&first.out, &first.err]
            .iter()
            .any(|text| text.contains("lib/python3."))
        {
            return Err(
                "the output shows files of the reference's own library, nothing recorded".into(),
            );
        }
        if self.differs {
            return self.write("ref", &first.as_one_text(), true);
        }
        self.write("out", &first.out, true)?;
        self.write("err", &first.err, !first.err.is_empty())?;
        self.write("code", &format!("{}\n", first.code), first.code != 0)
    }

    /// Runs the program as a user would: in its own folder, named without a path, in a bare environment.
    fn run(&self, program: &Path, flags: &[&str], hash_seed: &str) -> Result<Transcript, String> {
        let folder = self.script.parent().unwrap_or(root());
        let scratch = Scratch::new()?;
        let mut arguments: Vec<OsString> = flags.iter().map(OsString::from).collect();
        let mut given = self.read("args")?;
        if self.session {
            given.get_or_insert_with(|| "-i\n-q".into());
        } else {
            arguments.push(self.script.file_name().unwrap_or_default().into());
        }
        let scratch_text = scratch.0.to_string_lossy().into_owned();
        for line in given.unwrap_or_default().lines() {
            arguments.push(line.replace("{tmp}", &scratch_text).into());
        }
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs([
                ("PATH", "/usr/bin:/bin"),
                ("LC_ALL", "C.UTF-8"),
                ("TZ", "UTC"),
            ])
            .envs([
                ("PYTHONHASHSEED", hash_seed),
                ("PYTHONDONTWRITEBYTECODE", "1"),
            ])
            .envs([("NO_COLOR", "1"), ("PYTHON_COLORS", "0")])
            // Options of a memory checker that Taipan was built with.
            .envs(std::env::var_os("ASAN_OPTIONS").map(|options| ("ASAN_OPTIONS", options)));
        for line in self.read("env")?.unwrap_or_default().lines() {
            if let Some((name, value)) = line.split_once('=') {
                command.env(name, value);
            }
        }
        let input = self.read("in")?.unwrap_or_default();
        let run =
            run_with_limit(command, input).map_err(|e| format!("{}: {e}", program.display()))?;
        // Paths of this checkout and of the scratch folder are no part of what the program said.
        let folder = fs::canonicalize(folder).unwrap_or(folder.to_path_buf());
        let folder = format!("{}/", folder.to_string_lossy());
        let portable = |text: &str| {
            let text = text.replace(&scratch_text, "{tmp}").replace(&folder, "");
            hide_addresses(&text)
        };
        let transcript = Transcript {
            out: portable(&run.out),
            err: portable(&run.err),
            code: run.code,
        };
        if run.timed_out {
            let Transcript { out, err, .. } = transcript;
            return Err(format!(
                "still running after {} s\n--- output so far\n{}\n--- errors so far\n{}",
                TIME_LIMIT.as_secs(),
                tail(&out),
                tail(&err)
            ));
        }
        Ok(transcript)
    }

    fn path(&self, extension: &str) -> PathBuf {
        let mut path = self.recording.clone().into_os_string();
        path.push(".");
        path.push(extension);
        path.into()
    }

    fn read(&self, extension: &str) -> Result<Option<String>, String> {
        match fs::read_to_string(self.path(extension)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", self.path(extension).display())),
        }
    }

    /// Writes one recording, or removes it when there is nothing to say.
    fn write(&self, extension: &str, text: &str, wanted: bool) -> Result<(), String> {
        let path = self.path(extension);
        let done = if wanted {
            fs::write(&path, text)
        } else if path.exists() {
            fs::remove_file(&path)
        } else {
            Ok(())
        };
        done.map_err(|e| format!("{}: {e}", path.display()))
    }
}

/// Calls `found` with each script below `folder`; folders of helper modules are passed over.
fn walk(folder: &Path, found: &mut dyn FnMut(PathBuf)) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "lib" && !name.starts_with(['_', '.']) {
                walk(&path, found);
            }
        } else if name.ends_with(".py") {
            found(path);
        }
    }
}

/// What a program said and how it ended. A signal's code is negative, as a shell's caller sees it.
struct Transcript {
    out: String,
    err: String,
    code: i32,
}

impl Transcript {
    /// The report when `got` is not this.
    fn differences(&self, got: &Transcript) -> Option<String> {
        let mut report = String::new();
        if self.code != got.code {
            report.push_str(&format!(
                "exit code: expected {}, got {}\n",
                self.code, got.code
            ));
        }
        report.extend(diff("stdout", &self.out, &got.out));
        report.extend(diff("stderr", &self.err, &got.err));
        (!report.is_empty()).then_some(report)
    }

    fn as_one_text(&self) -> String {
        let mut text = self.out.clone();
        if !self.err.is_empty() {
            text.push_str(&format!("--- stderr\n{}", self.err));
        }
        if self.code != 0 {
            text.push_str(&format!("--- exit code {}\n", self.code));
        }
        text
    }
}

fn diff(stream: &str, want: &str, got: &str) -> Option<String> {
    if want == got {
        return None;
    }
    let changes = TextDiff::from_lines(want, got);
    let unified = changes
        .unified_diff()
        .context_radius(3)
        .header("expected", "got")
        .to_string();
    let mut report = format!("{stream} differs\n");
    for line in unified.lines().take(DIFF_LINES) {
        report.push_str(line);
        report.push('\n');
    }
    if unified.lines().nth(DIFF_LINES).is_some() {
        report.push_str("... (more)\n");
    }
    Some(report)
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Replaces `0x7f...` by `0x…`: the one thing a program prints that no two runs share.
fn hide_addresses(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let (before, after) = rest.split_at(at + 2);
        let digits = after
            .bytes()
            .take_while(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b));
        let digits = digits.count();
        clean.push_str(before);
        // Short numbers are results of hex(), and those must be right.
        if digits >= 9 {
            clean.push('…');
        } else {
            clean.push_str(&after[..digits]);
        }
        rest = &after[digits..];
    }
    clean.push_str(rest);
    clean
}

struct Finished {
    out: String,
    err: String,
    code: i32,
    timed_out: bool,
}

fn run_with_limit(mut command: Command, input: String) -> std::io::Result<Finished> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading its input closes the pipe, which is its right.
        thread::spawn(move || stdin.write_all(input.as_bytes()));
    }
    let out = child.stdout.take().map(collect);
    let err = child.stderr.take().map(collect);
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    let (status, timed_out) = loop {
        if let Some(status) = child.try_wait()? {
            break (status, false);
        }
        if start.elapsed() > TIME_LIMIT {
            child.kill()?;
            break (child.wait()?, true);
        }
        thread::sleep(pause);
        pause = (pause * 3 / 2).min(Duration::from_millis(20));
    };
    let text = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
        let bytes = reader
            .and_then(|reader| reader.join().ok())
            .unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok(Finished {
        out: text(out),
        err: text(err),
        code: exit_code(status),
        timed_out,
    })
}

fn collect(stream: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is still the best thing to show.
        let _ = stream.take(OUTPUT_LIMIT).read_to_end(&mut bytes);
        bytes
    })
}

#[cfg(unix)]
fn exit_code(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status
        .code()
        .or(status.signal().map(|signal| -signal))
        .unwrap_or(-1)
}

#[cfg(not(unix))]
fn exit_code(status: std::process::ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// A folder of its own for each run, gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("taipan-golden-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that cannot be removed is rubbish in the system's temporary folder, not a failed test.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `docs/differences.md` is what the files under `tests/py/differ` say.
fn check_differences_page(mode: &Mode) -> Result<(), String> {
    let page = differences_page()?;
    let path = root().join("docs/differences.md");
    if matches!(mode, Mode::Bless) {
        fs::create_dir_all(root().join("docs")).map_err(|e| e.to_string())?;
        return fs::write(&path, page).map_err(|e| format!("{}: {e}", path.display()));
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    diff(
        "docs/differences.md (make it with TAIPAN_BLESS=1)",
        &current,
        &page,
    )
    .map_or(Ok(()), Err)
}

fn differences_page() -> Result<String, String> {
    let mut entries = Vec::new();
    for case in Case::all().into_iter().filter(|case| case.differs) {
        let source = fs::read_to_string(&case.script).map_err(|e| format!("{}: {e}", case.name))?;
        entries.push((Difference::read(&case, &source)?, case, source));
    }
    entries.sort_by(|(a, ..), (b, ..)| (&a.category, &a.title).cmp(&(&b.category, &b.title)));
    let mut page = String::from(
        "# Where Taipan differs from CPython 3.14\n\n\
         Each entry is a program under `tests/py/differ` that the tests run; this page is made from them.\n",
    );
    let mut category = "";
    for (difference, case, source) in &entries {
        if difference.category != category {
            category = &difference.category;
            page.push_str(&format!("\n## {category}\n"));
        }
        let code = source
            .split_once("\"\"\"\n")
            .map_or("", |(_, code)| code)
            .trim();
        page.push_str(&format!(
            "\n### {}\n\n**Cause:** {}\n\n**Work-around:** {}\n\n`tests/py/{}.py`\n\n```python\n{code}\n```\n",
            difference.title, difference.cause, difference.workaround, case.name
        ));
        for (who, extension) in [("CPython", "ref"), ("Taipan", "out")] {
            let said = case.read(extension)?.unwrap_or_default();
            page.push_str(&format!(
                "\n{who} prints\n\n```text\n{}\n```\n",
                said.trim_end()
            ));
        }
    }
    Ok(page)
}

/// The docstring of a file under `tests/py/differ`: a title, then `Category:`, `Cause:` and `Work-around:`.
struct Difference {
    title: String,
    category: String,
    cause: String,
    workaround: String,
}

impl Difference {
    fn read(case: &Case, source: &str) -> Result<Difference, String> {
        let docstring = source
            .strip_prefix("\"\"\"")
            .and_then(|rest| rest.split_once("\"\"\"\n"));
        let Some((docstring, _)) = docstring else {
            return Err(format!("{} must begin with a docstring", case.name));
        };
        let field = |label: &str| {
            let mut words = Vec::new();
            let mut inside = label.is_empty();
            for line in docstring.lines() {
                let start = ["Category:", "Cause:", "Work-around:"]
                    .into_iter()
                    .find(|l| line.starts_with(l));
                match start {
                    Some(found) => {
                        inside = found == label;
                        if inside {
                            words.push(line[found.len()..].trim());
                        }
                    }
                    None if inside => words.push(line.trim()),
                    None => {}
                }
            }
            let text = words.join(" ").trim().to_string();
            if text.is_empty() {
                Err(format!("{}: the docstring has no {label:?}", case.name))
            } else {
                Ok(text)
            }
        };
        Ok(Difference {
            title: field("")?,
            category: field("Category:")?,
            cause: field("Cause:")?,
            workaround: field("Work-around:")?,
        })
    }
}
