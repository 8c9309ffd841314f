//! A web server on loopback that sends a folder's files in parts, misbehaves when it is told to, and keeps account.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, UNIX_EPOCH};

/// The pause between two bytes of [`Misbehaviour::Crawl`].
const CRAWL: Duration = Duration::from_millis(50);

/// What the server does instead of answering as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Answers with this status and no file, such as 403.
    Status(u16),
    /// Answers with 503 and asks to be left alone for so many seconds.
    Busy(u64),
    /// Sends the whole file with 200 whatever was asked.
    IgnoreRanges,
    /// Closes the connection after so many bytes of the body.
    CutAfter(u64),
    /// Keeps the connection open after so many bytes of the body, and sends no more.
    StallAfter(u64),
    /// Sends the body byte by byte, twenty a second.
    Crawl,
    /// Leads on to another address.
    Redirect(String),
}

/// An answered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The path as it was asked for, with its query.
    pub target: String,
    /// The range that was asked for; `None` when the whole file was.
    pub asked: Option<Range<u64>>,
    /// The status of the answer.
    pub status: u16,
    /// Which bytes of the file went out.
    pub sent: Range<u64>,
}

/// Serves a folder until it is dropped.
#[derive(Debug)]
pub struct RangeServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    stopping: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// What is next, by path; `None` for a request that is to be answered as it should.
    planned: HashMap<String, VecDeque<Option<Misbehaviour>>>,
    /// What is done from then on, by path.
    always: HashMap<String, Misbehaviour>,
    tags: HashMap<String, String>,
    answered: Vec<Answered>,
    open: Vec<TcpStream>,
}

