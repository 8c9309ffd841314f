import type { KeyBinding } from '../bindings';
import { FakePictures } from './pictures';

/** What belongs to the machine and to no project: keys, language, folders. */
export class FakeMachine extends FakePictures {
  keys: KeyBinding[] = [];
  /** The last paths shown in the file manager, for tests. */
  readonly revealed: string[] = [];

  saveKeys = async (bindings: KeyBinding[]) => ((this.keys = bindings), null);
  language = async () => null;
  saveLanguage = async () => null;
  chooseFolder = async () => '/videos/archive';

  async reveal(path: string): Promise<null> {
    this.revealed.push(path);
    return null;
  }
}
