//! The actions on jobs.

use engine::model::job::{OutputConfig, Target};
use engine::{JobAnswer, JobId, JobOrder, JobRequest, JobState, OrderedJob};
use serde_json::{Value, json};

use super::{Answer, Context, answer, ask};
use crate::{ApiError, time};

/// What the service calls this kind of job.
const JOB_TYPE: &str = "HighlightExtraction";
/// The most jobs that wait; each is a row of the library, and a client that goes wild is told to wait.
const MOST_WAITING: u32 = 10_000;
/// After how many milliseconds a client should ask again when too many wait.
const WHEN_FULL: u32 = 10_000;
/// The longest text of a client's own that is kept with a job.
const MOST_USER_DATA: usize = 16 * 1024;
const MOST_TOKEN_CHARACTERS: usize = 64;
/// The most jobs of one page, and those of a page whose size is not given.
const MOST_RESULTS: u32 = 100;
const USUAL_RESULTS: u32 = 10;
/// The most jobs that one request deletes.
const MOST_DELETED: usize = 100;

pub(super) async fn submit(context: Context<'_>) -> Result<Answer, ApiError> {
    let parameters = context.parameters;
    let optional = |name| parameters.get(name).map(str::to_owned);
    let request = JobRequest {
        input: parameters.require("InputConfig")?.to_owned(),
        output: optional("OutputConfig"),
        user_data: optional("UserData"),
        token: optional("ClientToken"),
        owner: context.key,
    };
    if request.user_data.as_ref().is_some_and(|data| data.len() > MOST_USER_DATA) {
        return Err(ApiError::invalid("UserData", &format!("may have at most {MOST_USER_DATA} bytes")));
    }
    if request.token.as_ref().is_some_and(|token| token.chars().count() > MOST_TOKEN_CHARACTERS) {
        let rule = format!("may have at most {MOST_TOKEN_CHARACTERS} characters");
        return Err(ApiError::invalid("ClientToken", &rule));
    }
    let queued = ask(context.engine, move |engine| {
        let is_full = engine.count_ordered_jobs(JobState::Created)? >= MOST_WAITING;
        if is_full { Ok(None) } else { engine.queue_job(&request).map(Some) }
    });
    let id = queued.await?.ok_or_else(|| {
        ApiError::throttled(format!("{MOST_WAITING} jobs are waiting. Submit this one later."), WHEN_FULL)
    })?;
    context.runner.wake();
    Ok(answer([("JobId", id.0.into())]))
}

pub(super) async fn get(context: Context<'_>) -> Result<Answer, ApiError> {
    let id = context.parameters.require("JobId")?.to_owned();
    let found = ask(context.engine, {
        let id = id.clone();
        move |engine| engine.ordered_job(&id)
    });
    let job = found.await?.ok_or_else(|| unknown(&id))?;
    let ended = job.answer.as_ref();
    let failure = ended.and_then(|ended| ended.failure.as_ref());
    let info = common(&job);
    Ok(answer([
        ("JobId", job.id.0.into()),
        ("State", state_name(job.state).into()),
        ("UserData", job.request.user_data.into()),
        ("JobResult", ended.map_or(Value::Null, result)),
        ("SmartJobInfo", info.into()),
        ("Output", ended.and_then(|ended| ended.result.clone()).into()),
        ("ErrorCode", failure.map(|failure| failure.code.name()).into()),
        ("ErrorMessage", failure.map(ToString::to_string).into()),
    ]))
}

pub(super) async fn list(context: Context<'_>) -> Result<Answer, ApiError> {
    let parameters = context.parameters;
    let most =
        number(parameters.get("MaxResults").or(parameters.get("PageSize")), "MaxResults", 1..=MOST_RESULTS)?
            .unwrap_or(USUAL_RESULTS);
    let skip = match parameters.get("NextToken") {
        Some(token) => number(Some(token), "NextToken", 0..=u32::MAX)?.unwrap_or(0),
        None => {
            (number(parameters.get("PageNo"), "PageNo", 1..=u32::MAX)?.unwrap_or(1) - 1).saturating_mul(most)
        }
    };
    let state = parameters.get("JobState").map(read_state).transpose()?;
    let order = match parameters.get("SortBy") {
        None | Some("CreationTime:Desc") => JobOrder::Newest,
        Some("CreationTime:Asc") => JobOrder::Oldest,
        Some(_) => return Err(ApiError::invalid("SortBy", "must be CreationTime:Desc or CreationTime:Asc")),
    };
    let is_other_type = parameters.get("JobType").is_some_and(|kind| kind != JOB_TYPE);
    let (jobs, total) = if is_other_type {
        (Vec::new(), 0)
    } else {
        ask(context.engine, move |engine| engine.ordered_jobs(state, order, skip, most)).await?
    };
    let next = skip.saturating_add(jobs.len() as u32);
    let entries: Vec<Value> = jobs.iter().map(entry).collect();
    Ok(answer([
        ("SmartJobList", entries.into()),
        ("TotalCount", total.to_string().into()),
        ("MaxResults", most.to_string().into()),
        ("NextToken", (next < total).then(|| next.to_string()).into()),
    ]))
}

