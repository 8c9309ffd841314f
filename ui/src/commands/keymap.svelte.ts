import type { Backend } from '../ipc/backend';
import type { KeyBinding } from '../ipc/bindings';
import { isLayoutSign, sameKey, type Key } from './keys';
import { placeOf, type Place } from './definition';
import { command, commands, type Command, type CommandId } from './registry';

/** Why a key cannot be given to a command. */
export type KeyFault = { kind: 'reserved' } | { kind: 'taken'; by: CommandId };

/** Commands whose keys are heard in the same place. */
const beside = (id: CommandId) => commands.filter((other) => placeOf(other) === placeOf(command(id)));

/** Keys that move the focus and close what is open: without them a window cannot be used by keyboard. */
const RESERVED = ['Escape', 'Tab', 'Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified'];

/** Which key runs which command: the usual ones, and those the editor has chosen instead, which the library keeps. */
export class Keymap {
  #own = $state.raw<ReadonlyMap<CommandId, Key[]>>(new Map());
  readonly #save: Backend['saveKeys'];

  constructor(save: Backend['saveKeys']) {
    this.#save = save;
  }

  /** Takes what was kept. Commands that are gone, and keys that would now run two commands, are left out. */
  read(bindings: KeyBinding[]): void {
    const own = new Map<CommandId, Key[]>();
    for (const { command: name, keys } of bindings) {
      const found = commands.find(({ id }) => id === name);
      if (found) own.set(found.id, keys.map(readKey));
    }
    const taken = { desk: [] as Key[], library: [] as Key[] };
    for (const [id, keys] of own) {
      const others = beside(id).flatMap((other) => (own.has(other.id) ? [] : other.keys));
      const before = taken[placeOf(command(id))];
      const free = keys.filter((key) => ![...others, ...before].some((other) => sameKey(other, key)));
      before.push(...free);
      own.set(id, free);
    }
    this.#own = own;
  }

  /** The keys of a command, the one that is shown first. */
  of(id: CommandId): Key[] {
    return this.#own.get(id) ?? command(id).keys;
  }

  /** The command that a key press means where it was pressed. */
  find(pressed: (key: Key) => boolean, place: Place = 'desk'): Command | undefined {
    return commands.find((command) => placeOf(command) === place && this.of(command.id).some(pressed));
  }

  isOwn(id: CommandId): boolean {
    return this.#own.has(id);
  }

  get hasOwn(): boolean {
    return this.#own.size > 0;
  }

  /** Why `key` cannot run `id`, if it cannot. */
  faultOf(id: CommandId, key: Key): KeyFault | null {
    if (RESERVED.includes(key.key)) return { kind: 'reserved' };
    const by = beside(id).find((other) => other.id !== id && this.of(other.id).some((taken) => sameKey(taken, key)));
    return by ? { kind: 'taken', by: by.id } : null;
  }

  /** Gives a command a key in place of its keys. Ask {@link faultOf} first. */
  set(id: CommandId, key: Key): Promise<unknown> {
    const usual = command(id).keys;
    const own = new Map(this.#own);
    if (usual[0] && sameKey(usual[0], key)) own.delete(id);
    else own.set(id, [key]);
    return this.#keep(own);
  }

  /** Gives a command its usual keys again; those that another command has by now stay with that. */
  reset(id: CommandId): Promise<unknown> {
    const own = new Map(this.#own);
    own.delete(id);
    const free = command(id).keys.filter((key) => this.faultOf(id, key) === null);
    if (free.length < command(id).keys.length) own.set(id, free);
    return this.#keep(own);
  }

  /** Gives every command its usual keys. */
  resetAll(): Promise<unknown> {
    return this.#keep(new Map());
  }

  async #keep(own: ReadonlyMap<CommandId, Key[]>): Promise<unknown> {
    const before = this.#own;
    this.#own = own;
    try {
      return await this.#save([...own].map(([command, keys]) => ({ command, keys: keys.map(writtenKey) })));
    } catch (thrown) {
      this.#own = before;
      throw thrown;
    }
  }
}

function readKey({ key, ctrl, shift }: KeyBinding['keys'][number]): Key {
  return { key, ...(ctrl && { ctrl: true }), ...(shift && !isLayoutSign(key) && { shift: true }) };
}

function writtenKey({ key, ctrl, shift }: Key): KeyBinding['keys'][number] {
  return { key, ctrl: ctrl ?? false, shift: shift ?? false };
}
