/** A checkpoint as mmengine writes and reads it: the state dict, the raw weights beside averaged ones, and what the training said of itself. */
import { inMemory, withFile } from './byte-source.ts';
import { Inert, type Pickled } from './pickle.ts';
import { WeightsProblem } from './problem.ts';
import { isSafetensors, readSafetensors } from './safetensors.ts';
import { StoredTensor, type StoredType, widthOf } from './tensor.ts';
import { isLegacy, readTorchLegacy, readTorchZip } from './torch-file.ts';
import { isZip } from './zip.ts';

export type StateDict = ReadonlyMap<string, StoredTensor>;

export interface Checkpoint {
  readonly path: string;
  readonly format: 'zip' | 'legacy' | 'safetensors';
  /** Names without the `module.` of DataParallel. Where the training averaged weights, these are the averages. */
  readonly state: StateDict;
  /** The weights as trained, where `state` holds their averages: mmengine swaps the two when it saves. */
  readonly raw: StateDict | null;
  readonly meta: CheckpointMeta;
}

export interface CheckpointMeta {
  /** From `dataset_meta`, or `CLASSES` of mmdet 2. */
  readonly classes: readonly string[] | null;
  readonly palette: readonly (readonly [number, number, number])[] | null;
  readonly epoch: number | null;
  readonly iteration: number | null;
  /** The config that was trained, as Python. */
  readonly config: string | null;
  /** What else the training said of itself: `experiment_name`, `time`, `mmengine_version`, `seed`; plain values, as text. */
  readonly told: readonly (readonly [name: string, value: string])[];
  /** What was measured last, by name: `coco/bbox_mAP`. */
  readonly metrics: readonly (readonly [name: string, value: number])[];
}

export const NO_META: CheckpointMeta = { classes: null, palette: null, epoch: null, iteration: null, config: null, told: [], metrics: [] };

/** Reads the whole file; tensors stay views into it. Throws `WeightsProblem`. */
export function readCheckpoint(path: string): Checkpoint {
  return checkpointOf(path, contents(path));
}

/** The same of bytes that are at hand; `path` is only named. */
export function checkpointOf(path: string, file: Uint8Array): Checkpoint {
  if (isZip(file)) return fromObject(path, 'zip', readTorchZip(inMemory(file)));
  if (isLegacy(file)) return fromObject(path, 'legacy', readTorchLegacy(file));
  if (isSafetensors(file)) {
    const { tensors: state, metadata } = readSafetensors(inMemory(file));
    return { path, format: 'safetensors', state: unprefixed(state), raw: null, meta: { ...NO_META, told: metadata } };
  }
  throw notCheckpoint(file);
}

/** `file`: its beginning at least. */
export const notCheckpoint = (file: Uint8Array): WeightsProblem =>
  file.length === 0
    ? new WeightsProblem('not-checkpoint', 'The file is empty.', 'Choose another checkpoint, or get this one again.')
    : new WeightsProblem(
        'not-checkpoint',
        `It begins with ${beginning(file)}, as no checkpoint does.`,
        'Choose a .pth that torch.save wrote, or a .safetensors.',
      );

/** Of what `torch.save` saved. Throws `WeightsProblem`. */
export function fromObject(path: string, format: 'zip' | 'legacy', object: Pickled): Checkpoint {
  if (!(object instanceof Map)) {
    throw new WeightsProblem(
      'not-checkpoint',
      `The file holds ${kindOf(object)}, not a state dict.`,
      'Save model.state_dict(), or choose a checkpoint that mmengine wrote.',
    );
  }
  const inner = object.get('state_dict');
  const state = tensors(inner instanceof Map ? inner : object);
  if (state.size === 0) throw withoutWeights(object);
  const averaged = object.get('ema_state_dict');
  const raw = averaged instanceof Map ? tensors(averaged) : null;
  return {
    path,
    format,
    state: unprefixed(state),
    raw: raw && unprefixed(raw),
    meta: metaOf(object.get('meta'), object.get('message_hub')),
  };
}

