import { describe as group, expect, it } from 'vitest';
import { words } from '../words';
import { asWireError, describe } from './codes';

group('errors', () => {
  it('each have a title without a full stop and a next step that is a sentence', () => {
    for (const [code, { title, next }] of Object.entries(words.errors)) {
      expect(title, `${code} has a title`).toMatch(/^[A-Z].*[^.]$/);
      expect(next, `${code} has a next step`).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("prefer the engine's hint to the general next step", () => {
    const error = { code: 'diskFull', message: 'No space.', hint: 'Free 2 GB on /media/usb.', path: null } as const;
    expect(describe(error).next).toBe('Free 2 GB on /media/usb.');
    expect(describe({ ...error, hint: null }).next).toBe(words.errors.diskFull.next);
  });

  it('keep what an unexpected failure said', () => {
    expect(asWireError(new Error('channel closed'))).toMatchObject({ code: 'internal', message: 'channel closed' });
    expect(asWireError({ code: 'busy', message: 'm', hint: null, path: null }).code).toBe('busy');
    expect(asWireError({ code: 'nonsense' }).code).toBe('internal');
  });
});
