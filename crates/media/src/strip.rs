//! Small pictures of a material side by side in one JPEG, for a lane that shows them along time.

use ffmpeg_next::format::Pixel;
use ffmpeg_next::{Rational, frame};
use model::{MediaTime, SourceInfo};

use crate::container::Container;
use crate::filter::FilterChain;
use crate::orientation::Orientation;
use crate::still::{key_picture_before, pictures_from};
use crate::thumbnail::{filters, to_jpeg};
use crate::{MediaError, Source};

/// Which pictures a strip shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripPictures {
    /// The key frame before each time: quick, and near enough where pictures stand for several seconds.
    Keys,
    /// The very picture on screen at each time; everything between them is decoded.
    Exact,
}

/// The widest a picture of a strip may be, in its heights: a panorama must not make a sheet that no encoder takes.
const WIDEST: f64 = 4.0;

/// A JPEG of the pictures on screen at `times` (ascending), upright, side by side from the left. All have the same width, and
/// `height` pixels. A place whose picture cannot be decoded stays black.
///
/// # Errors
/// [`MediaError::NoPictureOrSound`] for a file without a picture, and what opening and reading a file can end in.
pub fn strip(
    source: &Source,
    info: &SourceInfo,
    times: &[MediaTime],
    height: u32,
    pictures: StripPictures,
) -> Result<Vec<u8>, MediaError> {
    let mut container = Container::open(source)?;
    let path = source.name();
    let video = info.video.as_ref().ok_or_else(|| MediaError::NoPictureOrSound { path: path.to_owned() })?;
    let orientation =
        container.input.stream(video.index).map(|stream| Orientation::of(&stream)).unwrap_or_default();
    let mut sheet = Sheet::new(times.len(), (video.width, video.height), height, orientation);
    match pictures {
        StripPictures::Keys => {
            for (place, time) in times.iter().enumerate() {
                if let Some((mut key, _)) = key_picture_before(&mut container, info, *time)? {
                    sheet.place(place, &mut key, source)?;
                }
            }
        }
        StripPictures::Exact => place_exact(&mut container, info, times, source, &mut sheet)?,
    }
    to_jpeg(sheet.picture).map_err(|source| MediaError::reading("encode pictures", path, source))
}

fn place_exact(
    container: &mut Container,
    info: &SourceInfo,
    times: &[MediaTime],
    source: &Source,
    sheet: &mut Sheet,
) -> Result<(), MediaError> {
    let Some(first) = times.first() else { return Ok(()) };
    let mut shown: Option<frame::Video> = None;
    let mut place = 0;
    pictures_from(container, info, *first, |frame, at| {
        while let Some(time) = times.get(place).filter(|time| **time < at) {
            let until = times[place..].iter().take_while(|later| **later == *time).count();
            if let Some(picture) = &shown {
                sheet.place(place, &mut picture.clone(), source)?;
            }
            place += until.max(1);
        }
        shown = Some(std::mem::replace(frame, frame::Video::empty()));
        Ok(place < times.len())
    })?;
    for place in place..times.len() {
        if let Some(picture) = &shown {
            sheet.place(place, &mut picture.clone(), source)?;
        }
    }
    Ok(())
}

/// The picture that all others are put into.
struct Sheet {
    picture: frame::Video,
    chain: FilterChain,
    orientation: Orientation,
    /// Pixels of one picture, even.
    width: u32,
    height: u32,
}

impl Sheet {
    fn new(places: usize, shown: (u32, u32), height: u32, orientation: Orientation) -> Self {
        let even = |side: f64| ((side / 2.0).round() as u32 * 2).max(2);
        let shape = (f64::from(shown.0.max(1)) / f64::from(shown.1.max(1))).min(WIDEST);
        let height = even(f64::from(height));
        let width = even(f64::from(height) * shape);
        let mut picture = frame::Video::new(Pixel::YUVJ420P, width * places.max(1) as u32, height);
        for (plane, black) in [(0, 0), (1, 128), (2, 128)] {
            picture.data_mut(plane).fill(black);
        }
        Self { picture, chain: FilterChain::new(Rational(1, 1_000)), orientation, width, height }
    }

    fn place(&mut self, place: usize, frame: &mut frame::Video, source: &Source) -> Result<(), MediaError> {
        let Self { orientation, width, height, .. } = *self;
        let pushed = self.chain.push(frame, source.name(), |_, _| filters(orientation, width, height));
        let Some(small) = pushed?.pop() else { return Ok(()) };
        for (plane, shrunk) in [(0, 1), (1, 2), (2, 2)] {
            let (row, left) = ((width / shrunk) as usize, (width / shrunk) as usize * place);
            let (from, to) = (small.stride(plane), self.picture.stride(plane));
            let lines = small.data(plane).chunks(from).zip(self.picture.data_mut(plane).chunks_mut(to));
            for (read, written) in lines.take((height / shrunk) as usize) {
                if let (Some(read), Some(written)) = (read.get(..row), written.get_mut(left..left + row)) {
                    written.copy_from_slice(read);
                }
            }
        }
        Ok(())
    }
}
