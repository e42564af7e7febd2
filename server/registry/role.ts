/** What part an entry plays, told by where it is defined: a folder of the library, its registry, then its name. The same words name the places of a config. */

/** Folder or module → role. The last that occurs in the dotted name counts: `roi_heads.bbox_heads` is a box head. */
const FOLDERS: Readonly<Record<string, string>> = {
  backbones: 'backbone',
  backbone: 'backbone',
  necks: 'neck',
  neck: 'neck',
  dense_heads: 'head',
  heads: 'head',
  head: 'head',
  seg_heads: 'head',
  roi_heads: 'roi_head',
  bbox_heads: 'roi_bbox_head',
  mask_heads: 'mask_head',
  roi_extractors: 'roi_extractor',
  shared_heads: 'shared_head',
  detectors: 'detector',
  classifiers: 'detector',
  selfsup: 'detector',
  algorithms: 'detector',
  retrievers: 'detector',
  mot: 'detector',
  vis: 'detector',
  losses: 'loss',
  data_preprocessors: 'data_preprocessor',
  data_preprocessor: 'data_preprocessor',
  plugins: 'plugin',
  assigners: 'assigner',
  coders: 'coder',
  samplers: 'sampler',
  prior_generators: 'prior_generator',
  iou_calculators: 'iou_calculator',
  match_costs: 'match_cost',
  activation: 'activation',
  norm: 'norm',
  conv: 'conv',
  upsample: 'upsample',
  padding: 'padding',
  transforms: 'transform',
  weight_init: 'weight initializer',
};

/** Where no folder tells: the name's end. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/HeadModule$/, 'head_module'],
  [/Head$/, 'head'],
  [/(?:FPN|Neck|PAN)$/, 'neck'],
  [/Loss$/, 'loss'],
  [/Detector$/, 'detector'],
  [/(?:DataPreprocessor|Preprocessor)$/, 'data_preprocessor'],
  [/Assigner$/, 'assigner'],
  [/Coder$/, 'coder'],
];

/** `definedIn`: the dotted module; `name`: the registered name; `registry`: the root registry's name. */
export function roleOf(definedIn: string, name: string, registry: string): string | null {
  if (/HeadModule$/.test(name)) return 'head_module';
  if (registry !== 'model' && registry !== 'task util') return registry;
  const folders = definedIn.split('.');
  for (let i = folders.length - 1; i >= 0; i--) {
    const role = FOLDERS[folders[i]!];
    if (role) return role;
  }
  return ENDINGS.find(([ending]) => ending.test(name))?.[1] ?? null;
}
