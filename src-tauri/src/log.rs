//! The log: a file a day beside the library, the last week of them.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Days that are kept.
const DAYS: usize = 7;

/// Logs into `folder` from now on; `STANDOUT_LOG` sets what is logged, as in `standout_engine=debug`. A log that cannot be
/// written is no reason not to work.
pub(crate) fn start(folder: &Path) {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("standout")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder);
    if let Ok(appender) = appender {
        let words = std::env::var("STANDOUT_LOG").ok();
        let filter = engine::log_filter(words.as_deref(), "info");
        let log = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(appender);
        tracing_subscriber::registry().with(log.with_filter(filter)).init();
    }
}
