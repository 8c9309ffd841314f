//! Servers whose habits are known, so that an endpoint and a bucket are enough to begin with.

use super::profile::BucketProfile;

/// How the servers of a domain want to be spoken to.
struct Habits {
    /// The end of the host's name.
    domain: &'static str,
    /// The region, where it is not a part of the name.
    region: Option<&'static str>,
    path_style: bool,
    checksums: bool,
}

/// Amazon; Aliyun's OSS and Tencent's COS, which want the bucket before the host and refuse checksum headers; Google and
/// Cloudflare, whose buckets are in no region.
const KNOWN: [Habits; 6] = [
    Habits { domain: ".amazonaws.com", region: None, path_style: false, checksums: true },
    Habits { domain: ".amazonaws.com.cn", region: None, path_style: false, checksums: true },
    Habits { domain: ".aliyuncs.com", region: None, path_style: false, checksums: false },
    Habits { domain: ".myqcloud.com", region: None, path_style: false, checksums: false },
    Habits { domain: "storage.googleapis.com", region: Some("auto"), path_style: true, checksums: false },
    Habits { domain: ".r2.cloudflarestorage.com", region: Some("auto"), path_style: true, checksums: true },
];

impl BucketProfile {
    /// A bucket at an endpoint, with the settings that servers of its kind want. One that is not known is spoken to as
    /// those that people run themselves: the bucket in the path, with checksums. Without an endpoint it is AWS's.
    #[must_use]
    pub fn at(name: impl Into<String>, endpoint: Option<&str>, bucket: impl Into<String>) -> Self {
        let mut profile = Self::new(name, bucket);
        let Some(endpoint) = endpoint.map(str::trim).filter(|endpoint| !endpoint.is_empty()) else {
            profile.path_style = profile.bucket.contains('.');
            return profile;
        };
        profile.endpoint = Some(endpoint.to_owned());
        let base = profile.base().ok();
        let host = base.as_ref().and_then(|base| base.host_str()).unwrap_or_default();
        let Some(known) = KNOWN.iter().find(|known| host.ends_with(known.domain)) else {
            profile.path_style = true;
            return profile;
        };
        if let Some(region) = known.region.or_else(|| region_in(host, known.domain)) {
            region.clone_into(&mut profile.region);
        }
        // No certificate is valid for two labels before the host.
        profile.path_style = known.path_style || profile.bucket.contains('.');
        profile.checksums = known.checksums;
        profile
    }
}

/// The region in a host's name: `eu-west-1` in `s3.eu-west-1.amazonaws.com`, `oss-cn-shanghai` in
/// `oss-cn-shanghai-internal.aliyuncs.com`.
fn region_in<'a>(host: &'a str, domain: &str) -> Option<&'a str> {
    let label = host.strip_suffix(domain)?.rsplit('.').next()?;
    let label = label.strip_suffix("-internal").unwrap_or(label);
    label.contains('-').then_some(label)
}
