#!/usr/bin/env node
// Makes the bundled facts of the registries: names, parameters, defaults. No docstrings, no code.
// usage: registry.mjs REGISTRIES CONFIGS CHOICES     REGISTRIES: a folder with a <library>.jsonl each, as `necktie registry --json` prints them
//                                        CONFIGS: a folder with a <library>.jsonl.gz each, a record a config, as `necktie resolve --canonical` prints them: what the official configs use, and where
//                                        CHOICES: a folder with a <library>.jsonl each, as `necktie registry LIBRARY --json` prints them from its sources
// Writes server/registry/facts/registry.json.gz; server/registry/snapshot.ts reads it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const [folder, configs, scanned] = process.argv.slice(2);
if (!folder || !configs || !scanned) {
  console.error('usage: registry.mjs REGISTRIES CONFIGS CHOICES');
  process.exit(2);
}
const out = join(dirname(fileURLToPath(import.meta.url)), '../../server/registry/facts/registry.json.gz');
const VERSIONS = {
  mmengine: '0.10.7',
  mmcv: '2.0.1',
  mmdet: '3.3.0',
  mmyolo: '0.6.0',
  mmpretrain: '1.2.0',
  mmcls: '1.0.0rc6',
  mmselfsup: '1.0.0',
  torch: '2.15',
};
const LONGEST_ANNOTATION = 60;
const LONGEST_DEFAULT = 120;

/**
 * Constructors that take more keywords than the reference tool follows: they look into **kwargs, pass over a base (`super(Base, self)`), or derive from a class of an
 * optional package.
 */
const TAKES_MORE = new Set([
  'mmcls.datasets.imagenet.ImageNet',
  'mmcls.datasets.imagenet.ImageNet21k',
  'mmpretrain.datasets.imagenet.ImageNet',
  'mmpretrain.datasets.imagenet.ImageNet21k',
  'mmpretrain.datasets.places205.Places205',
  'mmselfsup.datasets.places205.Places205',
  'mmselfsup.datasets.deepcluster_dataset.DeepClusterImageNet',
  'mmselfsup.datasets.image_list_dataset.ImageList',
  'mmdet.datasets.dsdl.DSDLDetDataset',
  'mmyolo.datasets.pose_coco.PoseCocoDataset',
  'mmdet.models.detectors.ddq_detr.DDQDETR',
  'mmdet.models.roi_heads.bbox_heads.double_bbox_head.DoubleConvFCBBoxHead',
  'mmdet.models.dense_heads.vfnet_head.VFNetHead',
  'mmpretrain.models.selfsup.mocov3.MoCoV3ViT',
  'mmselfsup.models.backbones.mocov3_vit.MoCoV3ViT',
  'mmpretrain.models.backbones.vit_eva02.ViTEVA02',
  'mmpretrain.models.utils.res_layer_extra_norm.ResLayerExtraNorm',
  'mmselfsup.models.utils.res_layer_extra_norm.ResLayerExtraNorm',
]);

const libraries = readdirSync(folder)
  .filter(name => name.endsWith('.jsonl'))
  .map(name => name.slice(0, -'.jsonl'.length))
  .sort();
