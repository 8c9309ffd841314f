//! Remote media: the same as files, and every byte once.

use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};

use media::{
    MediaError, RemoteSource, Source, arrived_bytes, export_clip, mirror_ends, plays_directly,
    prepare_preview, probe, refine_cuts, thumbnail,
};
use model::{SourceInfo, TimeRange};
use testkit::{Clip, Container, Folder, Misbehaviour, Pictures, RangeServer, Sound, ffmpeg, shared_media};

use crate::common::{analyse, analyse_source, assert_close, file, go_on, probed, seconds};
use crate::real_files::files_under;

/// A folder that is served, and a mirror beside it.
pub struct Served {
    pub folder: Folder,
    pub mirrors: Folder,
    pub server: RangeServer,
}

impl Served {
    pub fn new() -> Self {
        let folder = Folder::new();
        let server = RangeServer::new(folder.path());
        Self { folder, mirrors: Folder::new(), server }
    }

    /// A served file, mirrored in a folder of its own.
    pub fn remote(&self, name: &str) -> RemoteSource {
        let address = self.server.address(name);
        let url = format!("{address}?signature=secret");
        RemoteSource { address, url, mirror: self.mirrors.file(name), version: None }
    }

    pub fn source(&self, name: &str) -> Source {
        self.remote(name).into()
    }

    /// Fails when a byte of a file went out twice. Questions about the version alone bring one byte each.
    pub fn assert_sent_once(&self, name: &str) {
        let answered = self.server.answered(name);
        let mut sent: Vec<Range<u64>> = answered.iter().map(|answer| answer.sent.clone()).collect();
        sent.retain(|bytes| bytes.end - bytes.start > 1);
        sent.sort_by_key(|bytes| bytes.start);
        for pair in sent.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{:?} and {:?} of {name} both went out", pair[0], pair[1]);
        }
    }
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a made file has a plain name")
}

fn with_sound(container: Container) -> Clip {
    Clip { container, sound: Some(Sound::bursts([0.5, 1.52, 2.2, 3.0].map(seconds))), ..Clip::default() }
}

/// Exports a second of a source and gives the clip's bytes.
fn clip_of(source: &Source) -> Vec<u8> {
    let (source, folder) = (probed(source.clone()), Folder::new());
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(1.0), seconds(2.0));
    export_clip(&source.request(range, &target), &mut go_on).expect("the export succeeds");
    std::fs::read(&target).expect("the clip was just written")
}

/// Does everything with a clip as a file and over HTTP, and compares.
fn check_same(clip: &Clip, name: &str) {
    let served = Served::new();
    let path = clip.write(&served.folder, name);
    let name = name_of(&path);
    let (local, remote) = (file(&path), served.source(name));
    let (info, decoded, kept) = analyse(&path).expect("the file can be analysed");
    let (far_info, far_decoded, far_kept) = analyse_source(&remote).expect("the remote file can be analysed");
    assert_eq!(far_info, info, "what {name} holds");
    assert_eq!(far_decoded, decoded, "what the pass over {name} found");
    assert!(far_kept.samples == kept.samples, "the samples of {name} are the same");
    assert_eq!(far_kept.pictures, kept.pictures, "the pictures of {name}");
    let stretch = [TimeRange::new(seconds(0.9), seconds(1.5))];
    let cuts = |source| refine_cuts(source, &info, &stretch, &mut go_on).expect("cuts can be placed");
    assert_eq!(cuts(&remote), cuts(&local), "the cut in {name}");
    let picture = |source| thumbnail(source, &info, seconds(1.0), 90).expect("a thumbnail can be made");
    assert!(picture(&remote) == picture(&local), "the small picture of {name} is the same");
    assert!(clip_of(&remote) == clip_of(&local), "the clip of {name} is the same");
    let written = Folder::new();
    prepare_preview(&remote, &info, None, &written.file("preview.mp4"), &mut go_on)
        .expect("a preview can be made");
    assert!(!plays_directly(&info, &remote), "a remote file is never played itself");
    served.assert_sent_once(name);
}

#[test]
fn remote_media_give_exactly_what_files_give() {
    check_same(&with_sound(Container::Mp4), "index-behind");
    let options = ["-movflags", "+faststart"].map(str::to_owned).to_vec();
    check_same(&Clip { options, ..with_sound(Container::Mp4) }, "index-in-front");
    for container in [Container::Mkv, Container::Ts, Container::Webm, Container::Avi] {
        check_same(&with_sound(container), "clip");
    }
}

