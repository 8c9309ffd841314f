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

  it("carry the engine's message as their detail", () => {
    const error = { code: 'diskFull', message: '2 GB are missing on /media/usb.', path: null } as const;
    expect(describe(error)).toMatchObject({ title: 'The disk is full', detail: '2 GB are missing on /media/usb.' });
    expect(describe({ ...error, message: '' }).detail).toBeNull();
  });

  it('keep what an unexpected failure said', () => {
    expect(asWireError(new Error('channel closed'))).toMatchObject({ code: 'internal', message: 'channel closed' });
    expect(asWireError({ code: 'busy', message: 'm', path: null }).code).toBe('busy');
    expect(asWireError({ code: 'nonsense' }).code).toBe('internal');
  });
});
