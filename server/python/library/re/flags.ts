/** `re.IGNORECASE` and its like: ints that show their names. */
import { Box, plain } from '../../origin.ts';
import { unknown } from '../../stop.ts';
import { Type } from '../../type.ts';
import { INT, integerOf } from '../../types/int.ts';
import type { Value } from '../../value.ts';
import { FLAG } from './nodes.ts';

/** In the order that they are defined in. */
const NAMES: readonly (readonly [number, string])[] = [
  [FLAG.ascii, 'ASCII'],
  [FLAG.ignoreCase, 'IGNORECASE'],
  [FLAG.locale, 'LOCALE'],
  [FLAG.unicode, 'UNICODE'],
  [FLAG.multiline, 'MULTILINE'],
  [FLAG.dotAll, 'DOTALL'],
  [FLAG.verbose, 'VERBOSE'],
  [FLAG.template, 'TEMPLATE'],
  [FLAG.debug, 'DEBUG'],
];
const bits = (v: Value): number => Number(integerOf(v) ?? 0);
function shown(v: Value): string {
  const all = bits(v),
    names = NAMES.flatMap(([bit, name]) => (all & bit ? [`re.${name}`] : []));
  return all === 0 ? 're.NOFLAG' : names.length ? names.join('|') : unknown('how flags of re are shown');
}

const made = new Map<number, Box>();
export function flag(value: number): Box {
  let known = made.get(value);
  if (!known) made.set(value, (known = new Box(value, null, REGEX_FLAG)));
  return known;
}
const REGEX_FLAG: Type = new Type({
  name: 'RegexFlag',
  module: 're',
  bases: [INT],
  // As a class written in Python, which it is there: operators come to it.
  custom: true,
  meta: new Type({
    name: 'EnumType',
    module: 'enum',
    bases: [INT.type],
    abilities: { ...INT.type.abilities, repr: () => "<flag 'RegexFlag'>" },
  }),
  abilities: {
    ...INT.abilities,
    repr: shown,
    str: shown,
    format: (v, spec) => (spec === '' ? shown(v) : unknown('a flag of re in a format')),
    unary: (v, operator) => (operator === '~' ? unknown('the complement of a flag of re') : INT.abilities.unary?.(v, operator)),
    binary(v, operator, other, reflected) {
      const n = plain(other);
      if ((operator === '|' || operator === '&' || operator === '^') && typeof n === 'number')
        return flag(operator === '|' ? bits(v) | n : operator === '&' ? bits(v) & n : bits(v) ^ n);
      return INT.abilities.binary?.(v, operator, other, reflected);
    },
    attribute: (v, name) =>
      name === 'value' || name === '_value_' ? bits(v) : name === 'name' || name === '_name_' ? unknown('re.RegexFlag.name') : undefined,
  },
});
