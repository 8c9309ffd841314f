import { describe, expect, it } from 'vitest';
import type { Code, WireError } from '../ipc/bindings';
import { faultsByPlace, type Place } from './faults';

const fault = (code: Code, message = ''): WireError => ({ code, message, path: null });

describe('what is wrong with an export', () => {
  it.each<[Code, Place]>([
    ['folderNotWritable', 'destination'],
    ['bucketDenied', 'destination'],
    ['templateInvalid', 'name'],
    ['objectExists', 'name'],
    ['encoderMissing', 'codec'],
    ['rangeInvalid', 'clips'],
  ])('%s is told at the %s', (code, place) => {
    const found = faultsByPlace([fault(code)]);
    expect(found[place]).toMatch(/\.$/);
    expect(Object.values(found).filter((text) => text !== null)).toHaveLength(1);
  });

  it('is told in full when it is one, and by titles when there are several at a place', () => {
    expect(faultsByPlace([fault('templateInvalid', 'Add {index}.')]).name).toBe('The name does not work. Add {index}.');
    const both = faultsByPlace([fault('templateInvalid', 'Add {index}.'), fault('targetExists', 'a.mp4')]).name;
    expect(both).toBe('The name does not work. A file of that name exists.');
  });
});