function withoutWeights(object: ReadonlyMap<Pickled, Pickled>): WeightsProblem {
  const [elsewhere] = [...object].find(([key, value]) => typeof key === 'string' && value instanceof Map && tensors(value).size > 0) ?? [];
  if (typeof elsewhere === 'string')
    return new WeightsProblem(
      'not-checkpoint',
      `Its weights are under \`${elsewhere}\`, and mmengine takes those under \`state_dict\` or in the dict itself.`,
      `Save that part alone: torch.save(torch.load(file)['${elsewhere}'], other).`,
    );
  const inner = object.get('state_dict');
  if (inner !== undefined) {
    const held = inner instanceof Map ? ([...inner].find(([, value]) => !(value instanceof StoredTensor)) ?? []) : [undefined, inner];
    const where = typeof held[0] === 'string' ? `, as \`${held[0]}\`` : '';
    return new WeightsProblem(
      'not-checkpoint',
      `Its \`state_dict\` has no tensor in it: it holds ${held[1] === undefined ? 'nothing' : kindOf(held[1])}${where}.`,
      'Save model.state_dict() under `state_dict`, as mmengine does.',
    );
  }
  const [holder, whole] = [...object].find(([key, value]) => typeof key === 'string' && WHOLE.has(key) && value instanceof Inert) ?? [];
  if (typeof holder === 'string' && whole instanceof Inert)
    return new WeightsProblem(
      'not-checkpoint',
      `Under \`${holder}\` is ${kindOf(whole)}, not a state dict.`,
      'Save its state_dict(), by the names that this network has: MMYOLO has converters for other libraries in tools/model_converters.',
    );
  const keys = [...object.keys()].filter(key => typeof key === 'string' || typeof key === 'number').slice(0, 6);
  const numbered = [...object].some(([key, value]) => typeof key === 'number' && value instanceof StoredTensor);
  return new WeightsProblem(
    'not-checkpoint',
    numbered
      ? `Its tensors have numbers (${keys.join(', ')}) where a network's have names.`
      : `There are no weights in it: it holds ${keys.join(', ') || 'nothing'}.`,
    'Choose a file with a state_dict, as mmengine saves one.',
  );
}

const WHOLE = new Set(['model', 'ema', 'net', 'network']);

/** What a file holds in place of weights. */
function kindOf(object: Pickled): string {
  if (object instanceof StoredTensor) return 'a single tensor';
  if (object instanceof Map) return 'a dict';
  if (object instanceof Inert) return `a whole object (${object.name === ARRAY ? 'numpy.ndarray' : object.name})`;
  if (Array.isArray(object)) return 'a list';
  return object === null ? 'None' : 'no dict';
}
const ARRAY = 'numpy._core.multiarray._reconstruct';

function tensors(map: ReadonlyMap<Pickled, Pickled>): StateDict {
  const found = new Map<string, StoredTensor>();
  for (const [key, value] of map) if (typeof key === 'string' && value instanceof StoredTensor) found.set(key, value);
  return found;
}

/** Without what DataParallel puts before each name. */
export const unprefixed = (state: StateDict): StateDict =>
  new Map([...state].map(([name, tensor]) => [name.replace(/^module\./, ''), tensor]));

function metaOf(meta: Pickled | undefined, hub: Pickled | undefined): CheckpointMeta {
  const map: ReadonlyMap<Pickled, Pickled> = meta instanceof Map ? meta : new Map();
  const told = map.get('dataset_meta');
  const dataset = new Map(
    [...(told instanceof Map ? told : map)].flatMap(([key, value]) =>
      typeof key === 'string' ? [[key.toLowerCase(), value] as const] : [],
    ),
  );
  const classes = dataset.get('classes');
  return {
    classes:
      typeof classes === 'string' ? [classes] : isList(classes) && classes.every(c => typeof c === 'string') ? classes.map(String) : null,
    palette: paletteOf(dataset.get('palette')),
    epoch: numberIn(map, 'epoch'),
    iteration: numberIn(map, 'iter'),
    config: textIn(map, 'cfg') ?? textIn(map, 'config'),
    told: TOLD.flatMap(name => {
      const value = map.get(name);
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
    }),
    metrics: metricsOf(hub),
  };
}

const TOLD = ['experiment_name', 'time', 'mmengine_version', 'seed', 'env_info', 'mmdet_version', 'mmyolo_version'];

function numberIn(map: ReadonlyMap<Pickled, Pickled>, key: string): number | null {
  const value = map.get(key);
  return typeof value === 'number' ? value : scalarOf(value ?? null);
}
function textIn(map: ReadonlyMap<Pickled, Pickled>, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' ? value : null;
}

