//! The address that is told when a job ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use serde_json::{Value, json};

use super::serving::Serving;
use super::signed::{Connection, form};
use crate::support::{CommandLine, PATIENCE, speechless};

/// Takes one call after the other, answers each with the next of `answers`, and tells what was sent.
fn listener(answers: Vec<String>) -> (String, Receiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/ended", listener.local_addr().expect("an address"));
    let (told, calls) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().expect("a call");
            let mut stream = BufReader::new(stream);
            let (mut line, mut length) = (String::new(), 0);
            while line != "\r\n" {
                line.clear();
                stream.read_line(&mut line).expect("a line");
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a number");
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).expect("a body");
            let head = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            stream.get_mut().write_all(head.as_bytes()).expect("answered");
            if told.send(serde_json::from_slice(&body).expect("JSON")).is_err() {
                return;
            }
        }
    });
    (address, calls)
}

#[test]
fn an_address_is_told_again_until_it_listens_and_no_other_host_is() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let (elsewhere, told_elsewhere) = listener(vec!["200 OK".to_owned()]);
    let redirect = format!("307 Temporary Redirect\r\nlocation: {elsewhere}");
    let (address, calls) = listener(vec!["503 Busy".to_owned(), redirect, "200 OK".to_owned()]);
    let video = speechless(&line.home, "silent", 4);
    let input = json!({ "MediaArray": [{ "MediaURL": video }] }).to_string();
    let data = json!({ "NotifyAddress": address, "note": "mine" }).to_string();
    let submission = form(&[("InputConfig", &input), ("UserData", &data)]);
    let (_, job) =
        Connection::open(&server).ask("SubmitHighlightExtractionJob", "", &submission).expect("an answer");
    for attempt in 1..=3 {
        let call = calls.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("call {attempt} comes"));
        assert_eq!((&call["JobId"], &call["State"]), (&job["JobId"], &"Failed".into()), "{call}");
        assert_eq!((&call["UserData"], &call["ErrorCode"]), (&data.as_str().into(), &"Speechless".into()));
    }
    assert!(told_elsewhere.try_recv().is_err(), "what was meant for one host is told to no other");
}
