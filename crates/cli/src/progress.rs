//! Progress on standard error: bars on a terminal, a line for every tenth elsewhere.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use engine::model::Stage;
use engine::model::job::{InputConfig, MediaReference};
use engine::{ExtractProgress, ExtractSubject, FetchProgress};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// A bar's length: its position is per mille.
const WHOLE: u64 = 1_000;
/// Lines are written when so many more per mille are done.
const STEP: u64 = 100;

pub(crate) struct ProgressLines {
    names: Vec<String>,
    /// `None` where standard error is no terminal.
    bars: Option<MultiProgress>,
    /// What is shown of each piece of work in each of its stages.
    shown: Mutex<HashMap<(ExtractSubject, Stage), Shown>>,
}

struct Shown {
    bar: Option<ProgressBar>,
    permille: u64,
}

impl ProgressLines {
    pub(crate) fn new(input: &InputConfig) -> Self {
        let name = |media: &MediaReference| match (&media.id, &media.url) {
            (None, Some(url)) => url.location().name(),
            _ => media.as_given().to_owned(),
        };
        Self {
            names: input.media.iter().map(name).collect(),
            bars: std::io::stderr().is_terminal().then(MultiProgress::new),
            shown: Mutex::default(),
        }
    }

    /// Shows one step of progress.
    pub(crate) fn show(&self, item: ExtractProgress) {
        let permille = (f64::from(item.progress.fraction) * WHOLE as f64) as u64;
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = shown.entry((item.subject, item.progress.stage)).or_insert_with(|| self.begin(&item));
        match &entry.bar {
            Some(bar) => bar.set_position(permille),
            None if permille >= entry.permille + STEP => {
                entry.permille = permille / STEP * STEP;
                let left =
                    item.remaining.map(|left| format!(", {} s left", left.as_secs())).unwrap_or_default();
                say(&format!("{}: {} %{left}", self.title(&item), entry.permille / 10));
            }
            None => {}
        }
    }

    /// Takes the bars off the terminal, so that the result stands alone.
    pub(crate) fn clear(&self) {
        if let Some(bars) = &self.bars {
            // A terminal that is gone needs no clearing.
            let _ = bars.clear();
        }
    }

    fn begin(&self, item: &ExtractProgress) -> Shown {
        let bar = self.bars.as_ref().map(|bars| {
            let bar = bars.add(ProgressBar::new(WHOLE).with_message(self.title(item)));
            if let Ok(style) = ProgressStyle::with_template("{msg:36!} {wide_bar} {percent:>3} % {eta:>4}") {
                bar.set_style(style);
            }
            bar
        });
        if bar.is_none() {
            say(&self.title(item));
        }
        Shown { bar, permille: 0 }
    }

    fn title(&self, item: &ExtractProgress) -> String {
        let doing = match item.progress.stage {
            Stage::Probing => "Reading",
            Stage::Analysing => "Analysing",
            Stage::Choosing => "Choosing",
            Stage::Transcribing => "Transcribing",
            Stage::Exporting => "Exporting",
            Stage::Uploading => "Uploading",
            Stage::Preparing => "Preparing",
        };
        match item.subject {
            ExtractSubject::Material(index) => {
                format!("{doing} {}", self.names.get(index).map_or("", String::as_str))
            }
            ExtractSubject::Clip(index) => format!("{doing} clip {index}"),
        }
    }
}

/// The progress of one model on its way here.
pub(crate) struct TransferLine {
    /// What is done with it.
    what: &'static str,
    id: String,
    /// `None` where standard error is no terminal.
    bar: Option<ProgressBar>,
    /// The last per mille that a line told of.
    told: Mutex<Option<u64>>,
}

impl TransferLine {
    pub(crate) fn new(what: &'static str, id: &str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length().with_message(format!("{what} {id}"));
            let template = "{msg:36!} {wide_bar} {bytes:>10} of {total_bytes} {eta:>4}";
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { what, id: id.to_owned(), bar, told: Mutex::default() }
    }

    /// Shows one step of progress.
    pub(crate) fn show(&self, progress: &FetchProgress) {
        if let Some(reason) = &progress.trying_again {
            let line = format!("{}: trying again, {reason}", self.id);
            return self.bar.as_ref().map_or_else(|| say(&line), |bar| bar.suspend(|| say(&line)));
        }
        if let Some(bar) = &self.bar {
            bar.set_length(progress.size);
            // What earlier runs brought says nothing about the pace of this one.
            if bar.position() == 0 {
                bar.reset_eta()
            }
            return bar.set_position(progress.arrived);
        }
        let permille =
            (progress.arrived * WHOLE).checked_div(progress.size).unwrap_or_default() / STEP * STEP;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|told| told < permille) {
            *told = Some(permille);
            say(&format!("{} {}: {} %", self.what, self.id, permille / 10));
        }
    }

    /// Takes the bar off the terminal.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn say(line: &str) {
    // Nowhere is left to say that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
