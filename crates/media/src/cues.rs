//! Subtitle packets as plain timed text.
#![allow(unsafe_code, reason = "ffmpeg-next neither frees subtitles nor checks that their text is UTF-8")]

use std::ffi::CStr;

use ffmpeg_next::codec::{self, decoder};
use ffmpeg_next::{Packet, Rational, Stream, Subtitle, ffi};
use model::{Cue, MediaTime, TimeRange};

/// How long a cue without an end is shown, unless the next one comes first.
const DEFAULT_LENGTH: MediaTime = MediaTime::from_whole_seconds(4);

/// Decodes one subtitle stream.
pub(crate) struct CueDecoder {
    /// `None` for streams of a kind this FFmpeg has no name for; their packets are text already.
    decoder: Option<decoder::Subtitle>,
    pub(crate) index: usize,
    time_base: Rational,
    /// Start, end when known, text.
    cues: Vec<(MediaTime, Option<MediaTime>, String)>,
}

impl CueDecoder {
    /// Opens the decoder of a subtitle stream.
    pub(crate) fn open(stream: &Stream<'_>) -> Result<Self, ffmpeg_next::Error> {
        let mut decoder = codec::Context::from_parameters(stream.parameters())?.decoder();
        decoder.set_packet_time_base(stream.time_base());
        let is_known = stream.parameters().id() != codec::Id::None;
        let decoder = if is_known { Some(decoder.subtitle()?) } else { None };
        Ok(Self { decoder, index: stream.index(), time_base: stream.time_base(), cues: Vec::new() })
    }

    /// Takes a packet; `origin` is where the material's time zero lies on the stream's clock.
    /// Packets that cannot be decoded hold no text worth failing for.
    pub(crate) fn take(&mut self, packet: &Packet, origin: MediaTime) {
        let (text, lead, shown_until) = match &mut self.decoder {
            Some(decoder) => decode_packet(decoder, packet),
            None => (plain_text(packet), 0, 0),
        };
        let Some(ticks) = packet.pts().or_else(|| packet.dts()).filter(|_| !text.is_empty()) else { return };
        let base = self.time_base;
        let time = MediaTime::from_ticks(ticks, base.0, base.1) - origin;
        let start = time + MediaTime::from_millis(i64::from(lead));
        let end = if packet.duration() > 0 {
            Some(time + MediaTime::from_ticks(packet.duration(), base.0, base.1))
        } else {
            (shown_until > lead && shown_until < u32::MAX)
                .then(|| time + MediaTime::from_millis(i64::from(shown_until)))
        };
        self.cues.push((start, end, text));
    }

    /// The cues inside `[0, duration)`, in order of time, without repetitions.
    pub(crate) fn finish(mut self, duration: MediaTime) -> Vec<Cue> {
        self.cues.sort_by_key(|cue| (cue.0, cue.1));
        let starts: Vec<MediaTime> = self.cues.iter().map(|cue| cue.0).collect();
        let next_after = |start: MediaTime| starts.iter().copied().find(|&other| start < other);
        let material = TimeRange::new(MediaTime::ZERO, duration);
        let mut cues: Vec<Cue> = Vec::with_capacity(self.cues.len());
        for (start, end, text) in self.cues {
            let end = end.unwrap_or_else(|| {
                (start + DEFAULT_LENGTH).min(next_after(start).unwrap_or(start + DEFAULT_LENGTH))
            });
            let Some(range) = TimeRange::new(start, end).intersection(material) else { continue };
            let cue = Cue { range, text };
            if cues.last() != Some(&cue) {
                cues.push(cue);
            }
        }
        cues
    }
}

/// The text of a packet, and from when to when it is shown, in milliseconds after the packet's time.
fn decode_packet(decoder: &mut decoder::Subtitle, packet: &Packet) -> (String, u32, u32) {
    let mut subtitle = Subtitle::new();
    let decoded = matches!(decoder.decode(packet, &mut subtitle), Ok(true));
    let text = if decoded { text_of(&subtitle) } else { String::new() };
    let times = (subtitle.start(), subtitle.end());
    // SAFETY: the subtitle was filled by the decoder (or is still zeroed) and is not used after this.
    unsafe { ffi::avsubtitle_free(subtitle.as_mut_ptr()) };
    (text, times.0, times.1)
}

