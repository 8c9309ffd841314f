//! The frame that a decoder finished last, before it is handed out.
//!
//! Frames are handed out in the order of showing, so that the frame after a cut comes out when those before it that nothing
//! depends on have been left out already. A decoder asks for the memory of each frame as it begins with it; with one thread
//! the frame is in that memory when its packet was taken.

#![allow(unsafe_code, reason = "FFmpeg tells where a frame is being decoded to through a C callback only")]

use std::ffi::c_int;

use ffmpeg_next::{codec, decoder, ffi, frame};

/// What was decoded last.
pub(crate) struct EarlyFrame {
    frame: frame::Video,
    is_new: bool,
    /// Whether memory that is asked for later for the same packet is for something else.
    keeps_first: bool,
}

impl EarlyFrame {
    /// Watches a decoder that has one thread and was given no packet yet.
    ///
    /// # Safety
    /// What is answered must outlive the decoder.
    // SAFETY: the contract above; the decoder keeps a pointer into the box.
    pub(crate) unsafe fn watch(decoder: &mut decoder::Opened) -> Box<Self> {
        // References that are missing get memory as well: in HEVC after the frame itself, elsewhere before it.
        let keeps_first = decoder.id() == codec::Id::HEVC;
        let mut early = Box::new(Self { frame: frame::Video::empty(), is_new: false, keeps_first });
        // SAFETY: the context is alive, and its `opaque` field is the user's own by FFmpeg's contract.
        unsafe {
            let context = decoder.as_mut_ptr();
            (*context).opaque = (&raw mut *early).cast();
            (*context).get_buffer2 = Some(give_memory);
        }
        early
    }

    /// The frame that was decoded since the last call. Its pixels are there once; of an interlaced one maybe only the half.
    pub(crate) fn take(&mut self) -> Option<&frame::Video> {
        std::mem::take(&mut self.is_new).then_some(&self.frame)
    }

    /// Lets go of the memory.
    pub(crate) fn forget(&mut self) {
        (self.frame, self.is_new) = (frame::Video::empty(), false);
    }
}

/// FFmpeg's own way of giving memory, taking note of it.
///
/// # Safety
/// Called by the decoder that [`EarlyFrame::watch`] was given, on the thread that feeds it.
// SAFETY: only `watch` hands this function out, together with the pointer that it reads.
unsafe extern "C" fn give_memory(
    context: *mut ffi::AVCodecContext,
    frame: *mut ffi::AVFrame,
    flags: c_int,
) -> c_int {
    // SAFETY: both come from FFmpeg, which asks for no more than this; `opaque` is the box, which outlives the decoder and
    // is not looked at while a packet is being decoded.
    unsafe {
        let given = ffi::avcodec_default_get_buffer2(context, frame, flags);
        if given >= 0
            && let Some(early) = (*context).opaque.cast::<EarlyFrame>().as_mut()
            && !(early.keeps_first && early.is_new)
        {
            let kept = early.frame.as_mut_ptr();
            ffi::av_frame_unref(kept);
            early.is_new = ffi::av_frame_ref(kept, frame) >= 0;
            // Memory is given for whole blocks; what is shown is smaller.
            ((*kept).width, (*kept).height) = ((*context).width, (*context).height);
        }
        given
    }
}
