import type { Command } from './registry';

/** The commands in whose words every part of `query` begins a word, or at least occurs; the better matches first. */
export function found(commands: Command[], query: string): Command[] {
  const parts = query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  const ranked = commands.map((command) => ({ command, rank: rankOf(command.words.toLowerCase(), parts) }));
  return ranked
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ command }) => command);
}

/** 0 when the words begin with the first part, 1 when every part begins a word, 2 when all occur; null otherwise. */
function rankOf(text: string, parts: string[]): number | null {
  if (!parts.every((part) => text.includes(part))) return null;
  const beginnings = text.split(/[^\p{L}\p{N}]+/u);
  if (!parts.every((part) => beginnings.some((beginning) => beginning.startsWith(part)))) return 2;
  return text.startsWith(parts[0] ?? '') ? 0 : 1;
}
