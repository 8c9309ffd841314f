use std::io::Write;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

const ORIGIN: &str = "tauri://localhost";
const CONTENT: &[u8] = b"0123456789";

/// What a server answered.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

/// A server with one file of [`CONTENT`].
struct Fixture {
    server: MediaServer,
    file: tempfile::NamedTempFile,
    url: String,
}

impl Fixture {
    async fn new() -> Self {
        let mut file = tempfile::NamedTempFile::with_suffix(".mp4").unwrap();
        file.write_all(CONTENT).unwrap();
        let server = MediaServer::start(ORIGIN).await.unwrap();
        let url = server.register(file.path()).unwrap();
        Self { server, file, url }
    }

    fn address(&self) -> String {
        self.server.shared.address.to_string()
    }

    fn path(&self) -> &str {
        self.url.trim_start_matches("http://").trim_start_matches(self.address().as_str())
    }

    /// Sends a request as it stands, `HOST` standing for the server's own address.
    async fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.server.shared.address).await.unwrap();
        let request = request.replace("HOST", &self.address()).replace('\n', "\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let split = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(answer[..split].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: answer[split + 4..].to_vec() }
    }

    async fn get(&self, headers: &str) -> Answer {
        self.send(&format!("GET {} HTTP/1.1\nHost: HOST\nConnection: close\n{headers}\n", self.path())).await
    }
}

#[tokio::test]
async fn the_first_request_gets_the_whole_file_and_may_ask_for_ranges() {
    let fixture = Fixture::new().await;
    let answer = fixture.get("").await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, CONTENT));
    for header in
        ["accept-ranges: bytes", "content-length: 10", "content-type: video/mp4", "nosniff", "no-store"]
    {
        assert!(answer.head.contains(header), "{header} is missing in {}", answer.head);
    }
}

#[tokio::test]
async fn a_range_is_answered_in_full() {
    let fixture = Fixture::new().await;
    for (range, status, body, content_range) in [
        ("bytes=0-", 206, "0123456789", "bytes 0-9/10"),
        ("bytes=3-5", 206, "345", "bytes 3-5/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
    ] {
        let answer = fixture.get(&format!("Range: {range}\n")).await;
        assert_eq!((answer.status, answer.body.as_slice()), (status, body.as_bytes()), "{range}");
        assert!(answer.head.contains(&format!("content-range: {content_range}")), "{range}: {}", answer.head);
    }
}

#[tokio::test]
async fn a_head_request_tells_the_length_and_nothing_else() {
    let fixture = Fixture::new().await;
    let request = format!("HEAD {} HTTP/1.1\nHost: HOST\nConnection: close\n\n", fixture.path());
    let answer = fixture.send(&request).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert!(answer.head.contains("content-length: 10"));
}

#[tokio::test]
async fn only_the_page_may_read() {
    let fixture = Fixture::new().await;
    let allowed = fixture.get(&format!("Origin: {ORIGIN}\n")).await;
    assert_eq!(allowed.status, 200);
    assert!(allowed.head.contains(&format!("access-control-allow-origin: {ORIGIN}")));
    assert_eq!(fixture.get("Origin: https://example.org\n").await.status, 403, "another page");
    let rebound = format!("GET {} HTTP/1.1\nHost: example.org\nConnection: close\n\n", fixture.path());
    assert_eq!(fixture.send(&rebound).await.status, 403, "a name that was pointed at this machine");
    let written =
        format!("POST {} HTTP/1.1\nHost: HOST\nContent-Length: 0\nConnection: close\n\n", fixture.path());
    assert_eq!(fixture.send(&written).await.status, 405, "writing");
}

#[tokio::test]
async fn what_was_not_registered_is_not_found() {
    let fixture = Fixture::new().await;
    let parts: Vec<&str> = fixture.path().split('/').collect();
    let (session, file) = (parts[2], parts[3]);
    let nobody = "0".repeat(32);
    for path in [
        "/".to_owned(),
        "/etc/passwd".to_owned(),
        format!("/m/{session}"),
        format!("/m/{session}/{nobody}/media"),
        format!("/m/{nobody}/{file}/media"),
        format!("/m/{session}/../../etc/passwd"),
    ] {
        let answer = fixture.send(&format!("GET {path} HTTP/1.1\nHost: HOST\nConnection: close\n\n")).await;
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[tokio::test]
async fn another_file_in_its_place_is_not_served() {
    let fixture = Fixture::new().await;
    std::fs::write(fixture.file.path(), b"something else").unwrap();
    assert_eq!(fixture.get("").await.status, 404);
}

#[tokio::test]
async fn the_same_file_keeps_its_address() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.server.register(fixture.file.path()).unwrap(), fixture.url);
    let folder = tempfile::tempdir().unwrap();
    assert!(fixture.server.register(folder.path()).is_err(), "a folder is no file");
}

#[tokio::test]
async fn a_head_without_end_is_cut_off() {
    let fixture = Fixture::new().await;
    let answer = fixture.get(&format!("X-Long: {}\n", "a".repeat(64 * 1024))).await;
    assert_eq!(answer.status, 431);
}

#[tokio::test]
async fn a_growing_file_is_answered_until_it_is_whole() {
    let mut fixture = Fixture::new().await;
    let (ended, whole) = tokio::sync::watch::channel(false);
    fixture.url = fixture.server.register_growing(fixture.file.path(), whole).unwrap();
    let more = async {
        fixture.file.as_file().write_all(b"and more").unwrap();
        tokio::task::yield_now().await;
        ended.send_replace(true);
    };
    let (answer, ()) = tokio::join!(fixture.get(""), more);
    assert_eq!(answer.status, 200);
    assert!(!answer.head.contains("content-length"), "nobody knows how long it will be: {}", answer.head);
    let body = String::from_utf8(answer.body).unwrap();
    assert!(
        body.contains("0123456789") && body.contains("and more"),
        "what was written later comes too: {body}"
    );
    let before = fixture.url.clone();
    fixture.server.register_growing(fixture.file.path(), ended.subscribe()).unwrap();
    assert_eq!(fixture.get("").await.status, 404, "{before} has made room for the next");
}
