import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { nameless, open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

async function openJobs() {
  const opened = await open('done');
  await opened.user.keyboard('{Control>}j{/Control}');
  await screen.findByTestId(testids.jobs);
  return opened;
}

const row = (id: string) => screen.findByTestId(testids.jobRow(id));

describe('the jobs', () => {
  it('open with Ctrl+J and tell state, materials, door and error', async () => {
    const { user } = await openJobs();
    const running = await row('running');
    expect(running.textContent).toContain('Running');
    expect(running.textContent).toContain('County final, second half.mov and 1 more');
    const failed = await row('silent');
    expect(failed.textContent).toContain('Failed');
    expect(failed.textContent).toContain('HTTP');
    expect(failed.querySelector('.fault')?.textContent, 'it says why').not.toBe('');
    expect((await row('own')).textContent).toContain('This window');
    expect(nameless()).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId(testids.jobs)).toBeNull());
  });

  it('that another process takes in appear by themselves, and so does their end', async () => {
    const { backend } = await openJobs();
    await row('running');
    backend.jobBook.handIn('fresh', '/footage/Ferry crossing.mkv');
    expect(within(await row('fresh')).getByText('Waiting')).toBeTruthy();
    backend.jobBook.end('fresh');
    await waitFor(async () => expect(within(await row('fresh')).getByText('Finished')).toBeTruthy());
    backend.jobBook.clear();
    await screen.findByText('No jobs yet');
  });

  it('are not read while nobody looks', async () => {
    const { backend } = await open('done');
    const read = vi.spyOn(backend, 'jobs');
    backend.jobBook.handIn('fresh', '/footage/Ferry crossing.mkv');
    expect(read).not.toHaveBeenCalled();
  });

  it('that cannot be read say so and are tried again', async () => {
    const { backend, user } = await open('done');
    const fault = { code: 'libraryFailed', message: 'It is locked.', path: null };
    vi.spyOn(backend, 'jobs').mockRejectedValueOnce(fault);
    await user.keyboard('{Control>}j{/Control}');
    const alert = within(await screen.findByTestId(testids.jobs)).getByRole('alert');
    expect(alert.textContent).toContain('The jobs cannot be read');
    await user.click(within(alert).getByRole('button'));
    await row('running');
  });
});
