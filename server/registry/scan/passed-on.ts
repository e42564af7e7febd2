/** What a function does with its `**kwargs`: hands them to a base's `__init__`, or anything else. */
import { callArguments } from './arguments.ts';
import { withoutStrings } from './statements.ts';

export interface PassedOn {
  /** The call of a base's `__init__` that takes them all; null where there is none. */
  readonly to: {
    /** `super` or the base as written. */
    readonly base: string;
    /** `super(Base, self)`: the class whose bases are asked; null: the class that it is written in. */
    readonly after: string | null;
    /** Positional arguments that are given before, `self` aside. */
    readonly given: number;
    readonly named: readonly string[];
  } | null;
  /** They are read, changed or handed to something else as well: a keyword that no base knows may still be welcome. */
  readonly otherwise: boolean;
}

const INIT_CALL = /(?:super\s*\(([^()]*)\)|([A-Za-z_][\w.]*))\s*\.\s*__init__\s*\(/g;

/** `body`: text after the parameters' closing bracket. */
export function passedOn(body: string, keywords: string): PassedOn {
  let to: PassedOn['to'] = null;
  for (const found of body.matchAll(INIT_CALL)) {
    const args = callArguments(body, found.index + found[0].length - 1);
    if (!args.some(arg => arg.name === '**' && arg.value === keywords)) continue;
    const positional = args.filter(arg => arg.name === null).length;
    const base = found[2] ?? 'super';
    to = {
      base,
      after: /^\s*([\w.]+)\s*,/.exec(found[1] ?? '')?.[1] ?? null,
      given: base === 'super' ? positional : Math.max(0, positional - 1),
      named: args.flatMap(arg => (arg.name && arg.name !== '*' && arg.name !== '**' ? [arg.name] : [])),
    };
    break;
  }
  const uses = withoutStrings(body).match(new RegExp(`(?<![\\w.])${keywords}(?!\\w)`, 'g'))?.length ?? 0;
  return { to, otherwise: uses > (to ? 1 : 0) };
}
