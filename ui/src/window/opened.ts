import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { FakeBackend, type Scene } from '../ipc/fake';
import { testids } from '../testids';
import App from './App.svelte';

/** The whole window on made-up data, for tests of what an editor does in it. */
export async function open(scene: Scene) {
  const backend = new FakeBackend(scene);
  render(App, { backend });
  await screen.findByTestId(testids.theme);
  return { backend, user: userEvent.setup() };
}

const CONTROLS = 'button, input, textarea, [role=slider], [role=option], [role=listbox], [role=dialog]';

/** The controls without a name for a screen reader, as they are written. */
export function nameless(): string[] {
  const named = (control: HTMLElement) =>
    control.getAttribute('aria-label') ||
    control.getAttribute('aria-labelledby') ||
    control.textContent?.trim() ||
    (control as HTMLInputElement).labels?.length;
  return [...document.querySelectorAll<HTMLElement>(CONTROLS)]
    .filter((control) => !named(control))
    .map((control) => control.outerHTML.slice(0, 160));
}

/** Chooses from one of our selects, which opens its list outside the dialog. */
export async function choose(user: ReturnType<typeof userEvent.setup>, select: string, value: string): Promise<void> {
  screen.getByTestId(select).focus();
  await user.keyboard('{Enter}');
  await user.click(await screen.findByTestId(`${select}-${value}`));
}
