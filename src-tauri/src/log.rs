//! The log: a file a day beside the library, the last week of them.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

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
    let filter = EnvFilter::try_from_env("STANDOUT_LOG").unwrap_or_else(|_| "info".into());
    if let Ok(appender) = appender {
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(appender).init();
    }
}
