import { commandsWords } from './commands';
import { deskWords } from './desk';
import { errorsWords } from './errors';
import { exportWords } from './export';
import { libraryWords } from './library';
import { modelsWords } from './models';
import { shellWords } from './shell';
import { soundWords } from './sounds';

/** Every word of the window. Sentence case, verbs on buttons, `…` where more is asked, the next step in every error. */
export const en = {
  ...shellWords,
  ...commandsWords,
  ...deskWords,
  ...exportWords,
  ...libraryWords,
  ...modelsWords,
  ...errorsWords,
  sounds: soundWords,
};

/** The shape every language has to fill. */
export type Words = typeof en;