impl RangeServer {
    /// Serves the files of a folder.
    ///
    /// # Panics
    /// When the system gives no port.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the system gives a port on loopback");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            stopping: AtomicBool::new(false),
            state: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        let listening = std::thread::spawn(move || listen(&listener, &serving));
        Self { address, shared, listening: Some(listening) }
    }

    /// The address of a file, such as `talk.mp4` or `talk.mp4?signature=1`.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// From now on, every request for the path is answered so.
    pub fn misbehave(&self, path: &str, how: Misbehaviour) {
        self.state().always.insert(path.to_owned(), how);
    }

    /// From now on, the path is answered as it should be.
    pub fn behave(&self, path: &str) {
        let mut state = self.state();
        state.always.remove(path);
        state.planned.remove(path);
    }

    /// The next requests for the path are answered so, one after the other: `None` stands for a good answer.
    pub fn plan(&self, path: &str, answers: impl IntoIterator<Item = Option<Misbehaviour>>) {
        self.state().planned.entry(path.to_owned()).or_default().extend(answers);
    }

    /// Sets what the server calls the version of a file; otherwise that follows from its size and time.
    pub fn set_tag(&self, path: &str, tag: &str) {
        self.state().tags.insert(path.to_owned(), format!("\"{tag}\""));
    }

    /// Every request for the path that was answered so far, in order. One is listed before the client can have seen the
    /// end of the answer.
    #[must_use]
    pub fn answered(&self, path: &str) -> Vec<Answered> {
        let state = self.state();
        state.answered.iter().filter(|answer| name_of(&answer.target) == path).cloned().collect()
    }

    /// Bytes of the file that went out so far, in all answers.
    #[must_use]
    pub fn bytes_sent(&self, path: &str) -> u64 {
        self.answered(path).iter().map(|answer| answer.sent.end - answer.sent.start).sum()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Drop for RangeServer {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // One connection more wakes the listener, which then sees that it is to stop.
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
        for stream in self.state().open.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        if let Ok(copy) = stream.try_clone() {
            shared.state().open.push(copy);
        }
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            let mut input = BufReader::new(&stream);
            while let Some(request) = Request::read(&mut input)
                && answer(&request, &mut &stream, &shared).is_some()
            {}
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
}

struct Request {
    head: bool,
    target: String,
    range: Option<(u64, Option<u64>)>,
    /// The version that the range is wanted of.
    if_range: Option<String>,
}

impl Request {
    fn read(input: &mut impl BufRead) -> Option<Self> {
        let mut line = String::new();
        input.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (mut range, mut if_range) = (None, None);
        loop {
            let mut header = String::new();
            if input.read_line(&mut header).ok()? == 0 {
                return None;
            }
            let header = header.trim_end();
            if header.is_empty() {
                return Some(Self { head: method == "HEAD", target, range, if_range });
            }
            let Some((name, value)) = header.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("range") {
                let (first, last) = value.trim().strip_prefix("bytes=")?.split_once('-')?;
                range = Some((first.parse().ok()?, last.parse().ok()));
            } else if name.eq_ignore_ascii_case("if-range") {
                if_range = Some(value.trim().to_owned());
            }
        }
    }
}

/// The path of a target without `/` in front and query behind.
fn name_of(target: &str) -> &str {
    target.trim_start_matches('/').split('?').next().unwrap_or_default()
}

/// Answers a request; `None` when the connection is to be closed.
fn answer(request: &Request, output: &mut impl Write, shared: &Shared) -> Option<()> {
    let name = name_of(&request.target).to_owned();
    let (how, tag) = {
        let mut state = shared.state();
        let planned = state.planned.get_mut(&name).and_then(VecDeque::pop_front);
        (planned.unwrap_or_else(|| state.always.get(&name).cloned()), state.tags.get(&name).cloned())
    };
    let asked = |size: u64| {
        let (first, last) = request.range?;
        Some(first..last.map_or(size, |last| last.saturating_add(1)).min(size))
    };
    let note = |status, asked, sent| {
        let target = request.target.clone();
        shared.state().answered.push(Answered { target, asked, status, sent });
    };
    let refuse = |output: &mut dyn Write, status: u16, headers: &str| {
        note(status, asked(u64::MAX), 0..0);
        write!(output, "HTTP/1.1 {status} -\r\nContent-Length: 0\r\n{headers}\r\n").ok()
    };
    match &how {
        Some(Misbehaviour::Status(status)) => return refuse(output, *status, ""),
        Some(Misbehaviour::Busy(seconds)) => {
            return refuse(output, 503, &format!("Retry-After: {seconds}\r\n"));
        }
        Some(Misbehaviour::Redirect(to)) => return refuse(output, 302, &format!("Location: {to}\r\n")),
        _ => {}
    }
    let is_plain = name.split('/').all(|part| !part.is_empty() && part != "..");
    let opened = is_plain.then(|| File::open(shared.folder.join(&name)).ok()).flatten();
    let Some((mut file, metadata)) = opened.and_then(|file| file.metadata().ok().map(|data| (file, data)))
    else {
        return refuse(output, 404, "");
    };
    let size = metadata.len();
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let tag = tag.unwrap_or_else(|| format!("\"{size}-{}\"", modified.unwrap_or_default().as_nanos()));
    let is_same = request.if_range.as_ref().is_none_or(|wanted| *wanted == tag);
    let wanted = asked(size).filter(|_| is_same && how != Some(Misbehaviour::IgnoreRanges));
    if wanted.as_ref().is_some_and(Range::is_empty) {
        return refuse(output, 416, &format!("Content-Range: bytes */{size}\r\nETag: {tag}\r\n"));
    }
    let status = if wanted.is_some() { 206 } else { 200 };
    let bytes = wanted.clone().unwrap_or(0..size);
    let mut head = format!("HTTP/1.1 {status} -\r\nAccept-Ranges: bytes\r\nETag: {tag}\r\n");
    head += &format!("Content-Length: {}\r\n", bytes.end - bytes.start);
    if wanted.is_some() {
        head += &format!("Content-Range: bytes {}-{}/{size}\r\n", bytes.start, bytes.end - 1);
    }
    let most = match how {
        _ if request.head => 0,
        Some(Misbehaviour::CutAfter(most) | Misbehaviour::StallAfter(most)) => most,
        _ => u64::MAX,
    };
    let sent = bytes.start..bytes.end.min(bytes.start.saturating_add(most));
    let is_whole = request.head || sent == bytes;
    note(status, asked(size), sent.clone());
    output.write_all(format!("{head}\r\n").as_bytes()).ok()?;
    file.seek(SeekFrom::Start(sent.start)).ok()?;
    let mut body = file.take(sent.end - sent.start);
    if how == Some(Misbehaviour::Crawl) {
        crawl(&mut body, output, shared)?;
    } else {
        std::io::copy(&mut body, output).ok()?;
    }
    match how {
        Some(Misbehaviour::StallAfter(_)) if !is_whole => Some(()),
        _ => is_whole.then_some(()),
    }
}

/// Sends slowly, until the client or the server has had enough.
fn crawl(body: &mut impl Read, output: &mut impl Write, shared: &Shared) -> Option<()> {
    let mut byte = [0];
    while !shared.stopping.load(Ordering::SeqCst) && body.read(&mut byte).ok()? > 0 {
        output.write_all(&byte).and_then(|()| output.flush()).ok()?;
        std::thread::sleep(CRAWL);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Folder;

    /// Asks once and gives head and body.
    fn ask(server: &RangeServer, path: &str, range: &str) -> (String, String) {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: x\r\n{range}\r\n").expect("the server reads");
        stream.shutdown(Shutdown::Write).expect("the connection stands");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        (head.to_owned(), body.to_owned())
    }

    #[test]
    fn files_go_out_whole_in_parts_and_as_planned() {
        let folder = Folder::new();
        std::fs::write(folder.file("a.txt"), "0123456789").expect("a temporary folder can be written to");
        let server = RangeServer::new(folder.path());
        let check = |path: &str, range: &str, status: &str, expected: &str| {
            let (head, body) = ask(&server, path, range);
            assert!(
                head.starts_with(&format!("HTTP/1.1 {status} ")),
                "{path} {range} gives {status}: {head}"
            );
            assert_eq!(body, expected, "the body for {path} {range}");
            head
        };
        check("a.txt", "", "200", "0123456789");
        let head = check("a.txt?key=1", "Range: bytes=2-4\r\n", "206", "234");
        assert!(head.contains("Content-Range: bytes 2-4/10"), "the part says where it is: {head}");
        check("a.txt", "Range: bytes=8-\r\n", "206", "89");
        check("a.txt", "Range: bytes=10-\r\n", "416", "");
        check("a.txt", "Range: bytes=8-\r\nIf-Range: \"other\"\r\n", "200", "0123456789");
        check("b.txt", "", "404", "");
        check("../a.txt", "", "404", "");
        assert_eq!(server.bytes_sent("a.txt"), 25, "every byte is counted");
        server.plan("a.txt", [Some(Misbehaviour::CutAfter(3)), None, Some(Misbehaviour::Busy(7))]);
        check("a.txt", "", "200", "012");
        check("a.txt", "", "200", "0123456789");
        assert!(check("a.txt", "", "503", "").contains("Retry-After: 7"), "a busy server says how long");
        server.misbehave("a.txt", Misbehaviour::IgnoreRanges);
        check("a.txt", "Range: bytes=2-4\r\n", "200", "0123456789");
        server.behave("a.txt");
        let statuses: Vec<u16> = server.answered("a.txt").iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, [200, 206, 206, 416, 200, 200, 200, 503, 200]);
    }
}
