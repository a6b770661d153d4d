//! The line editor, on a thread of its own: rustyline with Python's ways. It shares nothing with the interpreter; what it must ask (completions,
//! signatures) it asks by message.
//!
//! Lines of a block but the first begin with the continuation prompt as part of the buffer (see [`super::text`]); the keys below know it.

use super::highlight::{self, RESET, Style};
use super::text;
use rustyline::completion::{Completer, Pair};
use rustyline::config::{BellStyle, ColorMode, CompletionType, EditMode};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::{DefaultHistory, SearchDirection};
use rustyline::validate::Validator;
use rustyline::{
    At, Cmd, ConditionalEventHandler, Config, Context, Editor, Event, EventContext, EventHandler,
    Helper, KeyCode, KeyEvent, Modifiers, Movement, RepeatCount, Word,
};
use std::borrow::Cow;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long the editor waits for the interpreter, which is idle then unless a background task runs.
const PATIENCE: Duration = Duration::from_secs(3);
const HISTORY: usize = 10_000;

/// What the interpreter tells the editor.
pub enum Order {
    Read { prompt: String, mark: String },
}

/// What the editor tells the interpreter.
pub enum News {
    /// An input, without the marks of its lines.
    Input(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D on an empty line, or a terminal that is gone.
    End,
    /// A question about the text before the cursor.
    Complete(String, SyncSender<Completions>),
    Signature(String, SyncSender<Option<String>>),
}

/// Candidates, and how many bytes before the cursor they replace.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Completions {
    pub replaces: usize,
    pub words: Vec<String>,
}

/// The way to the interpreter: a message, and a byte that wakes its event loop.
#[derive(Clone)]
pub struct Line {
    pub to: Sender<News>,
    pub wake: Arc<UnixStream>,
}

impl Line {
    fn send(&self, news: News) -> bool {
        let sent = self.to.send(news).is_ok();
        let _ = (&*self.wake).write(b"!");
        sent
    }
    fn ask<T>(&self, question: impl FnOnce(SyncSender<T>) -> News) -> Option<T> {
        let (reply, answer) = sync_channel(1);
        self.send(question(reply)).then_some(())?;
        answer.recv_timeout(PATIENCE).ok()
    }
}

/// How the editor is set up.
pub struct Settings {
    pub vi: bool,
    pub colors: bool,
    pub history: Option<PathBuf>,
}

/// The part that keys and helper share.
type Mark = Arc<Mutex<String>>;

fn mark_of(mark: &Mark) -> String {
    mark.lock().map(|m| m.clone()).unwrap_or_default()
}

struct Python {
    line: Line,
    mark: Mark,
    colors: bool,
}

impl Helper for Python {}
impl Validator for Python {}

impl Completer for Python {
    type Candidate = Pair;
    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = text::plain(&line[..pos], &mark_of(&self.mark));
        let found = self
            .line
            .ask(|reply| News::Complete(before, reply))
            .unwrap_or_default();
        let pairs = found.words.into_iter().map(|word| Pair {
            display: word.clone(),
            replacement: word,
        });
        Ok((pos.saturating_sub(found.replaces), pairs.collect()))
    }
}

/// The dimmed text behind the cursor.
pub struct Suggestion {
    text: String,
    /// Whether Right takes it over.
    accepted: bool,
}

impl Hint for Suggestion {
    fn display(&self) -> &str {
        &self.text
    }
    fn completion(&self) -> Option<&str> {
        self.accepted.then_some(self.text.as_str())
    }
}

impl Hinter for Python {
    type Hint = Suggestion;
    fn hint(&self, line: &str, pos: usize, ctx: &Context<'_>) -> Option<Suggestion> {
        if line.trim().is_empty() || pos < line.len() {
            return None;
        }
        if line.ends_with('(') {
            let before = text::plain(line, &mark_of(&self.mark));
            let text = self
                .line
                .ask(|reply| News::Signature(before, reply))
                .flatten();
            if let Some(text) = text {
                return Some(Suggestion {
                    text,
                    accepted: false,
                });
            }
        }
        let history = ctx.history();
        let last = history.len().checked_sub(1)?;
        let found = history
            .starts_with(line, last, SearchDirection::Reverse)
            .ok()
            .flatten()?;
        let rest = found.entry.get(line.len()..)?.to_string();
        (!rest.is_empty()).then_some(Suggestion {
            text: rest,
            accepted: true,
        })
    }
}

impl Highlighter for Python {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        if !self.colors {
            return Cow::Borrowed(line);
        }
        Cow::Owned(highlight::buffer(line, pos, &mark_of(&self.mark)))
    }
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(
        &'s self,
        prompt: &'p str,
        default: bool,
    ) -> Cow<'b, str> {
        if !self.colors || !default {
            return Cow::Borrowed(prompt);
        }
        Cow::Owned(format!("{}{prompt}{RESET}", Style::Prompt.code()))
    }
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if !self.colors {
            return Cow::Borrowed(hint);
        }
        Cow::Owned(format!("{}{hint}{RESET}", Style::Hint.code()))
    }
    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.colors
    }
}

