import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../ipc/fake';
import { Workspace } from '../project/workspace.svelte';
import { RangeGesture } from './gesture.svelte';

let backend: FakeBackend;
let workspace: Workspace;
let gesture: RangeGesture;

beforeEach(async () => {
  backend = new FakeBackend('done');
  workspace = new Workspace(backend);
  await workspace.session.open();
  workspace.player.show({ material: 1, duration: 124_000_000, rate: { numerator: 25, denominator: 1 }, url: null });
  workspace.view.show(124_000_000);
  // A hundred milliseconds for each pixel.
  workspace.view.resize(1240);
  gesture = new RangeGesture(workspace);
  return () => workspace.session.close();
});

const second = () => workspace.session.ranges[1]!;
/** Where the hand has it. */
const held = () => workspace.session.placeOf(1, second());

function pointer(clientX: number, altKey = false): PointerEvent {
  const event = new MouseEvent('pointermove', { clientX, altKey, button: 0, buttons: 1 });
  Object.defineProperty(event, 'currentTarget', { value: document.createElement('div') });
  return event as PointerEvent;
}

describe('dragging a range on the timeline', () => {
  it('shows an overlay meanwhile and sends one edit at the end', async () => {
    const before = second();
    gesture.begin(before, 'end', pointer(500));
    for (const x of [510, 530, 550]) gesture.move(pointer(x, true));
    expect(held().end, 'the range follows the pointer').toBe(before.end + 5_000_000);
    expect(second(), 'what the project holds waits').toEqual(before);
    expect(backend.edits, 'nothing is sent while it moves').toEqual([]);
    await gesture.end();
    expect(backend.edits.length).toBe(1);
    expect(workspace.session.overlay).toBeNull();
    expect(second().end).toBe(before.end + 5_000_000);
    await workspace.session.undo();
    expect(second().end, 'one undo takes it back').toBe(before.end);
  });

  it('is dropped by Escape: the range and the playhead are where they were', async () => {
    const before = second();
    workspace.player.seek(3_000_000);
    gesture.begin(before, 'start', pointer(500));
    gesture.move(pointer(450, true));
    expect(workspace.player.time, 'trimming shows the picture at the edge').toBe(before.start - 5_000_000);
    expect(gesture.drop()).toBe(true);
    await gesture.end();
    expect(backend.edits).toEqual([]);
    expect(second()).toEqual(before);
    expect(workspace.player.time).toBe(3_000_000);
  });

  it('clings to the playhead within reach, and not with Alt', () => {
    const before = second();
    workspace.player.seek(before.end + 3_000_000);
    gesture.begin(before, 'end', pointer(500));
    gesture.move(pointer(526));
    expect(Math.abs(held().end - (before.end + 3_000_000))).toBeLessThanOrEqual(1);
    gesture.move(pointer(526, true));
    expect(held().end).toBe(before.end + 2_600_000);
  });

  it('is a click when the pointer hardly moves: the range is selected and its beginning shown', async () => {
    const before = second();
    gesture.begin(before, 'body', pointer(500));
    gesture.move(pointer(501));
    await gesture.end();
    expect(backend.edits).toEqual([]);
    expect(workspace.session.selection.range).toBe(before.id);
    expect(workspace.player.time).toBe(before.start);
  });
});
