/** Which keys of its `data_prefix` a data set's class looks up, read from its source: a folder under any other is never read, and one that is not there is a `KeyError`. */
import { type Fields, isFields, someChild } from '../syntax/children.ts';
import type { Block, Statement } from '../syntax/nodes.ts';
import type { ClassSource } from './class-source.ts';
import { methodOf } from './keys/constructed.ts';
import { leaves, locate } from './keys/control.ts';
import { reachedFrom } from './keys/reached.ts';

export interface PrefixKeys {
  /** Looked up whenever its list is loaded, and nowhere asked whether it is there. */
  readonly needed: ReadonlySet<string>;
  /** All that it speaks of; null: any may be read. */
  readonly read: ReadonlySet<string> | null;
}

const known = new WeakMap<ClassSource, PrefixKeys | null>();

/** Null where not all of it is read. */
export function prefixKeys(source: ClassSource): PrefixKeys | null {
  let keys = known.get(source);
  if (keys === undefined) known.set(source, (keys = source.isWhole ? found(source) : null));
  return keys;
}

/** What a loader calls of it, and what those come to (mmengine 0.10.7: `BaseDataset`). */
const LOADING = ['full_init', 'load_data_list', 'filter_data', 'get_data_info', 'prepare_data', '__getitem__'];
/** What only hands them on, or joins each with the root (mmengine 0.10.7: `BaseDataset`). */
const PASSING = new Set(['__init__', '_join_prefix']);

function found(source: ClassSource): PrefixKeys | null {
  // A constructor that does more than hand it on may keep what it finds, or put in what is missing.
  if (source.classes.some(({ body }) => !handsOn(methodOf(body, '__init__')))) return null;
  const uses: Uses = { keys: new Set(), asked: new Set(), isOpen: false, isChanged: false };
  const reached = new Map(LOADING.flatMap(name => reachedFrom(source, name)).map(one => [one.definition, one]));
  for (const { name, owner, definition } of reached.values())
    if (!(PASSING.has(name) && owner.startsWith('mmengine.'))) for (const statement of definition.body) collect(statement, uses);
  const needed = [...certain(source)].filter(key => !uses.asked.has(key));
  return { needed: new Set(uses.isChanged ? [] : needed), read: uses.isOpen ? null : new Set([...uses.keys, ...uses.asked]) };
}

/** What `load_data_list` looks up on every way, itself or in a method of its own. */
function certain(source: ClassSource): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const method = seen.has(name) ? null : locate(source, name, 0);
    seen.add(name);
    if (method) block(method.definition.body);
  };
  const block = (statements: Block): void => {
    for (const s of statements) {
      if (s.kind === 'if') {
        walk(s.test);
        // What comes behind it is not always reached.
        if (leaves(s.body) || leaves(s.otherwise)) return;
      } else if (s.kind === 'for') {
        walk(s.iterable);
        block(s.body);
      } else if (s.kind === 'with') {
        walk(s.manager);
        block(s.body);
      } else if (!SKIPPED.has(s.kind)) walk(s);
    }
  };
  const walk = (node: object): boolean => {
    if (!isFields(node) || SKIPPED.has(String(node.kind))) return false;
    const key = lookedUp(node);
    if (key !== null) keys.add(key);
    if (node.kind === 'attribute' && isFields(node.object) && isSelf(node.object) && typeof node.name === 'string') visit(node.name);
    return someChild(node, walk);
  };
  visit('load_data_list');
  return keys;
}

/** What may be left out, or caught. */
const SKIPPED: ReadonlySet<string> = new Set(['while', 'try', 'match', 'function', 'class', 'lambda', 'conditional', 'boolean']);

interface Uses {
  readonly keys: Set<string>;
  /** Asked for by `get` or `in`. */
  readonly asked: Set<string>;
  /** Read as a whole. */
  isOpen: boolean;
  /** Written: what was missing may be there then. */
  isChanged: boolean;
}

function collect(node: Fields, uses: Uses): boolean {
  // What an error says of it.
  if (node.kind === 'raise') return false;
  const { kind, targets } = node;
  if (kind === 'assign') uses.isChanged ||= listOf(targets).some(isPrefixOrPart);
  const key = lookedUp(node);
  if (key !== null) {
    uses.keys.add(key);
    return false;
  }
  const asked = askedFor(node);
  if (asked !== null) {
    uses.asked.add(asked);
    return false;
  }
  if (isPrefix(node)) uses.isOpen = true;
  return someChild(node, child => collect(child, uses));
}

