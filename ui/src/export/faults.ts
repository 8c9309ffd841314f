import { describe } from '../errors/codes';
import type { Code, WireError } from '../ipc/bindings';
import { words } from '../words';

/** Where on the form a fault belongs. */
export type Place = 'destination' | 'name' | 'codec' | 'clips';

const PLACES: Partial<Record<Code, Place>> = {
  folderNotWritable: 'destination',
  diskFull: 'destination',
  secretsUnavailable: 'destination',
  bucketDenied: 'destination',
  bucketMissing: 'destination',
  bucketWrongRegion: 'destination',
  bucketChecksums: 'destination',
  bucketUnreachable: 'destination',
  bucketFailed: 'destination',
  templateInvalid: 'name',
  targetExists: 'name',
  objectExists: 'name',
  containerUnsuitable: 'name',
  encoderMissing: 'codec',
};

/**
 * What the engine has against an export, at the fields that can put it right; the rest goes to the list of clips. One
 * fault is told in full, several by their titles: a field has two lines for them.
 */
export function faultsByPlace(faults: WireError[]): Record<Place, string | null> {
  const at = (place: Place) => {
    const here = faults.filter((fault) => (PLACES[fault.code] ?? 'clips') === place);
    const [only] = here;
    if (!only) return null;
    return here.length === 1 ? said(only) : titles(here);
  };
  return { destination: at('destination'), name: at('name'), codec: at('codec'), clips: at('clips') };
}

function said(fault: WireError): string {
  const { title, next, detail } = describe(fault);
  return words.told(title, detail ?? next);
}

function titles(faults: WireError[]): string {
  return faults.reduceRight((rest, fault) => words.told(describe(fault).title, rest), '').trim();
}
