/** What configs write where: bundled names, counted over the official configs. They rank what the sources tell, and stand in for what no source tells. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Usage {
  /** Keys of a dict that has no type, by the way to it; the commonest first. Empty path: the names at a config's top. */
  keysUnder(path: readonly (string | number)[]): readonly string[];
  /** Arguments that a type is given; the commonest first. `type` as it is written, with or without its library. */
  argumentsOf(type: string): readonly string[];
  /** Types under a key, without their libraries; with a scope, as its own configs write them. The commonest first. */
  typesUnder(path: readonly (string | number)[], scope?: string): readonly string[];
}

type Table = Readonly<Record<string, readonly string[]>>;
interface Packed {
  readonly keys: Table;
  readonly arguments: Table;
  readonly types: Table;
}

let loaded: Usage | null = null;

/** `folder`: where the facts lie (`assets.facts`). Read once, when it is first asked for. */
export function loadUsage(folder: string): Usage {
  if (loaded) return loaded;
  const packed: Packed = JSON.parse(gunzipSync(readFileSync(join(folder, 'keys.json.gz'))).toString('utf8'));
  const under = (table: Table, path: readonly (string | number)[], of = ''): readonly string[] => {
    const [top, ...more] = path.filter(step => typeof step === 'string');
    if (top === undefined) return own(table, '');
    // What stands at the top is another thing than a part of the same name: `test_cfg`.
    const [last] = more.slice(-1);
    if (last !== undefined) return own(table, of + last);
    // A variable at the top is mostly a part that is put somewhere: `med_config`.
    return [...new Set([...own(table, `${of}/${top}`), ...own(table, of + top)])];
  };
  loaded = {
    keysUnder: path => under(packed.keys, path),
    argumentsOf: type => own(packed.arguments, type.slice(type.lastIndexOf('.') + 1)),
    typesUnder: (path, scope) => under(packed.types, path, scope === undefined ? '' : `${scope}:`),
  };
  return loaded;
}

const own = (table: Table, name: string): readonly string[] => (Object.hasOwn(table, name) ? (table[name] ?? []) : []);
