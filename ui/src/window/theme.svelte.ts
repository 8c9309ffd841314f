export type Theme = 'system' | 'dark' | 'light';

const KEY = 'standout.theme';
export const THEMES: Theme[] = ['system', 'dark', 'light'];

/** Which look the window has; remembered on this machine. Dark until the editor chooses. */
export class ThemeChoice {
  theme = $state<Theme>('dark');
  readonly #light = window.matchMedia('(prefers-color-scheme: light)');

  constructor() {
    const saved = localStorage.getItem(KEY);
    this.theme = THEMES.find((theme) => theme === saved) ?? 'dark';
    this.#apply();
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(KEY, theme);
    this.#apply();
  }

  /** Chooses the look after this one. */
  next(): void {
    this.choose(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? 'dark');
  }

  /** Follows the system while it is chosen to, until the returned function is called. */
  follow(): () => void {
    const apply = () => this.#apply();
    this.#light.addEventListener('change', apply);
    return () => this.#light.removeEventListener('change', apply);
  }

  #apply(): void {
    const light = this.theme === 'light' || (this.theme === 'system' && this.#light.matches);
    document.documentElement.dataset.theme = light ? 'light' : 'dark';
  }
}
