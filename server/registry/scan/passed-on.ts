/** What an `__init__` hands to a base's: its `**kwargs`, and parameters that it passes as they are. */
import { type Argument, callArguments } from './arguments.ts';
import { withoutStrings } from './statements.ts';

export interface PassedOn {
  /** The call of a base's `__init__`: that which takes all of `**kwargs`, where there are any; null where there is none. */
  readonly to: BaseCall | null;
  /** `**kwargs` are read, changed or handed to something else as well: a keyword that no base knows may still be welcome. */
  readonly otherwise: boolean;
}

export interface BaseCall {
  /** `super` or the base as written. */
  readonly base: string;
  /** `super(Base, self)`: the class whose bases are asked; null: the class that it is written in. */
  readonly after: string | null;
  /** Positional arguments that are given before, `self` aside. */
  readonly given: number;
  readonly named: readonly string[];
  /** Names that are passed as they are, by the base's parameter: its position or its name. None where the call stands below another statement. */
  readonly same: readonly (readonly [to: string | number, name: string])[];
}

const INIT_CALL = /(?:super\s*\(([^()]*)\)|([A-Za-z_][\w.]*))\s*\.\s*__init__\s*\(/g;

/** `body`: text after the parameters' closing bracket; `keywords`: what `**kwargs` is called, null where there is none. */
export function passedOn(body: string, keywords: string | null): PassedOn | null {
  let to: BaseCall | null = null;
  const level = /\n([ \t]*)[^\s#]/.exec(body)?.[1];
  for (const found of body.matchAll(INIT_CALL)) {
    const args = callArguments(body, found.index + found[0].length - 1);
    if (keywords !== null && !args.some(arg => arg.name === '**' && arg.value === keywords)) continue;
    const base = found[2] ?? 'super';
    const positional = args.filter(arg => arg.name === null).slice(base === 'super' ? 0 : 1);
    to = {
      base,
      after: /^\s*([\w.]+)\s*,/.exec(found[1] ?? '')?.[1] ?? null,
      given: positional.length,
      named: args.flatMap(arg => (arg.name && arg.name !== '*' && arg.name !== '**' ? [arg.name] : [])),
      same: /\n([ \t]*)$/.exec(body.slice(0, found.index))?.[1] === level ? sameNames(positional, args) : [],
    };
    break;
  }
  if (keywords === null) return to && { to, otherwise: false };
  const uses = withoutStrings(body).match(new RegExp(`(?<![\\w.])${keywords}(?!\\w)`, 'g'))?.length ?? 0;
  return { to, otherwise: uses > (to ? 1 : 0) };
}

function sameNames(positional: readonly Argument[], all: readonly Argument[]): BaseCall['same'] {
  const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
  return [
    ...positional.flatMap(({ value }, i) => (isName(value) ? [[i, value] as const] : [])),
    ...all.flatMap(({ name, value }) => (name && isName(name) && isName(value) ? [[name, value] as const] : [])),
  ];
}
