//! Reading FlatBuffers (<https://flatbuffers.dev/internals/>) without trusting them: every offset is checked against
//! the file, so that a damaged file ends in an error.

use super::SoundModelError;

const CUT_SHORT: SoundModelError = SoundModelError::Damaged("it points past its own end");

type Read<T> = Result<T, SoundModelError>;

/// A table: fields by number, each present or at its default.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    vtable: usize,
    vtable_length: usize,
}

/// Values of one size in a row, or offsets to tables.
#[derive(Clone, Copy)]
pub(crate) struct Vector<'a> {
    bytes: &'a [u8],
    at: usize,
    count: usize,
}

fn fixed<const N: usize>(bytes: &[u8], at: usize) -> Read<[u8; N]> {
    let end = at.checked_add(N).ok_or(CUT_SHORT)?;
    bytes.get(at..end).and_then(|slice| slice.try_into().ok()).ok_or(CUT_SHORT)
}

fn offset(bytes: &[u8], at: usize) -> Read<usize> {
    let by = u32::from_le_bytes(fixed(bytes, at)?) as usize;
    at.checked_add(by).ok_or(CUT_SHORT)
}

impl<'a> Table<'a> {
    /// The table that the file consists of.
    pub(crate) fn root(bytes: &'a [u8]) -> Read<Self> {
        Self::new(bytes, offset(bytes, 0)?)
    }

    fn new(bytes: &'a [u8], at: usize) -> Read<Self> {
        let back = i64::from(i32::from_le_bytes(fixed(bytes, at)?));
        let vtable = usize::try_from(at as i64 - back).map_err(|_before| CUT_SHORT)?;
        let vtable_length = usize::from(u16::from_le_bytes(fixed(bytes, vtable)?));
        Ok(Self { bytes, at, vtable, vtable_length })
    }

    fn field(&self, number: usize) -> Read<Option<usize>> {
        let entry = 4 + 2 * number;
        if entry + 2 > self.vtable_length {
            return Ok(None);
        }
        let by = usize::from(u16::from_le_bytes(fixed(self.bytes, self.vtable + entry)?));
        Ok((by != 0).then_some(self.at + by))
    }

    /// A field of one byte, zero when left out.
    pub(crate) fn byte(&self, number: usize) -> Read<u8> {
        self.field(number)?.map_or(Ok(0), |at| fixed(self.bytes, at).map(|[byte]: [u8; 1]| byte))
    }

    /// A field of four bytes, zero when left out.
    pub(crate) fn int(&self, number: usize) -> Read<i32> {
        self.field(number)?.map_or(Ok(0), |at| fixed(self.bytes, at).map(i32::from_le_bytes))
    }

    pub(crate) fn table(&self, number: usize) -> Read<Option<Self>> {
        self.field(number)?.map(|at| Self::new(self.bytes, offset(self.bytes, at)?)).transpose()
    }

    /// A vector, empty when left out.
    pub(crate) fn vector(&self, number: usize) -> Read<Vector<'a>> {
        let Some(at) = self.field(number)? else {
            return Ok(Vector { bytes: self.bytes, at: 0, count: 0 });
        };
        let at = offset(self.bytes, at)?;
        let count = u32::from_le_bytes(fixed(self.bytes, at)?) as usize;
        Ok(Vector { bytes: self.bytes, at: at + 4, count })
    }
}

impl<'a> Vector<'a> {
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The table that value `index` points to.
    pub(crate) fn table(&self, index: usize) -> Read<Table<'a>> {
        if index >= self.count {
            return Err(SoundModelError::Damaged("it names a part that it does not hold"));
        }
        Table::new(self.bytes, offset(self.bytes, self.at + 4 * index)?)
    }

    /// Every value, `N` bytes each.
    pub(crate) fn values<const N: usize>(&self) -> Read<&'a [[u8; N]]> {
        let end =
            self.count.checked_mul(N).and_then(|length| length.checked_add(self.at)).ok_or(CUT_SHORT)?;
        Ok(self.bytes.get(self.at..end).ok_or(CUT_SHORT)?.as_chunks().0)
    }
}
