/** `1 clip`, `2 clips`. */
export const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const list = (parts: string[]) =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ');

/** With a capital at its beginning. */
export const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
