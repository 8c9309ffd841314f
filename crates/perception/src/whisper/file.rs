//! The weight files of whisper.cpp ("ggml" files): a first look, so that native code, which believes every length it
//! reads, is given whole files only.
//!
//! Source of the layout: whisper.cpp's loaders and converters (`convert-pt-to-ggml.py`). All numbers are little-endian.

/// The first four bytes, "ggml" as a number.
const MAGIC: u32 = 0x6767_6d6c;
/// No tensor of these files has more dimensions.
const MOST_DIMENSIONS: i32 = 4;
const LONGEST_NAME: i32 = 128;

/// Why bytes are no whole weight file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// They do not begin like one.
    OtherFormat,
    /// They end too early, or hold a length that cannot be.
    Damaged(&'static str),
}

/// Reads the parts of a weight file one after another.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

/// What stands before the numbers of a tensor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tensor<'a> {
    pub(crate) name: &'a [u8],
    /// How many numbers it holds.
    pub(crate) elements: u64,
}

impl<'a> Reader<'a> {
    /// Begins after the mark of the format.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, FileFault> {
        let mut reader = Self { rest: bytes };
        match reader.word() {
            Ok(MAGIC) => Ok(reader),
            _ => Err(FileFault::OtherFormat),
        }
    }

    fn word(&mut self) -> Result<u32, FileFault> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(FileFault::Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*bytes))
    }

    pub(crate) fn number(&mut self) -> Result<i32, FileFault> {
        self.word().map(u32::cast_signed)
    }

    pub(crate) fn numbers<const N: usize>(&mut self) -> Result<[i32; N], FileFault> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Ok(numbers)
    }

    /// A length that is followed by so many bytes.
    pub(crate) fn counted(&mut self) -> Result<&'a [u8], FileFault> {
        let length = self.word()?;
        self.bytes(u64::from(length))
    }

    pub(crate) fn bytes(&mut self, length: u64) -> Result<&'a [u8], FileFault> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (bytes, rest) =
            self.rest.split_at_checked(length).ok_or(FileFault::Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    /// The next tensor, whose numbers are passed over; `None` at the end of the file.
    pub(crate) fn tensor(&mut self) -> Result<Option<Tensor<'a>>, FileFault> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let [dimensions, name, kind] = self.numbers()?;
        if !(0..=MOST_DIMENSIONS).contains(&dimensions) || !(1..=LONGEST_NAME).contains(&name) {
            return Err(FileFault::Damaged("what should describe its weights does not"));
        }
        let mut elements: u64 = 1;
        for _ in 0..dimensions {
            let size = u64::try_from(self.number()?).unwrap_or(0);
            elements = elements.checked_mul(size).unwrap_or(0);
        }
        let (block, bytes) = block(kind).ok_or(FileFault::Damaged("its weights have an unknown form"))?;
        if elements == 0 || !elements.is_multiple_of(block) {
            return Err(FileFault::Damaged("its weights have an impossible size"));
        }
        let name = self.bytes(name.unsigned_abs().into())?;
        self.bytes((elements / block).saturating_mul(bytes))?;
        Ok(Some(Tensor { name, elements }))
    }
}

/// How many numbers are stored together, in how many bytes: ggml's types by their numbers.
fn block(kind: i32) -> Option<(u64, u64)> {
    Some(match kind {
        0 => (1, 4),
        1 => (1, 2),
        2 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => return None,
    })
}
