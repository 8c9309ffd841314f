//! Pictures and captions as vectors. Both can be made again from the material and the encoder; an encoder is named by
//! whatever tells it, and the version of what runs it, from all others.

use model::{Fingerprint, MediaTime, PictureEmbeddings};
use rusqlite::{OptionalExtension, params};

use crate::{Library, LibraryError};

impl Library {
    /// What this encoder made of a material's pictures. What cannot be read back counts as absent.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn picture_embeddings(
        &self,
        material: &Fingerprint,
        encoder: &str,
    ) -> Result<Option<PictureEmbeddings>, LibraryError> {
        let kept = self.run("read what pictures show", |connection| {
            connection
                .query_row(
                    "SELECT hop, dimensions, vectors FROM picture_embedding WHERE fingerprint = ?1 AND encoder = ?2",
                    [&material.0, encoder],
                    |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get::<_, Vec<u8>>(2)?)),
                )
                .optional()
        })?;
        Ok(kept.and_then(|(hop, dimensions, bytes)| {
            let (values, dimensions) = (floats(&bytes)?, dimensions as usize);
            let whole = if dimensions == 0 { values.is_empty() } else { values.len() % dimensions == 0 };
            (whole && hop > 0).then(|| PictureEmbeddings {
                hop: MediaTime::from_micros(hop),
                dimensions,
                values,
            })
        }))
    }

    /// Keeps what an encoder made of a material's pictures, in place of what another made of them.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_picture_embeddings(
        &self,
        material: &Fingerprint,
        encoder: &str,
        pictures: &PictureEmbeddings,
    ) -> Result<(), LibraryError> {
        let PictureEmbeddings { hop, dimensions, values } = pictures;
        let (hop, dimensions, bytes) = (hop.as_micros(), *dimensions as i64, bytes(values));
        self.write("keep what pictures show", |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO picture_embedding (fingerprint, encoder, hop, dimensions, vectors)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![material.0, encoder, hop, dimensions, bytes],
            )
        })?;
        Ok(())
    }

    /// The vector of a caption by this encoder.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn caption_embedding(&self, encoder: &str, caption: &str) -> Result<Option<Vec<f32>>, LibraryError> {
        let kept = self.run("read a caption", |connection| {
            connection
                .query_row(
                    "SELECT vector FROM caption_embedding WHERE encoder = ?1 AND caption = ?2",
                    [encoder, caption],
                    |row| row.get::<_, Vec<u8>>(0),
                )
                .optional()
        })?;
        Ok(kept.and_then(|bytes| floats(&bytes)))
    }

    /// Keeps the vectors of captions by this encoder; those of other encoders are thrown away.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_caption_embeddings(
        &self,
        encoder: &str,
        captions: &[(String, Vec<f32>)],
    ) -> Result<(), LibraryError> {
        self.write("keep captions", |transaction| {
            transaction.execute("DELETE FROM caption_embedding WHERE encoder <> ?1", [encoder])?;
            let mut statement = transaction.prepare_cached(
                "INSERT OR REPLACE INTO caption_embedding (encoder, caption, vector) VALUES (?1, ?2, ?3)",
            )?;
            for (caption, vector) in captions {
                statement.execute(params![encoder, caption, bytes(vector)])?;
            }
            Ok(())
        })
    }
}

fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// `None` when a piece is missing.
fn floats(bytes: &[u8]) -> Option<Vec<f32>> {
    let (values, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| values.iter().map(|value| f32::from_le_bytes(*value)).collect())
}
