//! Known answers, computed with the functions of the service's own client, and what may not pass.

use super::*;

const BODY: &str = "InputConfig=%7B%22MediaArray%22%3A%5B%7B%22MediaURL%22%3A%22file%3A%2F%2F%2Fa+b.mp4%22%7D%5D%2C%22Strategy%22%3A%7B%22Count%22%3A5%2C%22ClipDuration%22%3A15%7D%7D";
const QUERY: &str = "OutputConfig=%7B%22NeedExport%22%3Afalse%7D&UserData=%7B%22k%22%3A%22a%20b%2F~%2A%22%7D";
const NAMES: &str = "accept;content-type;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
const SIGNATURE: &str = "0f4d1f934aa168d17c8776afa5c15eb2fc31bd6f7bc9405adad7fd373f9b5007";

fn headers() -> Vec<(String, String)> {
    [
        ("host", "127.0.0.1:8787"),
        ("x-acs-version", "2020-11-09"),
        ("x-acs-action", "SubmitHighlightExtractionJob"),
        ("user-agent", "test/1"),
        ("x-acs-date", "2026-01-02T03:04:05Z"),
        ("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"),
        ("accept", "application/json"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-acs-content-sha256", &hash(BODY.as_bytes())),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn names() -> Vec<String> {
    NAMES.split(';').map(str::to_owned).collect()
}

#[test]
fn the_clients_own_signature_is_found_however_spaces_were_escaped() {
    let headers = headers();
    for query in [QUERY.to_owned(), QUERY.replace("%20", "+"), QUERY.replace("%2A", "*")] {
        let query = Parameters::parse(&query).expect("readable");
        assert_eq!(query.canonical(), QUERY, "the canonical query is the client's");
        let signed = Signed { method: "POST", query: &query, headers: &headers, body: BODY.as_bytes() };
        assert_eq!(signed.signature(&names(), "testsecret").expect("signed"), SIGNATURE);
    }
}

#[test]
fn any_change_makes_another_signature() {
    let query = Parameters::parse(QUERY).expect("readable");
    let headers = headers();
    let signed = Signed { method: "POST", query: &query, headers: &headers, body: BODY.as_bytes() };
    let differs = |changed: Signed<'_>, secret: &str, what: &str| {
        assert_ne!(changed.signature(&names(), secret).expect("signed"), SIGNATURE, "{what} is signed");
    };
    differs(signed, "testsecret2", "the secret");
    differs(Signed { method: "GET", ..signed }, "testsecret", "the method");
    differs(Signed { body: b"", ..signed }, "testsecret", "the body");
    differs(Signed { query: &Parameters::default(), ..signed }, "testsecret", "the query");
    for index in 0..headers.len() {
        let mut others = headers.clone();
        others[index].1.push('x');
        differs(Signed { headers: &others, ..signed }, "testsecret", &headers[index].0);
    }
}

#[test]
fn a_signed_header_is_there_exactly_once() {
    let query = Parameters::default();
    let mut headers = headers();
    let missing = [names(), vec!["zone".to_owned()]].concat();
    let check = |headers: &[(String, String)], names: &[String]| {
        let signed = Signed { method: "POST", query: &query, headers, body: b"" };
        assert_eq!(signed.canonical_request(names).expect_err("refused").code, "IncompleteSignature");
    };
    check(&headers, &missing);
    headers.push(("host".to_owned(), "example.org".to_owned()));
    check(&headers, &names());
}

#[test]
fn authorization_is_read_in_its_one_form() {
    let text = format!("{ALGORITHM} Credential=testid,SignedHeaders={NAMES},Signature={SIGNATURE}");
    let read = Authorization::parse(&text).expect("readable");
    assert_eq!((read.key.as_str(), read.headers, read.signature.as_str()), ("testid", names(), SIGNATURE));
    for wrong in [
        String::new(),
        "Basic dXNlcjpwYXNz".to_owned(),
        ALGORITHM.to_owned(),
        text.replace("ACS3", "ACS4"),
        text.replace("Credential=testid", "Credential="),
        text.replace("Credential=testid,", ""),
        text.replace("Credential=testid", "Credential=testid,Credential=other"),
        text.replace("accept;content-type", "content-type;accept"),
        text.replace("accept;", "accept;accept;"),
        text.replace("accept;", "Accept;"),
        text.replace("accept;", ";"),
        text.replace(SIGNATURE, "0f4d"),
        text.replace(SIGNATURE, &"g".repeat(64)),
    ] {
        let error = Authorization::parse(&wrong).expect_err("it must be refused");
        assert_eq!((error.status.as_u16(), error.code.as_str()), (400, "IncompleteSignature"), "{wrong}");
    }
}
