//! The file that a picture lane and a sound lane write together.

use std::path::Path;

use ffmpeg_next::{Packet, Rational, codec};

use crate::MediaError;
use crate::format::FileFormat;
use crate::mux::Muxer;

/// Which of the two a packet belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    Picture,
    Sound,
}

/// A file whose header is written as soon as every stream's parameters are known: those of the picture follow from
/// its first frame, and until then packets of sound wait.
pub(crate) struct Output {
    /// `None` when packets go nowhere.
    muxer: Option<Muxer>,
    picture: Option<usize>,
    sound: Option<usize>,
    awaits_picture: bool,
    sound_parameters: Option<(codec::Parameters, Rational)>,
    waiting: Vec<(Packet, Lane)>,
    started: bool,
}

impl Output {
    /// Creates the file. `sound_parameters` are those of the sound and the time base of its packets, when there is sound.
    pub(crate) fn create(
        target: &Path,
        format: FileFormat,
        awaits_picture: bool,
        sound_parameters: Option<(codec::Parameters, Rational)>,
    ) -> Result<Self, MediaError> {
        Ok(Self {
            muxer: Some(Muxer::create(target, format)?),
            picture: None,
            sound: None,
            awaits_picture,
            sound_parameters,
            waiting: Vec::new(),
            started: false,
        })
    }

    /// As [`Muxer::grow`].
    pub(crate) fn grow(&mut self) {
        self.muxer.iter_mut().for_each(Muxer::grow);
    }

    /// Takes packets and writes nothing.
    pub(crate) fn nowhere() -> Self {
        Self {
            muxer: None,
            picture: None,
            sound: None,
            awaits_picture: false,
            sound_parameters: None,
            waiting: Vec::new(),
            started: false,
        }
    }

    /// Tells the picture's parameters and the time base of its packets.
    pub(crate) fn add_picture(
        &mut self,
        parameters: codec::Parameters,
        time_base: Rational,
    ) -> Result<(), MediaError> {
        self.picture =
            self.muxer.as_mut().map(|muxer| muxer.add_stream(parameters, time_base)).transpose()?;
        self.awaits_picture = false;
        Ok(())
    }

    /// Writes a packet, or keeps it until the header is written.
    pub(crate) fn write(&mut self, packet: Packet, lane: Lane) -> Result<(), MediaError> {
        if self.awaits_picture {
            self.waiting.push((packet, lane));
            return Ok(());
        }
        self.start()?;
        self.write_now(packet, lane)
    }

    /// Completes the file; a picture that never came is left out.
    pub(crate) fn finish(mut self) -> Result<(), MediaError> {
        self.start()?;
        self.muxer.map_or(Ok(()), Muxer::finish)
    }

    fn start(&mut self) -> Result<(), MediaError> {
        if self.started {
            return Ok(());
        }
        self.started = true;
        let Some(muxer) = &mut self.muxer else { return Ok(()) };
        if let Some((parameters, time_base)) = self.sound_parameters.take() {
            self.sound = Some(muxer.add_stream(parameters, time_base)?);
        }
        muxer.start()?;
        for (packet, lane) in std::mem::take(&mut self.waiting) {
            self.write_now(packet, lane)?;
        }
        Ok(())
    }

    fn write_now(&mut self, packet: Packet, lane: Lane) -> Result<(), MediaError> {
        let stream = match lane {
            Lane::Picture => self.picture,
            Lane::Sound => self.sound,
        };
        match (&mut self.muxer, stream) {
            (Some(muxer), Some(stream)) => muxer.write(packet, stream),
            _ => Ok(()),
        }
    }
}
