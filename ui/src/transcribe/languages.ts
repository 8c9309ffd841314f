import { language } from '../words';

/** A language to choose, in the reader's own language. */
export type LanguageOption = { value: string; label: string };

/** Stands for finding the language out. */
export const AUTOMATIC = 'auto';

/** The name of a language in the reader's language; the code itself where the system has no name for it. */
export function languageName(code: string, locale: string = language): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Finding it out comes first, then every language by its name. */
export function languageOptions(codes: string[], automatic: string, locale: string = language): LanguageOption[] {
  const named = codes.map((code) => ({ value: code, label: languageName(code, locale) }));
  named.sort((one, other) => one.label.localeCompare(other.label, locale));
  return [{ value: AUTOMATIC, label: automatic }, ...named];
}
