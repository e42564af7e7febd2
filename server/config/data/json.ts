/** JSON as Python's `json.load` reads it: NaN and Infinity too, whole numbers to any size, the last of two equal keys. */
import { traced } from '../../python/operate.ts';
import { Dict } from '../../python/types/dict.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import type { Site, Value } from '../../python/value.ts';
import type { DataFault, ReadData, SiteOf } from './fault.ts';

const DEEPEST = 990;

export function readJson(text: string, siteOf: SiteOf): ReadData {
  const reader = new JsonReader(text, siteOf);
  try {
    const value = reader.value(0);
    reader.end();
    return { value, faults: [] };
  } catch (e) {
    if (!(e instanceof Complaint)) throw e;
    return { value: null, faults: [e.fault] };
  }
}

class Complaint extends Error {
  readonly fault: DataFault;
  constructor(fault: DataFault) {
    super(fault.message);
    this.fault = fault;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #siteOf: SiteOf;
  #at = 0;
  constructor(text: string, siteOf: SiteOf) {
    this.#text = text;
    this.#siteOf = siteOf;
  }

  value(depth: number): Value {
    this.#space();
    if (depth > DEEPEST)
      throw new Complaint({
        errorType: 'RecursionError',
        message: 'maximum recursion depth exceeded',
        site: this.#siteOf(this.#at, this.#at + 1),
      });
    const start = this.#at;
    switch (this.#text[start]) {
      case '{':
        return this.#object(start, depth);
      case '[':
        return this.#array(start, depth);
      case '"':
        return traced(this.#string(), [this.#siteOf(start, this.#at)]);
      default:
        return this.#word(start);
    }
  }
  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Extra data');
  }

  #object(start: number, depth: number): Value {
    const out = new Dict();
    this.#at++;
    this.#space();
    while (this.#text[this.#at] !== '}') {
      if (this.#text[this.#at] !== '"') this.#fail('Expecting property name enclosed in double quotes');
      const keyStart = this.#at;
      const key = this.#string();
      const keySite = this.#siteOf(keyStart, this.#at);
      this.#space();
      if (this.#text[this.#at++] !== ':') this.#fail("Expecting ':' delimiter", this.#at - 1);
      this.#space();
      const valueStart = this.#at;
      const value = this.value(depth + 1);
      out.set(key, value, { key: keySite, value: this.#siteOf(valueStart, this.#at) });
      if (!this.#comma('}')) break;
      if (this.#text[this.#at] === '}') this.#fail('Expecting property name enclosed in double quotes');
    }
    this.#at++;
    out.site = this.#siteOf(start, this.#at);
    return out;
  }

  #array(start: number, depth: number): Value {
    const items: Value[] = [];
    const sites: Site[] = [];
    this.#at++;
    this.#space();
    while (this.#text[this.#at] !== ']') {
      this.#space();
      const from = this.#at;
      items.push(this.value(depth + 1));
      sites.push(this.#siteOf(from, this.#at));
      if (!this.#comma(']')) break;
      if (this.#text[this.#at] === ']') this.#fail('Expecting value');
    }
    this.#at++;
    const out = new List(items);
    out.site = this.#siteOf(start, this.#at);
    out.elements = { values: [...items], sites };
    return out;
  }
  /** False at the end of the container. */
  #comma(close: string): boolean {
    this.#space();
    const c = this.#text[this.#at];
    if (c === close) return false;
    if (c !== ',') this.#fail("Expecting ',' delimiter");
    this.#at++;
    this.#space();
    return true;
  }

  #string(): string {
    const pattern = /"(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) this.#failString();
    this.#at += found.length;
    const made: unknown = JSON.parse(found);
    return String(made);
  }

  #failString(): never {
    const start = this.#at;
    for (let i = start + 1; i < this.#text.length; i++) {
      const c = this.#text[i] ?? '';
      if (c === '\\') {
        const letter = this.#text[++i] ?? '';
        if (letter === 'u' && !/^[0-9a-fA-F]{4}/.test(this.#text.slice(i + 1))) this.#fail('Invalid \\uXXXX escape', i);
        if (letter !== '' && !/["\\/bfnrtu]/.test(letter)) this.#fail('Invalid \\escape', i - 1);
      } else if (c < ' ') this.#fail('Invalid control character at', i);
    }
    return this.#fail('Unterminated string starting at', start);
  }

  #word(start: number): Value {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|-?Infinity|NaN|true|false|null/y;
    pattern.lastIndex = start;
    const found = pattern.exec(this.#text);
    if (!found) this.#fail('Expecting value');
    const [word, fraction, exponent] = found;
    this.#at += word.length;
    const from = [this.#siteOf(start, this.#at)];
    switch (word) {
      case 'true':
        return traced(true, from);
      case 'false':
        return traced(false, from);
      case 'null':
        return traced(null, from);
      case 'NaN':
      case 'Infinity':
      case '-Infinity':
        return new Float(Number(word), from);
    }
    if (fraction !== undefined || exponent !== undefined) return new Float(Number(word), from);
    const whole = Number(word);
    return traced(Number.isSafeInteger(whole) ? whole + 0 : BigInt(word), from);
  }

  #space(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
  /** As `json.JSONDecodeError` says it. */
  #fail(what: string, at = this.#at): never {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const message = `${what}: line ${line} column ${at - before.lastIndexOf('\n')} (char ${at})`;
    throw new Complaint({
      errorType: 'JSONDecodeError',
      message,
      site: this.#siteOf(Math.min(at, this.#text.length), Math.min(at + 1, this.#text.length)),
    });
  }
}
