import { describe, expect, it } from 'vitest';
import { addressPlace, isAddress, readAddresses } from './addresses';
import { shortened } from './facts';

describe('addresses', () => {
  it.each([
    ['https://media.example.org/a.mp4', true],
    ['HTTP://localhost:8080/a.mp4', true],
    ['s3://bucket/folder/a.mp4', true],
    ['oss://bucket/a.mp4', true],
    ['s3://bucket', false],
    ['s3://bucket/', false],
    ['https://', false],
    ['media.example.org/a.mp4', false],
    ['/footage/a.mp4', false],
    ['file:///footage/a.mp4', false],
  ])('%s: %s', (text, expected) => expect(isAddress(text)).toBe(expected));

  it('are read line by line, and the first line that is none is named', () => {
    expect(readAddresses(' https://a.org/1.mp4 \r\n\ns3://b/2.mp4\n')).toEqual({
      lines: ['https://a.org/1.mp4', 's3://b/2.mp4'],
      fault: null,
    });
    expect(readAddresses('https://a.org/1.mp4\n\nnotes\nmore').fault).toBe(3);
    expect(readAddresses(' \n').lines).toEqual([]);
  });

  it.each([
    ['https://media.example.org/footage/coast/a.mp4?token=1', 'media.example.org/footage/coast'],
    ['https://media.example.org/a.mp4', 'media.example.org'],
    ['s3://archive/rushes/a.mov', 's3://archive/rushes'],
    ['s3://archive/a.mov', 's3://archive'],
  ])('%s leads to %s', (address, place) => expect(addressPlace(address)).toBe(place));
});

it.each([
  ['/footage/a.mp4', 20, '/footage/a.mp4'],
  ['/videos/club/season/projects/islands/Ferry crossing.mkv', 34, '/videos/club/s…/Ferry crossing.mkv'],
  ['C:\\Users\\editor\\Videos\\projects\\a.mp4', 20, 'C:\\Users\\edit…\\a.mp4'],
])('shortens %s in its middle', (path, most, shown) => {
  expect(shortened(path, most)).toBe(shown);
  expect(shown.length).toBeLessThanOrEqual(most);
});

it('shortens a name that is longer than there is room', () => {
  const shown = shortened(`/a/${'x'.repeat(80)}.mp4`, 40);
  expect(shown.length).toBeLessThanOrEqual(40);
  expect(shown).toMatch(/^\/a\/x+…x+\.mp4$/);
});
