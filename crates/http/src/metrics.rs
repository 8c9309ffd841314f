//! Figures for Prometheus, in its text format.

use std::fmt::Write;

use engine::{Engine, Failure, Figures, JobState};

/// The format's name for the header `content-type`.
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How the library and this server stand.
pub(crate) struct Gathered {
    /// Jobs in each state, in the order of [`JobState::ALL`].
    states: [u32; JobState::ALL.len()],
    /// Those that wait for their turn.
    waiting: u32,
    /// How often they were begun.
    runs: u32,
    figures: Figures,
}

impl Gathered {
    pub(crate) fn new(engine: &Engine, figures: Figures) -> Result<Self, Failure> {
        let mut states = [0; JobState::ALL.len()];
        for (count, state) in states.iter_mut().zip(JobState::ALL) {
            *count = engine.count_ordered_jobs(state)?;
        }
        let waiting = engine.count_ordered_jobs(JobState::Created)?;
        Ok(Self { states, waiting, runs: engine.count_job_runs()?, figures })
    }

    pub(crate) fn text(&self) -> String {
        let Figures { finished, failed, searched, stages } = &self.figures;
        let mut text = Text::default();
        text.family("standout_jobs", "gauge", "Jobs of the library, by state.");
        for (count, state) in self.states.iter().zip(JobState::ALL) {
            text.sample("standout_jobs", &format!("{{state=\"{}\"}}", state.name()), f64::from(*count));
        }
        text.family("standout_queue_length", "gauge", "Jobs that wait for their turn.");
        text.sample("standout_queue_length", "", f64::from(self.waiting));
        text.family("standout_job_runs", "gauge", "How often the library's jobs were begun.");
        text.sample("standout_job_runs", "", f64::from(self.runs));
        text.family("standout_jobs_ended_total", "counter", "Jobs that this server has done, by their end.");
        for (name, count) in [("finished", finished), ("failed", failed)] {
            text.sample("standout_jobs_ended_total", &format!("{{state=\"{name}\"}}"), *count as f64);
        }
        text.family("standout_media_seconds_total", "counter", "Seconds of media that this server searched.");
        text.sample("standout_media_seconds_total", "", *searched);
        text.family("standout_stage_seconds_total", "counter", "Time of this server's jobs, by stage.");
        for (stage, time) in stages {
            let labels = format!("{{stage=\"{stage}\"}}");
            text.sample("standout_stage_seconds_total", &labels, time.as_secs_f64());
        }
        text.0
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn sample(&mut self, name: &str, labels: &str, value: f64) {
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }
}
