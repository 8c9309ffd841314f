import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WireError } from '../ipc/bindings';
import { FakeBackend } from '../ipc/fake';
import { RangeGesture } from '../timeline/gesture.svelte';
import { Workspace } from './workspace.svelte';

const FRAME = 40_000;
let backend: FakeBackend;
let workspace: Workspace;

beforeEach(async () => {
  backend = new FakeBackend('done');
  // An answer takes longer than the next press of a key that is held.
  const edit = backend.edit.bind(backend);
  vi.spyOn(backend, 'edit').mockImplementation(async (...edited) => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    return edit(...edited);
  });
  workspace = new Workspace(backend);
  await workspace.session.open();
  workspace.player.show({ material: 1, duration: 124_000_000, rate: { numerator: 25, denominator: 1 }, url: null });
  return () => workspace.session.close();
});

const starts = () => workspace.session.ranges.map(({ start }) => start);
const judgements = () => workspace.session.ranges.map(({ judgement }) => judgement);
const gestures = () => new Set(backend.edits.map(({ gesture }) => gesture)).size;
const chosen = () => workspace.session.selection.range;

describe('a key that is held', () => {
  it('moves all picked ranges by every press, as one step of undo', async () => {
    const before = starts();
    workspace.picked.all();
    await Promise.all([1, 1, 1, 10].map((frames) => workspace.nudge(frames)));
    expect(starts()).toEqual(before.map((start) => start + 13 * FRAME));
    await workspace.nudge(1);
    expect(gestures(), 'one key is one gesture').toBe(1);
    await workspace.session.undo();
    expect(starts()).toEqual(before);
  });

  it('trims by every press, as one step of undo', async () => {
    const [before] = starts();
    workspace.show(before!);
    await Promise.all([workspace.trim(1), workspace.trim(1), workspace.trim(1)]);
    expect(starts()[0]).toBe(before! + 3 * FRAME);
    expect(workspace.player.time, 'the playhead goes along').toBe(before! + 3 * FRAME);
    expect(gestures()).toBe(1);
  });

  it('moves a range that has the focus by every press', async () => {
    const gesture = new RangeGesture(workspace);
    const range = workspace.session.ranges[1]!;
    const press = () => gesture.key(range, 'body', new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    press();
    press();
    press();
    await workspace.turns.take(() => undefined);
    expect(starts()[1]).toBe(range.start + 3 * FRAME);
    expect(gestures()).toBe(1);
  });
});

describe('keys in a row', () => {
  it('mean what those before have made', async () => {
    const { start, end } = workspace.session.ranges[0]!;
    workspace.show(start + 1_000_000);
    await Promise.all([workspace.setEdge('start'), workspace.nudge(2)]);
    expect(workspace.session.ranges[0]).toMatchObject({ start: start + 1_000_000 + 2 * FRAME, end: end + 2 * FRAME });
  });

  it('judge one range after the other', async () => {
    await Promise.all([workspace.judge('kept', true), workspace.judge('dropped', true)]);
    expect(judgements().slice(0, 3)).toEqual(['kept', 'dropped', 'undecided']);
  });

  it('stop at what is refused, and say so', async () => {
    const full: WireError = { code: 'diskFull', message: 'The disk is full.', path: '/data' };
    vi.mocked(backend.edit).mockRejectedValueOnce(full);
    const before = starts();
    workspace.picked.all();
    await workspace.nudge(1);
    expect(workspace.session.fault).toEqual(full);
    expect(starts(), 'none is moved without the others').toEqual(before);
  });
});

describe('ranges that were picked', () => {
  const ids = () => workspace.session.ranges.map(({ id }) => id);

  it('are judged together, and are not those that it goes on to', async () => {
    const [first, second, third, fourth] = ids();
    for (const id of [second!, third!]) workspace.picked.toggle(id);
    workspace.session.selectRange(first!);
    await workspace.judge('kept', true);
    expect(chosen(), 'the next one that is undecided').toBe(fourth);
    await workspace.judge('dropped', true);
    expect(judgements()).toEqual(['kept', 'kept', 'kept', 'dropped', 'undecided']);
  });

  it('leave the list together', async () => {
    const [first, second, third] = ids();
    workspace.review.filter = 'undecided';
    workspace.picked.toggle(second!);
    workspace.session.selectRange(first!);
    await workspace.judge('kept');
    expect(chosen()).toBe(third);
  });

  it('are let go by a range that was just made', async () => {
    workspace.picked.all();
    workspace.player.seek(0);
    await workspace.addRange();
    expect(workspace.picked.ranges.map(({ id }) => id)).toEqual([chosen()]);
  });

  it('are let go once another is selected, for good', () => {
    const [first, second, third] = ids();
    workspace.picked.toggle(second!);
    workspace.picked.follow();
    expect(workspace.picked.ids.size).toBe(2);
    workspace.session.selectRange(third!);
    workspace.picked.follow();
    workspace.session.selectRange(first!);
    expect([...workspace.picked.ids]).toEqual([first]);
  });

  it('are others in another project', async () => {
    workspace.picked.all();
    await workspace.session.openProject('islands');
    expect(workspace.picked.ids.size).toBe(1);
  });
});
