import type { BucketProfile, BucketSecrets, BucketView, WireError } from '../bindings';

const archive: BucketView = {
  profile: {
    name: 'Archive',
    endpoint: null,
    region: 'eu-central-1',
    bucket: 'coast-archive',
    pathStyle: false,
    checksums: true,
  },
  secrets: 'keyring',
};

const agency: BucketView = {
  profile: {
    name: 'Agency',
    endpoint: 'https://oss-cn-shanghai.aliyuncs.com',
    region: 'cn-shanghai',
    bucket: 'agency-delivery',
    pathStyle: false,
    checksums: false,
  },
  secrets: 'missing',
};

const studio: BucketView = {
  profile: {
    name: 'Studio server',
    endpoint: 'http://minio.studio.lan:9000',
    region: 'us-east-1',
    bucket: 'dailies',
    pathStyle: true,
    checksums: true,
  },
  secrets: 'environment',
};

/** Bucket profiles in memory. What the test of a connection says follows from what was typed. */
export class FakeBuckets {
  #views: BucketView[];
  /** Every pair of keys that came in, for tests. */
  readonly secrets: (BucketSecrets | null)[] = [];

  constructor(none: boolean) {
    this.#views = none ? [] : [archive, agency, studio];
  }

  list(): BucketView[] {
    return this.#views;
  }

  save(replaces: string | null, profile: BucketProfile, secrets: BucketSecrets | null): BucketView[] {
    const before = this.#views.find((view) => view.profile.name === replaces);
    const view: BucketView = { profile, secrets: secrets ? 'keyring' : (before?.secrets ?? 'environment') };
    this.secrets.push(secrets);
    this.#views = before ? this.#views.map((other) => (other === before ? view : other)) : [...this.#views, view];
    return this.#views;
  }

  remove(name: string): BucketView[] {
    this.#views = this.#views.filter((view) => view.profile.name !== name);
    return this.#views;
  }

  /** Resolves after a moment, so that testing can be seen. */
  async test(profile: BucketProfile, secrets: BucketSecrets | null): Promise<null> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const failure = refusal(profile, secrets);
    if (failure) throw failure;
    return null;
  }
}

function refusal(profile: BucketProfile, secrets: BucketSecrets | null): WireError | null {
  const error = (code: WireError['code'], message: string): WireError => ({ code, message, path: null });
  if (secrets?.accessKeyId.includes('wrong'))
    return error('bucketDenied', 'The server answered 403 InvalidAccessKeyId to a write of 11 bytes.');
  if (profile.bucket.includes('missing')) return error('bucketMissing', 'The server answered 404 NoSuchBucket.');
  if (profile.endpoint?.includes('aliyuncs') && profile.checksums)
    return error('bucketChecksums', 'The server answered 400 to a checksum header.');
  return null;
}
