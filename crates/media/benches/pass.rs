//! What the analysis' decode pass costs beside plain decoding by FFmpeg, as ratios of the same run.
//!
//! Measures the file that `STANDOUT_MEASURE` names, else half a minute of 1080p30 H.264 as x264 makes it by default.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark prints its figures and stops where it cannot measure"
)]

extern crate standout_media as media;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use media::{DecodeSink, MayHoldCut, Source, decode, probe, refine_cuts};
use model::{MediaTime, Picture, Samples, TimeRange};
use testkit::{Folder, ffmpeg};

/// Measured in turn so often; the median counts, since other programs only ever add time.
const RUNS: usize = 3;

fn main() {
    let folder = Folder::new();
    let path = std::env::var_os("STANDOUT_MEASURE").map_or_else(|| default_film(&folder), PathBuf::from);
    let mut ratios = Ratios::default();
    for _ in 0..RUNS {
        ratios.measure(&path);
    }
    println!("{}: medians of {RUNS} runs, as shares of `ffmpeg -i FILE -f null -`", path.display());
    println!("              wall  processors");
    for (name, shares) in [("decode pass", &mut ratios.pass), ("placing cuts", &mut ratios.refine)] {
        println!(
            "{name:12}  {:4.2}  {:4.2}",
            median(shares, |share| share.0),
            median(shares, |share| share.1)
        );
    }
}

/// Half a minute of moving patterns with noise and a cut every four seconds.
fn default_film(folder: &Folder) -> PathBuf {
    let path = folder.file("film.mp4");
    let picture = "testsrc2=s=1920x1080:r=30:d=30,noise=alls=8:allf=t,hue=h='floor(t/4)*97'";
    let name = path.to_str().expect("a temporary folder's name is UTF-8");
    let sound = "sine=f=220:b=2:d=30";
    ffmpeg([
        "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-c:v", "libx264", "-c:a", "aac", name,
    ]);
    path
}

/// Shares of plain decoding's cost: by the clock, and of all processors.
#[derive(Default)]
struct Ratios {
    pass: Vec<(f64, f64)>,
    refine: Vec<(f64, f64)>,
}

impl Ratios {
    fn measure(&mut self, path: &Path) {
        let name = path.to_str().expect("the file's name is UTF-8");
        let plain = cost(|| ffmpeg(["-i", name, "-f", "null", "-"]));
        let source = Source::from(path);
        let info = probe(&source).expect("the file can be probed");
        let mut changes = Changes::default();
        let pass = cost(|| {
            decode(&source, &info, &mut changes).expect("the file can be decoded");
        });
        let refine = cost(|| {
            refine_cuts(&source, &info, &changes.found, &mut |_| ControlFlow::Continue(()))
                .expect("the cuts can be placed");
        });
        self.pass.push(pass.share_of(&plain));
        self.refine.push(refine.share_of(&plain));
    }
}

fn median(shares: &mut [(f64, f64)], figure: impl Fn(&(f64, f64)) -> f64) -> f64 {
    shares.sort_by(|one, other| figure(one).total_cmp(&figure(other)));
    shares.get(shares.len() / 2).map_or(f64::NAN, figure)
}

/// Time by the clock, and of all processors in user mode: of this process and of those it waited for.
struct Cost {
    wall: Duration,
    user: f64,
}

impl Cost {
    fn share_of(&self, whole: &Self) -> (f64, f64) {
        (self.wall.as_secs_f64() / whole.wall.as_secs_f64(), self.user / whole.user)
    }
}

fn cost(work: impl FnOnce()) -> Cost {
    let (start, before) = (Instant::now(), user_seconds());
    work();
    Cost { wall: start.elapsed(), user: user_seconds() - before }
}

#[cfg(target_os = "linux")]
fn user_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells what a process used");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // The 14th and 16th fields of the whole line, in hundredths of a second; two come before the bracket.
    let ticks = |index: usize| {
        fields.get(index).and_then(|field| field.parse::<f64>().ok()).expect("a number of ticks")
    };
    (ticks(11) + ticks(13)) / 100.0
}

#[cfg(not(target_os = "linux"))]
fn user_seconds() -> f64 {
    f64::NAN
}

/// Keeps where a new shot may begin: small pictures that differ much from those before.
#[derive(Default)]
struct Changes {
    last: Option<(MediaTime, Vec<u8>)>,
    found: Vec<TimeRange>,
}

/// By more than 20 levels of 255 on average.
fn differ(one: &[u8], other: &[u8]) -> bool {
    let difference: u64 = one.iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    difference > 20 * one.len() as u64
}

impl DecodeSink for Changes {
    fn samples(&mut self, _: Samples<'_>) {}

    fn picture(&mut self, picture: Picture<'_>) {
        if let Some((time, luma)) = &self.last
            && differ(luma, picture.luma)
        {
            self.found.push(TimeRange::new(*time, picture.time));
        }
        self.last = Some((picture.time, picture.luma.to_vec()));
    }

    fn may_hold_cut(&self) -> Option<MayHoldCut> {
        Some(|before, after| differ(before.luma, after.luma))
    }

    fn progress(&mut self, _: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
