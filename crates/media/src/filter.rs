//! A chain of FFmpeg's picture filters.

use std::path::Path;

use ffmpeg_next::{Rational, filter, frame};

use crate::MediaError;

/// What a chain was built for; a frame of another shape needs another chain.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Shape {
    width: u32,
    height: u32,
    format: ffmpeg_next::format::Pixel,
    aspect: (i32, i32),
    interlaced: bool,
}

/// Sends frames through filters. The chain is built from the first frame, and again when the frames' shape changes.
pub(crate) struct FilterChain {
    time_base: Rational,
    built: Option<(Shape, filter::Graph)>,
    /// True from the first interlaced frame on: streams switch to and fro, and their progressive frames pass unharmed.
    interlaced: bool,
}

impl FilterChain {
    /// A chain for frames whose times are in `time_base`.
    pub(crate) fn new(time_base: Rational) -> Self {
        Self { time_base, built: None, interlaced: false }
    }

    /// Filters one frame and gives what leaves the chain: frames come out in their order, one for each that went in,
    /// but some only with the next or at the end. `describe` says which filters a frame needs, as FFmpeg writes a
    /// chain, and is told whether interlaced frames have come; all of them must give one frame for each they take.
    /// The filters take the frame's data: `source` is empty afterwards.
    pub(crate) fn push(
        &mut self,
        source: &mut frame::Video,
        path: &Path,
        describe: impl Fn(&frame::Video, bool) -> String,
    ) -> Result<Vec<frame::Video>, MediaError> {
        let failed = |source| MediaError::reading("convert a picture", path, source);
        self.interlaced |= source.is_interlaced();
        let shape = self.shape_of(source);
        let mut filtered = Vec::new();
        if self.built.as_ref().is_none_or(|(known, _)| *known != shape) {
            filtered = self.finish(path)?;
            let graph = self.build(shape, &describe(source, self.interlaced)).map_err(failed)?;
            self.built = Some((shape, graph));
        }
        if let Some((_, graph)) = &mut self.built {
            let mut entry = graph.get("in").ok_or_else(|| failed(ffmpeg_next::Error::Bug))?;
            entry.source().add(source).map_err(failed)?;
            collect(graph, &mut filtered).map_err(failed)?;
        }
        Ok(filtered)
    }

    /// What the chain held back; it can be used again afterwards.
    pub(crate) fn finish(&mut self, path: &Path) -> Result<Vec<frame::Video>, MediaError> {
        let failed = |source| MediaError::reading("convert a picture", path, source);
        let mut filtered = Vec::new();
        if let Some((_, mut graph)) = self.built.take() {
            let mut entry = graph.get("in").ok_or_else(|| failed(ffmpeg_next::Error::Bug))?;
            entry.source().flush().map_err(failed)?;
            collect(&mut graph, &mut filtered).map_err(failed)?;
        }
        Ok(filtered)
    }

    fn shape_of(&self, source: &frame::Video) -> Shape {
        let aspect = source.aspect_ratio();
        let aspect = if aspect.0 > 0 && aspect.1 > 0 { (aspect.0, aspect.1) } else { (1, 1) };
        let (width, height, format) = (source.width(), source.height(), source.format());
        Shape { width, height, format, aspect, interlaced: self.interlaced }
    }

    fn build(&self, shape: Shape, filters: &str) -> Result<filter::Graph, ffmpeg_next::Error> {
        let missing = ffmpeg_next::Error::FilterNotFound;
        let mut graph = filter::Graph::new();
        let format = shape.format.descriptor().map_or("none", |descriptor| descriptor.name());
        let arguments = format!(
            "video_size={}x{}:pix_fmt={format}:time_base={}/{}:pixel_aspect={}/{}",
            shape.width, shape.height, self.time_base.0, self.time_base.1, shape.aspect.0, shape.aspect.1
        );
        graph.add(&filter::find("buffer").ok_or(missing)?, "in", &arguments)?;
        graph.add(&filter::find("buffersink").ok_or(missing)?, "out", "")?;
        graph.output("in", 0)?.input("out", 0)?.parse(filters)?;
        graph.validate()?;
        Ok(graph)
    }
}

/// Takes out all that has come through.
fn collect(graph: &mut filter::Graph, filtered: &mut Vec<frame::Video>) -> Result<(), ffmpeg_next::Error> {
    let mut exit = graph.get("out").ok_or(ffmpeg_next::Error::Bug)?;
    loop {
        let mut picture = frame::Video::empty();
        match exit.sink().frame(&mut picture) {
            Ok(()) => filtered.push(picture),
            Err(
                ffmpeg_next::Error::Eof | ffmpeg_next::Error::Other { errno: ffmpeg_next::error::EAGAIN },
            ) => {
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
}
