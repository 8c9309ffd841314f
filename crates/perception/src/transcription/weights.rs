//! Whether bytes are the whole weights of a Whisper network, before native code believes what they say of themselves.

use super::SpeechModelError;
use crate::whisper::{FileFault, Reader};

/// Layers of the published sizes, tiny to large (A. Radford et al., "Robust Speech Recognition via Large-Scale Weak
/// Supervision", 2022, table 1). The decoder of distilled and turbo models has fewer than the encoder.
const LAYERS: [i32; 5] = [4, 6, 12, 24, 32];
/// Sizes of the vocabulary: English only, many languages, and large-v3's with one language more.
const VOCABULARIES: [i32; 3] = [51_864, 51_865, 51_866];

impl From<FileFault> for SpeechModelError {
    fn from(fault: FileFault) -> Self {
        match fault {
            FileFault::OtherFormat => Self::NotWhisper("it has another format"),
            FileFault::Damaged(how) => Self::Damaged(how),
        }
    }
}

/// Walks through the whole file.
///
/// A file that ends after its vocabulary holds no weights; whisper.cpp takes it and hears nothing in it. Such files are
/// made for tests.
pub(super) fn check(bytes: &[u8]) -> Result<(), SpeechModelError> {
    let mut reader = Reader::new(bytes)?;
    let [vocabulary, audio_context, audio_state, audio_heads, audio_layers] = reader.numbers()?;
    let [text_context, text_state, text_heads, text_layers, bands, _kind] = reader.numbers()?;
    let plausible = VOCABULARIES.contains(&vocabulary)
        && LAYERS.contains(&audio_layers)
        && (1..=audio_layers).contains(&text_layers)
        && (audio_context, text_context) == (1_500, 448)
        && audio_state == text_state
        && (384..=1_280).contains(&audio_state)
        && (6..=20).contains(&audio_heads)
        && audio_heads == text_heads
        && [80, 128].contains(&bands);
    if !plausible {
        return Err(SpeechModelError::NotWhisper("it holds another network"));
    }
    let [filters, width] = reader.numbers()?;
    if filters != bands || !(1..=1_024).contains(&width) {
        return Err(SpeechModelError::Damaged("its filters have another size"));
    }
    reader.bytes(4 * u64::from(filters.unsigned_abs()) * u64::from(width.unsigned_abs()))?;
    let words = reader.number()?;
    if !(1..=vocabulary).contains(&words) {
        return Err(SpeechModelError::Damaged("its vocabulary has another size"));
    }
    for _ in 0..words {
        reader.counted()?;
    }
    let mut tensors = 0;
    while reader.tensor()?.is_some() {
        tensors += 1;
    }
    // Whisper's networks as whisper.cpp stores them: 15 tensors for each layer of the encoder, 24 of the decoder, 11 more.
    let expected = 11 + 15 * audio_layers + 24 * text_layers;
    if tensors == 0 {
        tracing::warn!("the speech model holds no weights: it hears nothing");
    } else if tensors != expected {
        return Err(SpeechModelError::Damaged("some of its weights are missing"));
    }
    Ok(())
}
