//! What passes and what does not, by a clock and keys of the test's own.

use std::cell::RefCell;
use std::collections::BTreeSet;

use bytes::Bytes;
use engine::Credentials;
use hyper::Request;

use super::*;
use crate::Parameters;
use crate::signature::{ALGORITHM, Signed};

const NOW: &str = "2026-01-02T03:04:05Z";
const SECRET: &str = "testsecret";

#[derive(Default)]
struct TestKeys(RefCell<BTreeSet<(String, String)>>);

impl Keys for TestKeys {
    fn secret(&self, id: &str) -> Result<Option<AccessSecret>, Failure> {
        Ok((id == "testid").then(|| Credentials::new(id, SECRET, None).expect("a pair of keys")))
    }

    fn take_nonce(&self, id: &str, nonce: &str, _: Timestamp) -> Result<bool, Failure> {
        Ok(self.0.borrow_mut().insert((id.to_owned(), nonce.to_owned())))
    }
}

/// A request and how it is signed; each test changes one thing.
struct Draft {
    key: &'static str,
    secret: &'static str,
    date: &'static str,
    nonce: &'static str,
    names: &'static str,
    sent_body: &'static str,
    extra: Option<(&'static str, &'static str)>,
}

impl Draft {
    fn good() -> Self {
        Self {
            key: "testid",
            secret: SECRET,
            date: NOW,
            nonce: "n1",
            names: "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce",
            sent_body: "",
            extra: None,
        }
    }

    fn received(&self) -> Received {
        let mut headers = vec![
            ("host", "127.0.0.1:8787".to_owned()),
            ("x-acs-action", "ListSmartJobs".to_owned()),
            ("x-acs-content-sha256", hash(b"")),
            ("x-acs-date", self.date.to_owned()),
            ("x-acs-signature-nonce", self.nonce.to_owned()),
        ];
        headers.extend(self.extra.map(|(name, value)| (name, value.to_owned())));
        let owned: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let names: Vec<String> = self.names.split(';').map(str::to_owned).collect();
        let query = Parameters::parse("JobState=Finished").expect("readable");
        let signed = Signed { method: "POST", query: &query, headers: &owned, body: b"" };
        let signature = signed.signature(&names, self.secret).expect("signed");
        let authorization =
            format!("{ALGORITHM} Credential={},SignedHeaders={},Signature={signature}", self.key, self.names);
        let mut builder = Request::post("/?JobState=Finished").header("authorization", authorization);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        if !self.sent_body.is_empty() {
            builder = builder.header("content-type", "application/x-www-form-urlencoded");
        }
        let (parts, ()) = builder.body(()).expect("a request").into_parts();
        Received::read(&parts, Bytes::from_static(self.sent_body.as_bytes())).expect("readable")
    }

    fn check(&self, keys: &TestKeys) -> Result<String, String> {
        let now = NOW.parse().expect("a moment");
        authenticate(keys, &self.received(), now).map_err(|error| error.code)
    }
}

#[test]
fn a_signed_request_is_taken_once() {
    let keys = TestKeys::default();
    assert_eq!(Draft::good().check(&keys), Ok("testid".to_owned()));
    assert_eq!(
        Draft::good().check(&keys),
        Err("SignatureNonceUsed".to_owned()),
        "the same again is a replay"
    );
    assert_eq!(Draft { nonce: "n2", ..Draft::good() }.check(&keys), Ok("testid".to_owned()));
}

#[test]
fn the_date_may_be_a_quarter_of_an_hour_off() {
    let check = |date, expected: Result<&str, &str>| {
        let taken = Draft { date, ..Draft::good() }.check(&TestKeys::default());
        assert_eq!(taken, expected.map(str::to_owned).map_err(str::to_owned), "{date} at {NOW}");
    };
    check("2026-01-02T02:49:05Z", Ok("testid"));
    check("2026-01-02T03:19:05Z", Ok("testid"));
    check("2026-01-02T02:49:04Z", Err("InvalidTimeStamp.Expired"));
    check("2026-01-02T03:19:06Z", Err("InvalidTimeStamp.Expired"));
    check("yesterday", Err("InvalidTimeStamp.Format"));
}

#[test]
fn what_is_wrong_is_told_by_its_code() {
    let check = |draft: Draft, code: &str| {
        let keys = TestKeys::default();
        assert_eq!(draft.check(&keys), Err(code.to_owned()));
        assert!(keys.0.borrow().is_empty(), "a request that is refused uses up no nonce: {code}");
    };
    check(Draft { key: "stranger", ..Draft::good() }, "InvalidAccessKeyId.NotFound");
    check(Draft { secret: "guessed", ..Draft::good() }, "SignatureDoesNotMatch");
    // A body that the client did not sign, and its content type with it.
    check(Draft { sent_body: "Count=1", ..Draft::good() }, "IncompleteSignature");
    check(Draft { extra: Some(("x-acs-version", "2020-11-09")), ..Draft::good() }, "IncompleteSignature");
    check(
        Draft {
            names: "x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce",
            ..Draft::good()
        },
        "IncompleteSignature",
    );
    check(Draft { extra: Some(("x-acs-date", NOW)), names: "host", ..Draft::good() }, "IncompleteSignature");
}

#[test]
fn a_body_that_was_exchanged_is_noticed() {
    let draft = Draft {
        extra: Some(("content-type", "application/x-www-form-urlencoded")),
        names: "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce",
        ..Draft::good()
    };
    assert_eq!(draft.check(&TestKeys::default()), Ok("testid".to_owned()), "as it was signed it passes");
    let mut request = draft.received();
    request.exchange_body("JobId=1");
    let error = authenticate(&TestKeys::default(), &request, NOW.parse().expect("a moment"));
    assert_eq!(error.expect_err("refused").code, "SignatureDoesNotMatch");
}