/// What a key does.
#[derive(Clone, Copy)]
enum Key {
    Enter,
    Tab,
    Backspace,
    Home,
    KillToHome,
    Left,
    Right,
    Delete,
    /// Takes over a word of the suggestion.
    Word,
}

struct Handler {
    key: Key,
    mark: Mark,
}

impl ConditionalEventHandler for Handler {
    fn handle(&self, _: &Event, n: RepeatCount, _: bool, ctx: &EventContext) -> Option<Cmd> {
        use rustyline::InputMode;
        if ctx.mode() == EditMode::Vi && ctx.input_mode() != InputMode::Insert {
            return match self.key {
                Key::Enter => self.enter(ctx),
                _ => None,
            };
        }
        match self.key {
            Key::Enter => self.enter(ctx),
            Key::Tab => {
                let (column, before) = self.place(ctx);
                before.trim().is_empty().then(|| {
                    let n = text::INDENT - column % text::INDENT;
                    Cmd::Insert(1, " ".repeat(n))
                })
            }
            Key::Backspace => self.backspace(n, ctx),
            Key::Home => {
                let (column, _) = self.place(ctx);
                Some(Cmd::Move(back(column)?))
            }
            Key::KillToHome => {
                let (column, _) = self.place(ctx);
                Some(Cmd::Kill(back(column)?))
            }
            Key::Left => {
                let (column, _) = self.place(ctx);
                let first = !ctx.line()[..ctx.pos()].contains('\n');
                (column == 0 && !first && n == 1)
                    .then(|| Some(Cmd::Move(back(self.width() + 1)?)))
                    .flatten()
            }
            Key::Right | Key::Delete => {
                let mark = mark_of(&self.mark);
                let next = ctx.line()[ctx.pos()..].strip_prefix('\n')?;
                (next.starts_with(&mark) && n == 1).then_some(())?;
                let over = Movement::ForwardChar(count(self.width() + 1));
                Some(match self.key {
                    Key::Right => Cmd::Move(over),
                    _ => Cmd::Kill(over),
                })
            }
            Key::Word => {
                let hint = ctx.hint_text()?;
                let start = hint.len() - hint.trim_start().len();
                let end = hint[start..]
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .map_or(hint.len(), |e| start + e.max(1));
                let end = (end..=hint.len()).find(|&e| hint.is_char_boundary(e))?;
                Some(Cmd::Insert(1, hint[..end].to_string()))
            }
        }
    }
}

fn count(n: usize) -> RepeatCount {
    RepeatCount::try_from(n).unwrap_or(RepeatCount::MAX)
}

/// So many characters back; nothing if there are none.
fn back(n: usize) -> Option<Movement> {
    (n > 0).then_some(Movement::BackwardChar(count(n)))
}

impl Handler {
    /// Characters of a mark.
    fn width(&self) -> usize {
        mark_of(&self.mark).chars().count()
    }

    /// The column of the cursor, and its line up to it, both behind the mark.
    fn place<'c>(&self, ctx: &'c EventContext) -> (usize, &'c str) {
        let before = &ctx.line()[..ctx.pos()];
        let mark = mark_of(&self.mark);
        let line = match before.rsplit_once('\n') {
            Some((_, line)) => line.strip_prefix(mark.as_str()).unwrap_or(line),
            None => before,
        };
        (line.chars().count(), line)
    }

    fn enter(&self, ctx: &EventContext) -> Option<Cmd> {
        let mark = mark_of(&self.mark);
        let (line, pos) = (ctx.line(), ctx.pos());
        let whole = text::plain(line, &mark);
        let on_last_line = !line[pos..].contains('\n');
        if on_last_line && text::is_complete(&whole) {
            return Some(Cmd::AcceptLine);
        }
        let before = text::plain(&line[..pos], &mark);
        let more = format!("\n{}", " ".repeat(text::next_indent(&before)));
        if pos == line.len() && text::marked(&whole, &mark) != line {
            // Pasted lines get their marks now.
            let all = text::marked(&(whole + &more), &mark);
            return Some(Cmd::Replace(Movement::WholeBuffer, Some(all)));
        }
        Some(Cmd::Insert(1, text::marked(&more, &mark)))
    }

    fn backspace(&self, n: RepeatCount, ctx: &EventContext) -> Option<Cmd> {
        let (column, before) = self.place(ctx);
        let line = &ctx.line()[..ctx.pos()];
        if n != 1 {
            return None;
        }
        if column == 0 {
            // The newline goes with the mark.
            let begins = line.rsplit_once('\n')?.1;
            return Some(Cmd::Kill(back(begins.chars().count() + 1)?));
        }
        if !before.trim().is_empty() || before.contains('\t') {
            return None;
        }
        let n = (column - 1) % text::INDENT + 1;
        Some(Cmd::Kill(back(n)?))
    }
}

