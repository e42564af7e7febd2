/**
 * Packs what backbones give: `node scripts/facts/backbones.mjs BACKBONES.jsonl TIMM-FEATURES.json OUT.json.gz`, from the records of `backbones.py` and
 * `timm_features.py`. Facts alone: arguments, channels, strides.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [rows, timm, out] = process.argv.slice(2);
if (!out) throw new Error('backbones.mjs BACKBONES.jsonl TIMM-FEATURES.json OUT.json.gz');

const types = {};
for (const line of readFileSync(rows, 'utf8').trim().split('\n')) {
  const { type, args, default_out_indices: given, out_channels: channels, strides } = JSON.parse(line);
  if (!channels?.length || channels.some(c => typeof c !== 'number')) continue;
  (types[type] ??= []).push([args, given, channels, strides]);
}
const models = {};
for (const [name, { channels, reductions, format: form }] of Object.entries(JSON.parse(readFileSync(timm, 'utf8')).models))
  if (channels && (form === undefined || form === null || form === 'NCHW')) models[name] = [channels, reductions];

const text = JSON.stringify({ types, timm: models }),
  packed = gzipSync(text, { level: 9 });
writeFileSync(out, packed);
console.log(`${Object.keys(types).length} types, ${Object.keys(models).length} models of timm, ${packed.length} bytes`);
