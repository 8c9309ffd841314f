import { languageChoice, languageOf, wordsOf } from './language';

/** The language of the window; for the system's own words, such as the names of days. */
export const language = languageOf(languageChoice(), navigator.languages);
document.documentElement.lang = language;

export const words = wordsOf(language);