const records = libraries.flatMap(library =>
  readFileSync(join(folder, `${library}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => ({ library, ...JSON.parse(line) })),
);

const registries = records
  .filter(record => record.scope)
  .map(record => ({
    key: record.registry,
    scope: record.scope,
    name: record.name,
    variable: record.variable,
    parent: record.parent,
    locations: record.locations,
  }));
const byKey = new Map(registries.map(registry => [registry.key, registry]));
const rootOf = registry => (registry.parent ? rootOf(byKey.get(registry.parent)) : registry.name);

const annotation = text => (text && text.length <= LONGEST_ANNOTATION ? text.replace(/\b(?:\w+\.)+(?=\w)/g, '') : null);
const shortened = text => (text === null ? null : text.length <= LONGEST_DEFAULT ? text : '...');
const SORT = { positional: 'plain', positional_only: 'positional', keyword_only: 'keyword', var_positional: 'args', var_keyword: 'kwargs' };
/** `registry name` → parameter → what its class is known to take. */
const choices = new Map(
  libraries
    .flatMap(library =>
      readFileSync(join(scanned, `${library}.jsonl`), 'utf8')
        .split('\n')
        .filter(Boolean),
    )
    .map(line => JSON.parse(line))
    .map(({ registry, name, parameters, via_kwargs: more }) => [
      `${registry} ${name}`,
      new Map([...parameters, ...more].filter(told => told.choices).map(told => [told.name, told.choices])),
    ]),
);
const choicesOf = (record, { name }) => {
  const known = choices.get(`${record.registry} ${record.name}`)?.get(name);
  return known ? [[known.values, known.of, known.caseless ? 1 : 0]] : [];
};
// [name, kind, default or null, annotation or null, from or null, choices if any]: null default without `required` cannot be
const parameter = (told, from = null, record = null) => [
  told.name,
  SORT[told.kind] ?? 'keyword',
  told.required ? null : shortened(told.default),
  annotation(told.annotation),
  from,
  ...(record ? choicesOf(record, told) : []),
];

/** Parameter lists repeat (inherited constructors, partials): each is kept once. */
const lists = [];
const known = new Map();
const listIndex = list => {
  const text = JSON.stringify(list);
  if (!known.has(text)) {
    known.set(text, lists.length);
    lists.push(list);
  }
  return known.get(text);
};

const moduleOf = at =>
  at
    .replace(/:\d+$/, '')
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
const entries = records
  .filter(record => record.target)
  .map(record => {
    const plain = record.how.form === 'decorator' && record.how.name !== 'computed' && record.how.within.length === 0;
    const takesAnything = TAKES_MORE.has(record.target) || (record.kind === 'class' ? record.open === true : record.accepts_kwargs);
    return {
      library: record.library,
      registry: record.registry,
      name: record.name,
      target: record.target,
      kind: record.kind,
      parameters: listIndex([
        ...record.parameters.map(told => parameter(told, null, record)),
        ...(record.via_kwargs ?? []).map(told => parameter(told, told.from, record)),
      ]),
      ...(takesAnything ? { open: 1 } : {}),
      // Where a scan of the library would not see it: the module that registers it.
      ...(plain ? {} : { at: moduleOf(record.registered_at) }),
    };
  });

// Constructors of classes that no library of these defines, torch's above all: what their subclasses inherit.
const externals = {};
for (const record of records) {
  if (record.kind !== 'class') continue;
  for (const name of [record.init, record.target]) {
    if (name && !libraries.includes(name.split('.')[0])) externals[name] = listIndex(record.parameters.map(told => parameter(told)));
  }
}

// How often the official configs use an entry, and what stands under each key: which registry builds it, and what part it plays is told by where that is defined.
const byUse = new Map(entries.map(entry => [`${entry.registry.split('::')[0]} ${entry.name}`, entry]));
const counts = new Map();
const under = new Map();
const entryOf = (type, scope) => {
  const dot = type.indexOf('.');
  if (dot > 0) return byUse.get(`${type.slice(0, dot)} ${type.slice(dot + 1)}`);
  return byUse.get(`${scope} ${type}`) ?? byUse.get(`mmengine ${type}`);
};
const walk = (value, key, scope, seen) => {
  if (Array.isArray(value)) for (const item of value) walk(item, key, scope, seen);
  else if (value && typeof value === 'object') {
    const own = typeof value._scope_ === 'string' ? value._scope_ : scope;
    const entry = typeof value.type === 'string' ? entryOf(value.type, own) : undefined;
    if (entry) {
      seen.add(entry);
      if (key) {
        const kinds = under.get(key) ?? new Map();
        under.set(key, kinds);
        kinds.set(entry, (kinds.get(entry) ?? 0) + 1);
      }
    }
    const isTuple = Object.keys(value).length === 1 && Array.isArray(Object.values(value)[0]);
    for (const [name, inner] of Object.entries(value)) walk(inner, isTuple && !/^[a-z]/.test(name) ? key : name, own, seen);
  }
};
for (const name of readdirSync(configs).filter(name => name.endsWith('.jsonl.gz'))) {
  const library = name.split('.')[0];
  for (const line of gunzipSync(readFileSync(join(configs, name)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)) {
    const record = JSON.parse(line);
    if (!record.ok) continue;
    const seen = new Set();
    walk(record.value, null, record.value.default_scope ?? library, seen);
    for (const entry of seen) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
}
for (const [entry, count] of counts) entry.used = Math.round(Math.log2(count) * 2) + 1;
// key → example entries' indices, the commonest first: `snapshot.ts` tells their roles.
const places = Object.fromEntries(
  [...under]
    .filter(([key]) => /^[a-z][a-z0-9_]*$/.test(key))
    .map(([key, kinds]) => [
      key,
      [...kinds]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([entry]) => entries.indexOf(entry)),
    ]),
);

const facts = {
  places,
  versions: VERSIONS,
  registries: registries.map(({ key, ...registry }) => ({ ...registry, root: rootOf(byKey.get(key)) })),
  lists,
  entries,
  externals,
};
const bytes = gzipSync(JSON.stringify(facts), { level: 9 });
writeFileSync(out, bytes);
console.log(`${entries.length} entries, ${registries.length} registries, ${lists.length} parameter lists, ${bytes.length} bytes`);
