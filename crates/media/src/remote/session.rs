//! A remote file as bytes at places: from the mirror where they are there, else from the server by way of the mirror.

use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

use super::client::{Client, Part};
use super::fault::{Fault, Setback};
use super::limits::Limits;
use super::lock::{Held, Lock};
use super::mirror::{BLOCK, Mirror};
use super::prefetch::Prefetch;
use super::read_ahead::ReadAhead;
use super::{RemoteSource, RemoteVersion};
use crate::MediaError;

/// How often to look whether another process has let the lock go.
const LOCK_INTERVAL: Duration = Duration::from_millis(5);

/// A remote file that was found to be there.
pub(crate) struct Session {
    source: RemoteSource,
    client: Client,
    lock: Lock,
    mirror: Mirror,
    ahead: ReadAhead,
    limits: Limits,
    prefetch: Option<Prefetch>,
    /// Why nothing can be read any more.
    fault: Option<Fault>,
}

impl Session {
    /// Asks the server which version is there, and takes the beginning of the file along when it is not mirrored yet.
    pub(crate) fn open(source: &RemoteSource, limits: Limits) -> Result<Self, MediaError> {
        Self::begin(source, limits).map_err(|fault| fault.into_error(&source.address, 0, 0))
    }

    fn begin(source: &RemoteSource, limits: Limits) -> Result<Self, Fault> {
        let lock = Lock::open(&source.mirror)?;
        let mut client = Client::new(&source.url, &limits)?;
        let mut patience = Patience::new(limits);
        loop {
            let held = patience.hold(&lock, || false)?;
            let begun = Mirror::begun(&source.mirror).is_some();
            match client.get(0..if begun { 1 } else { BLOCK }) {
                Ok(part) => return Self::with(part, source, client, lock, limits),
                Err(setback) => {
                    drop(held);
                    patience.wait_after(setback)?;
                }
            }
        }
    }

    /// A session of the version that a first answer is of. The caller holds the lock.
    fn with(
        part: Part,
        source: &RemoteSource,
        client: Client,
        lock: Lock,
        limits: Limits,
    ) -> Result<Self, Fault> {
        let version = part.version.clone();
        if source.version.as_ref().is_some_and(|wanted| !is_same(wanted, &version)) {
            return Err(Fault::Changed);
        }
        let mirror = Mirror::open(&source.mirror, &version)?;
        let source = RemoteSource { version: Some(version), ..source.clone() };
        let (ahead, prefetch, fault) = (ReadAhead::default(), None, None);
        let mut session = Self { source, client, lock, mirror, ahead, limits, prefetch, fault };
        match session.receive(part) {
            // A break is no reason to stop: what is missing is asked for when it is wanted.
            Err(fault) if !fault.may_pass() => Err(fault),
            _ => Ok(session),
        }
    }

    /// Which version is read.
    pub(crate) fn version(&self) -> &RemoteVersion {
        self.mirror.version()
    }

    /// Why reading failed, once it has.
    pub(crate) fn failure(&self) -> Option<MediaError> {
        self.fault.clone().map(|fault| self.error_of(fault))
    }

    /// A fault of this session in words for the user.
    pub(crate) fn error_of(&self, fault: Fault) -> MediaError {
        fault.into_error(&self.source.address, self.mirror.kept(), self.version().size)
    }

    /// Reads bytes at a place, as many as are at hand; none at the end of the file. After a failure nothing more is
    /// read.
    pub(crate) fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> Result<usize, Fault> {
        if self.version().size <= offset || buffer.is_empty() {
            return Ok(0);
        }
        let block = offset / BLOCK;
        let read = self.bring(block).and_then(|()| self.mirror.read(offset, buffer));
        self.prefetch_after(block);
        read.inspect_err(|fault| self.fault = Some(fault.clone()))
    }

    /// Sees to it that these bytes are in the mirror.
    pub(crate) fn ensure(&mut self, bytes: Range<u64>) -> Result<(), Fault> {
        let end = bytes.end.min(self.version().size);
        for block in bytes.start / BLOCK..end.div_ceil(BLOCK) {
            self.bring(block)?;
        }
        Ok(())
    }

    /// Has the next blocks fetched while this one is used, when reading goes straight on.
    fn prefetch_after(&mut self, block: u64) {
        if self.ahead.is_steady_at(block) && block + 1 < self.mirror.blocks() {
            self.prefetch =
                self.prefetch.take().or_else(|| Prefetch::start(self.source.clone(), self.limits));
            self.prefetch.iter_mut().for_each(|prefetch| prefetch.reached(block));
        }
    }