/// About 50 MB in ten minutes, with the index at the end.
fn long_film(folder: &Folder) -> String {
    let path = folder.file("long.mp4");
    let picture = "testsrc2=s=320x180:r=5:d=600,noise=alls=60:allf=t";
    let name = path.to_str().expect("temporary paths are UTF-8");
    ffmpeg([
        "-f",
        "lavfi",
        "-i",
        picture,
        "-f",
        "lavfi",
        "-i",
        "sine=f=220:d=600",
        "-c:v",
        "mpeg4",
        "-b:v",
        "640k",
        "-g",
        "10",
        "-c:a",
        "aac",
        name,
    ]);
    "long.mp4".to_owned()
}

#[test]
#[allow(clippy::print_stdout, reason = "the figures are worth seeing when the test is run by hand")]
fn a_long_file_is_probed_by_a_little_of_it_and_read_once_in_all() {
    let served = Served::new();
    let name = long_film(&served.folder);
    let path = served.folder.file(&name);
    let size = std::fs::metadata(&path).expect("the film was just made").len();
    assert!(40_000_000 < size, "the film is large enough to tell: {size}");
    let remote = served.source(&name);
    let info = probe(&remote).expect("the film can be probed");
    let for_probe = served.server.bytes_sent(&name);
    assert!(for_probe <= arrived_bytes(), "what arrives is counted, here for all tests together");
    assert!(for_probe < 3 << 20, "{for_probe} bytes were read to probe {size}");
    assert_eq!(
        info,
        probe(&file(&path)).expect("the file can be probed"),
        "the film is known as well as the file"
    );

    assert_close(info.duration, seconds(600.0), 60, "the end of the film");

    let timed = |source: &Source| {
        let begun = Instant::now();
        let found = analyse_source(source).expect("the film can be analysed");
        (begun.elapsed(), found.1)
    };
    let (near, found) = timed(&file(&path));
    let (far, far_found) = timed(&remote);
    assert_eq!(far_found, found, "the pass over the film");
    println!(
        "{size} bytes; {for_probe} for probing; decoded in {near:?} from the file and in {far:?} over HTTP: {:.2}",
        far.as_secs_f64() / near.as_secs_f64()
    );
    clip_of(&remote);
    served.assert_sent_once(&name);
    let questions = served.server.answered(&name).len() as u64;
    assert!(served.server.bytes_sent(&name) <= size + questions, "no more went out than the film has");
}

#[test]
fn several_readers_at_once_share_what_arrives() {
    let served = Served::new();
    let clip = Clip { frames: 500, size: (640, 360), ..with_sound(Container::Mkv) };
    let path =
        Clip { options: ["-qp", "1"].map(str::to_owned).to_vec(), ..clip }.write(&served.folder, "clip");
    let expected = analyse(&path).expect("the file can be analysed").1;
    let remote = served.source("clip.mkv");
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(|| analyse_source(&remote))).collect();
        for reader in readers {
            let found = reader.join().expect("a reader does not panic").expect("the clip can be analysed");
            assert_eq!(found.1, expected, "each reader finds the same");
        }
    });
    served.assert_sent_once("clip.mkv");
}

#[test]
fn a_broken_connection_is_gone_on_with_where_it_broke() {
    let served = Served::new();
    let path =
        Clip { frames: 250, options: ["-qp", "1"].map(str::to_owned).to_vec(), ..with_sound(Container::Mp4) }
            .write(&served.folder, "clip");
    let size = std::fs::metadata(&path).expect("the clip was just made").len();
    let cut = || Some(Misbehaviour::CutAfter(300_000));
    served.server.plan("clip.mp4", [None, cut(), None, cut(), cut()]);
    let (_, decoded, kept) =
        analyse_source(&served.source("clip.mp4")).expect("it can be analysed in the end");
    let (_, expected, expected_kept) = analyse(&path).expect("the file can be analysed");
    assert_eq!(decoded, expected, "what the pass found");
    assert_eq!(kept.pictures, expected_kept.pictures, "the pictures");
    let broken = 3 * (256 << 10);
    let most = size + broken + served.server.answered("clip.mp4").len() as u64;
    assert!(served.server.bytes_sent("clip.mp4") <= most, "only what was broken went out again");
}

