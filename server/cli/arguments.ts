/** Reads a command's arguments: `--name value`, `--name=value`, `-o value`, and what stands between. */
import { Misuse } from './command.ts';

/** Names of the options a command takes, by what follows them. A name of one letter has one dash. */
export interface OptionKinds {
  /** Nothing: `--json`. */
  readonly flags?: readonly string[];
  /** One value, the last one counts: `--format text`. */
  readonly values?: readonly string[];
  /** One value, and the option may be repeated: `--severity a=off --severity b=off`. */
  readonly lists?: readonly string[];
  /** Two values: `--size 640 640`. */
  readonly pairs?: readonly string[];
  /** Every `path=value` that follows: `--set a=1 b=2`. */
  readonly assignments?: readonly string[];
}

export class Arguments {
  /** What is no option, in order: `CONFIG IMAGE…`. */
  readonly rest: readonly string[];
  readonly #given = new Map<string, string[]>();

  /** Throws `Misuse` for an option that is not among `kinds` or lacks its value. */
  constructor(args: readonly string[], kinds: OptionKinds) {
    const rest: string[] = [];
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!;
      if (arg === '--') {
        rest.push(...args.slice(i + 1));
        break;
      }
      if (!/^-\D/.test(arg)) {
        rest.push(arg);
        continue;
      }
      const [, name = '', inline] = /^--?([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
      const values = this.#given.get(name) ?? [];
      this.#given.set(name, values);
      const take = (): string => {
        const value = args[++i];
        if (value === undefined) throw new Misuse(`${arg} needs a value`);
        return value;
      };
      if (kinds.flags?.includes(name)) {
        if (inline !== undefined) throw new Misuse(`--${name} takes no value`);
        values.push('');
      } else if (kinds.values?.includes(name) || kinds.lists?.includes(name)) {
        values.push(inline ?? take());
      } else if (kinds.pairs?.includes(name)) {
        values.push(inline ?? take(), take());
      } else if (kinds.assignments?.includes(name)) {
        values.push(inline ?? take());
        while (inline === undefined && /^[\w.[\]]+=/.test(args[i + 1] ?? '')) values.push(take());
      } else {
        throw new Misuse(`there is no option ${arg.split('=')[0]}`);
      }
    }
    this.rest = rest;
  }

  flag(name: string): boolean {
    return this.#given.has(name);
  }
  value(name: string): string | undefined {
    return this.#given.get(name)?.at(-1);
  }
  /** One of a few words, the first where none is given. */
  choice<T extends string>(name: string, words: readonly [T, ...T[]]): T {
    const given = this.value(name);
    const word = given === undefined ? words[0] : words.find(w => w === given);
    if (word === undefined) throw new Misuse(`--${name} is one of ${words.join(', ')}, not ${given}`);
    return word;
  }
  list(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }
  /** Two whole numbers above zero: `--size W H`. */
  pair(name: string): readonly [number, number] | undefined {
    const given = this.#given.get(name)?.slice(-2);
    if (!given) return undefined;
    const [first = NaN, second = NaN] = given.map(Number);
    if (![first, second].every(n => Number.isSafeInteger(n) && n > 0))
      throw new Misuse(`--${name} takes two whole numbers, not ${given.join(' ')}`);
    return [first, second];
  }
  number(name: string): number | undefined {
    const given = this.value(name);
    if (given === undefined) return undefined;
    const number = Number(given);
    if (given.trim() === '' || !Number.isFinite(number)) throw new Misuse(`--${name} takes a number, not ${given}`);
    return number;
  }
  /** `path=value` pairs, in order. */
  assignments(name: string): readonly (readonly [path: string, value: string])[] {
    return this.list(name).map(text => {
      const at = text.indexOf('=');
      if (at < 1) throw new Misuse(`--${name} takes name=value, not ${text}`);
      return [text.slice(0, at), text.slice(at + 1)];
    });
  }
}
