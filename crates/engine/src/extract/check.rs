//! What is refused before any work begins, beyond what a configuration tells by itself.

use delivery::{Destination, TemplateError};
use model::ObjectStore;
use model::job::{Fault, Faults, OutputConfig, Target};

use crate::bucket::from_environment;
use crate::export::{ClipOptions, EncodingFault, check_encoding, key_template};

/// Holds an export to the rules that need more than its own text: names and containers.
///
/// # Errors
/// Every rule it breaks.
pub fn check_export(output: &OutputConfig) -> Result<(), Faults> {
    let (written, template) = match &output.target {
        None => return Ok(()),
        Some(Target::LocalFile { template }) => {
            (template, Destination::parse(template).map(|destination| destination.template))
        }
        Some(Target::OssObject { key_template: keys, .. }) => (keys, key_template(keys)),
    };
    let mut faults = match &output.target {
        Some(Target::OssObject { endpoint, bucket, .. }) => check_bucket(bucket, endpoint.as_deref()),
        _ => Vec::new(),
    };
    match template {
        Ok(template) => {
            let wrong = check_encoding(&template, &ClipOptions::from(output));
            faults.extend(wrong.iter().map(EncodingFault::to_fault));
        }
        Err(error) => faults.push(refused(written, &error)),
    }
    Faults::none_of(faults)
}

/// The rules of buckets' names and endpoints, under the contract's names.
fn check_bucket(bucket: &str, endpoint: Option<&str>) -> Vec<Fault> {
    let faults = from_environment(ObjectStore::Oss, bucket, endpoint).check().into_iter();
    let named = faults.filter_map(|fault| match fault.field.as_str() {
        "bucket" => Some(Fault { field: "Bucket".to_owned(), ..fault }),
        "endpoint" => Some(Fault { field: "Endpoint".to_owned(), ..fault }),
        // The name follows from the bucket's, and the rest is not the job's.
        _ => None,
    });
    named.collect()
}

fn refused(template: &str, error: &TemplateError) -> Fault {
    Fault::new("ObjectKey", &template.into(), format!("is refused: {error}"))
}
