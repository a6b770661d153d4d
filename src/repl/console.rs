//! The interactive mode at a terminal: inputs come from the line editor; between them the event loop of the session runs, if there is one.

use super::complete;
use super::editor::{self, Line, News, Order, Printer, Settings};
use super::session::{Outcome, Session};
use super::terminal::Screen;
use std::io::Read;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use taipan::{Ref, Vm};
use taipan_vm::R;
use taipan_vm::vm::new_int;
use taipan_vm::{intern, rt};

pub struct Console {
    orders: Sender<Order>,
    news: Receiver<News>,
    /// A byte for each message.
    woken: UnixStream,
    /// Shares the terminal with the editor.
    screen: Arc<Screen>,
    /// Whether the loop has a reader for `woken`.
    event_loop: Option<Ref>,
}

impl Console {
    /// Starts the editor; fails if the terminal is none that it can work with.
    pub fn new(settings: Settings, screen: Arc<Screen>) -> Option<Console> {
        let (orders, given) = channel();
        let (to, news) = channel();
        let (woken, wake) = UnixStream::pair().ok()?;
        woken.set_nonblocking(true).ok()?;
        wake.set_nonblocking(true).ok()?;
        let line = Line {
            to,
            wake: Arc::new(wake),
        };
        let printer: Printer = editor::start(settings, given, line).ok()?.ok()?;
        screen.connect(printer);
        Some(Console {
            orders,
            news,
            woken,
            screen,
            event_loop: None,
        })
    }

    /// Reads and runs until the session ends; the exit code.
    pub fn run(&mut self, vm: &mut Vm, session: &mut Session) -> i32 {
        session.set_prompts(vm);
        loop {
            let outcome = match self.read(vm, session) {
                Ok(Some(source)) => self.execute(vm, session, &source),
                Ok(None) => return 0,
                Err(e) => session.conclude(vm, Err(e)),
            };
            if vm.flush_streams().is_err() {
                vm.take_exc();
            }
            if let Outcome::Exit(code) = outcome {
                return code;
            }
        }
    }

    fn execute(&mut self, vm: &mut Vm, session: &mut Session, source: &str) -> Outcome {
        let source = command(vm, source);
        if source == CLEAR {
            let _ = vm.host.write_std(1, b"\x1b[H\x1b[2J");
            return Outcome::Done;
        }
        let event_loop = &mut self.event_loop;
        let (bell, woken) = (&self.woken, self.woken.as_raw_fd());
        let outcome = session.run_block(vm, &source, &mut |vm, coroutine| {
            let event_loop = loop_of(vm, event_loop, woken)?;
            await_in(vm, &event_loop, coroutine, bell)
        });
        // Tasks may be made from now on without waiting for anything.
        if self.event_loop.is_none()
            && vm.loaded(&intern("asyncio")).is_some()
            && loop_of(vm, &mut self.event_loop, woken).is_err()
        {
            vm.take_exc();
        }
        outcome
    }

    /// The next input; nothing at the end.
    fn read(&mut self, vm: &mut Vm, session: &mut Session) -> R<Option<String>> {
        let prompt = session.prompt(vm, "ps1");
        let mark = session.prompt(vm, "ps2");
        // Prompts of several lines can't be edited behind.
        let one_line = |text: String| text.rsplit('\n').next().unwrap_or("").to_string();
        if let Some((above, _)) = prompt.rsplit_once('\n') {
            let _ = vm.host.write_std(1, format!("{above}\n").as_bytes());
        }
        let order = Order::Read {
            prompt: one_line(prompt),
            mark: one_line(mark),
        };
        if self.orders.send(order).is_err() {
            return Ok(None);
        }
        self.screen.editing(true);
        let news = self.wait(vm);
        self.screen.editing(false);
        match news? {
            Some(News::Input(text)) => Ok(Some(text)),
            Some(News::Interrupt) => {
                let _ = vm.host.write_std(2, b"KeyboardInterrupt\n");
                Ok(Some(String::new()))
            }
            _ => Ok(None),
        }
    }

    /// Waits for the editor, answers its questions, and lets background tasks run.
    fn wait(&mut self, vm: &mut Vm) -> R<Option<News>> {
        loop {
            let news = match &self.event_loop {
                None => match self.news.recv() {
                    Ok(news) => news,
                    Err(_) => return Ok(None),
                },
                Some(event_loop) => {
                    let event_loop = event_loop.clone();
                    silence(&self.woken);
                    match self.news.try_recv() {
                        Ok(news) => news,
                        Err(std::sync::mpsc::TryRecvError::Disconnected) => return Ok(None),
                        Err(std::sync::mpsc::TryRecvError::Empty) => {
                            self.turn(vm, &event_loop)?;
                            continue;
                        }
                    }
                }
            };
            match news {
                News::Complete(text, reply) => {
                    let _ = reply.send(complete::complete(vm, &text));
                }
                News::Signature(text, reply) => {
                    let _ = reply.send(complete::signature(vm, &text));
                }
                news => return Ok(Some(news)),
            }
        }
    }

