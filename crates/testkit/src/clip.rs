//! Clips whose every frame is known.

use std::path::{Path, PathBuf};

use model::{MediaTime, Rotation};

use crate::counter::draw_counter;
use crate::folder::Folder;
use crate::sound::Sound;
use crate::tool::ffmpeg_fed;

/// What the pictures show.
#[derive(Debug, Clone, PartialEq)]
pub enum Pictures {
    /// Each frame shows its own number; see [`crate::read_counter`].
    Counter,
    /// Shots of still patterns that differ much; a new one begins at each of these frames.
    Shots(Vec<u32>),
    /// No picture stream.
    None,
}

/// When frames are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// So many frames in so many seconds.
    Constant(u32, u32),
    /// Distances that vary between 40 and 240 ms, whole milliseconds.
    Varying,
}

/// File formats a clip can be packed in; each is encoded in a way that is usual for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// H.264 with B-frames and AAC.
    Mp4,
    /// H.264 with B-frames and FLAC, times in milliseconds.
    Mkv,
    /// H.264 with B-frames and PCM, times from 1.4 s.
    Ts,
    /// VP8 and Vorbis.
    Webm,
    /// MPEG-4 and PCM, times that are not stored but counted.
    Avi,
}

/// A clip to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// Frames.
    pub frames: u32,
    /// When they are shown.
    pub timing: Timing,
    /// What they show.
    pub pictures: Pictures,
    /// Pixels as shown.
    pub size: (usize, usize),
    /// The turn that the file asks players for; what is stored is turned the other way.
    pub rotation: Rotation,
    /// Sound, when there is any.
    pub sound: Option<Sound>,
    /// An `.srt` file to embed.
    pub subtitle: Option<PathBuf>,
    /// The file format.
    pub container: Container,
    /// Further output options for `ffmpeg`.
    pub options: Vec<String>,
}

impl Default for Clip {
    /// Four seconds of counted frames, 25 a second, silent, as MP4.
    fn default() -> Self {
        Self {
            frames: 100,
            timing: Timing::Constant(25, 1),
            pictures: Pictures::Counter,
            size: (320, 180),
            rotation: Rotation::None,
            sound: None,
            subtitle: None,
            container: Container::Mp4,
            options: Vec::new(),
        }
    }
}

impl Clip {
    /// When a frame is shown.
    #[must_use]
    pub fn time_of(&self, frame: u32) -> MediaTime {
        match self.timing {
            Timing::Constant(frames, seconds) => {
                MediaTime::from_ticks(i64::from(frame), seconds as i32, frames as i32)
            }
            Timing::Varying => {
                let frame = i64::from(frame);
                MediaTime::from_millis(frame * 40 + frame / 5 * 200)
            }
        }
    }

    /// When the last frame ends; where distances vary, that is 40 ms after it begins.
    #[must_use]
    pub fn duration(&self) -> MediaTime {
        match self.timing {
            Timing::Constant(..) => self.time_of(self.frames),
            Timing::Varying => self.time_of(self.frames.saturating_sub(1)) + MediaTime::from_millis(40),
        }
    }

    /// Makes the clip as `name` with the container's extension.
    ///
    /// # Panics
    /// When `ffmpeg` is missing or fails.
    #[must_use]
    pub fn write(&self, folder: &Folder, name: &str) -> PathBuf {
        let path = folder.file(&format!("{name}.{}", self.container.extension()));
        let mut inputs: Vec<String> = Vec::new();
        let mut outputs: Vec<String> = Vec::new();
        let mut raw = Vec::new();
        let mut count = 0;
        if self.pictures != Pictures::None {
            (0..self.frames).for_each(|frame| raw.extend(self.draw(frame)));
            inputs.extend(self.picture_input());
            outputs.extend(self.picture_output());
            count += 1;
        }
        if let Some(sound) = &self.sound {
            let wav = folder.file(&format!("{name}.sound.wav"));
            sound.write(&wav, self.duration());
            inputs.extend(["-itsoffset".to_owned(), format!("{:.6}", sound.start.as_seconds())]);
            inputs.extend(["-i".to_owned(), display(&wav)]);
            outputs.extend(self.container.sound_codec().iter().map(|option| (*option).to_owned()));
            count += 1;
        }
        if let Some(subtitle) = &self.subtitle {
            inputs.extend(["-i".to_owned(), display(subtitle)]);
            let codec = if self.container == Container::Mp4 { "mov_text" } else { "srt" };
            outputs.extend(["-c:s".to_owned(), codec.to_owned()]);
            count += 1;
        }
        let maps = (0..count).flat_map(|input| ["-map".to_owned(), input.to_string()]);
        let arguments = inputs.into_iter().chain(maps).chain(outputs).chain(self.options.iter().cloned());
        let turned = self.rotation != Rotation::None;
        let packed = if turned { folder.file(&format!("{name}.unturned.mp4")) } else { path.clone() };
        ffmpeg_fed(arguments.chain([display(&packed)]), &raw);
        if turned {
            let bytes = std::fs::read(&packed).expect("ffmpeg wrote the clip");
            std::fs::write(&path, self.with_matrix(bytes)).expect("a temporary folder can be written to");
        }
        path
    }