    fn bring(&mut self, block: u64) -> Result<(), Fault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        if !self.mirror.has(block) {
            self.fetch(block)?;
        }
        // Whoever fetched it: what reading came through counts as gone on with.
        self.ahead.passed(block);
        Ok(())
    }

    /// Fetches a block that is missing, and some after it when reading seems to go on there.
    fn fetch(&mut self, block: u64) -> Result<(), Fault> {
        let mut patience = Patience::new(self.limits);
        loop {
            let held = patience.hold(&self.lock, || self.mirror.has(block)).map_err(broken_off)?;
            // Another process may have fetched it while this one waited.
            if held.is_none() || self.mirror.has(block) {
                return Ok(());
            }
            let run = self.run_from(block);
            let setback = match self.request(run) {
                Err(setback) if self.mirror.has(block) && setback.fault.may_pass() => return Ok(()),
                Err(setback) => setback,
                Ok(()) if self.mirror.has(block) => return Ok(()),
                // Parts that are shorter than a block are of no use.
                Ok(()) => return Err(Fault::WithoutRanges),
            };
            drop(held);
            patience.wait_after(setback).map_err(broken_off)?;
        }
    }

    /// The missing blocks from here on, as many as are worth one request.
    fn run_from(&mut self, block: u64) -> Range<u64> {
        let most = (block + self.ahead.blocks_from(block)).min(self.mirror.blocks());
        let end = (block + 1..most).find(|next| self.mirror.has(*next)).unwrap_or(most.max(block + 1));
        block..end
    }

    fn request(&mut self, run: Range<u64>) -> Result<(), Setback> {
        let started = Instant::now();
        let bytes = self.mirror.bytes_of(run.start).start..self.mirror.bytes_of(run.end - 1).end;
        let part = self.client.get(bytes).map_err(|setback| match setback.fault {
            // It was inside the file when reading began.
            Fault::OutOfRange => Fault::Changed.into(),
            _ => setback,
        })?;
        if !is_same(self.version(), &part.version) {
            return Err(Fault::Changed.into());
        }
        let received = self.receive(part);
        self.ahead.fetched(run, started.elapsed());
        Ok(received?)
    }

    /// Keeps the whole blocks of an answer.
    fn receive(&mut self, mut part: Part) -> Result<(), Fault> {
        let mut buffer = vec![0; BLOCK as usize];
        let first = part.bytes.start / BLOCK;
        for block in first..part.bytes.end.div_ceil(BLOCK) {
            let bytes = self.mirror.bytes_of(block);
            if part.bytes.end < bytes.end || self.mirror.has(block) {
                // The answer to a question about the version alone, or one that was cut short.
                break;
            }
            let buffer = &mut buffer[..(bytes.end - bytes.start) as usize];
            part.read_exact(buffer, self.limits.patience)?;
            self.mirror.store(block, buffer)?;
        }
        part.end();
        Ok(())
    }
}

/// What was reached before and is no longer has broken off.
fn broken_off(fault: Fault) -> Fault {
    if matches!(fault, Fault::Unreachable(_)) { Fault::Interrupted } else { fault }
}

/// Versions are the same when nothing speaks against it: some answers of a server may lack the tag.
fn is_same(one: &RemoteVersion, other: &RemoteVersion) -> bool {
    one.size == other.size && (one.tag == other.tag || one.tag.is_none() || other.tag.is_none())
}

/// How often something was tried without result, and since when.
struct Patience {
    limits: Limits,
    since: Instant,
    tries: u32,
}

impl Patience {
    fn new(limits: Limits) -> Self {
        Self { limits, since: Instant::now(), tries: 0 }
    }

    fn is_over(&self) -> bool {
        self.limits.patience < self.since.elapsed()
    }

    /// Waits for the lock; `None` when there is no need for it any more.
    fn hold(&self, lock: &Lock, mut is_needless: impl FnMut() -> bool) -> Result<Option<Held>, Fault> {
        let mut turn = lock.queue();
        loop {
            if let Some(held) = lock.try_hold(&mut turn) {
                return Ok(Some(held));
            }
            if is_needless() {
                return Ok(None);
            }
            if self.is_over() {
                return Err(Fault::Unreachable("others on this machine are still reading it".to_owned()));
            }
            thread::sleep(LOCK_INTERVAL);
        }
    }

    /// Waits before the next try, or gives the fault back when there is to be none.
    fn wait_after(&mut self, setback: Setback) -> Result<(), Fault> {
        self.tries += 1;
        if !setback.fault.may_pass() || self.limits.tries <= self.tries {
            return Err(setback.fault);
        }
        let pause = self.limits.first_pause * 2_u32.saturating_pow(self.tries - 1);
        let pause = setback.wait.unwrap_or_default().max(pause).min(self.limits.longest_pause);
        thread::sleep(pause);
        if self.is_over() { Err(setback.fault) } else { Ok(()) }
    }
}
