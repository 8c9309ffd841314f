import { words } from '../words';

export type BucketFields = {
  name: string;
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
};
export type BucketFaults = Partial<Record<keyof BucketFields, string>>;

/** The letters that every S3-compatible service allows in a bucket's name. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What is wrong with a bucket's form, field by field. `taken` are the names of the other buckets. */
export function bucketFaults(fields: BucketFields, taken: string[]): BucketFaults {
  const { faults } = words.bucket;
  const found: BucketFaults = {};
  const name = fields.name.trim();
  if (name === '') found.name = faults.nameMissing;
  else if (taken.includes(name)) found.name = faults.nameTaken;
  if (fields.endpoint.trim() !== '' && !isEndpoint(fields.endpoint.trim())) found.endpoint = faults.endpoint;
  if (fields.region.trim() === '') found.region = faults.regionMissing;
  const bucket = fields.bucket.trim();
  if (bucket === '') found.bucket = faults.bucketMissing;
  else if (!BUCKET.test(bucket)) found.bucket = faults.bucketLetters;
  const id = fields.accessKeyId.trim() !== '';
  const secret = fields.secretAccessKey !== '';
  if (id !== secret) found[id ? 'secretAccessKey' : 'accessKeyId'] = faults.keyMissing;
  return found;
}

function isEndpoint(text: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?(\/\S*)?$/i.test(text) || /^https?:\/\/\[[0-9a-f:]+\](:\d+)?(\/\S*)?$/i.test(text);
}
