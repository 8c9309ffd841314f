import { expect, it } from 'vitest';
import { bucketFaults, type BucketFields } from './bucketCheck';

const good: BucketFields = {
  name: 'Archive',
  endpoint: '',
  region: 'eu-central-1',
  bucket: 'coast-archive',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

function faulty(changes: Partial<BucketFields>, pathStyle = false): string[] {
  return Object.keys(bucketFaults({ ...good, ...changes }, pathStyle, ['Agency']));
}

it.each<[Partial<BucketFields>, string[]]>([
  [{}, []],
  [{ name: '  ' }, ['name']],
  [{ name: 'Agency' }, ['name']],
  [{ name: 'Agency ' }, ['name']],
  [{ endpoint: 'https://oss-cn-shanghai.aliyuncs.com' }, []],
  [{ endpoint: 'minio.studio.lan:9000/' }, []],
  [{ endpoint: 'https://server/bucket' }, ['endpoint']],
  [{ endpoint: 'ftp://server' }, ['endpoint']],
  [{ endpoint: 'https://key:secret@server' }, ['endpoint']],
  [{ endpoint: 'http://192.168.1.20:9000' }, ['endpoint']],
  [{ region: '' }, ['region']],
  [{ bucket: 'My Bucket' }, ['bucket']],
  [{ bucket: 'ab' }, ['bucket']],
  [{ bucket: 'coast.archive' }, ['bucket']],
  [{ bucket: 'coast.archive', endpoint: 'http://localhost:9000' }, []],
  [{ accessKeyId: 'AK' }, ['secretAccessKey']],
  [{ secretAccessKey: 's' }, ['accessKeyId']],
  [{ sessionToken: 't' }, ['accessKeyId']],
  [{ accessKeyId: 'AK', secretAccessKey: 's' }, []],
])('a bucket with %j has faults at %j', (changes, expected) => expect(faulty(changes)).toEqual(expected));

it.each<Partial<BucketFields>>([{ endpoint: 'http://192.168.1.20:9000' }, { bucket: 'coast.archive' }])(
  'the bucket name in the path makes %j work',
  (changes) => expect(faulty(changes, true)).toEqual([]),
);
