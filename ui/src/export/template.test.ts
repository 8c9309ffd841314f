import { describe, expect, it } from 'vitest';
import { inserted, restingPlace, splitName } from './template';

describe('a chip', () => {
  // The bar is the caret, a pair of bars the selection, before and after.
  it.each([
    ['{media}|.mp4', '{media}-{tag}|.mp4'],
    ['{media}-|.mp4', '{media}-{tag}|.mp4'],
    ['|{index}.mp4', '{tag}|-{index}.mp4'],
    ['clips/|', 'clips/{tag}|'],
    ['a|{media}|b', 'a-{tag}|-b'],
    ['|', '{tag}|'],
  ])('in %s makes %s', (before, after) => {
    const [head = '', middle = '', tail] = before.split('|');
    const selected = tail === undefined ? '' : middle;
    const template = head + middle + (tail ?? '');
    const edited = inserted(template, 'tag', head.length, head.length + selected.length);
    expect(`${edited.template.slice(0, edited.caret)}|${edited.template.slice(edited.caret)}`).toBe(after);
  });

  it.each([
    ['{index}.mp4', 7],
    ['{index}', 7],
    ['v1.final cut', 12],
    ['', 0],
  ])('goes before the ending of %s when the caret was nowhere', (template, place) =>
    expect(restingPlace(template)).toBe(place),
  );
});

it.each([
  ['/videos/clips/Harbour-0.mp4', '/videos/clips', '', 'Harbour-0.mp4'],
  ['/videos/clips/day 1/a-0.mp4', '/videos/clips/', 'day 1/', 'a-0.mp4'],
  ['rushes/a-0.mp4', '', 'rushes/', 'a-0.mp4'],
])('a name in a list begins below its folder: %s', (path, root, folders, file) =>
  expect(splitName(path, root)).toEqual({ folders, file }),
);
