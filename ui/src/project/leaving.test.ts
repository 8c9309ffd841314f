import { afterEach, expect, it, vi } from 'vitest';
import type { EvidenceView } from '../ipc/bindings';
import { FakeBackend } from '../ipc/fake';
import { Workspace } from './workspace.svelte';

afterEach(() => vi.unstubAllGlobals());

const strip = { hop: 1_000_000, index: 0 };

/** A project on the desk of which everything was fetched, as far as it is known by the number of a material. */
async function opened() {
  const backend = new FakeBackend('done');
  const image = { width: 1600, height: 50, close: vi.fn() };
  vi.stubGlobal('createImageBitmap', async () => image);
  vi.spyOn(backend, 'thumbnail').mockResolvedValue(new ArrayBuffer(8));
  const strips = vi.spyOn(backend, 'strip').mockResolvedValue(new ArrayBuffer(8));
  const workspace = new Workspace(backend);
  await workspace.session.open();
  const { measured, session, player } = workspace;
  const { duration } = session.material!;
  measured.follow(session.materials);
  workspace.strips.want(1, [strip]);
  player.show({ material: 1, duration, rate: null, url: 'http://127.0.0.1:1/a.mp4' });
  player.seek(4_000_000);
  player.learn(1, Float64Array.from([0, 50_000, 100_000]));
  await vi.waitFor(() => {
    expect(measured.of(1).evidence).not.toBeNull();
    expect(measured.thumbnail(1)).not.toBeNull();
    expect(workspace.strips.at(1, strip, 0)).not.toBeNull();
  });
  workspace.transcript.select(2);
  return { backend, workspace, image, strips };
}

it('nothing of one project is shown in another whose materials carry the same numbers', async () => {
  const { workspace, image } = await opened();
  const { measured, session, player, transcript } = workspace;
  session.selectRange(session.ranges[2]!.id);
  await session.openProject('islands');
  expect(session.materials[0]?.id, 'the numbers begin anew').toBe(1);
  expect([measured.of(1).evidence, measured.of(1).spoken, measured.thumbnail(1)]).toEqual([null, null, null]);
  expect(workspace.strips.at(1, strip, 0)).toBeNull();
  expect(image.close).toHaveBeenCalledOnce();
  expect([player.time, player.clock, transcript.selected]).toEqual([0, null, null]);
  expect(session.range?.id, 'its own first range is selected').toBe(session.ranges[0]?.id);
});

it('what was asked of the last project is not taken for an answer of this one', async () => {
  const { backend, workspace, strips } = await opened();
  const { measured, session, player } = workspace;
  const late: (() => void)[] = [];
  const held = <Answer>(answer: Answer) => new Promise<Answer>((resolve) => late.push(() => resolve(answer)));
  const old = { cuts: [1], speech: [], words: [], silences: [] } as unknown as EvidenceView;
  const evidence = vi.spyOn(backend, 'evidence').mockImplementationOnce(() => held(old));
  strips.mockImplementationOnce(() => held(new ArrayBuffer(8)));
  vi.spyOn(backend, 'frameTimes').mockImplementationOnce(() => held(new BigInt64Array([0n, 50_000n, 100_000n]).buffer));
  measured.follow([{ ...session.materials[0]!, allowSpeechless: true }]);
  workspace.strips.want(1, [{ ...strip, index: 1 }]);
  const learnt = workspace.learnFrames(1);
  await vi.waitFor(() => expect(late.length).toBe(3));

  await session.openProject('islands');
  measured.follow(session.materials);
  player.show({ material: 1, duration: 9_000_000, rate: null, url: 'http://127.0.0.1:1/b.mp4' });
  evidence.mockClear();
  await vi.waitFor(() => expect(measured.of(1).evidence).not.toBeNull());
  for (const answer of late) answer();
  await learnt;
  await new Promise((resolve) => setTimeout(resolve));
  expect(measured.of(1).evidence?.cuts, 'what is known is of the new one').not.toEqual([1]);
  expect(workspace.strips.at(1, { ...strip, index: 1 }, 0)).toBeNull();
  expect(player.clock).toBeNull();
});

it('a strip that is still on its way does not keep the new one of its name from being fetched', async () => {
  const { workspace, strips } = await opened();
  let answer: (bytes: ArrayBuffer) => void = () => undefined;
  strips.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  const next = { ...strip, index: 1 };
  workspace.strips.want(1, [next]);
  await workspace.session.openProject('islands');
  workspace.strips.want(1, [next]);
  await vi.waitFor(() => expect(workspace.strips.at(1, next, 0)).not.toBeNull());
  answer(new ArrayBuffer(8));
});

it('a copy under another name goes on where the project was', async () => {
  const { workspace } = await opened();
  const { measured, session, player, transcript } = workspace;
  const chosen = session.ranges[2]!.id;
  session.selectRange(chosen);
  await session.saveAs('Coast series copy');
  expect(measured.of(1).evidence).not.toBeNull();
  expect([player.time, transcript.selected, session.selection.range]).toEqual([4_000_000, [2, 2], chosen]);
});
