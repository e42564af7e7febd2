/** Which registry builds what stands at a place of a config, and what part it plays there: told by the keys on the way to it. */

export interface PlaceKind {
  /** The root registry's name. */
  readonly registry: string;
  /** As `role.ts` has it; null: the registry is all that is known. */
  readonly role: string | null;
}

const at = (registry: string, role: string | null = registry): PlaceKind => ({ registry, role });

/** Key that a dict (or a list of dicts) stands under → what is built of it. */
const KEYS: Readonly<Record<string, PlaceKind>> = {
  model: at('model', 'detector'),
  tta_model: at('model', 'detector'),
  detector: at('model', 'detector'),
  backbone: at('model', 'backbone'),
  neck: at('model', 'neck'),
  bbox_head: at('model', 'head'),
  rpn_head: at('model', 'head'),
  seg_head: at('model', 'head'),
  panoptic_head: at('model', 'head'),
  decode_head: at('model', 'head'),
  auxiliary_head: at('model', 'head'),
  head: at('model', 'head'),
  head_module: at('model', 'head_module'),
  roi_head: at('model', 'roi_head'),
  bbox_roi_extractor: at('model', 'roi_extractor'),
  mask_roi_extractor: at('model', 'roi_extractor'),
  mask_head: at('model', 'mask_head'),
  shared_head: at('model', 'shared_head'),
  data_preprocessor: at('model', 'data_preprocessor'),
  norm_cfg: at('model', 'norm'),
  act_cfg: at('model', 'activation'),
  conv_cfg: at('model', 'conv'),
  upsample_cfg: at('model', 'upsample'),
  init_cfg: at('weight initializer'),
  anchor_generator: at('task util', 'prior_generator'),
  prior_generator: at('task util', 'prior_generator'),
  bbox_coder: at('task util', 'coder'),
  assigner: at('task util', 'assigner'),
  iou_calculator: at('task util', 'iou_calculator'),
  match_costs: at('task util', 'match_cost'),
  batch_sampler: at('data sampler'),
  dataset: at('dataset'),
  datasets: at('dataset'),
  transforms: at('transform'),
  policies: at('transform'),
  pipeline: at('transform'),
  pre_transform: at('transform'),
  collate_fn: at('function'),
  worker_init_fn: at('function'),
  optim_wrapper: at('optim_wrapper'),
  optimizer: at('optimizer'),
  param_scheduler: at('parameter scheduler'),
  default_hooks: at('hook'),
  custom_hooks: at('hook'),
  metrics: at('metric'),
  visualizer: at('visualizer'),
  vis_backends: at('vis_backend'),
  log_processor: at('log_processor'),
  batch_augments: at('model', 'data_preprocessor'),
  batch_shapes_cfg: at('task util'),
};
/** Only at the config's top. */
const TOP: Readonly<Record<string, PlaceKind>> = {
  train_cfg: at('loop'),
  val_cfg: at('loop'),
  test_cfg: at('loop'),
  val_evaluator: at('metric'),
  test_evaluator: at('metric'),
};
/** Of a part of the same name nothing is told by what stands at the top. */
export const isOnlyAtTop = (key: string): boolean => Object.hasOwn(TOP, key);

/** Names that end so, for variables and parts that no table can list. */
const ENDINGS: readonly (readonly [RegExp, PlaceKind])[] = [
  [/pipeline\w*$/, at('transform')],
  [/_transforms?$/, at('transform')],
  [/^loss(?:_|$)/, at('model', 'loss')],
  [/_head$/, at('model', 'head')],
  [/backbone$/, at('model', 'backbone')],
  [/neck$/, at('model', 'neck')],
  [/_evaluator(?:_\w+)?$/, at('metric')],
  [/hooks?$/, at('hook')],
  [/dataset(?:_\w+)?$/, at('dataset')],
  [/norm_cfg$/, at('model', 'norm')],
  [/act_cfg$/, at('model', 'activation')],
  [/conv_cfg$/, at('model', 'conv')],
];

/** `path`: the way to the dict that has the `type`. Null where nothing is known of the place. */
export function placeOf(path: readonly (string | number)[]): PlaceKind | null {
  const keys = path.filter(step => typeof step === 'string');
  const key = keys.at(-1);
  if (key === undefined) return null;
  const around = keys.slice(0, -1);
  if (around.length === 0 && TOP[key]) return TOP[key];
  if (key === 'sampler')
    return around.some(name => /loader|^prototype$/.test(name))
      ? at('data sampler')
      : around.length > 0
        ? at('task util', 'sampler')
        : null;
  // A head inside a two-stage head is of another kind, and so are the entries of `default_hooks`.
  if (key === 'bbox_head' && around.at(-1) === 'roi_head') return at('model', 'roi_bbox_head');
  if (around.at(-1) === 'default_hooks') return at('hook');
  if (key === 'cfg' && around.includes('plugins')) return at('model', 'plugin');
  return KEYS[key] ?? ENDINGS.find(([ending]) => ending.test(key))?.[1] ?? null;
}

/** Keys that the builder takes out before the constructor sees them, by role or registry. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  norm: ['requires_grad'],
  'weight initializer': ['override'],
  hook: ['priority'],
  vis_backend: ['name'],
  counted_loop: ['by_epoch'],
  optim_wrapper: ['constructor', 'paramwise_cfg', 'optimizer'],
  'parameter scheduler': ['convert_to_iter_based'],
  loss: ['bg_cls_weight'],
};
export const keysOfBuilder = ({ registry, role }: PlaceKind): readonly string[] => TAKEN[role ?? registry] ?? [];
