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
}

/// Sends frames through filters. The chain is built from the first frame, and again when the frames' shape changes.
pub(crate) struct FilterChain {
    time_base: Rational,
    built: Option<(Shape, filter::Graph)>,
}

impl FilterChain {
    /// A chain for frames whose times are in `time_base`.
    pub(crate) fn new(time_base: Rational) -> Self {
        Self { time_base, built: None }
    }

    /// Filters one frame. `describe` says which filters a frame needs, as FFmpeg writes a chain; all of them must give
    /// one frame for each they take. The filters take the frame's data: `source` is empty afterwards.
    pub(crate) fn apply(
        &mut self,
        source: &mut frame::Video,
        path: &Path,
        describe: impl Fn(&frame::Video) -> String,
    ) -> Result<frame::Video, MediaError> {
        let failed = |source| MediaError::reading("convert a picture", path, source);
        let aspect = source.aspect_ratio();
        let aspect = if aspect.0 > 0 && aspect.1 > 0 { (aspect.0, aspect.1) } else { (1, 1) };
        let shape = Shape { width: source.width(), height: source.height(), format: source.format(), aspect };
        if self.built.as_ref().is_none_or(|(known, _)| *known != shape) {
            self.built = Some((shape, self.build(shape, &describe(source)).map_err(failed)?));
        }
        let mut result = frame::Video::empty();
        let Some((_, graph)) = &mut self.built else { return Err(failed(ffmpeg_next::Error::Bug)) };
        let mut entry = graph.get("in").ok_or_else(|| failed(ffmpeg_next::Error::Bug))?;
        entry.source().add(source).map_err(failed)?;
        let mut exit = graph.get("out").ok_or_else(|| failed(ffmpeg_next::Error::Bug))?;
        exit.sink().frame(&mut result).map_err(failed)?;
        Ok(result)
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