/// Starts the editor; it ends when the sender of orders is dropped.
pub fn start(
    settings: Settings,
    orders: Receiver<Order>,
    line: Line,
) -> std::io::Result<rustyline::Result<Printer>> {
    let (ready, is_ready) = sync_channel(1);
    std::thread::Builder::new()
        .name("editor".into())
        .spawn(move || {
            let mark: Mark = Arc::default();
            match make(&settings, &mark, line.clone()) {
                Ok((mut editor, printer)) => {
                    let _ = ready.send(Ok(printer));
                    serve(&mut editor, &settings, &mark, &orders, &line);
                }
                Err(e) => {
                    let _ = ready.send(Err(e));
                }
            }
        })?;
    Ok(is_ready.recv().unwrap_or(Err(ReadlineError::Eof)))
}

/// Prints above the line being edited.
pub type Printer = Box<dyn rustyline::ExternalPrinter + Send>;

type PythonEditor = Editor<Python, DefaultHistory>;

fn make(
    settings: &Settings,
    mark: &Mark,
    line: Line,
) -> rustyline::Result<(PythonEditor, Printer)> {
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .completion_prompt_limit(200)
        .edit_mode(if settings.vi {
            EditMode::Vi
        } else {
            EditMode::Emacs
        })
        .color_mode(if settings.colors {
            ColorMode::Forced
        } else {
            ColorMode::Disabled
        })
        .bell_style(BellStyle::None)
        .auto_add_history(false)
        .tab_stop(8)
        .indent_size(text::INDENT as u8)
        .bracketed_paste(true)
        .build();
    let mut editor: PythonEditor = Editor::with_config(config)?;
    editor.set_helper(Some(Python {
        line,
        mark: mark.clone(),
        colors: settings.colors,
    }));
    if let Some(file) = &settings.history {
        let _ = editor.load_history(file);
    }
    bind(&mut editor, mark);
    let printer = editor.create_external_printer()?;
    Ok((editor, Box::new(printer)))
}

fn bind(editor: &mut PythonEditor, mark: &Mark) {
    let key = |code, modifiers| KeyEvent(code, modifiers);
    let none = Modifiers::NONE;
    for (event, what) in [
        (key(KeyCode::Enter, none), Key::Enter),
        (KeyEvent::ctrl('J'), Key::Enter),
        (KeyEvent::ctrl('M'), Key::Enter),
        (key(KeyCode::Tab, none), Key::Tab),
        (key(KeyCode::Backspace, none), Key::Backspace),
        (KeyEvent::ctrl('H'), Key::Backspace),
        (key(KeyCode::Home, none), Key::Home),
        (KeyEvent::ctrl('A'), Key::Home),
        (KeyEvent::ctrl('U'), Key::KillToHome),
        (key(KeyCode::Left, none), Key::Left),
        (KeyEvent::ctrl('B'), Key::Left),
        (key(KeyCode::Right, none), Key::Right),
        (KeyEvent::ctrl('F'), Key::Right),
        (key(KeyCode::Delete, none), Key::Delete),
        (KeyEvent::alt('f'), Key::Word),
    ] {
        let handler = Handler {
            key: what,
            mark: mark.clone(),
        };
        editor.bind_sequence(event, EventHandler::Conditional(Box::new(handler)));
    }
    for (event, command) in [
        (key(KeyCode::Enter, Modifiers::ALT), Cmd::AcceptLine),
        (key(KeyCode::PageUp, none), Cmd::HistorySearchBackward),
        (key(KeyCode::PageDown, none), Cmd::HistorySearchForward),
        (
            key(KeyCode::Right, Modifiers::CTRL),
            Cmd::Move(Movement::ForwardWord(1, At::AfterEnd, Word::Emacs)),
        ),
        (
            key(KeyCode::Left, Modifiers::CTRL),
            Cmd::Move(Movement::BackwardWord(1, Word::Emacs)),
        ),
    ] {
        editor.bind_sequence(event, EventHandler::Simple(command));
    }
}

fn serve(
    editor: &mut PythonEditor,
    settings: &Settings,
    mark: &Mark,
    orders: &Receiver<Order>,
    line: &Line,
) {
    while let Ok(Order::Read { prompt, mark: new }) = orders.recv() {
        if let Ok(mut m) = mark.lock() {
            m.clone_from(&new);
        }
        let news = match editor.readline(prompt.as_str()) {
            Ok(buffer) => {
                remember(editor, settings, &buffer, &new);
                News::Input(text::plain(&buffer, &new))
            }
            Err(ReadlineError::Interrupted) => News::Interrupt,
            Err(_) => News::End,
        };
        if !line.send(news) {
            return;
        }
    }
}

/// A block is one entry; the file is kept up to date, so that a session that dies loses nothing.
fn remember(editor: &mut PythonEditor, settings: &Settings, buffer: &str, mark: &str) {
    let entry = text::plain(buffer, mark);
    let entry = entry.trim_end();
    if entry.is_empty() {
        return;
    }
    let added = editor.add_history_entry(text::marked(entry, mark));
    if let (Ok(true), Some(file)) = (added, &settings.history) {
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = editor.append_history(file);
    }
}