    fn draw(&self, frame: u32) -> Vec<u8> {
        let (width, height) = self.size;
        match &self.pictures {
            Pictures::Shots(cuts) => {
                draw_shot(cuts.iter().filter(|&&cut| cut <= frame).count(), width, height)
            }
            Pictures::Counter | Pictures::None => draw_counter(frame, width, height),
        }
    }

    fn picture_input(&self) -> Vec<String> {
        let rate = match self.timing {
            Timing::Constant(frames, seconds) => format!("{frames}/{seconds}"),
            Timing::Varying => "25/1".to_owned(),
        };
        let size = format!("{}x{}", self.size.0, self.size.1);
        ["-f", "rawvideo", "-pix_fmt", "gray", "-s", &size, "-framerate", &rate, "-i", "pipe:0"]
            .map(str::to_owned)
            .to_vec()
    }

    fn picture_output(&self) -> Vec<String> {
        let mut filters = Vec::new();
        if self.timing == Timing::Varying {
            filters.push("settb=1/1000,setpts=N*40+floor(N/5)*200");
        }
        match self.rotation {
            Rotation::None => {}
            Rotation::Right => filters.push("transpose=cclock"),
            Rotation::Half => filters.push("hflip,vflip"),
            Rotation::Left => filters.push("transpose=clock"),
        }
        // Grey is taken as it is: the drawn levels are those of broadcast range.
        filters.push("scale=in_range=tv:out_range=tv,format=yuv420p");
        let mut output = vec!["-vf".to_owned(), filters.join(",")];
        if self.timing == Timing::Varying {
            output.extend(["-vsync", "passthrough", "-enc_time_base", "1/1000"].map(str::to_owned));
        }
        output.extend(self.container.picture_codec().map(str::to_owned));
        output
    }

    /// An MP4 whose first track header asks for the turn: the header's matrix is written here, because versions of
    /// `ffmpeg` disagree on the sense of their `rotate` tag.
    fn with_matrix(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        // From the box's name: version and flags, times, track, duration, layer, volume; then nine numbers of 32 bits.
        const MATRIX: usize = 4 + 4 + 36;
        let [a, b, c, d]: [i32; 4] = match self.rotation {
            Rotation::None => [1, 0, 0, 1],
            Rotation::Right => [0, 1, -1, 0],
            Rotation::Half => [-1, 0, 0, -1],
            Rotation::Left => [0, -1, 1, 0],
        };
        let header = bytes.windows(4).position(|name| name == b"tkhd").expect("an MP4 has a track header");
        for (place, value) in [(0, a), (1, b), (3, c), (4, d)] {
            let at = header + MATRIX + place * 4;
            bytes[at..at + 4].copy_from_slice(&(value << 16).to_be_bytes());
        }
        bytes
    }
}

impl Container {
    fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Mkv => "mkv",
            Self::Ts => "ts",
            Self::Webm => "webm",
            Self::Avi => "avi",
        }
    }

    fn picture_codec(self) -> [&'static str; 8] {
        match self {
            Self::Mp4 | Self::Mkv | Self::Ts => {
                ["-c:v", "libx264", "-preset", "medium", "-crf", "20", "-g", "50"]
            }
            Self::Webm => ["-c:v", "libvpx", "-b:v", "1M", "-deadline", "realtime", "-g", "50"],
            Self::Avi => ["-c:v", "mpeg4", "-q:v", "3", "-bf", "0", "-g", "50"],
        }
    }

    /// Encoders whose delay the container can express, or that have none: otherwise the packing itself would shift the
    /// whole clip, or its sound, by as much.
    fn sound_codec(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 => &["-c:a", "aac"],
            Self::Mkv => &["-c:a", "flac"],
            Self::Ts => &["-c:a", "s302m", "-strict", "-2"],
            Self::Webm => &["-c:a", "libvorbis"],
            Self::Avi => &["-c:a", "pcm_s16le"],
        }
    }
}

/// A pattern of large blocks that shares little with the patterns of other shots.
fn draw_shot(shot: usize, width: usize, height: usize) -> Vec<u8> {
    let level = |column: usize, row: usize| {
        let mixed = (column * 31 + row * 17 + shot * 101).wrapping_mul(2_654_435_761) >> 7;
        16 + (mixed % 220) as u8
    };
    (0..height).flat_map(|y| (0..width).map(move |x| level(x * 8 / width, y * 6 / height))).collect()
}

fn display(path: &Path) -> String {
    path.to_str().expect("temporary paths are UTF-8").to_owned()
}
