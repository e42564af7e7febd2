/** YAML as PyYAML's loader reads it, which knows YAML 1.1: `yes` is true, `1e5` is a text, `010` is eight. The syntax is read by `yaml`; what a plain scalar means, here. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Scalar as YamlScalar } from 'yaml';
import { Raised, raise } from '../../python/exception.ts';
import { hash, str, traced } from '../../python/operate.ts';
import { Dict } from '../../python/types/dict.ts';
import { List } from '../../python/types/list.ts';
import { PySet } from '../../python/types/set.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { UnknownValue } from '../../python/types/unknown.ts';
import type { Site, Value } from '../../python/value.ts';
import type { DataFault, ReadData, SiteOf } from './fault.ts';
import { NoConstructor, plainScalar } from './yaml-scalar.ts';

export function readYaml(text: string, siteOf: SiteOf): ReadData {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    merge: false,
    keepSourceTokens: false,
    lineCounter: new LineCounter(),
    logLevel: 'silent',
  });
  if (!Array.isArray(documents) || !documents.length) return { value: null, faults: [] };
  const [first, second] = documents;
  const faults: DataFault[] = documents.flatMap(d =>
    d.errors.map(e => ({
      errorType: 'ParserError',
      message: e.message.split('\n')[0] ?? e.message,
      site: siteOf(e.pos[0], Math.max(e.pos[1], e.pos[0] + 1)),
    })),
  );
  if (second && !faults.length)
    faults.push({
      errorType: 'ComposerError',
      message: 'expected a single document in the stream',
      site: siteOf(second.range?.[0] ?? 0, second.range?.[1] ?? 1),
    });
  try {
    return { value: first?.contents ? new YamlReader(first, siteOf).value(first.contents) : null, faults };
  } catch (e) {
    if (e instanceof NoConstructor)
      return { value: null, faults: [...faults, { errorType: 'ConstructorError', message: e.message, site: e.site }] };
    if (!(e instanceof Raised)) throw e;
    return { value: null, faults: [...faults, { errorType: e.exception.type.name, message: str(e.exception), site: siteOf(0, 1) }] };
  }
}

class YamlReader {
  readonly #document: Document;
  readonly #siteOf: SiteOf;
  /** An anchor and its aliases are one object. */
  readonly #made = new Map<Node, Value>();
  constructor(document: Document, siteOf: SiteOf) {
    this.#document = document;
    this.#siteOf = siteOf;
  }

  value(node: Node | null): Value {
    if (!node) return null;
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      return target ? this.value(target) : null;
    }
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const made = this.#make(node);
    this.#made.set(node, made);
    return made;
  }

  #site(node: Node): Site {
    const [start, end] = node.range ?? [0, 0];
    return this.#siteOf(start, Math.max(start, end));
  }

  #make(node: Node): Value {
    const site = this.#site(node);
    const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '!!');
    if (isScalar(node)) return traced(scalar(node, tag, site), [site]);
    if (isSeq<Node>(node)) {
      const tuple = tag === '!!python/tuple';
      if (tag !== undefined && tag !== '!!seq' && tag !== '!!python/list' && !tuple) return new UnknownValue(`YAML's ${tag}`, site);
      const out = tuple ? new Tuple(node.items.map(i => this.value(i))) : new List([]);
      if (out instanceof List) {
        this.#made.set(node, out);
        out.items = node.items.map(i => this.value(i));
      }
      out.site = site;
      out.elements = { values: [...out.items], sites: node.items.map(i => this.#site(i)) };
      return out;
    }
    if (!isMap<Node, Node | null>(node)) return null;
    if (tag === '!!set') return new PySet(node.items.map(p => this.value(p.key)));
    if (tag !== undefined && tag !== '!!map' && tag !== '!!python/dict') return new UnknownValue(`YAML's ${tag}`, site);
    const out = new Dict();
    this.#made.set(node, out);
    out.site = site;
    const own = node.items.filter(p => !isMerge(p.key));
    for (const pair of node.items)
      if (isMerge(pair.key))
        for (const from of this.#merged(pair.value))
          for (const e of from.entries.values()) if (!out.entries.has(hash(e.key))) out.set(e.key, e.value, e.written ?? undefined);
    for (const pair of own)
      out.set(this.value(pair.key), this.value(pair.value), {
        key: this.#site(pair.key),
        value: pair.value ? this.#site(pair.value) : this.#site(pair.key),
      });
    return out;
  }

  /** Dicts of `<<`, those that win first. */
  #merged(node: Node | null): Dict[] {
    const value = this.value(node);
    const all = value instanceof List ? value.items : [value];
    return all.map(v => {
      if (!(v instanceof Dict)) throw raise('ValueError', 'expected a mapping or list of mappings for merging');
      return v;
    });
  }
}
const isMerge = (key: unknown): boolean => isScalar(key) && key.type === 'PLAIN' && key.value === '<<';

function scalar(node: YamlScalar, tag: string | undefined, site: Site): Value {
  const text = node.value === null ? '' : String(node.value);
  switch (tag) {
    case undefined:
      return node.type === 'PLAIN' || node.type === undefined ? plainScalar(text, site) : text;
    case '!':
    case '!!str':
    case '!!python/str':
    case '!!python/unicode':
      return text;
    case '!!null':
    case '!!python/none':
      return null;
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!python/int':
    case '!!python/float':
    case '!!python/bool': {
      const made = plainScalar(tag.endsWith('float') && /^[-+]?\d+$/.test(text) ? `${text}.0` : text, site);
      return typeof made === 'string' ? new UnknownValue(`YAML's ${tag}`, site) : made;
    }
    default:
      return new UnknownValue(`YAML's ${tag}`, site);
  }
}
