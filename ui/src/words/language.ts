import { en, type Words } from './en';
import { zh } from './zh';

/** Every language of the window. Another one is a file beside `zh.ts` and a line here; what it lacks does not compile. */
const LANGUAGES = {
  en: { name: 'English', words: en },
  zh: { name: '简体中文', words: zh },
} satisfies Record<string, { name: string; words: Words }>;

export type Language = keyof typeof LANGUAGES;
/** What the editor has chosen: a language, or whichever the system has. */
export type LanguageChoice = Language | 'system';

let chosen: LanguageChoice = 'system';

/** The languages in their own words. */
export const languages = Object.entries(LANGUAGES).map(([value, { name }]) => ({ value: value as Language, name }));

export function languageChoice(): LanguageChoice {
  return chosen;
}

/** Takes the choice that the library keeps, before the words are read: that happens once, as the page is loaded. */
export function speak(kept: string | null): void {
  chosen = kept !== null && isLanguage(kept) ? kept : 'system';
}

/** The first language of the system's that the window speaks, whatever the region; English where there is none. */
export function languageOf(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const bases = system.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return bases.find(isLanguage) ?? 'en';
}

export function wordsOf(language: Language): Words {
  return LANGUAGES[language].words;
}

function isLanguage(value: string): value is Language {
  return Object.hasOwn(LANGUAGES, value);
}
