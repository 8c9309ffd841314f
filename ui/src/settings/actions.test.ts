import { describe, expect, it } from 'vitest';
import { addActions, graphemeCount, MOST_ACTIONS, splitActions } from './actions';

describe('custom actions', () => {
  it('are split from a pasted list and trimmed', () => {
    expect(splitActions(' goal, save;\n\nboo ，笑、哭\t')).toEqual(['goal', 'save', 'boo', '笑', '哭']);
  });

  it.each([
    ['cheer', 5],
    ['👨‍👩‍👧', 1],
    ['🇩🇪', 1],
    ['e\u0301', 1],
    ['', 0],
  ])('count %s as a reader does', (text, count) => expect(graphemeCount(text)).toBe(count));

  it('say what was left out and why, and keep the rest', () => {
    const { actions, faults } = addActions(['goal'], 'goal, applause, boo');
    expect(actions).toEqual(['goal', 'boo']);
    expect(faults).toEqual([
      { kind: 'duplicate', action: 'goal' },
      { kind: 'tooLong', action: 'applause' },
    ]);
  });

  it('stop at the limit', () => {
    const many = Array.from({ length: 60 }, (_, index) => `a${index}`).join(',');
    const { actions, faults } = addActions([], many);
    expect(actions).toHaveLength(MOST_ACTIONS);
    expect(faults).toEqual([{ kind: 'tooMany', left: 10 }]);
  });
});