#[test]
fn a_busy_server_is_asked_again_after_the_time_it_wants() {
    let served = Served::new();
    let _ = Clip::default().write(&served.folder, "clip");
    served.server.plan("clip.mp4", [Some(Misbehaviour::Busy(1)), Some(Misbehaviour::Status(500))]);
    let begun = Instant::now();
    probe(&served.source("clip.mp4")).expect("the clip can be probed in the end");
    assert!(Duration::from_secs(1) <= begun.elapsed(), "the server was left alone for a second");
}

#[test]
fn redirects_are_followed_and_asked_for_once() {
    let served = Served::new();
    let path = with_sound(Container::Mp4).write(&served.folder, "clip");
    served.server.misbehave("talk", Misbehaviour::Redirect("/clip.mp4?token=1".to_owned()));
    let found = analyse_source(&served.source("talk")).expect("the clip can be analysed").1;
    assert_eq!(found, analyse(&path).expect("the file can be analysed").1);
    assert_eq!(served.server.answered("talk").len(), 2, "one question each for probing and for decoding");
}

#[test]
fn the_ends_are_mirrored_for_a_fingerprint() {
    let served = Served::new();
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    std::fs::write(served.folder.file("any.bin"), &bytes).expect("a temporary folder can be written to");
    let remote = served.remote("any.bin");
    let version = mirror_ends(&remote, 300_000).expect("the ends can be read");
    assert_eq!(version.size, 3_000_000);
    assert!(version.tag.is_some(), "the server tells a version");
    let mirrored = std::fs::read(remote.mirrored_file()).expect("the mirrored file is there");
    assert_eq!(mirrored.len(), bytes.len(), "it is as long as the remote file");
    assert!(mirrored[..300_000] == bytes[..300_000], "it begins as the remote file does");
    assert!(mirrored[2_700_000..] == bytes[2_700_000..], "it ends as the remote file does");
    assert!(served.server.bytes_sent("any.bin") < 1_600_000, "the middle was not read");
    let known = RemoteSource { version: Some(version.clone()), ..remote };
    assert_eq!(mirror_ends(&known, 300_000).expect("nothing has changed"), version);
    served.assert_sent_once("any.bin");
}

#[test]
fn a_playlist_leads_nowhere() {
    let served = Served::new();
    let _ = Clip { container: Container::Ts, pictures: Pictures::Counter, ..Clip::default() }
        .write(&served.folder, "part");
    let lists = [
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nPART\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile PART\n"),
    ];
    for (name, text) in lists {
        for part in [served.server.address("part.ts"), served.folder.file("part.ts").display().to_string()] {
            let text = text.replace("PART", &part);
            std::fs::write(served.folder.file(name), text).expect("a temporary folder can be written to");
            let refused = probe(&served.source(name));
            assert!(matches!(refused, Err(MediaError::NotMedia { .. })), "{name} is no video: {refused:?}");
        }
    }
    assert_eq!(served.server.answered("part.ts"), [], "what the lists name was not asked for");
}

/// Larger files would only take longer.
const LARGEST: u64 = 50 << 10;

fn shown<'a, S>(
    outcome: &'a Result<(SourceInfo, media::Decoded, S), String>,
) -> impl std::fmt::Debug + use<'a, S> {
    outcome
        .as_ref()
        .map(|(info, decoded, _)| (info, decoded.pictures, decoded.samples, decoded.damaged_packets))
}

/// The result, or the kind of failure.
fn outcome(source: &Source) -> Result<(SourceInfo, media::Decoded, Vec<f32>), String> {
    let kind =
        |error: MediaError| format!("{error:?}").split([' ', '(']).next().unwrap_or_default().to_owned();
    analyse_source(source).map(|(info, decoded, kept)| (info, decoded, kept.samples)).map_err(kind)
}

#[test]
fn real_files_of_every_format_give_the_same_over_http() {
    let Some(shared) = shared_media() else { return };
    let formats = shared.join("formats");
    let served = Served { server: RangeServer::new(&formats), ..Served::new() };
    let mut compared = 0;
    for path in files_under(&formats) {
        let size = std::fs::metadata(&path).map_or(u64::MAX, |metadata| metadata.len());
        let Some(name) = path.strip_prefix(&formats).ok().and_then(Path::to_str).filter(|_| size < LARGEST)
        else {
            continue;
        };
        compared += 1;
        let (near, far) = (outcome(&file(&path)), outcome(&served.source(name)));
        assert!(far == near, "{name}: {:?} over HTTP, {:?} as a file", shown(&far), shown(&near));
    }
    assert!(compared > 50, "there are files to compare: {compared}");
}
