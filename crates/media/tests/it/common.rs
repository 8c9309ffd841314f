//! What the tests share: a sink that keeps everything, and reading a file's frame numbers back.

use std::ops::ControlFlow;
use std::path::Path;

use media::{ClipRequest, DecodeSink, Decoded, MediaError, Source};
use model::job::{RateControl, VideoCodec, VideoEncoding};
use model::{MediaTime, Picture, Samples, SourceInfo, TimeRange};
use testkit::{burst_starts, ffmpeg, read_counter};

/// Keeps all that a pass hands out.
#[derive(Default)]
pub struct Kept {
    pub samples: Vec<f32>,
    pub pictures: Vec<(MediaTime, Option<u32>)>,
    pub size: (usize, usize),
    pub fractions: Vec<f32>,
}

impl DecodeSink for Kept {
    fn samples(&mut self, samples: Samples<'_>) {
        let expected = MediaTime::from_ticks(self.samples.len() as i64, 1, Samples::RATE as i32);
        assert_eq!(samples.time, expected, "samples must follow each other without a hole");
        self.samples.extend_from_slice(samples.values);
    }

    fn picture(&mut self, picture: Picture<'_>) {
        assert_eq!(picture.luma.len(), picture.width * picture.height, "a picture has all its pixels");
        self.size = (picture.width, picture.height);
        self.pictures.push((picture.time, read_counter(picture.luma, picture.width, picture.height)));
    }

    fn progress(&mut self, fraction: f32) -> ControlFlow<()> {
        self.fractions.push(fraction);
        ControlFlow::Continue(())
    }
}

impl Kept {
    pub fn burst_starts(&self) -> Vec<MediaTime> {
        burst_starts(&self.samples, Samples::RATE)
    }
}

/// A file of this machine as a source.
pub fn file(path: &Path) -> Source {
    path.into()
}

/// Probes and decodes a file.
pub fn analyse(path: &Path) -> Result<(SourceInfo, Decoded, Kept), MediaError> {
    analyse_source(&file(path))
}

/// Probes and decodes a source.
pub fn analyse_source(source: &Source) -> Result<(SourceInfo, Decoded, Kept), MediaError> {
    let info = media::probe(source)?;
    let mut kept = Kept::default();
    let decoded = media::decode(source, &info, &mut kept)?;
    Ok((info, decoded, kept))
}

/// Time and number of every frame of a file, as the `ffmpeg` command line decodes it: a witness other than the crate.
pub fn frame_numbers(path: &Path) -> Vec<(MediaTime, Option<u32>)> {
    let (times, numbers) = (picture_times(path), decoded_numbers(path));
    assert_eq!(numbers.len(), times.len(), "every packet of {} becomes one frame", path.display());
    times.into_iter().zip(numbers).collect()
}

/// As [`frame_numbers`], of the frames that a player shows: edit lists hide others.
pub fn shown_frames(path: &Path) -> Vec<(MediaTime, Option<u32>)> {
    let (times, numbers) = (times_of(path, "frame=media_type,pts_time"), decoded_numbers(path));
    assert_eq!(numbers.len(), times.len(), "every shown frame of {} has a time", path.display());
    times.into_iter().zip(numbers).collect()
}

/// The number that each frame shows, in order.
fn decoded_numbers(path: &Path) -> Vec<Option<u32>> {
    let raw = path.with_extension("raw");
    let (input, output) = (path.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8"));
    let filter = "scale=160:90:out_range=pc,format=gray";
    ffmpeg(["-i", input, "-map", "0:v", "-vsync", "passthrough", "-vf", filter, "-f", "rawvideo", output]);
    let bytes = std::fs::read(&raw).expect("ffmpeg wrote the frames");
    bytes.chunks_exact(160 * 90).map(|luma| read_counter(luma, 160, 90)).collect()
}

/// When each picture of a file is shown, in order, as `ffprobe` reads it.
pub fn picture_times(path: &Path) -> Vec<MediaTime> {
    times_of(path, "packet=codec_type,pts_time")
}

/// The times of what is of the kind `video`, in order: `entries` are the kind and the time.
fn times_of(path: &Path, entries: &str) -> Vec<MediaTime> {
    let lines = testkit::ffprobe(path, entries);
    let mut times: Vec<MediaTime> = lines
        .chunks_exact(2)
        .filter(|pair| pair[0] == "video")
        .filter_map(|pair| MediaTime::from_seconds(pair[1].parse().ok()?))
        .collect();
    times.sort_unstable();
    times
}

/// A source, and what probing says of it.
pub struct Probed {
    pub source: Source,
    pub info: SourceInfo,
}

/// Probes what is known to be good.
pub fn probed(source: impl Into<Source>) -> Probed {
    let source = source.into();
    let info = media::probe(&source).expect("a good source can be probed");
    Probed { source, info }
}

impl Probed {
    /// A clip as it is made when nothing else is asked for.
    pub fn request<'a>(&'a self, range: TimeRange, target: &'a Path) -> ClipRequest<'a> {
        let (source, info, video) = (&self.source, &self.info, VideoEncoding::default());
        ClipRequest { source, info, range, target, width: None, height: None, video }
    }
}

/// A codec at its default quality.
pub fn at_default(codec: VideoCodec) -> VideoEncoding {
    VideoEncoding { codec, rate: RateControl::Crf(codec.default_crf()) }
}

/// What `ffprobe` says of the first picture stream, entry by entry: `codec_name,width`. What it does not say is empty.
pub fn picture_facts(path: &Path, entries: &str) -> Vec<String> {
    let found = testkit::ffprobe_pictures(path, entries);
    entries.split(',').map(|entry| found.get(entry).cloned().unwrap_or_default()).collect()
}

/// Bits a second of the pictures, by the sizes of their packets.
pub fn picture_rate(path: &Path, length: MediaTime) -> f64 {
    let lines = testkit::ffprobe(path, "packet=codec_type,size");
    let pictures = lines.chunks_exact(2).filter(|pair| pair[0] == "video");
    let bytes: f64 = pictures.filter_map(|pair| pair[1].parse::<f64>().ok()).sum();
    bytes * 8.0 / length.as_seconds()
}

pub fn go_on(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// From seconds.
pub fn seconds(value: f64) -> MediaTime {
    MediaTime::from_seconds(value).expect("a sensible number of seconds")
}

/// Fails unless two times are as close as asked.
pub fn assert_close(found: MediaTime, expected: MediaTime, tolerance_ms: i64, what: &str) {
    let off = found.distance(expected);
    assert!(
        off <= MediaTime::from_millis(tolerance_ms),
        "{what} is at {} s and should be at {} s",
        found.as_seconds(),
        expected.as_seconds()
    );
}
