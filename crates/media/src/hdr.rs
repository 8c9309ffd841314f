//! Pictures of high dynamic range: telling them, and what is known of the screen they were made on.

use ffmpeg_next::color::TransferCharacteristic;
use ffmpeg_next::util::frame::side_data::Type;
use ffmpeg_next::{filter, frame};

/// The filters that [`tone_mapping`] needs: not every FFmpeg has them.
const TONE_MAPPERS: [&str; 2] = ["zscale", "tonemap"];

/// Nits of diffuse white: ITU-R BT.2408.
const WHITE: u32 = 203;

/// True when a frame's numbers mean light beyond an ordinary screen's: PQ or HLG.
pub(crate) fn is_hdr(frame: &frame::Video) -> bool {
    transfer_name(frame).is_some()
}

fn transfer_name(frame: &frame::Video) -> Option<&'static str> {
    match frame.color_transfer_characteristic() {
        TransferCharacteristic::SMPTE2084 => Some("smpte2084"),
        TransferCharacteristic::ARIB_STD_B67 => Some("arib-std-b67"),
        _ => None,
    }
}

/// Filters that bring a picture of high dynamic range into what every screen shows (BT.709, limited range); `None` for other
/// pictures, and where this FFmpeg lacks the filters.
pub(crate) fn tone_mapping(frame: &frame::Video) -> Option<String> {
    let transfer = transfer_name(frame)?;
    if TONE_MAPPERS.into_iter().any(|name| filter::find(name).is_none()) {
        return None;
    }
    let range = if frame.color_range() == ffmpeg_next::color::Range::JPEG { "pc" } else { "tv" };
    // What the picture is, is said rather than guessed: what is tagged with such a transfer is BT.2020.
    Some(format!(
        "zscale=tin={transfer}:pin=bt2020:min=bt2020nc:rin={range}:t=linear:npl={WHITE},format=gbrpf32le,\
         zscale=p=bt709,tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv"
    ))
}

/// x265's parameters for the light a picture was mastered with, each with a `:` before it; empty where none is known.
pub(crate) fn light_options(frame: &frame::Video) -> String {
    let mut options = String::new();
    if let Some(screen) = mastering_screen(frame) {
        options.push_str(&format!(":hdr10=1:master-display={screen}"));
    }
    if let Some((brightest, average)) = content_light(frame) {
        options.push_str(&format!(":max-cll={brightest},{average}"));
    }
    options
}

/// `G(x,y)B(x,y)R(x,y)WP(x,y)L(max,min)`, chromaticities in 1/50000, luminance in 1/10000 nits.
fn mastering_screen(frame: &frame::Video) -> Option<String> {
    let data = frame.side_data(Type::MasteringDisplayMetadata)?;
    // FFmpeg's structure: fractions for red, green, blue and white (x and y each), the least and the most luminance; then
    // whether the first four and the last two are known.
    let words = data.data().chunks_exact(4).filter_map(|word| word.try_into().ok()).map(i32::from_ne_bytes);
    let numbers: Vec<i32> = words.collect();
    let &[has_primaries, has_luminance] = numbers.get(20..22)? else { return None };
    if has_primaries == 0 || has_luminance == 0 {
        return None;
    }
    let scaled = |fraction: usize, unit: f64| match numbers.get(fraction * 2..fraction * 2 + 2) {
        Some(&[numerator, denominator]) if denominator > 0 => {
            Some((f64::from(numerator) / f64::from(denominator) * unit).round() as u64)
        }
        _ => None,
    };
    let point = |place: usize| {
        let (x, y) = scaled(place * 2, 50_000.0).zip(scaled(place * 2 + 1, 50_000.0))?;
        Some(format!("({x},{y})"))
    };
    let (red, green, blue, white) = (point(0)?, point(1)?, point(2)?, point(3)?);
    let (least, most) = (scaled(8, 10_000.0)?, scaled(9, 10_000.0)?);
    Some(format!("G{green}B{blue}R{red}WP{white}L({most},{least})"))
}

/// The brightest pixel and the brightest average of a frame, in nits.
fn content_light(frame: &frame::Video) -> Option<(u32, u32)> {
    let data = frame.side_data(Type::ContentLightLevel)?;
    let number = |at: usize| Some(u32::from_ne_bytes(data.data().get(at..at + 4)?.try_into().ok()?));
    Some((number(0)?, number(4)?)).filter(|(brightest, _)| *brightest > 0)
}
