/** What backbones give, from bundled facts: for where no source of their library is at hand. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { assets } from '../project/assets.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';

export interface BackboneFacts {
  /** Of every place that `out_indices` can name. */
  readonly channels: readonly number[];
  readonly strides: readonly (number | null)[];
  /** Those that the config's `out_indices` takes, in the order of the network. */
  readonly taken: readonly number[];
}

type Row = readonly [
  args: Readonly<Record<string, unknown>>,
  given: unknown,
  channels: readonly number[],
  strides: readonly (number | null)[],
];
interface Facts {
  readonly types: Readonly<Record<string, readonly Row[]>>;
  readonly timm: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>;
}

/** `file`: `facts/backbones.json.gz`. */
function readFacts(file: string): Facts {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Facts;
}

let bundled: Facts | null = null;
/** Read when they are first asked for. */
export const bundledFacts = (): Facts => (bundled ??= readFacts(`${assets.facts}/backbones.json.gz`));

/** A setting of a backbone whose levels are known. */
export interface BackboneRow {
  /** Arguments, Python's text each. */
  readonly set: Readonly<Record<string, string>>;
  readonly channels: readonly number[];
  /** Null: not known. */
  readonly strides: readonly (number | null)[];
}
/** `name`: `mmdet.ResNet`, or `timm/efficientnet_b1`. */
export function backboneRows(name: string): readonly BackboneRow[] {
  const model = /^timm\/(.+)$/.exec(name)?.[1];
  if (model !== undefined) {
    const known = bundledFacts().timm[model];
    return known ? [{ set: {}, channels: known[0], strides: known[1] }] : [];
  }
  return (bundledFacts().types[name] ?? []).map(([args, , channels, strides]) => ({
    set: Object.fromEntries(Object.entries(args).map(([key, value]) => [key, pythonText(value)])),
    channels,
    strides,
  }));
}
function pythonText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value === 'object')
    return `dict(${Object.entries(value)
      .map(([key, v]) => `${key}=${pythonText(v)}`)
      .join(', ')})`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Arguments on which no backbone's channels depend. Any other that no row names makes the answer unknown. */
const HARMLESS = new Set(
  'type init_cfg norm_cfg act_cfg norm_eval frozen_stages style with_cp pretrained drop_rate attn_drop_rate drop_path_rate qkv_bias qk_scale mlp_ratio window_size patch_norm convert_weights layer_scale_init_value gap_before_final_norm out_indices deepen_factor zero_init_residual depths num_heads'.split(
    ' ',
  ),
);

/** By default ConvNeXt averages each map away before its norm, so the record has no strides of it. */
const CONVNEXT_STRIDES = [4, 8, 16, 32];

/** Null: not known. `scope`: the default scope, in which a type without prefix is meant. */
export function backboneFacts(facts: Facts, registry: RegistryIndex, backbone: Value, scope: string): BackboneFacts | null {
  if (!(backbone instanceof Dict)) return null;
  const written = plain(backbone.get('type') ?? null);
  if (typeof written !== 'string') return null;
  const type = written.includes('.') ? written : `${scope}.${written}`,
    given = argumentsOf(backbone);
  if (type.endsWith('.TIMMBackbone')) return timm(facts, given);
  const found = registry.lookup(written, scope, 'model'),
    defaults = found.kind === 'found' ? found.entry.parameters : [];
  const value = (name: string): unknown => (name in given ? given[name] : literal(defaults.find(p => p.name === name)?.default ?? null));
  const rows = (facts.types[type] ?? []).filter(([args]) =>
    Object.entries(args).every(
      ([name, v]) => same(value(name), v) || (name !== 'embed_dims' && name !== 'depth' && name in given === false && HARMLESS.has(name)),
    ),
  );
  const [row] = rows;
  if (!row || rows.some(r => r[2].join() !== row[2].join())) return null;
  const [args, standard, channels, strides] = row;
  if (
    Object.keys(given).some(
      name =>
        !HARMLESS.has(name) &&
        !(name in args) &&
        !(name === 'num_stages' && given[name] === 4) &&
        !(/^in(put)?_channels$/.test(name) && given[name] === 3),
    )
  )
    return null;
  return taken(
    channels,
    given.gap_before_final_norm === false ? CONVNEXT_STRIDES : strides,
    'out_indices' in given ? given.out_indices : standard,
  );
}

function timm(facts: Facts, given: Readonly<Record<string, unknown>>): BackboneFacts | null {
  const known = ['type', 'model_name', 'features_only', 'pretrained', 'out_indices', 'init_cfg', 'checkpoint_path', 'in_channels'];
  const model = facts.timm[String(given.model_name)];
  if (
    !model ||
    given.features_only !== true ||
    ('in_channels' in given && given.in_channels !== 3) ||
    Object.keys(given).some(k => !known.includes(k))
  )
    return null;
  return taken(model[0], model[1], given.out_indices ?? model[0].map((_, i) => i));
}

function taken(channels: readonly number[], strides: readonly (number | null)[], indices: unknown): BackboneFacts | null {
  const list = typeof indices === 'number' ? [indices] : indices;
  if (!Array.isArray(list) || !list.every((i): i is number => Number.isInteger(i) && i >= -channels.length && i < channels.length))
    return null;
  const places = list.map(i => (i < 0 ? i + channels.length : i));
  return { channels, strides, taken: [...new Set(places)].sort((a, b) => a - b) };
}

/** Plain values of a dict; what is none of them is itself, and equal to nothing. */
const argumentsOf = (dict: Dict): Record<string, unknown> =>
  Object.fromEntries([...dict.entries.values()].map(e => [String(plain(e.key)), data(e.value)]));
function data(v: Value): unknown {
  const p = plain(v);
  if (p instanceof Float) return p.value;
  if (p instanceof List || p instanceof Tuple) return p.items.map(data);
  if (p instanceof Dict) return argumentsOf(p);
  return typeof p === 'bigint' || (typeof p === 'object' && p !== null) ? { unlike: ++unlike } : p;
}
let unlike = 0;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Python's text of a default, where it is a number, a string, or a flat tuple or list of numbers. */
function literal(text: string | null): unknown {
  if (text === null) return undefined;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^(['"])[^'"]*\1$/.test(text)) return text.slice(1, -1);
  if (/^[[(][-\d., ]*[\])]$/.test(text))
    return text
      .slice(1, -1)
      .split(',')
      .filter(t => t.trim())
      .map(Number);
  return text === 'True' ? true : text === 'False' ? false : undefined;
}