    /// Runs the loop until the editor has news.
    fn turn(&mut self, vm: &mut Vm, event_loop: &Ref) -> R<()> {
        let done = vm.call_method(event_loop, "run_forever", &[]);
        if vm.flush_streams().is_err() {
            vm.take_exc();
        }
        let Err(e) = done else {
            return Ok(());
        };
        if vm.exc_is(&rt().types.system_exit.clone()) {
            return Err(e);
        }
        // A loop that can't run must not be tried again and again.
        let closed = vm
            .aside(|vm| vm.call_method(event_loop, "is_closed", &[]))
            .is_some_and(|c| c.is_true());
        if closed {
            self.event_loop = None;
            taipan_aio::set_prompt_loop(None);
        }
        let exc = vm.take_exc();
        vm.report_exception(&exc);
        Ok(())
    }
}

/// Stands for clearing the screen.
const CLEAR: &str = "\x0c";

/// Words that need no parentheses unless the program has given them a meaning, and `name?` for help.
fn command(vm: &mut Vm, source: &str) -> String {
    let word = source.trim();
    let free = |vm: &mut Vm, name: &str| {
        use taipan_vm::value::{DictObj, ModuleObj};
        let main = vm.main_module();
        main.cast::<ModuleObj>()
            .and_then(|m| m.dict.cast::<DictObj>()?.get_name(name))
            .is_none()
    };
    match word {
        "exit" | "quit" | "help" | "copyright" | "credits" | "license" if free(vm, word) => {
            format!("{word}()")
        }
        "clear" if free(vm, word) => CLEAR.into(),
        _ => match word.strip_suffix('?') {
            Some(name)
                if !name.is_empty()
                    && name.split('.').all(|p| {
                        !p.is_empty() && p.chars().all(|c| c.is_alphanumeric() || c == '_')
                    }) =>
            {
                format!("help({name})")
            }
            _ => source.to_string(),
        },
    }
}

/// Takes out the bytes that have announced messages; whether there were any.
fn silence(mut bell: &UnixStream) -> bool {
    let mut any = false;
    while matches!(bell.read(&mut [0; 64]), Ok(n) if n > 0) {
        any = true;
    }
    any
}

/// The loop of the session, made when it is first needed.
fn loop_of(vm: &mut Vm, known: &mut Option<Ref>, woken: i32) -> R<Ref> {
    if let Some(event_loop) = known {
        let closed = vm.call_method(event_loop, "is_closed", &[])?;
        if !closed.is_true() {
            return Ok(event_loop.clone());
        }
    }
    let asyncio = vm.import("asyncio")?;
    let event_loop = vm.call_method(&asyncio, "new_event_loop", &[])?;
    vm.call_method(
        &asyncio,
        "set_event_loop",
        std::slice::from_ref(&event_loop),
    )?;
    let stop = vm.getattr_str(&event_loop, "stop")?;
    let reader = [new_int(woken as i64), stop];
    vm.call_method(&event_loop, "add_reader", &reader)?;
    taipan_aio::set_prompt_loop(Some(event_loop.clone()));
    *known = Some(event_loop.clone());
    Ok(event_loop)
}

/// Runs a coroutine to its end. An interrupt cancels it.
fn await_in(vm: &mut Vm, event_loop: &Ref, coroutine: Ref, bell: &UnixStream) -> R<()> {
    let task = vm.call_method(event_loop, "create_task", &[coroutine])?;
    let (e, finished) = loop {
        let task = std::slice::from_ref(&task);
        let Err(e) = vm.call_method(event_loop, "run_until_complete", task) else {
            return Ok(());
        };
        let finished = vm
            .aside(|vm| vm.call_method(&task[0], "done", &[]))
            .is_some_and(|d| d.is_true());
        // The bell that rang for this very input may have stopped the loop; the editor is silent until it is asked for more.
        if finished || !vm.exc_is(&rt().types.runtime_error.clone()) || !silence(bell) {
            break (e, finished);
        }
        vm.take_exc();
    };
    if !finished {
        let _ = vm.aside(|vm| {
            vm.call_method(&task, "cancel", &[])?;
            vm.call_method(event_loop, "run_until_complete", &[task])
        });
    }
    Err(e)
}
