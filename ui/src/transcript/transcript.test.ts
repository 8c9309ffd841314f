import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../ipc/fake';
import { Workspace } from '../project/workspace.svelte';

let backend: FakeBackend;
let workspace: Workspace;

beforeEach(async () => {
  backend = new FakeBackend('done');
  workspace = new Workspace(backend);
  await workspace.session.open();
  await read();
  workspace.transcript.follow();
  return () => workspace.session.close();
});

/** The words as they are after what was done last. */
async function read(): Promise<void> {
  const before = workspace.transcript.spoken;
  workspace.measured.follow(workspace.session.materials);
  await vi.waitFor(() => expect(workspace.transcript.spoken, 'the words are there').not.toBe(before));
}

/** Selects words and begins to write them anew. */
function write(from: number, to: number, text: string): void {
  const { transcript } = workspace;
  transcript.select(from);
  transcript.select(to, true);
  transcript.beginCorrecting();
  transcript.draft = text;
}

const said = () => workspace.transcript.words.map(({ word }) => word.text);

describe('a correction', () => {
  it('is handed over when another word is selected, which then is the selected one', async () => {
    const { transcript } = workspace;
    const [first, second, third, fourth, fifth] = said();
    write(1, 2, 'together');
    transcript.select(4);
    await read();
    expect(said().slice(0, 4)).toEqual([first, 'together', fourth, fifth]);
    expect(transcript.text, 'where it was selected').toBe(fifth);
    await workspace.session.undo();
    await read();
    expect(said().slice(0, 3)).toEqual([first, second, third]);
    expect(transcript.text, 'although the words before it have moved').toBe(fifth);
  });

  it('is of the words that it was begun with, whatever video is open by then', async () => {
    const { transcript, session } = workspace;
    const { start, end } = transcript.words[1]!.word;
    write(1, 1, 'other');
    session.selectMaterial(2);
    transcript.follow();
    await vi.waitFor(() => expect(backend.edits.length).toBe(1));
    expect(backend.edits[0]?.command).toEqual({ kind: 'correctWords', material: 1, text: 'other', start, end });
    expect(transcript.correcting).toBe(false);
  });

  it('does not come into another project', async () => {
    const { transcript, session } = workspace;
    write(1, 1, 'other');
    await session.openProject('islands');
    transcript.follow();
    await transcript.correct();
    expect(backend.edits).toEqual([]);
    expect(transcript.correcting).toBe(false);
  });

  it('leaves what it has joined selected, also when it is undone', async () => {
    const { transcript, session } = workspace;
    const before = said();
    write(1, 3, 'together');
    await transcript.correct();
    await read();
    expect(transcript.text).toBe('together');
    await session.undo();
    await read();
    expect(transcript.text).toBe(before.slice(1, 4).join(' '));
  });
});

it('a selection of words stays with its video', () => {
  const { transcript, session } = workspace;
  transcript.select(1);
  session.selectMaterial(2);
  transcript.follow();
  expect(transcript.selected).toBeNull();
  session.selectMaterial(1);
  transcript.follow();
  expect(transcript.selected, 'and is gone').toBeNull();
});