const listOf = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : []);
const isSelf = (of: Fields): boolean => of.kind === 'name' && of.name === 'self';
const isPrefix = (of: unknown): boolean =>
  isFields(of) && of.kind === 'attribute' && of.name === 'data_prefix' && isFields(of.object) && isSelf(of.object);
const isPrefixOrPart = (of: unknown): boolean => isPrefix(of) || (isFields(of) && of.kind === 'subscript' && isPrefix(of.object));
const textIn = (of: unknown): string | null => (isFields(of) && of.kind === 'constant' && typeof of.value === 'string' ? of.value : null);

/** `self.data_prefix['img']`. */
const lookedUp = (of: Fields): string | null => (of.kind === 'subscript' && isPrefix(of.object) ? textIn(of.key) : null);

/** `self.data_prefix.get('seg')`, `'seg' in self.data_prefix`. */
function askedFor(of: Fields): string | null {
  const { kind, callee, args, first, rest } = of;
  if (kind === 'call' && isFields(callee) && callee.kind === 'attribute' && callee.name === 'get' && isPrefix(callee.object)) {
    const [key] = listOf(args);
    return isFields(key) ? textIn(key.value) : null;
  }
  const [only] = kind === 'compare' ? listOf(rest) : [];
  return isFields(only) && isPrefix(only.operand) ? textIn(first) : null;
}

/** Whether a constructor gives it to its base's, or keeps it, as it comes: `data_prefix=data_prefix`, `self.data_prefix = copy.copy(data_prefix)`. */
const handsOn = (init: Statement<'function'> | null | undefined): boolean => !init?.body.some(statement => isChanging(statement));

function isChanging(node: Fields): boolean {
  const { kind, name, value, targets } = node;
  // mmpretrain's take the folder of pictures as a text: a dict is none.
  if (kind === 'if' && isText(node.test)) return listOf(node.otherwise).some(one => isFields(one) && isChanging(one));
  if (kind === 'assign') {
    if (listOf(targets).some(isPrefix)) return !isGiven(value) && !isCopy(value);
    if (listOf(targets).some(isGiven)) return !isWhereEmpty(value);
  }
  // `update(data_prefix=…)`, `super().__init__(data_prefix=dict(img_path=data_prefix))`, `kwargs['data_prefix']`.
  if (kind === 'named' && name === 'data_prefix') return !isGiven(value);
  if (kind === 'constant' && value === 'data_prefix') return true;
  return isLookedInto(node) || someChild(node, isChanging);
}

/** `isinstance(data_prefix, str)`. */
function isText(test: unknown): boolean {
  if (!isFields(test) || test.kind !== 'call' || !isFields(test.callee) || test.callee.name !== 'isinstance') return false;
  const [of, type] = argumentsOf(test);
  return isGiven(of) && isFields(type) && type.kind === 'name' && type.name === 'str';
}
/** `split if data_prefix == '' else data_prefix`: of a dict, as it is. */
function isWhereEmpty(of: unknown): boolean {
  if (!isFields(of) || of.kind !== 'conditional' || !isGiven(of.otherwise) || !isFields(of.test) || of.test.kind !== 'compare')
    return false;
  const [only, ...more] = listOf(of.test.rest);
  return isGiven(of.test.first) && !more.length && isFields(only) && only.operator === '==' && textIn(only.operand) === '';
}
/** `copy.copy(data_prefix)`. */
const isCopy = (of: unknown): boolean =>
  isFields(of) &&
  of.kind === 'call' &&
  isFields(of.callee) &&
  /^(?:deep)?copy$/.test(String(of.callee.name)) &&
  isGiven(argumentsOf(of)[0]);
const argumentsOf = ({ args }: Fields): readonly unknown[] => listOf(args).map(one => (isFields(one) ? one.value : null));

/** `data_prefix['img']`, `data_prefix.setdefault(…)`. */
const isLookedInto = (of: Fields): boolean =>
  (of.kind === 'subscript' && isNamed(of.object)) || (of.kind === 'attribute' && of.name !== 'data_prefix' && isNamed(of.object));
const isGiven = (of: unknown): boolean => isFields(of) && of.kind === 'name' && of.name === 'data_prefix';
const isNamed = (of: unknown): boolean => isGiven(of) || isPrefix(of);
