//! Clips of remote media.

use std::path::Path;

use media::{ClipReport, ClipRequest, Source, export_clip};
use model::job::VideoCodec;
use model::{MediaTime, TimeRange};
use testkit::{Clip, Sound};

use crate::common::{at_default, file, go_on, probed, seconds, shown_frames};
use crate::remote::Served;

/// Exports 2.6 s to 3.4 s of a source, and gives what is told of it and each frame that a player shows.
fn export(source: Source, codec: VideoCodec, target: &Path) -> (ClipReport, Vec<(MediaTime, Option<u32>)>) {
    let source = probed(source);
    let range = TimeRange::new(seconds(2.6), seconds(3.4));
    let wanted = ClipRequest { video: at_default(codec), ..source.request(range, target) };
    let report = export_clip(&wanted, &mut go_on).expect("the export succeeds");
    (report, shown_frames(target))
}

#[test]
fn an_encoded_and_a_copied_clip_of_a_remote_file_show_the_frames_of_the_file() {
    let served = Served::new();
    let clip = Clip { sound: Some(Sound::bursts([0.5, 2.8].map(seconds))), ..Clip::default() };
    let path = clip.write(&served.folder, "source");
    for codec in [VideoCodec::H264, VideoCodec::Copy] {
        let name = codec.name();
        let (near, frames) = export(file(&path), codec, &served.mirrors.file("near.mp4"));
        let (far, far_frames) = export(served.source("source.mp4"), codec, &served.mirrors.file("far.mp4"));
        let numbers: Vec<u32> = far_frames.iter().filter_map(|(_, number)| *number).collect();
        assert_eq!(numbers, (65..85).collect::<Vec<u32>>(), "the frames of the range by {name}");
        assert_eq!(far_frames, frames, "each frame by {name} is shown when it is in a clip of the file");
        assert_eq!(far, near, "the report of {name}");
    }
    served.assert_sent_once("source.mp4");
}
