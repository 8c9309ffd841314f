//! Bulk data: sent as it is, never as JSON.

use specta::Types;
use specta::datatype::DataType;
use specta_typescript::define;
use tauri::ipc::{InvokeResponseBody, IpcResponse};

/// Bytes; the page receives an `ArrayBuffer`.
#[derive(Debug)]
pub(crate) struct Bytes(Vec<u8>);

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl IpcResponse for Bytes {
    fn body(self) -> tauri::Result<InvokeResponseBody> {
        Ok(InvokeResponseBody::Raw(self.0))
    }
}

impl specta::Type for Bytes {
    fn definition(_: &mut Types) -> DataType {
        define("ArrayBuffer").into()
    }
}
