/** What a video can be opened from beside files: the web and S3-compatible buckets. */
const ADDRESS = /^(https?:\/\/[^\s/]+|s3:\/\/[^\s/]+\/|oss:\/\/[^\s/]+\/)\S/i;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** `media.example.org/footage/coast`: where an address leads, without the name that is shown beside it anyway. */
export function addressPlace(address: string): string {
  const place = address.replace(/^https?:\/\//i, '').replace(/[?#].*$/, '');
  const cut = place.lastIndexOf('/');
  return cut > place.indexOf('//') + 1 ? place.slice(0, cut) : place;
}

export type Addresses = {
  lines: string[];
  /** Counts from 1 as a reader does; the first line that is no address. */
  fault: number | null;
};

/** The addresses of a text, one on each line; empty lines are passed over. */
export function readAddresses(text: string): Addresses {
  const lines: string[] = [];
  let fault: number | null = null;
  text.split('\n').forEach((line, index) => {
    const address = line.trim();
    if (address === '') return;
    if (isAddress(address)) lines.push(address);
    else fault ??= index + 1;
  });
  return { lines, fault };
}
