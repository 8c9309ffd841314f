//! Frames a second at which each codec is written: a synthetic clip of 1920×1080, or the video that `STANDOUT_MEASURE`
//! names, at the codec's default quality.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement stops where it fails, and prints"
)]

use std::ops::ControlFlow;
use std::time::Instant;

use media::{ClipRequest, Source, can_encode, export_clip, probe};
use model::job::{RateControl, VideoCodec, VideoEncoding};
use model::{MediaTime, TimeRange};
use standout_media as media;
use testkit::{Folder, ffmpeg};

fn main() {
    let folder = Folder::new();
    let made = folder.file("made.mp4");
    let path = std::env::var_os("STANDOUT_MEASURE").map_or(made.clone(), Into::into);
    if path == made {
        // Moving shapes with film grain, which is what encoders work on.
        let pictures = "testsrc2=s=1920x1080:r=25:d=4,noise=alls=6:allf=t";
        let output = made.to_str().expect("temporary paths are UTF-8");
        let encoder =
            ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", output];
        ffmpeg(["-f", "lavfi", "-i", pictures].into_iter().chain(encoder));
    }
    let source = Source::from(path);
    let info = probe(&source).expect("the video can be probed");
    let range = TimeRange::new(MediaTime::ZERO, info.duration.min(MediaTime::from_whole_seconds(4)));
    for codec in VideoCodec::ALL.into_iter().filter(|&codec| can_encode(codec)) {
        let target = folder.file("clip.mp4");
        let video = VideoEncoding { codec, rate: RateControl::Crf(codec.default_crf()) };
        let request = ClipRequest {
            source: &source,
            info: &info,
            range,
            target: &target,
            width: None,
            height: None,
            video,
        };
        let begun = Instant::now();
        let report =
            export_clip(&request, &mut |_| ControlFlow::Continue(())).expect("the clip can be written");
        let seconds = begun.elapsed().as_secs_f64();
        let bytes = std::fs::metadata(&target).map_or(0, |file| file.len());
        let rate = report.frames as f64 / seconds;
        println!("{:6} {rate:7.1} frames/s, {bytes} bytes", codec.name());
    }
}
