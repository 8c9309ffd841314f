//! Profiles that are accepted or refused.

use crate::{Bucket, BucketError, BucketProfile, Credentials};

fn good() -> BucketProfile {
    BucketProfile {
        endpoint: Some("https://s3.example.com".to_owned()),
        ..BucketProfile::new("Archive", "our-clips")
    }
}

/// What is wrong with a profile, a line for each rule.
fn faults(profile: &BucketProfile) -> Vec<String> {
    profile.check().iter().map(ToString::to_string).collect()
}

#[test]
fn endpoints_are_servers() {
    for endpoint in [
        "https://s3.example.com",
        "https://s3.example.com/",
        "http://s3.example.com:8080",
        "s3.example.com",
        " s3.example.com:9000 ",
        "localhost:9000",
    ] {
        let profile = BucketProfile { endpoint: Some(endpoint.to_owned()), ..good() };
        assert_eq!(faults(&profile), [""; 0], "{endpoint}");
    }
    let address = "must be a server's address, as in https://s3.example.com or localhost:9000";
    let end = "must end after the server's name; the bucket has a field of its own";
    for (endpoint, expected) in [
        ("", format!("endpoint: {address}, not \"\"")),
        ("ftp://s3.example.com", format!("endpoint: {address}, not \"ftp://s3.example.com\"")),
        ("https://", format!("endpoint: {address}, not \"https://\"")),
        ("a b", format!("endpoint: {address}, not \"a b\"")),
        (
            "https://s3.example.com/our-clips",
            format!("endpoint: {end}, not \"https://s3.example.com/our-clips\""),
        ),
        ("https://s3.example.com?X-Amz-Signature=s3cr3t", format!("endpoint: {end}")),
        (
            "https://key:s3cr3t@s3.example.com",
            "endpoint: must not contain a user name or password; keys are entered apart".to_owned(),
        ),
    ] {
        let found = faults(&BucketProfile { endpoint: Some(endpoint.to_owned()), ..good() });
        assert_eq!(found, [expected], "{endpoint}");
        assert!(!found[0].contains("s3cr3t"), "what is pasted may be secret: {found:?}");
    }
}

#[test]
fn names_of_buckets_follow_s3s_rules() {
    for bucket in ["abc", "our-clips", "2026", &"x".repeat(63)] {
        assert_eq!(faults(&BucketProfile { bucket: bucket.to_owned(), ..good() }), [""; 0], "{bucket}");
    }
    for bucket in [
        "",
        "ab",
        "Our-clips",
        "our_clips",
        "-clips",
        "clips-",
        "a..b",
        "192.168.0.1",
        "a/b",
        "a b",
        &"x".repeat(64),
    ] {
        let profile = BucketProfile { bucket: bucket.to_owned(), path_style: true, ..good() };
        let found = faults(&profile);
        assert!(found.len() == 1 && found[0].starts_with("bucket: must "), "{bucket}: {found:?}");
    }
}

#[test]
fn a_bucket_before_the_host_has_to_make_a_host() {
    let dotted = BucketProfile { bucket: "our.clips".to_owned(), ..good() };
    assert_eq!(faults(&dotted), ["pathStyle: must be true where the bucket's name has a dot, not false"]);
    assert_eq!(faults(&BucketProfile { path_style: true, ..dotted }), [""; 0]);
    let by_number = BucketProfile { endpoint: Some("http://127.0.0.1:9000".to_owned()), ..good() };
    assert_eq!(
        faults(&by_number),
        ["pathStyle: must be true where the endpoint is an IP address, not false"]
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let profile = BucketProfile {
        name: " ".to_owned(),
        endpoint: Some("/".to_owned()),
        region: "eu central".to_owned(),
        bucket: "A".to_owned(),
        path_style: false,
        checksums: true,
    };
    let fields: Vec<_> = profile.check().into_iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["name", "endpoint", "region", "bucket"]);
    let keys = Credentials::new("id", "secret", None).expect("these look like keys");
    let error = Bucket::open(&profile, &keys).expect_err("it cannot be used");
    assert!(matches!(&error, BucketError::Profile(faults) if faults.0.len() == 4), "{error}");
}

#[test]
fn a_profile_is_kept_as_json() {
    let profile = BucketProfile { path_style: true, checksums: false, ..good() };
    let json = serde_json::to_value(&profile).expect("it can be written");
    assert_eq!(
        json,
        serde_json::json!({
            "name": "Archive", "endpoint": "https://s3.example.com", "region": "us-east-1", "bucket": "our-clips",
            "pathStyle": true, "checksums": false,
        })
    );
    assert_eq!(serde_json::from_value::<BucketProfile>(json).expect("it can be read"), profile);
    let short = serde_json::json!({"name": "Archive", "bucket": "our-clips"});
    let read: BucketProfile = serde_json::from_value(short).expect("the rest has defaults");
    assert_eq!(read, BucketProfile::new("Archive", "our-clips"));
}

#[test]
fn an_endpoint_is_enough_to_begin_with() {
    let aliyun = "https://oss-cn-shanghai.aliyuncs.com";
    for (endpoint, bucket, region, path_style, checksums) in [
        (None, "clips", "us-east-1", false, true),
        (None, "our.clips", "us-east-1", true, true),
        (Some("https://s3.eu-west-1.amazonaws.com"), "clips", "eu-west-1", false, true),
        (Some("https://s3.amazonaws.com"), "clips", "us-east-1", false, true),
        (Some("s3.cn-north-1.amazonaws.com.cn"), "clips", "cn-north-1", false, true),
        (Some(aliyun), "clips", "oss-cn-shanghai", false, false),
        (Some("oss-cn-beijing-internal.aliyuncs.com"), "clips", "oss-cn-beijing", false, false),
        (Some("https://cos.ap-guangzhou.myqcloud.com"), "clips", "ap-guangzhou", false, false),
        (Some("https://storage.googleapis.com"), "clips", "auto", true, false),
        (Some("https://0a1b.r2.cloudflarestorage.com"), "clips", "auto", true, true),
        (Some("http://127.0.0.1:9000"), "clips", "us-east-1", true, true),
        (Some("minio.example.com"), "clips", "us-east-1", true, true),
        (Some("https://amazonaws.com.example.org"), "clips", "us-east-1", true, true),
    ] {
        let profile = BucketProfile::at("Archive", endpoint, bucket);
        assert_eq!(profile.check(), [], "{endpoint:?}");
        let settings = (profile.region.as_str(), profile.path_style, profile.checksums);
        assert_eq!(settings, (region, path_style, checksums), "{endpoint:?}");
    }
    let wrong = BucketProfile::at("Archive", Some("https://a b"), "clips");
    assert_eq!(wrong.check().len(), 1, "what is no endpoint is kept, and told");
}
