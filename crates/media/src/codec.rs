//! Decoders of one stream: opening them, feeding them packets and taking frames out.

use std::ops::DerefMut;

use ffmpeg_next::codec::{self, threading};
use ffmpeg_next::{Discard, Frame, Packet, Rational, decoder, frame};
use model::{FrameRate, MediaTime};

use crate::MediaError;
use crate::container::{Container, to_ticks};
use crate::early::EarlyFrame;

/// Decoding more frames at once costs memory and brings little.
const MAX_THREADS: usize = 4;

/// Threads a decoder or encoder may use here.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS)
}

/// The decoder of one stream.
pub(crate) struct StreamDecoder {
    decoder: decoder::Opened,
    /// Outlives the decoder, which is dropped before it.
    early: Option<Box<EarlyFrame>>,
    pub(crate) index: usize,
    pub(crate) time_base: Rational,
    /// Ticks that a frame without a time is taken to last.
    default_step: i64,
    /// The ticks after the last frame's end, for frames without a time.
    next: Option<i64>,
    /// Packets that could not be decoded.
    pub(crate) faults: u64,
}

impl StreamDecoder {
    /// Opens the decoder of a stream, which works on as many frames at once as there are threads.
    pub(crate) fn open(container: &Container, index: usize) -> Result<Self, MediaError> {
        Self::open_with(container, index, threads())
    }

    /// Opens the decoder of a stream with so many threads of its own.
    pub(crate) fn open_with(container: &Container, index: usize, threads: usize) -> Result<Self, MediaError> {
        let stream = container.input.stream(index);
        let stream = stream.ok_or_else(|| MediaError::NoPictureOrSound { path: container.path.clone() })?;
        let failed = |source| MediaError::reading("open a decoder", &container.path, source);
        let unsupported = || MediaError::UnsupportedCodec {
            codec: codec_name(stream.parameters().id()).to_owned(),
            path: container.path.clone(),
        };
        let codec = decoder::find(stream.parameters().id()).ok_or_else(unsupported)?;
        let mut decoder = codec::Context::from_parameters(stream.parameters()).map_err(failed)?.decoder();
        decoder.set_packet_time_base(stream.time_base());
        if codec.is_video() {
            decoder.set_threading(threading::Config {
                count: threads,
                ..threading::Config::kind(threading::Type::Frame)
            });
        }
        let decoder = decoder.open_as(codec).map_err(|_| unsupported())?;
        let (rate, base) = (stream.avg_frame_rate(), stream.time_base());
        let rate = FrameRate::new(rate.0, rate.1);
        let default_step = rate.map_or(1, |rate| to_ticks(rate.frame_duration(), base).max(1));
        Ok(Self { decoder, index, time_base: base, default_step, next: None, faults: 0, early: None })
    }

    /// Chooses which frames are not decoded at all.
    pub(crate) fn skip_frames(&mut self, discard: Discard) {
        self.decoder.skip_frame(discard);
    }

    /// Chooses which frames are not deblocked. Others are predicted from them as they are, so that what is left out
    /// adds up until the next key frame: with none deblocked, small pictures of a trailer with grain added were off by
    /// 2 levels of 255 on average and by 10 at worst; with all but B-frames deblocked, by 0.06 and 0.4.
    pub(crate) fn skip_loop_filter(&mut self, discard: Discard) {
        self.decoder.skip_loop_filter(discard);
    }

    /// Whether it decodes VP9.
    pub(crate) fn is_vp9(&self) -> bool {
        self.decoder.id() == codec::Id::VP9
    }

    /// Has [`Self::early_frame`] tell what was decoded. For a decoder with one thread, before its first packet.
    #[allow(unsafe_code, reason = "FFmpeg keeps a pointer to what is watching it")]
    pub(crate) fn watch_early(&mut self) {
        // SAFETY: the box is kept beside the decoder and dropped after it.
        self.early = Some(unsafe { EarlyFrame::watch(&mut self.decoder) });
    }

    /// The frame that the last packet held, before its turn to be handed out has come. Once; only when it is watched for.
    pub(crate) fn early_frame(&mut self) -> Option<&frame::Video> {
        self.early.as_mut()?.take()
    }

    /// Forgets everything, as is due after a seek.
    pub(crate) fn flush(&mut self) {
        self.decoder.flush();
        self.early.iter_mut().for_each(|early| early.forget());
        self.next = None;
    }

    /// Decodes a packet (or, with `None`, what is left at the end) and hands each frame with the ticks of its start.
    /// A packet that cannot be decoded is counted and passed over.
    pub(crate) fn decode<F: DerefMut<Target = Frame>>(
        &mut self,
        packet: Option<&Packet>,
        frame: &mut F,
        mut each: impl FnMut(&mut F, i64) -> Result<(), MediaError>,
    ) -> Result<(), MediaError> {
        loop {
            let sent = match packet {
                Some(packet) => self.decoder.send_packet(packet),
                None => self.decoder.send_eof(),
            };
            let full = sent == Err(ffmpeg_next::Error::Other { errno: ffmpeg_next::error::EAGAIN });
            if sent.is_err() && !full && packet.is_some() {
                self.faults += 1;
            }
            let mut received = 0_u32;
            loop {
                match self.decoder.receive_frame(frame) {
                    Ok(()) => {
                        received += 1;
                        let ticks = self.ticks_of(frame);
                        each(frame, ticks)?;
                    }
                    Err(ffmpeg_next::Error::Eof | ffmpeg_next::Error::Other { .. }) => break,
                    Err(_) => {
                        self.faults += 1;
                        // A decoder that is being emptied reports the fault and goes on; one being fed wants a packet.
                        if packet.is_some() || self.faults > u64::from(u32::MAX) {
                            break;
                        }
                    }
                }
            }
            if !full || received == 0 {
                return Ok(());
            }
        }
    }

    fn ticks_of(&mut self, frame: &Frame) -> i64 {
        let ticks = frame.timestamp().or_else(|| frame.pts()).or(self.next).unwrap_or(0);
        let duration = frame.packet().duration;
        let step = if duration > 0 { duration } else { self.default_step };
        self.next = Some(ticks.saturating_add(step));
        ticks
    }

    /// The ticks after the end of the last frame that was handed out.
    pub(crate) fn next_ticks(&self) -> Option<i64> {
        self.next
    }

    /// When the last frame that was handed out ends.
    pub(crate) fn end(&self, container: &Container) -> Option<MediaTime> {
        self.next.map(|ticks| container.time(ticks, self.time_base))
    }
}

/// FFmpeg's name of a codec.
pub(crate) fn codec_name(id: codec::Id) -> &'static str {
    id.name()
}
