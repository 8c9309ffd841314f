//! Requests that nobody should send.

use std::io::{BufReader, Write};

use super::serving::Serving;
use super::signed::{form, get, read_answer, request};
use crate::support::CommandLine;

const REQUESTS: usize = 1000;

/// The same numbers in every run: Sebastiano Vigna's SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..=self.below(most)).map(|_| self.below(256) as u8).collect()
    }

    fn text(&mut self, most: usize) -> String {
        let characters =
            ['{', '}', '[', ']', '"', ':', ',', '9', 'e', '-', '\\', 'é', '\u{0}', ' ', '%', '+', '.'];
        (0..=self.below(most)).map(|_| characters[self.below(characters.len())]).collect()
    }
}

/// Signed as it should be, but asking for what cannot be done.
fn nonsense(random: &mut Random, host: &str) -> String {
    let actions = [
        ("SubmitHighlightExtractionJob", "InputConfig"),
        ("GetSmartHandleJob", "JobId"),
        ("DeleteSmartJob", "JobId"),
        ("ListSmartJobs", "MaxResults"),
        ("RegisterMediaInfo", "InputURL"),
        ("GetMediaInfo", "MediaId"),
        ("NoSuchAction", "Nothing"),
    ];
    let (action, parameter) = actions[random.below(actions.len())];
    let value = match random.below(4) {
        0 => "[".repeat(random.below(20_000)),
        1 => format!(
            "{{\"MediaArray\":[{{\"MediaURL\":{:?}}}],\"Strategy\":{{\"Count\":-1}}}}",
            random.text(40)
        ),
        // Whatever it is, it is no number, no id and no file that is there.
        _ => format!("?{}", random.text(200)),
    };
    if random.below(2) == 0 {
        request(host, action, "", &form(&[(parameter, &value)]))
    } else {
        request(host, action, &form(&[(parameter, &value[..value.len().min(2000)])]), "")
    }
}

/// One request with one thing wrong with it.
fn malformed(random: &mut Random, host: &str) -> Vec<u8> {
    let good = request(host, "ListSmartJobs", "MaxResults=5", "");
    let lines: Vec<&str> = good.split("\r\n").collect();
    let broken: String = match random.below(12) {
        0..=2 => nonsense(random, host),
        3 => good.replace(
            "MaxResults=5",
            &format!("MaxResults=5&x=%{}", ["", "f", "zz", "FF", "C3%28"][random.below(5)]),
        ),
        4 => good.replace("MaxResults=5", "MaxResults=5&MaxResults=6"),
        // Every header is needed, and signed but for the last two.
        5 => {
            let dropped = 1 + random.below(lines.len() - 4);
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != dropped);
            kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\r\n")
        }
        6 => {
            let doubled = 1 + random.below(lines.len() - 4);
            [&lines[..=doubled], &lines[doubled..]].concat().join("\r\n")
        }
        7 => {
            good.replacen("POST", ["PUT", "DELETE", "PATCH", "TRACE", "get", "P\u{f6}ST"][random.below(6)], 1)
        }
        8 => good.replace(
            "content-length: 0",
            &format!("content-length: {}", ["-1", "x", "1, 2", "99999999999999999999"][random.below(4)]),
        ),
        9 => good.replace(
            "\r\n\r\n",
            &format!("\r\nx-long: {}\r\n\r\n", "a".repeat(200_000 + random.below(9000))),
        ),
        10 => {
            let many: String = (0..100).map(|index| format!("x-{index}: 1\r\n")).collect();
            good.replace("content-length", &format!("{many}content-length"))
        }
        _ => good.replace("HTTP/1.1", ["HTTP/9.9", "HTTP", "", "FTP/1.1"][random.below(4)]),
    };
    let mut bytes = broken.into_bytes();
    if random.below(4) == 0 {
        // Bytes in the middle of the signed headers.
        let (at, noise) = (good.find("x-acs-date").unwrap_or(0).min(bytes.len()), random.bytes(12));
        bytes.splice(at..at, noise);
    }
    bytes
}

#[test]
fn a_thousand_malformed_requests_are_refused_and_the_server_lives_on() {
    let line = CommandLine::new();
    let mut server = Serving::start(&line);
    let (host, mut random) = (server.address.to_string(), Random(20_201_109));
    for number in 0..REQUESTS {
        let bytes = malformed(&mut random, &host);
        let mut stream = server.connect();
        // A server that has seen enough may close before all was sent.
        let _ = stream.write_all(&bytes);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(1500)]);
        let (status, body) = read_answer(&mut BufReader::new(stream))
            .unwrap_or_else(|| panic!("request {number} is answered: {shown}"));
        assert!((400..500).contains(&status), "request {number} gets {status} {body}: {shown}");
        assert!(server.is_running(), "the server lives after request {number}");
    }
    assert_eq!(get(&server, "/healthz").0, 200, "the server still answers");
    assert_eq!(server.figure("standout_jobs{state=\"created\"}"), 0.0, "nothing was queued");
    let (ending, said) = server.end();
    assert!(ending.success(), "it ends as asked: {ending}");
    assert!(!said.contains("panicked"), "no thread of it panicked: {said}");
}
