/** What a plain scalar means in YAML 1.1, by PyYAML's own patterns. */
import { raise } from '../../python/exception.ts';
import { Float } from '../../python/types/float.ts';
import { int } from '../../python/types/int.ts';
import type { Site, Value } from '../../python/value.ts';
import { timestamp } from './timestamp.ts';

/** What PyYAML cannot make a value of. */
export class NoConstructor extends Error {
  readonly site: Site;
  constructor(tag: string, site: Site) {
    super(`could not determine a constructor for the tag 'tag:yaml.org,2002:${tag}'`);
    this.site = site;
  }
}

export function plainScalar(text: string, site: Site): Value {
  if (text === '<<') throw new NoConstructor('merge', site);
  if (text === '=') throw new NoConstructor('value', site);
  if (/^(~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true;
  if (/^(no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false;
  if (INTEGER.test(text)) return integer(text.replace(/_/g, ''));
  if (FLOAT.test(text)) return float(text.replace(/_/g, '').toLowerCase());
  if (TIME.test(text)) return timestamp(text, site);
  return text;
}
const INTEGER = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIME = /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

function integer(text: string): Value {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  const sign = negative ? -1n : 1n;
  if (digits.includes(':')) return int(sign * digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n));
  if (/^0[0-7]/.test(digits)) return int(sign * BigInt(`0o${digits.slice(1)}`));
  const empty = /^0([bx])$/.exec(digits);
  if (empty) throw raise('ValueError', `invalid literal for int() with base ${empty[1] === 'b' ? 2 : 16}: ''`);
  return int(sign * BigInt(digits));
}

function float(text: string): Value {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '');
  const size =
    digits === '.inf'
      ? Infinity
      : digits === '.nan'
        ? NaN
        : digits.includes(':')
          ? digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
          : Number(digits);
  return new Float(negative ? -size : size);
}
