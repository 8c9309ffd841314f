import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { en } from './en';
import { languageChoice, languageOf, languages, speak, wordsOf } from './language';

afterEach(() => speak(null));

type Tree = { [key: string]: unknown };

/** The names of everything in a tree of words. */
function paths(tree: Tree, above = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? paths(value as Tree, `${above}${key}.`) : [`${above}${key}`],
  );
}

/** Everything that is said without anything to put into it. */
function sentences(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? sentences(value as Tree) : [];
  });
}

describe('the language', () => {
  it.each([
    [['zh-CN', 'en-US'], 'zh'],
    [['zh-Hans-SG'], 'zh'],
    [['fr-FR', 'zh-CN'], 'zh'],
    [['en-GB', 'zh-CN'], 'en'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ])('of a system with %j is %s', (system, expected) => {
    expect(languageOf('system', system)).toBe(expected);
  });

  it('is the chosen one whatever the system speaks, until the choice is taken back', () => {
    speak('zh');
    expect(languageOf(languageChoice(), ['en-US'])).toBe('zh');
    speak(null);
    expect(languageOf(languageChoice(), ['en-US'])).toBe('en');
  });

  it('that was kept and is gone counts as no choice', () => {
    speak('toString');
    expect(languageChoice()).toBe('system');
  });
});

describe.each(languages)('$name', ({ value }) => {
  const words = wordsOf(value) as unknown as Tree;

  it('says everything that English says, and nothing else', () => {
    expect(paths(words).sort()).toEqual(paths(en as unknown as Tree).sort());
  });

  it('leaves nothing unsaid', () => {
    expect(sentences(words).filter((sentence) => sentence.trim() === '')).toEqual([]);
  });
});

it('Chinese is not English that was left standing', () => {
  const english = new Set(sentences(en as unknown as Tree).filter((sentence) => / [a-z]/.test(sentence)));
  const kept = sentences(wordsOf('zh') as unknown as Tree).filter((sentence) => english.has(sentence));
  expect(kept).toEqual([]);
});

describe('Chinese', () => {
  const { commands, models } = wordsOf('zh');

  it('says earlier and later with words that do not mean both', () => {
    const { trimBack, trimForward, trimTenBack, trimTenForward } = commands;
    const { nudgeBack, nudgeForward, nudgeTenBack, nudgeTenForward } = commands;
    for (const earlier of [trimBack, trimTenBack, nudgeBack, nudgeTenBack]) expect(earlier).toMatch(/提前|左移/);
    for (const later of [trimForward, trimTenForward, nudgeForward, nudgeTenForward])
      expect(later).toMatch(/推后|右移/);
  });

  it('gives no reason of its own for trying a download again', () => {
    expect(models.tryingAgain('the server answered 503')).toBe('正在重试…');
  });
});

describe('the catalogue of models in Chinese', () => {
  const catalogue = readFileSync('../assets/models.toml', 'utf8');
  const values = (key: string) =>
    [...catalogue.matchAll(new RegExp(`^${key} = "(.*)"$`, 'gm'))].map(([, value]) => value ?? '');
  const { models } = wordsOf('zh');
  const ids = values('id');

  it('says what each model is for and how quick it is', () => {
    expect(ids.length).toBeGreaterThan(8);
    for (const id of ids) expect(models.purpose(id, ''), id).toMatch(/\p{Script=Han}/u);
    for (const speed of values('speed')) expect(models.speed(speed), speed).toMatch(/\p{Script=Han}/u);
  });

  it('leaves only names of their own untranslated', () => {
    const names = values('name').map((name, place) => models.name(ids[place] ?? '', name));
    expect(names.filter((name) => / [a-z]/.test(name) && !/\p{Script=Han}/u.test(name))).toEqual([]);
  });

  it('says of an encoder that was imported what is known of it', () => {
    expect(models.purpose('encoder-5c1d0e6a9b27', 'You imported it.')).toContain('导入');
  });
});
