/** Matches as Python's own engine does: backtracking, groups that keep what they last matched, and what they matched taken back with the way that led there. */
import { meter } from '../../meter.ts';
import { folded, isOfKind, tester } from './characters.ts';
import { FLAG, type Node, type Parsed } from './nodes.ts';

/** A text by the places of its characters. */
export interface Subject {
  readonly length: number;
  code(i: number): number;
}
export const subjectOf = (text: string): Subject => {
  if (!/[\ud800-\udfff]/.test(text)) return { length: text.length, code: i => text.charCodeAt(i) };
  const codes = Uint32Array.from(text, c => c.codePointAt(0) ?? 0);
  return { length: codes.length, code: i => codes[i] ?? 0 };
};

/** Where it and its groups begin and end: two for each, -1 where a group took no part. */
export interface Spans {
  readonly places: readonly number[];
  /** The group that was closed last. */
  readonly last: number | null;
}
export interface Search {
  readonly how: 'match' | 'search' | 'fullmatch';
  readonly from: number;
  readonly end: number;
  /** At its beginning it must take something. */
  readonly advance: boolean;
}

interface State {
  readonly subject: Subject;
  readonly end: number;
  full: boolean;
  /** Where an empty match is none. */
  notEmptyAt: number;
  begin: number;
  result: number;
  last: number | null;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly opened: Int32Array;
  readonly counts: Int32Array;
  readonly places: Int32Array;
}
type Step = (s: State, i: number) => boolean;

export class Matcher {
  readonly #step: Step;
  readonly #groups: number;
  #repeats = 0;
  constructor({ node, groups }: Parsed) {
    this.#groups = groups;
    this.#step = this.#compile(node, (s, i) => {
      if ((s.full && i !== s.end) || (i === s.begin && s.notEmptyAt === i)) return false;
      s.result = i;
      return true;
    });
  }

  run(subject: Subject, { how, from, end, advance }: Search): Spans | null {
    const n = this.#groups + 1;
    const s: State = {
      subject,
      end,
      full: how === 'fullmatch',
      notEmptyAt: advance ? from : -1,
      begin: from,
      result: -1,
      last: null,
      starts: new Int32Array(n).fill(-1),
      ends: new Int32Array(n).fill(-1),
      opened: new Int32Array(n),
      counts: new Int32Array(this.#repeats),
      places: new Int32Array(this.#repeats),
    };
    for (let i = from; i <= end; i++) {
      meter.step();
      s.begin = i;
      if (this.#step(s, i)) {
        const places = [i, s.result];
        for (let g = 1; g < n; g++) places.push(s.starts[g] ?? -1, s.ends[g] ?? -1);
        return { places, last: s.last };
      }
      if (how !== 'search') return null;
    }
    return null;
  }

  #compile(node: Node, then: Step): Step {
    switch (node.op) {
      case 'character':
      case 'any':
      case 'class': {
        const is = one(node);
        return (s, i) => i < s.end && is(s.subject.code(i)) && then(s, i + 1);
      }
      case 'sequence':
        return node.items.reduceRight<Step>((next, item) => this.#compile(item, next), then);
      case 'branch': {
        const ways = node.items.map(item => this.#compile(item, then));
        return (s, i) => {
          meter.step();
          for (const way of ways) if (way(s, i)) return true;
          return false;
        };
      }
      case 'group':
        return node.index === null ? this.#compile(node.body, then) : this.#group(node.index, node.body, then);
      case 'repeat':
        return this.#repeat(node, then);
      case 'place':
        return place(node.what, node.flags, then);
      case 'reference':
        return reference(node.index, node.flags, then);
      case 'look':
        return this.#look(node, then);
      case 'choice': {
        const yes = this.#compile(node.yes, then),
          no = this.#compile(node.no, then);
        return (s, i) => ((s.ends[node.index] ?? -1) >= 0 ? yes(s, i) : no(s, i));
      }
      case 'atomic':
        return this.#atomic(node.body, then);
    }
  }

  #group(index: number, inner: Node, then: Step): Step {
    const body = this.#compile(inner, (s, i) => {
      const { last } = s,
        start = s.starts[index] ?? -1,
        end = s.ends[index] ?? -1;
      s.starts[index] = s.opened[index] ?? -1;
      s.ends[index] = i;
      s.last = index;
      if (then(s, i)) return true;
      s.starts[index] = start;
      s.ends[index] = end;
      s.last = last;
      return false;
    });
    return (s, i) => {
      const before = s.opened[index] ?? -1;
      s.opened[index] = i;
      if (body(s, i)) return true;
      s.opened[index] = before;
      return false;
    };
  }

  #repeat(node: Extract<Node, { op: 'repeat' }>, then: Step): Step {
    const { least, most, how, body } = node;
    if (how === 'possessive') return this.#atomic({ ...node, how: 'greedy' }, then);
    if (body.op === 'character' || body.op === 'any' || body.op === 'class') return simple(one(body), least, most, how, then);
    const id = this.#repeats++;
    const loop: Step = (s, i) => {
      meter.step();
      const count = s.counts[id] ?? 0,
        place = s.places[id] ?? -1;
      const again = (remember: boolean): boolean => {
        s.counts[id] = count + 1;
        if (remember) s.places[id] = i;
        if (inner(s, i)) return true;
        s.counts[id] = count;
        s.places[id] = place;
        return false;
      };
      if (count < least) return again(false);
      const more = count < most && i !== place;
      if (how === 'greedy') return (more && again(true)) || then(s, i);
      return then(s, i) || (more && again(true));
    };
    const inner = this.#compile(body, (s, i) => loop(s, i));
    return (s, i) => {
      const count = s.counts[id] ?? 0,
        place = s.places[id] ?? -1;
      s.counts[id] = 0;
      s.places[id] = -1;
      if (loop(s, i)) return true;
      s.counts[id] = count;
      s.places[id] = place;
      return false;
    };
  }

  /** What is inside, once: none of its other ways is tried. */
  #atomic(inner: Node, then: Step): Step {
    const body = this.#compile(inner, accept);
    return (s, i) => {
      const kept = marks(s);
      if (body(s, i) && then(s, s.result)) return true;
      restore(s, kept);
      return false;
    };
  }
  #look(node: Extract<Node, { op: 'look' }>, then: Step): Step {
    const body = this.#compile(node.body, accept),
      back = node.behind ?? 0;
    return (s, i) => {
      const kept = marks(s),
        found = i >= back && body(s, i - back);
      if (node.negated) {
        restore(s, kept);
        return !found && then(s, i);
      }
      if (found && then(s, i)) return true;
      restore(s, kept);
      return false;
    };
  }
}
const accept: Step = (s, i) => {
  s.result = i;
  return true;
};

