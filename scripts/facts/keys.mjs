#!/usr/bin/env node
// Makes the bundled facts of what configs write: which keys stand in a dict that has no type, which arguments a type is given, which types stand under a key. Names alone.
// usage: keys.mjs CONFIGS     CONFIGS: a folder with a <library>.jsonl.gz each, a record a config, as `necktie resolve --canonical` prints them
// Writes server/registry/facts/keys.json.gz; server/registry/usage.ts reads it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const [configs] = process.argv.slice(2);
if (!configs) {
  console.error('usage: keys.mjs CONFIGS');
  process.exit(2);
}
const out = join(dirname(fileURLToPath(import.meta.url)), '../../server/registry/facts/keys.json.gz');
const MOST = { keys: 80, arguments: 60, types: 120 };
/** A name that one config alone has is its own. */
const FEWEST = 2;
const LONGEST_NAME = 40;

const tables = { keys: new Map(), arguments: new Map(), types: new Map() };
const bare = type => type.slice(type.lastIndexOf('.') + 1);
/** Each name counts once a config: a pipeline of ten steps is one habit. */
const walk = (value, key, scope, seen) => {
  if (Array.isArray(value)) for (const item of value) walk(item, key, scope, seen);
  else if (value && typeof value === 'object') {
    const names = Object.keys(value);
    // How evaluate.py writes what JSON has not: a tuple, a reference.
    if (names.length === 1 && !/^[a-z_.]/.test(names[0])) return walk(value[names[0]], key, scope, seen);
    const { type } = value;
    if (typeof type === 'string') {
      seen.add(`types ${key} ${bare(type)}`);
      // As it is written where this library is at home, with the names of others in front.
      seen.add(`types ${scope}:${key} ${type}`);
    }
    for (const name of names) {
      if (name !== 'type' && name.length <= LONGEST_NAME)
        seen.add(typeof type === 'string' ? `arguments ${bare(type)} ${name}` : `keys ${key} ${name}`);
      // What stands at the top is another thing than a part of the same name: `test_cfg`.
      walk(value[name], key === '' ? `/${name}` : name, scope, seen);
    }
  }
};
let count = 0;
for (const name of readdirSync(configs).filter(name => name.endsWith('.jsonl.gz'))) {
  for (const line of gunzipSync(readFileSync(join(configs, name)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)) {
    const record = JSON.parse(line);
    if (!record.ok) continue;
    count++;
    const seen = new Set();
    walk(record.value, '', record.value.default_scope ?? name.split('.')[0], seen);
    for (const habit of seen) {
      const [table, of, what] = /^(\w+) (\S*) (.*)$/s.exec(habit)?.slice(1) ?? [];
      if (!table) continue;
      const counts = tables[table].get(of) ?? new Map();
      tables[table].set(of, counts);
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
}
/** The commonest first. */
const packed = Object.fromEntries(
  Object.entries(tables).map(([table, of]) => [
    table,
    Object.fromEntries(
      [...of].sort().flatMap(([name, counts]) => {
        const common = [...counts].filter(([, n]) => n >= FEWEST).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        return common.length > 0 ? [[name, common.slice(0, MOST[table]).map(([what]) => what)]] : [];
      }),
    ),
  ]),
);
const bytes = gzipSync(JSON.stringify(packed), { level: 9 });
writeFileSync(out, bytes);
console.log(
  `${count} configs, ${Object.entries(packed).map(([table, of]) => `${table} of ${Object.keys(of).length}`)}, ${bytes.length} bytes`,
);
