/** The parts that a config's model is made of, in the order in which data go through them. */
import { textFrom } from '../../config/from-value.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import type { NetworkPart } from '../../picture/description.ts';
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';

export interface ListedPart {
  /** Its module's path: `backbone`, `neck.1`. */
  readonly name: string;
  /** In the config: `model.neck[1]`. */
  readonly path: ConfigPath;
  readonly type: string | null;
  readonly detail: string | null;
  readonly role: NetworkPart['role'];
}

/** Dicts with a type that are no modules of the network. */
const NO_PARTS = /^(?:data_preprocessor|preprocess_cfg|init_cfg|train_cfg|test_cfg|tracker|motion)$/;

/** `children`: the model's own that hold parameters, in the order in which they are to stand. What a config gives no type of is built all the same: DETR's encoder. */
export function partsIn(model: Value, children: readonly string[]): readonly ListedPart[] {
  if (!(model instanceof Dict)) return [];
  const detector = plain(model.get('detector') ?? null);
  const isTracker = detector instanceof Dict && model.get('backbone') === undefined;
  const found: ListedPart[] = isTracker
    ? partsIn(detector, []).map(inner => ({
        ...inner,
        name: `detector.${inner.name}`,
        path: ['model', 'detector', ...inner.path.slice(1)],
      }))
    : [];
  for (const { key, value } of model.entries.values()) {
    const name = String(plain(key));
    if (NO_PARTS.test(name) || (isTracker && name === 'detector')) continue;
    const held = plain(value);
    if (held instanceof Dict && held.get('type') !== undefined) found.push(part(name, ['model', name], held));
    // A list of necks is run one after another.
    else if ((held instanceof List || held instanceof Tuple) && /neck/.test(name))
      held.items.forEach((item, i) => {
        if (item instanceof Dict) found.push(part(`${name}.${i}`, ['model', name, i], item));
      });
  }
  const listed = new Set(found.map(({ name }) => (isTracker ? name.split('.')[0] : name.replace(/\.\d+$/, ''))));
  for (const name of children) {
    const held = plain(model.get(name) ?? null);
    if (!listed.has(name) && !NO_PARTS.test(name)) found.push(part(name, ['model', name], held instanceof Dict ? held : null));
  }
  const order = { backbone: 0, neck: 1, head: 2 };
  const place = (name: string): number => {
    const at = children.indexOf(name.split('.')[0] ?? '');
    return at < 0 ? children.length : at;
  };
  return found.sort((a, b) => order[a.role] - order[b.role] || (a.role === 'head' ? place(a.name) - place(b.name) : 0));
}

function part(name: string, path: ConfigPath, dict: Dict | null): ListedPart {
  const role = /backbone/.test(name) ? 'backbone' : /neck/.test(name) ? 'neck' : 'head';
  return { name, path, type: textFrom(dict?.get('type')) ?? null, detail: dict && detailOf(dict), role };
}

/** `depth 50`; `arch tiny`; the name of timm's model. */
function detailOf(dict: Dict): string | null {
  const depth = plain(dict.get('depth') ?? null);
  const arch = textFrom(dict.get('arch')) ?? null;
  const model = textFrom(dict.get('model_name')) ?? null;
  const facts = [typeof depth === 'number' ? `depth ${depth}` : null, arch, model].filter(fact => fact !== null);
  return facts.length ? facts.join(', ') : null;
}