pub(super) async fn delete(context: Context<'_>) -> Result<Answer, ApiError> {
    let named = context.parameters.require("JobId")?;
    let ids: Vec<String> = named.split(',').map(|id| id.trim().to_owned()).collect();
    if ids.len() > MOST_DELETED || ids.iter().any(String::is_empty) {
        let rule = format!("must be one to {MOST_DELETED} ids, separated by commas");
        return Err(ApiError::invalid("JobId", &rule));
    }
    // All faults before anything is done.
    let missing = ask(context.engine, move |engine| {
        for id in &ids {
            if engine.ordered_job(id)?.is_none() {
                return Ok(Some(id.clone()));
            }
        }
        ids.iter().try_for_each(|id| engine.delete_ordered_job(id).map(drop))?;
        Ok(None)
    });
    missing.await?.map_or_else(|| Ok(Answer::new()), |id| Err(unknown(&id)))
}

/// What the single job and the list tell alike.
fn common(job: &OrderedJob) -> Answer {
    let output = job.request.output.as_deref().and_then(|text| OutputConfig::parse(text).ok());
    let output = match output.and_then(|output| output.config.target) {
        Some(Target::OssObject { endpoint: _, bucket, key_template }) => {
            json!({ "Bucket": bucket, "Object": key_template })
        }
        Some(Target::LocalFile { template }) => json!({ "Object": template }),
        None => Value::Null,
    };
    let first = job.first_material();
    answer([
        ("Title", first.clone().into()),
        ("Description", "".into()),
        ("UserId", job.request.owner.clone().into()),
        ("CreateTime", time::written(job.created).into()),
        ("ModifiedTime", time::written(job.updated).into()),
        ("JobType", JOB_TYPE.into()),
        ("InputConfig", json!({ "InputFile": first })),
        ("OutputConfig", output),
    ])
}

fn entry(job: &OrderedJob) -> Value {
    let JobId(id) = &job.id;
    let own = answer([
        ("JobId", id.as_str().into()),
        ("JobState", state_name(job.state).into()),
        ("UserData", job.request.user_data.clone().into()),
    ]);
    common(job).into_iter().chain(own).collect::<Answer>().into()
}

fn result(ended: &JobAnswer) -> Value {
    let JobAnswer { result, media_id, media_url, searched, failure: _ } = ended;
    let usage = json!({ "Duration": searched }).to_string();
    answer([
        ("AiResult", result.clone().into()),
        ("MediaId", media_id.clone().into()),
        ("MediaUrl", media_url.clone().into()),
        ("Usage", usage.into()),
    ])
    .into()
}

/// The service has no word for a job that was cancelled; one that is has no result.
const fn state_name(state: JobState) -> &'static str {
    match state {
        JobState::Created => "Created",
        JobState::Executing => "Executing",
        JobState::Finished => "Finished",
        JobState::Failed | JobState::Cancelled => "Failed",
    }
}

fn read_state(name: &str) -> Result<JobState, ApiError> {
    let known = [JobState::Created, JobState::Executing, JobState::Finished, JobState::Failed];
    known
        .into_iter()
        .find(|state| state_name(*state) == name)
        .ok_or_else(|| ApiError::invalid("JobState", "must be Created, Executing, Finished or Failed"))
}

fn number(
    text: Option<&str>,
    name: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<Option<u32>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let read = text.parse().ok().filter(|number| range.contains(number));
    read.map(Some).ok_or_else(|| {
        let (least, most) = range.into_inner();
        ApiError::invalid(name, &format!("must be a whole number from {least} to {most}"))
    })
}

fn unknown(id: &str) -> ApiError {
    let shown: String = id.chars().take(64).collect();
    ApiError::not_found("JobNotFound", format!("There is no job {shown}."))
}
