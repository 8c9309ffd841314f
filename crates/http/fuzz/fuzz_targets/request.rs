//! Reads a request and signs it: no input may end in a panic, and signing may not depend on how a client escaped.
//!
//! The input is the request's target in its first line, headers in the following ones, and after an empty line the body.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use standout_http::signature::Authorization;
use standout_http::{Parameters, Received};

fuzz_target!(|input: &[u8]| {
    let (head, body) = match input.windows(2).position(|pair| pair == b"\n\n") {
        Some(end) => (&input[..end], &input[end + 2..]),
        None => (input, &[][..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut builder = hyper::Request::post(lines.next().unwrap_or_default());
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        builder = builder.header(&line[..colon], line.get(colon + 1..).unwrap_or_default());
    }
    // What the library for HTTP refuses never reaches our code.
    let Ok(request) = builder.body(()) else { return };
    let Ok(received) = Received::read(&request.into_parts().0, Bytes::copy_from_slice(body)) else { return };

    let canonical = received.parameters.canonical();
    let again = Parameters::parse(&canonical).expect("what was escaped can be read");
    assert_eq!(again, received.parameters, "escaping keeps names and values");
    let spaced = Parameters::parse(&canonical.replace("%20", "+")).expect("spaces may be written as +");
    assert_eq!(spaced.canonical(), canonical, "signing does not depend on how spaces were written");

    let Some(Ok(authorization)) = received.header("authorization").map(Authorization::parse) else { return };
    if let Ok(signature) = received.signed().signature(&authorization.headers, "secret") {
        assert_eq!(signature.len(), 64, "a signature is a SHA-256");
    }
});
