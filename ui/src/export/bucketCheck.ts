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

/** A server, with or without `https://` before it; nothing but a slash after it, as the bucket has a field of its own. */
const ENDPOINT = /^(https?:\/\/)?([\w-]+(\.[\w-]+)*|\[[0-9a-f:]+\])(:\d{1,5})?\/?$/i;
const NUMERIC = /^(https?:\/\/)?(\d+\.\d+\.\d+\.\d+|\[)/i;

/** What is wrong with a bucket's form, field by field. `taken` are the names of the other buckets. */
export function bucketFaults(fields: BucketFields, pathStyle: boolean, taken: string[]): BucketFaults {
  const { faults } = words.bucket;
  const found: BucketFaults = {};
  const name = fields.name.trim();
  if (name === '') found.name = faults.nameMissing;
  else if (taken.includes(name)) found.name = faults.nameTaken;
  const endpoint = fields.endpoint.trim();
  if (endpoint !== '' && !ENDPOINT.test(endpoint)) found.endpoint = faults.endpoint;
  else if (!pathStyle && NUMERIC.test(endpoint)) found.endpoint = faults.endpointNumeric;
  if (fields.region.trim() === '') found.region = faults.regionMissing;
  const bucket = fields.bucket.trim();
  if (bucket === '') found.bucket = faults.bucketMissing;
  else if (!BUCKET.test(bucket)) found.bucket = faults.bucketLetters;
  else if (!pathStyle && bucket.includes('.') && !/^http:/i.test(endpoint)) found.bucket = faults.bucketDotted;
  const id = fields.accessKeyId.trim() !== '';
  const secret = fields.secretAccessKey !== '';
  if (!id && !secret && fields.sessionToken.trim() !== '') found.accessKeyId = faults.keyMissing;
  if (id !== secret) found[id ? 'secretAccessKey' : 'accessKeyId'] = faults.keyMissing;
  return found;
}
