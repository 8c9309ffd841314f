//! What the analysis costs, compared with decoding alone.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use media::{DecodeSink, decode, probe, refine_cuts};
use model::{MediaTime, Picture, Samples, TimeRange};
use testkit::ffmpeg;

/// Keeps where a new shot may begin: small pictures that differ much from those before.
#[derive(Default)]
struct Changes {
    last: Option<(MediaTime, Vec<u8>)>,
    found: Vec<TimeRange>,
    pictures: usize,
}

impl DecodeSink for Changes {
    fn samples(&mut self, _: Samples<'_>) {}

    fn picture(&mut self, picture: Picture<'_>) {
        self.pictures += 1;
        if let Some((time, luma)) = &self.last {
            let difference: u64 =
                luma.iter().zip(picture.luma).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
            if difference > 20 * luma.len() as u64 {
                self.found.push(TimeRange::new(*time, picture.time));
            }
        }
        self.last = Some((picture.time, picture.luma.to_vec()));
    }

    fn progress(&mut self, _: f32) -> std::ops::ControlFlow<()> {
        std::ops::ControlFlow::Continue(())
    }
}

/// Time by the clock, and of all processors in user mode: of this process and of those it waited for.
struct Cost {
    wall: Duration,
    user: f64,
}

fn cost<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    let (start, before) = (Instant::now(), user_seconds());
    let result = work();
    (Cost { wall: start.elapsed(), user: user_seconds() - before }, result)
}

#[cfg(target_os = "linux")]
fn user_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells what a process used");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // The 14th and 16th fields of the whole line, in hundredths of a second; two come before the bracket.
    [11, 13].map(|index: usize| fields[index].parse::<f64>().expect("a number of ticks")).iter().sum::<f64>()
        / 100.0
}

#[cfg(not(target_os = "linux"))]
fn user_seconds() -> f64 {
    0.0
}

/// Prints how the pass compares with decoding alone, for the file that `STANDOUT_MEASURE` names; run by hand with
/// `--ignored --nocapture` in a release build.
#[test]
#[ignore = "a measurement, not a check"]
#[allow(clippy::print_stdout, reason = "a measurement is there to be read")]
fn a_pass_costs_less_than_decoding_everything() {
    let Some(path) = std::env::var_os("STANDOUT_MEASURE").map(std::path::PathBuf::from) else { return };
    let (plain, ()) = cost(|| ffmpeg(["-i", path.to_str().expect("UTF-8"), "-f", "null", "-"]));
    let info = probe(&path).expect("the file can be probed");
    let mut changes = Changes::default();
    let (pass, _) = cost(|| decode(&path, &info, &mut changes).expect("the file can be decoded"));
    let (refining, _) = cost(|| {
        refine_cuts(&path, &info, &changes.found, &mut |_| ControlFlow::Continue(()))
            .expect("the cuts can be refined")
    });
    let frame = info.video.and_then(|video| video.frame_rate).map_or(0.04, |rate| 1.0 / rate.as_hertz());
    let open = changes.found.iter().filter(|range| range.duration().as_seconds() > 1.5 * frame).count();
    println!(
        "{} pictures, {} changes, {open} of them not to the frame",
        changes.pictures,
        changes.found.len()
    );
    for (name, cost) in [("ffmpeg", &plain), ("pass", &pass), ("refining", &refining)] {
        println!(
            "{name}: {:.1} s, {:.1} s of processors, {:.2} and {:.2} of ffmpeg's",
            cost.wall.as_secs_f64(),
            cost.user,
            cost.wall.as_secs_f64() / plain.wall.as_secs_f64(),
            cost.user / plain.user
        );
    }
}