interface Marks {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly last: number | null;
}
const marks = (s: State): Marks => ({ starts: s.starts.slice(), ends: s.ends.slice(), last: s.last });
function restore(s: State, { starts, ends, last }: Marks): void {
  s.starts.set(starts);
  s.ends.set(ends);
  s.last = last;
}

/** Of one character. */
function one(node: Extract<Node, { op: 'character' | 'any' | 'class' }>): (code: number) => boolean {
  const { flags } = node;
  if (node.op === 'any') return flags & FLAG.dotAll ? () => true : code => code !== 10;
  if (node.op === 'class') return tester(node.items, node.negated, flags);
  if (!(flags & FLAG.ignoreCase)) return code => code === node.code;
  const key = folded(node.code, flags);
  return code => code === node.code || folded(code, flags) === key;
}
/** One character, again and again: without going deeper. */
function simple(is: (code: number) => boolean, least: number, most: number, how: 'greedy' | 'lazy', then: Step): Step {
  if (how === 'greedy')
    return (s, i) => {
      const limit = Math.min(s.end, i + most);
      let at = i;
      while (at < limit && is(s.subject.code(at))) at++;
      meter.step();
      for (; at >= i + least; at--) if (then(s, at)) return true;
      return false;
    };
  return (s, i) => {
    let at = i;
    for (; at < i + least; at++) if (at >= s.end || !is(s.subject.code(at))) return false;
    for (; ; at++) {
      meter.step();
      if (then(s, at)) return true;
      if (at >= s.end || at >= i + most || !is(s.subject.code(at))) return false;
    }
  };
}
function place(what: '^' | '$' | 'A' | 'Z' | 'b' | 'B', flags: number, then: Step): Step {
  const lines = (flags & FLAG.multiline) !== 0;
  const isWord = (s: State, i: number): boolean => i >= 0 && i < s.end && isOfKind('w', s.subject.code(i), flags);
  switch (what) {
    case 'A':
      return (s, i) => i === 0 && then(s, i);
    case '^':
      return (s, i) => (i === 0 || (lines && s.subject.code(i - 1) === 10)) && then(s, i);
    case 'Z':
      return (s, i) => i === s.end && then(s, i);
    case '$':
      return (s, i) => (i === s.end || (s.subject.code(i) === 10 && (lines || i === s.end - 1))) && then(s, i);
    case 'b':
      return (s, i) => s.end > 0 && isWord(s, i - 1) !== isWord(s, i) && then(s, i);
    case 'B':
      return (s, i) => s.end > 0 && isWord(s, i - 1) === isWord(s, i) && then(s, i);
  }
}
function reference(index: number, flags: number, then: Step): Step {
  const ignoring = (flags & FLAG.ignoreCase) !== 0;
  const same = (a: number, b: number): boolean => a === b || (ignoring && folded(a, flags) === folded(b, flags));
  return (s, i) => {
    const start = s.starts[index] ?? -1,
      end = s.ends[index] ?? -1;
    if (end < 0) return false;
    const length = end - start;
    if (i + length > s.end) return false;
    for (let k = 0; k < length; k++) if (!same(s.subject.code(start + k), s.subject.code(i + k))) return false;
    return then(s, i + length);
  };
}
