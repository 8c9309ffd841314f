import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('transcribing speech', () => {
  it('asks for model and language, shows progress, and tells the language in the end', async () => {
    const { backend, user } = await open('done');
    await user.click(screen.getByTestId(testids.transcribe));
    const model = await screen.findByTestId(testids.transcribeModel);
    await waitFor(() => expect(model.textContent).toContain('Whisper small'));
    expect(screen.getByTestId(testids.transcribeLanguage).textContent).toContain('Detect automatically');
    await user.click(screen.getByTestId(testids.transcribeStart));
    expect(await screen.findByTestId(testids.cancelTranscription)).toBeTruthy();
    backend.advance();
    await waitFor(() => expect(screen.getByTestId(testids.transcription(2)).textContent).toContain('Transcribing'));
    expect(screen.queryByTestId(testids.transcription(1)), 'a video with subtitles is left alone').toBeNull();
    await waitFor(() => {
      for (let step = 0; step < 50; step++) backend.advance();
      expect(screen.getByTestId(testids.material(2)).textContent).toContain('Transcript, English');
      expect(screen.getByTestId(testids.transcribe)).toBeTruthy();
    });
    expect(screen.getByTestId(testids.transcription(3)).textContent, 'a failure says why').toContain('No voice');
  });

  it('is given up on request', async () => {
    const { backend, user } = await open('done');
    await user.click(screen.getByTestId(testids.transcribe));
    await waitFor(() => expect(screen.getByTestId(testids.transcribeStart)).toHaveProperty('disabled', false));
    await user.click(screen.getByTestId(testids.transcribeStart));
    backend.advance();
    await user.click(await screen.findByTestId(testids.cancelTranscription));
    expect(await screen.findByTestId(testids.transcribe)).toBeTruthy();
    expect(screen.queryByTestId(testids.transcription(2))).toBeNull();
  });

  it('says what to do when no model is installed', async () => {
    const { user } = await open('noSpeechModel');
    await user.click(screen.getByTestId(testids.transcribe));
    expect((await screen.findByTestId(testids.transcribeNoModel)).textContent).toContain('Install one');
    await user.click(screen.getByTestId(testids.transcribeInstall));
    await waitFor(() => expect(screen.queryByTestId(testids.transcribeDialog)).toBeNull());
    expect(await screen.findByTestId(testids.settingsDialog)).toBeTruthy();
  });
});

it('quotes what is said in a highlight', async () => {
  await open('done');
  await waitFor(() => expect(screen.queryAllByTestId(/^highlight-\d+-said$/).length).toBeGreaterThan(0));
});
