//! Signals: the first thread waits for them and asks the one that runs Python to come to a safepoint.

use std::process::ExitCode;
use std::thread::JoinHandle;
use taipan_vm::value::runtime::{request, wake};

/// Waits until the thread ends, turning SIGINT into a request for KeyboardInterrupt.
pub fn watch(python: &JoinHandle<ExitCode>) {
    let Ok(mut signals) = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT]) else {
        return;
    };
    let thread = python.thread().clone();
    let handle = signals.handle();
    END.lock()
        .unwrap_or_else(|e| e.into_inner())
        .replace(handle);
    if python.is_finished() {
        return;
    }
    for signal in signals.forever() {
        if signal == signal_hook::consts::SIGINT {
            request(wake::SIGNAL);
            thread.unpark();
        }
    }
}

static END: std::sync::Mutex<Option<signal_hook::iterator::Handle>> = std::sync::Mutex::new(None);

/// The thread that runs Python is done: no more waiting.
pub fn stop() {
    if let Some(handle) = END.lock().unwrap_or_else(|e| e.into_inner()).take() {
        handle.close();
    }
}
