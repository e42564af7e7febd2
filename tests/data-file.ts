/** Files of tests/data. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const dataPath = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));

/** Text, unpacked where the name ends in `.gz`. */
export function dataText(name: string): string {
  const bytes = readFileSync(dataPath(name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
