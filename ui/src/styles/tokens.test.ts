import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const [dark, light] = css.split(":root[data-theme='light']").map(tokens);

function tokens(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, name, value]) => [name!, value!]));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(full.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3'];

describe.each([
  ['dark', dark!],
  ['light', light!],
])('the %s theme', (_name, theme) => {
  it.each([
    ...['ink', 'ink-2', 'accent-text', 'danger'].flatMap((ink) => surfaces.map((surface) => [ink, surface, 4.5])),
    ...surfaces.map((surface) => ['ink-3', surface, 4.5]),
    ['ink', 'surface-4', 4.5],
    ['accent-ink', 'accent', 4.5],
    ['accent-ink', 'accent-hover', 4.5],
    ['stage-ink', 'stage', 4.5],
    ...surfaces.map((surface) => ['focus', surface, 3]),
    ...surfaces.map((surface) => ['control-line', surface, 3]),
    ['wave', 'surface-0', 3],
    ['speech', 'surface-0', 3],
    ['cut', 'surface-0', 3],
    ['interest', 'surface-0', 3],
    ...['loudness', 'fullness', 'voice', 'onset', 'motion', 'cutRate', 'faces', 'words', 'soundEvents'].map(
      (signal) => [`signal-${signal}`, 'surface-0', 3],
    ),
  ] as [string, string, number][])('shows %s on %s with a contrast of %f', (ink, surface, least) => {
    expect(contrast(theme.get(ink)!, theme.get(surface)!)).toBeGreaterThanOrEqual(least);
  });

  it('defines every colour', () => {
    if (theme === light) expect([...light!.keys()].sort()).toEqual([...dark!.keys()].sort());
  });
});

describe('components', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));

  it.each(files)('%s takes its colours from the tokens', (file) => {
    const literals = readFileSync(`src/${file}`, 'utf8').match(/#[0-9a-f]{3,8}\b(?=[;\s)])|\b(?:rgb|hsl|oklch)a?\(/gi);
    expect(literals ?? []).toEqual([]);
  });
});
