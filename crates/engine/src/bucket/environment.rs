//! Buckets that nobody set up, as a job or the environment describes them.

use delivery::BucketProfile;
use model::ObjectStore;

/// The variables that name a server, and those that name a region, for addresses of each kind: those of AWS's own tools,
/// and for Aliyun those of its.
fn variables(store: ObjectStore) -> (&'static [&'static str], &'static [&'static str]) {
    match store {
        ObjectStore::S3 => {
            (&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"], &["AWS_REGION", "AWS_DEFAULT_REGION"])
        }
        ObjectStore::Oss => (
            &["OSS_ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"],
            &["OSS_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"],
        ),
    }
}

/// The bucket at the endpoint that a job names, else at the one of the environment, with the settings that servers of its
/// kind want.
pub(crate) fn from_environment(store: ObjectStore, bucket: &str, endpoint: Option<&str>) -> BucketProfile {
    let first = |names: &[&str]| names.iter().find_map(|name| environment(name));
    let (endpoints, regions) = variables(store);
    let endpoint = endpoint.map(str::to_owned).or_else(|| first(endpoints));
    let mut profile = BucketProfile::at(bucket, endpoint.as_deref(), bucket);
    if let Some(region) = first(regions) {
        profile.region = region;
    }
    profile
}

/// A variable that is set to something.
pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