/// The text of a packet that is text as it stands (WebVTT in Matroska, for one); empty when it is anything else.
fn plain_text(packet: &Packet) -> String {
    let bytes = packet.data().unwrap_or_default();
    let bytes = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    let is_text = |text: &&str| {
        !text.starts_with("<?") && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\r')
    };
    std::str::from_utf8(bytes).ok().filter(is_text).map(strip_markup).unwrap_or_default()
}

/// All text of a subtitle, a line for each rectangle.
fn text_of(subtitle: &Subtitle) -> String {
    let mut lines: Vec<String> = Vec::new();
    for rect in subtitle.rects() {
        // SAFETY: the rectangle belongs to the live subtitle; its strings are null or end with a zero.
        let (dialogue, plain) = unsafe {
            let rect = &*rect.as_ptr();
            let string = |text: *const std::ffi::c_char| {
                (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned())
            };
            (string(rect.ass), string(rect.text))
        };
        let text = match (dialogue, plain) {
            (Some(dialogue), _) => strip_markup(dialogue_text(&dialogue)),
            (None, Some(plain)) => strip_markup(&plain),
            (None, None) => continue,
        };
        if !text.is_empty() && !lines.contains(&text) {
            lines.push(text);
        }
    }
    lines.join("\n")
}

/// The text field of an ASS event: the ninth, or the tenth of a whole `Dialogue:` line as old versions give.
fn dialogue_text(event: &str) -> &str {
    let fields = if event.starts_with("Dialogue:") { 10 } else { 9 };
    event.splitn(fields, ',').nth(fields - 1).unwrap_or_default()
}

/// Text without ASS overrides and HTML-like tags, its lines trimmed.
fn strip_markup(text: &str) -> String {
    let text = strip_overrides(text);
    let text = strip_tags(&text);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Takes `{\…}` blocks away, turns `\N` and `\n` into line breaks and leaves drawings out.
fn strip_overrides(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut drawing = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some(inside) = rest.strip_prefix("{\\")
            && let Some(end) = inside.find('}')
        {
            drawing = draws(&inside[..end]).unwrap_or(drawing);
            rest = &inside[end + 1..];
            continue;
        }
        let escape = ["\\N", "\\n", "\\h"].into_iter().find(|escape| rest.starts_with(escape));
        let (taken, shown) = match escape {
            Some("\\h") => (2, ' '),
            Some(_) => (2, '\n'),
            None => (character.len_utf8(), character),
        };
        if !drawing {
            result.push(shown);
        }
        rest = &rest[taken..];
    }
    result
}

/// What a block says of drawing mode: `\p1` and up turn it on, `\p0` off.
fn draws(block: &str) -> Option<bool> {
    block
        .split('\\')
        .filter_map(|tag| tag.strip_prefix('p')?.parse::<u32>().ok())
        .next_back()
        .map(|scale| scale > 0)
}

/// Takes `<i>`, `</font>`, `<v Speaker>` and their like away; a `<` that opens no tag stays.
fn strip_tags(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        result.push_str(before);
        let named = tag[1..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '/');
        match tag.find('>').filter(|_| named) {
            Some(close) => rest = &tag[close + 1..],
            None => {
                result.push('<');
                rest = &tag[1..];
            }
        }
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off_and_words_stay() {
        let check =
            |marked: &str, expected: &str| assert_eq!(strip_markup(marked), expected, "of {marked:?}");
        check("{\\an8}Up here", "Up here");
        check("One\\NTwo\\hthree", "One\nTwo three");
        check("<i>Quiet</i> <font color=\"red\">red</font>", "Quiet red");
        check("3 < 4 and {not a tag}", "3 < 4 and {not a tag}");
        check("{\\p1}m 0 0 l 10 10{\\p0}After the drawing", "After the drawing");
        check("  padded  \n\n second ", "padded\nsecond");
    }

    #[test]
    fn the_text_is_the_last_field_and_keeps_its_commas() {
        assert_eq!(dialogue_text("0,0,Default,,0,0,0,,Well, yes, of course"), "Well, yes, of course");
        assert_eq!(dialogue_text("Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Well, yes"), "Well, yes");
    }
}
