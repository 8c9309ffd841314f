//! A server that has the real YAMNet, and a catalogue that leads there.

use std::path::{Path, PathBuf};

use crate::{Folder, RangeServer, shared_models};

/// Serves a model until it is dropped. Development builds can be given its catalogue in place of their own.
#[derive(Debug)]
pub struct ModelServer {
    /// The server itself, to misbehave and to be asked what it sent.
    pub server: RangeServer,
    model: PathBuf,
    catalogue: Folder,
}

impl ModelServer {
    /// The model's file on the server.
    pub const FILE: &'static str = "yamnet.tflite";
    /// Its size in bytes.
    pub const SIZE: u64 = 4_126_810;

    /// `None`, with a note, where the shared models are absent.
    ///
    /// # Panics
    /// When the catalogue of the project cannot be read, or no longer names YAMNet as it did.
    #[must_use]
    pub fn new() -> Option<Self> {
        let yamnet = shared_models()?.join("yamnet");
        let server = RangeServer::new(&yamnet);
        let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/models.toml");
        let published = std::fs::read_to_string(published).expect("the catalogue can be read");
        let address = published.lines().find(|line| line.contains("yamnet_audio_classifier"));
        let address = address.expect("the catalogue says where YAMNet is fetched from");
        let moved = published.replace(address, &format!("url = \"{}\"", server.address(Self::FILE)));
        let catalogue = Folder::new();
        std::fs::write(catalogue.file("models.toml"), moved).expect("a temporary file can be written");
        Some(Self { server, model: yamnet.join(Self::FILE), catalogue })
    }

    /// The published file itself.
    #[must_use]
    pub fn model(&self) -> &Path {
        &self.model
    }

    /// The catalogue, in which only the model's address differs.
    #[must_use]
    pub fn catalogue(&self) -> PathBuf {
        self.catalogue.file("models.toml")
    }
}
