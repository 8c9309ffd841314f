import { expect, it } from 'vitest';
import { readNumber } from './number';

it.each([
  ['8000', 8000],
  [' 8,000 ', 8000],
  ['8.000', 8000],
  ['50\u202f000', 50_000],
  ['1,234,567', 1_234_567],
  ['15,5', 15.5],
  ['15.', 15],
  ['-3', -3],
  ['８０００', 8000],
  ['', null],
  ['8k', null],
  ['1e9', null],
  ['12,34,56', null],
])('%j is read as %j', (text, value) => expect(readNumber(text)).toBe(value));
