//! What the doors may log.

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::Filter;

/// What speaks HTTP, down to the connection. Below `info` these crates write addresses out, and those of remote media and
/// of buckets may carry signatures that open them to everybody.
const HTTP_CLIENTS: [&str; 10] = [
    "h2",
    "hyper",
    "hyper_rustls",
    "hyper_util",
    "object_store",
    "quinn",
    "reqwest",
    "rustls",
    "ureq",
    "ureq_proto",
];

/// What is logged: as `words` say in `tracing`'s directives (`debug`, `standout_engine=trace`), else, and when they cannot be
/// understood, as `usual` says. HTTP clients are never heard below `info`, whatever the words.
#[must_use]
pub fn log_filter<S: Subscriber>(words: Option<&str>, usual: &str) -> impl Filter<S> + use<S> {
    let asked = words.and_then(|words| EnvFilter::try_new(words).ok());
    asked.unwrap_or_else(|| EnvFilter::new(usual)).and(filter_fn(keeps_secrets))
}

/// Whether it can hold no signed address. A target is a path of modules, as `ureq::run`.
fn keeps_secrets(metadata: &Metadata<'_>) -> bool {
    let speaker = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || !HTTP_CLIENTS.contains(&speaker)
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::Layer;
    use tracing_subscriber::fmt;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no writer panics").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What of the lines below is written.
    fn check(words: Option<&str>, usual: &str, expected: &[&str]) {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = fmt::layer()
            .with_writer(move || writer.clone())
            .without_time()
            .with_ansi(false)
            .with_level(false)
            .with_target(false)
            .with_filter(log_filter(words, usual));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::info!(target: "standout_engine", "own info");
            tracing::debug!(target: "standout_engine", "own debug");
            tracing::warn!(target: "ureq::run", "client warning");
            tracing::debug!(target: "ureq::run", "client debug");
            tracing::trace!(target: "ureq", "client trace");
            tracing::debug!(target: "object_store::client", "bucket debug");
            tracing::debug!(target: "hyper_util::client::legacy", "connection debug");
            tracing::debug!(target: "hyperbole", "another's debug");
        });
        let written = lines.0.lock().expect("no writer panics");
        let written: Vec<&str> =
            std::str::from_utf8(&written).expect("lines are text").lines().map(str::trim).collect();
        assert_eq!(written, expected, "what is logged at {words:?}, usually {usual}");
    }

    #[test]
    fn addresses_of_http_clients_stay_out_of_every_log() {
        let all = ["own info", "own debug", "client warning", "another's debug"];
        check(None, "error", &[]);
        check(None, "info", &["own info", "client warning"]);
        check(Some("debug"), "error", &all);
        check(Some("trace"), "error", &all);
        check(Some("ureq=trace,ureq::run=trace,object_store=debug"), "error", &["client warning"]);
        check(Some("standout_engine=debug"), "info", &["own info", "own debug"]);
        check(Some("=="), "info", &["own info", "client warning"]);
    }
}
