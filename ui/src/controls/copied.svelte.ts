/** How long a button says that it has copied. */
const SHOWN = 1600;

/** What was last put on the clipboard, for the button that did it to say so for a moment. */
export class Copied {
  text = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Rejects where the clipboard takes nothing. */
  async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = null), SHOWN);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
