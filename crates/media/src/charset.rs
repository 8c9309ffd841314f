//! Text files of unknown encoding.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Legacy encodings of two bytes a character, the most common first.
const DOUBLE_BYTE: [&Encoding; 4] = [GB18030, SHIFT_JIS, BIG5, EUC_KR];

/// The text of a subtitle file: by its byte order mark, as UTF-8 when it is valid, else by what its bytes look like.
pub(crate) fn decode_text(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return text.into_owned();
    }
    legacy_encoding(bytes).decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark shows by zeros in every other place, which no other text has.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match head.len() / 4 {
        0 => None,
        many if odd > many && even == 0 => Some(UTF_16LE),
        many if even > many && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Western text has its high bytes alone between ASCII letters; double-byte text has them in long runs.
fn legacy_encoding(bytes: &[u8]) -> &'static Encoding {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let paired = bytes.windows(2).filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii()).count();
    if paired * 2 < high {
        return WINDOWS_1252;
    }
    DOUBLE_BYTE
        .into_iter()
        .find(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some())
        .unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtitles_are_read_whatever_their_encoding() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(decode_text(bytes), expected);
        check("naïve".as_bytes(), "naïve");
        check(b"\xEF\xBB\xBFna\xC3\xAFve", "naïve");
        check(b"na\xEFve, d\xE9j\xE0 vu", "naïve, déjà vu");
        check(&GB18030.encode("你好，世界。今天天气很好。").0, "你好，世界。今天天气很好。");
        let utf16: Vec<u8> = "\u{feff}Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, "Grüße");
        let unmarked: Vec<u8> = "1\n00:00:01,000".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&unmarked, "1\n00:00:01,000");
    }
}
