//! Why bytes cannot be used as YAMNet.

/// Why the model of sound events could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SoundModelError {
    /// They are a model or something else, but not the one this code runs.
    #[error("this is not the sound event model YAMNet: {0}. Import or download yamnet.tflite")]
    NotYamnet(&'static str),
    /// They began like the model and are broken.
    #[error("the sound event model is damaged: {0}. Download or import yamnet.tflite again")]
    Damaged(&'static str),
}