/** Of mmengine's `message_hub`: the last of each history of a validation. */
function metricsOf(hub: Pickled | undefined): CheckpointMeta['metrics'] {
  const scalars = hub instanceof Map ? hub.get('log_scalars') : undefined;
  if (!(scalars instanceof Map)) return [];
  return [...scalars].flatMap(([name, history]) => {
    const last = typeof name === 'string' && /^val\/(?!.*time$)/.test(name) ? lastOf(history) : null;
    return last === null ? [] : [[String(name).slice('val/'.length), last] as const];
  });
}

/** A `HistoryBuffer` keeps a numpy array of float64: read from its bytes. */
function lastOf(history: Pickled): number | null {
  const values = history instanceof Inert && history.state instanceof Map ? history.state.get('_log_history') : null;
  const state = values instanceof Inert && Array.isArray(values.state) ? values.state : [];
  const bytes = bytesIn(state.at(-1) ?? null);
  const [length] = Array.isArray(state[1]) ? state[1] : [];
  if (bytes === null || typeof length !== 'number' || length === 0 || bytes.length !== 8 * length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8).getFloat64(0, true);
}

/** A number of numpy's, `np.int64(7)`: its type by name, and its bytes. */
function scalarOf(value: Pickled): number | null {
  if (!(value instanceof Inert) || !/^numpy\.(_?core\.)multiarray\.scalar$/.test(value.name)) return null;
  const [dtype, stored = null] = value.args ?? [];
  const type = dtype instanceof Inert ? SCALARS[String(dtype.args?.[0])] : undefined;
  const bytes = bytesIn(stored);
  if (!type || bytes?.length !== widthOf(type)) return null;
  const tensor = new StoredTensor(type, [], [], 0, { type, bytes: () => bytes });
  return tensor.number();
}
const SCALARS: Readonly<Record<string, StoredType>> = { i4: 'int32', i8: 'int64', f2: 'float16', f4: 'float32', f8: 'float64' };

/** Old protocols of pickle hold bytes as text of Latin-1. */
function bytesIn(value: Pickled): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  const [text, encoding] = value instanceof Inert && value.name === '_codecs.encode' && value.args ? value.args : [];
  return typeof text === 'string' && encoding === 'latin1' ? Buffer.from(text, 'latin1') : null;
}

function paletteOf(palette: Pickled | undefined): CheckpointMeta['palette'] {
  if (!isList(palette) || palette.length === 0) return null;
  const colours = palette.map(colour => {
    const [r, g, b] = isList(colour) ? colour : [];
    return typeof r === 'number' && typeof g === 'number' && typeof b === 'number' ? ([r, g, b] as const) : null;
  });
  return colours.every(c => c !== null) ? colours : null;
}

const isList = (value: Pickled | undefined): value is readonly Pickled[] => Array.isArray(value);

function beginning(file: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(file.subarray(0, 16));
  if (/^\s*<(!doctype|html)/i.test(text)) return 'a web page (the download gave a page instead of the file)';
  return /^version https:/.test(text) ? 'a Git LFS pointer (run git lfs pull)' : JSON.stringify(text.replace(/[^\x20-\x7e]/g, '·'));
}

/** As many bytes as one array has room for. */
const MOST = 2 ** 32 - 1;

function contents(path: string): Uint8Array {
  try {
    return withFile(path, file => {
      if (file.length > MOST)
        throw new WeightsProblem(
          'unreadable',
          `The file has ${(file.length / 2 ** 30).toFixed(1)} GB; Necktie reads up to 4.`,
          'Publish the weights alone, without the optimizer.',
        );
      const bytes = file.at(0, file.length);
      if (bytes.length < file.length)
        throw new WeightsProblem('unreadable', 'The file became shorter while it was read.', 'Wait until it is written to its end.');
      return bytes;
    });
  } catch (e) {
    throw e instanceof WeightsProblem ? e : unreadable(e);
  }
}

/** What the system said. */
export function unreadable(e: unknown): WeightsProblem {
  const absent = e instanceof Error && 'code' in e && e.code === 'ENOENT';
  return new WeightsProblem(
    'unreadable',
    absent ? 'There is no such file.' : `The disk says: ${e instanceof Error ? e.message : String(e)}.`,
    'Check its name, its folder and whether it may be read.',
  );
}
