/**
 * What a class does with its parameters, read from its methods and its bases' without running any: which registry builds one (`MODELS.build(backbone)`), and which keys
 * are taken out of one (`self.test_cfg.get('nms_pre')`). A guess good enough to offer by, never to complain by: names are followed within the class, not through calls.
 */
import type { Entry } from './entry.ts';
import type { Definition } from './scan/modules.ts';
import { registryAt } from './scan/registrations.ts';
import type { Tables } from './tables.ts';

export interface ParameterUse {
  /** The root registry's name; null: it is not built, or not here. */
  readonly registry: string | null;
  /** Of a part of the model what mmcv's own function builds: `norm`, `conv`, … */
  readonly role: string | null;
  /** Each item of a list is built, and not the value itself. */
  readonly items: boolean;
  /** Keys that are read of it, in the order in which they are first. */
  readonly keys: readonly string[];
}
export type Uses = ReadonlyMap<string, ParameterUse>;

const NONE: Uses = new Map();
const DEEPEST = 12;

const BUILD = /\b([A-Za-z_]\w*)\.build\(\s*(?:cfg\s*=\s*)?((?:self\.)?\w+)/g;
const BUILD_LAYER = /\bbuild_(norm|conv|activation|upsample|padding|plugin|dropout|linear)_layer\(\s*(?:cfg\s*=\s*)?((?:self\.)?\w+)/g;
/** Functions of mmdet and mmengine that build by name, and the registry behind them. */
const BUILD_BY: Readonly<Record<string, string>> = {
  build_backbone: 'model',
  build_neck: 'model',
  build_head: 'model',
  build_loss: 'model',
  build_roi_extractor: 'model',
  build_prior_generator: 'task util',
  build_anchor_generator: 'task util',
  build_assigner: 'task util',
  build_sampler: 'task util',
  build_bbox_coder: 'task util',
  build_iou_calculator: 'task util',
  build_dataset: 'dataset',
  build_transformer_layer: 'model',
  build_transformer_layer_sequence: 'model',
  build_positional_encoding: 'model',
  build_attention: 'model',
  build_feedforward_network: 'model',
};
const BUILD_NAMED = new RegExp(String.raw`\b(${Object.keys(BUILD_BY).join('|')})\(\s*(?:cfg\s*=\s*)?((?:self\.)?\w+)`, 'g');
const ASSIGNED = /^[ \t]*((?:self\.)?\w+)[ \t]*(?::[^=\n]*)?=(?!=)[ \t]*([^\n]*)/gm;
const LOOP = /\bfor\s+([\w\s,()]+?)\s+in\s+([^\n:\]]+)/g;
const READ = /\b((?:self\.)?[a-z]\w*)(?:\.(?:get|pop|setdefault)\(\s*['"](\w+)['"]|\[\s*['"](\w+)['"]\s*\]|\.([a-z_]\w*)\b(?!\s*\())/g;
/** Attributes that every dict and object has. */
const NO_KEY = new Set(['shape', 'device', 'dtype', 'data', 'grad', 'weight', 'bias', 'training', 'mode']);

export function usesOf(tables: Tables, known: WeakMap<Entry, Uses>): (entry: Entry) => Uses {
  const ofClass = (definition: Definition | null, depth: number): Uses => {
    if (definition?.kind !== 'class' || depth > DEEPEST) return NONE;
    const text = tables.packages.host.read(definition.file);
    if (text === null) return NONE;
    const own = usesIn(bodyAt(text, definition.outline.line), name => registryNamed(tables, definition.module, name));
    const bases = definition.outline.bases.map(base =>
      ofClass(/^[\w.]+$/.test(base) ? tables.modules.resolve(definition.module, base) : null, depth + 1),
    );
    return merged([own, ...bases]);
  };
  return entry => {
    const before = known.get(entry);
    if (before) return before;
    const dot = entry.target.lastIndexOf('.');
    const found = entry.source ? ofClass(tables.modules.resolve(entry.target.slice(0, dot), entry.target.slice(dot + 1)), 0) : NONE;
    known.set(entry, found);
    return found;
  };
}

function registryNamed(tables: Tables, module: string, name: string): string | null {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return null;
  return registryAt(tables.modules, tables.snapshot, module, name)?.root ?? null;
}

/** The class and what is indented below it. */
export function bodyAt(text: string, line: number): string {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  const rest = text.slice(start);
  // Its own line may be a decorator's, or the class's.
  const head = /^class\s[^\n]*\n/m.exec(rest);
  const from = head ? head.index + head[0].length : 0;
  const end = /^(?:class|def|@|[A-Za-z_]\w*\s*=|if\s)/m.exec(rest.slice(from));
  return rest.slice(0, end ? from + end.index : rest.length);
}

/** `registryOf`: the root's name of the registry that a variable of the module holds. */
export function usesIn(body: string, registryOf: (variable: string) => string | null): Uses {
  const plain = (name: string): string => name.replace(/^self\./, '');
  const from = new Map<string, { readonly names: readonly string[]; readonly loop: boolean }[]>();
  const follow = (name: string, text: string, loop: boolean): void => {
    const names = [...text.matchAll(/\b(?:self\.)?([A-Za-z_]\w*)\b/g)].map(found => found[1]!).filter(other => other !== plain(name));
    from.set(plain(name), [...(from.get(plain(name)) ?? []), { names, loop }]);
  };
  for (const [, name, text] of body.matchAll(ASSIGNED)) if (!/^(?:self\.)?\w+\($/.test(text!)) follow(name!, text!, false);
  for (const [, names, text] of body.matchAll(LOOP)) for (const [name] of names!.matchAll(/\w+/g)) follow(name, text!, true);
  /** The names that a name's value came from, itself first. */
  const sources = (name: string): ReadonlyMap<string, boolean> => {
    const found = new Map<string, boolean>([[name, false]]);
    const queue: { readonly at: string; readonly loop: boolean; readonly depth: number }[] = [{ at: name, loop: false, depth: 0 }];
    for (let next = queue.shift(); next; next = queue.shift())
      for (const { names, loop } of next.depth < 3 ? (from.get(next.at) ?? []) : [])
        for (const other of names)
          if (!found.has(other)) {
            found.set(other, next.loop || loop);
            queue.push({ at: other, loop: next.loop || loop, depth: next.depth + 1 });
          }
    return found;
  };
  const uses = new Map<string, { registry: string | null; role: string | null; items: boolean; keys: Set<string> }>();
  const use = (name: string) => {
    const known = uses.get(name) ?? { registry: null, role: null, items: false, keys: new Set<string>() };
    uses.set(name, known);
    return known;
  };
  const built = (written: string, registry: string, role: string | null): void => {
    for (const [name, items] of sources(plain(written))) {
      const it = use(name);
      if (it.registry !== null) continue;
      it.registry = registry;
      it.role = role;
      it.items = items;
    }
  };
  for (const [, variable, argument] of body.matchAll(BUILD)) {
    const registry = registryOf(variable!);
    if (registry !== null) built(argument!, registry, null);
  }
  for (const [, role, argument] of body.matchAll(BUILD_LAYER)) built(argument!, 'model', role!);
  for (const [, called, argument] of body.matchAll(BUILD_NAMED)) built(argument!, BUILD_BY[called!]!, null);
  for (const [, written, got, item, attribute] of body.matchAll(READ)) {
    const key = got ?? item ?? attribute ?? '';
    if (written === 'self' || NO_KEY.has(key) || key.startsWith('__')) continue;
    for (const name of sources(plain(written!)).keys()) use(name).keys.add(key);
  }
  return new Map([...uses].map(([name, { keys, ...rest }]) => [name, { ...rest, keys: [...keys] }]));
}

/** The class's own word before its bases'. */
function merged(all: readonly Uses[]): Uses {
  const out = new Map<string, ParameterUse>();
  for (const uses of all)
    for (const [name, use] of uses) {
      const before = out.get(name);
      if (!before) out.set(name, use);
      else {
        const built = before.registry === null ? use : before;
        out.set(name, { ...built, keys: [...new Set([...before.keys, ...use.keys])] });
      }
    }
  return out;
}
