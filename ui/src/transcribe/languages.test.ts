import { expect, it } from 'vitest';
import { AUTOMATIC, languageName, languageOptions } from './languages';

it('names languages as the reader does, in the order of their names', () => {
  const options = languageOptions(['zh', 'en', 'es', 'ja'], 'Find out', 'en');
  expect(options.map(({ label }) => label)).toEqual(['Find out', 'Chinese', 'English', 'Japanese', 'Spanish']);
  expect(options[0]?.value).toBe(AUTOMATIC);
});

it('shows the code where there is no name', () => {
  expect(languageName('not a code')).toBe('not a code');
});
