/** Values of tokens for what is drawn: asking the style for them again in every frame costs more than drawing. */
export class Tokens {
  /** Counts changes of the look, after which everything is drawn anew. */
  revision = $state(0);
  #known = new Map<string, string>();

  /** Watches for another look until the answer is called. */
  watch(): () => void {
    const watch = new MutationObserver(() => {
      this.#known = new Map();
      this.revision++;
    });
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => watch.disconnect();
  }

  value = (token: string): string => {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const value = getComputedStyle(document.documentElement).getPropertyValue(token);
    this.#known.set(token, value);
    return value;
  };
}
