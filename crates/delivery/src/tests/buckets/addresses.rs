//! Addresses of objects, signed and not.

use std::time::Duration;

use testkit::{Folder, S3Server};

use super::support::*;
use crate::{Bucket, BucketProfile, Credentials};

/// The status and the body that a plain HTTP client gets.
async fn get(server: &S3Server, url: &str, range: Option<&str>) -> (u16, Vec<u8>) {
    assert!(url.starts_with(&server.endpoint()), "the address is the server's: {url}");
    plain_http("GET", url, range).await
}

#[tokio::test]
async fn a_signed_address_can_be_read_in_ranges() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let path = file(&folder, "clip.mp4", 1_000);
    let content = std::fs::read(&path).expect("it is there");
    for key in ["clip.mp4", "a b/50% #1?+.mp4", "进球.mp4"] {
        upload_simply(&bucket, &path, key).await.expect("it arrives");
        let url = bucket.signed_url(key, Duration::from_secs(60)).await.expect("it can be signed");
        assert!(url.starts_with(&bucket.url(key)), "{url}");
        assert_eq!(get(&server, &url, None).await, (200, content.clone()), "{key}");
        assert_eq!(get(&server, &url, Some("10-19")).await, (206, content[10..20].to_vec()), "{key}");
        assert_eq!(get(&server, &url, Some("990-")).await, (206, content[990..].to_vec()), "{key}");
        let (status, _) = get(&server, &bucket.url(key), None).await;
        assert_eq!(status, 403, "without the signature it is nobody's");
    }
}

#[tokio::test]
async fn an_address_signed_with_a_wrong_secret_is_refused() {
    let (server, folder) = (server(), Folder::new());
    upload_simply(&open(&server), &file(&folder, "clip.mp4", 3), "clip.mp4").await.expect("it arrives");
    let credentials = Credentials::new(server.access_key_id(), "another", None).expect("it looks like a key");
    let bucket = Bucket::open(&profile(&server), &credentials).expect("the profile is good");
    let url = bucket.signed_url("clip.mp4", Duration::from_secs(60)).await.expect("it can be signed");
    let (status, body) = get(&server, &url, None).await;
    assert_eq!(status, 403);
    assert!(String::from_utf8_lossy(&body).contains("SignatureDoesNotMatch"));
}

#[tokio::test]
async fn an_address_is_signed_for_a_week_at_most() {
    let server = server();
    let url = open(&server)
        .signed_url("clip.mp4", Duration::from_secs(u32::MAX.into()))
        .await
        .expect("it can be signed");
    assert!(url.contains("X-Amz-Expires=604800"), "{url}");
}

#[test]
fn addresses_have_the_form_that_the_profile_says() {
    let keys = Credentials::new("id", "secret", None).expect("these look like keys");
    let at = |endpoint: Option<&str>, region: &str, path_style: bool| BucketProfile {
        endpoint: endpoint.map(str::to_owned),
        region: region.to_owned(),
        path_style,
        ..BucketProfile::new("Archive", "clips")
    };
    for (profile, expected) in [
        (at(None, "eu-central-1", false), "https://clips.s3.eu-central-1.amazonaws.com/a%20b/c.mp4"),
        (at(None, "eu-central-1", true), "https://s3.eu-central-1.amazonaws.com/clips/a%20b/c.mp4"),
        (at(None, "cn-north-1", false), "https://clips.s3.cn-north-1.amazonaws.com.cn/a%20b/c.mp4"),
        (
            at(Some("minio.example.com:9000/"), "us-east-1", true),
            "https://minio.example.com:9000/clips/a%20b/c.mp4",
        ),
        (
            at(Some("http://minio.example.com"), "us-east-1", false),
            "http://clips.minio.example.com/a%20b/c.mp4",
        ),
        (at(Some("localhost:9000"), "us-east-1", true), "http://localhost:9000/clips/a%20b/c.mp4"),
        (at(Some("127.0.0.1:9000"), "us-east-1", true), "http://127.0.0.1:9000/clips/a%20b/c.mp4"),
        (at(Some("[::1]:9000"), "us-east-1", true), "http://[::1]:9000/clips/a%20b/c.mp4"),
        (at(Some("https://localhost:9000"), "us-east-1", true), "https://localhost:9000/clips/a%20b/c.mp4"),
        (
            BucketProfile::at("OSS", Some("oss-cn-shanghai.aliyuncs.com"), "clips"),
            "https://clips.oss-cn-shanghai.aliyuncs.com/a%20b/c.mp4",
        ),
    ] {
        assert_eq!(profile.check(), [], "{profile:?}");
        let bucket = Bucket::open(&profile, &keys).expect("the profile is good");
        assert_eq!(bucket.url("a b/c.mp4"), expected);
    }
}
