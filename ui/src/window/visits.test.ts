import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testids } from '../testids';
import { open } from './opened';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

it('what an opened project holds is fetched anew, and nothing half written is left of the last one', async () => {
  const { backend, user } = await open('done');
  const field = () => screen.getByTestId<HTMLInputElement>(testids.actionField);
  await user.type(field(), 'too long a name{Enter}');
  expect(field().value, 'it stays to be put right').toBe('too long a name');
  const asked = (['evidence', 'spoken', 'peaks', 'thumbnail', 'frameTimes'] as const).map((name) =>
    vi.spyOn(backend, name),
  );
  await user.keyboard('{Control>}p{/Control}');
  await user.click(await screen.findByTestId(testids.projectOpen('islands')));
  await waitFor(() => expect(screen.getByTestId(testids.project).textContent).toContain('Islands'));
  await waitFor(() => {
    for (const call of asked) expect(call, call.getMockName()).toHaveBeenCalledWith(1);
  });
  expect(field().value).toBe('');
});
