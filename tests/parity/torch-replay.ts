/** Runs recorded calls of torch through the small Python's operations, as an interpreted program makes them. */
import { Graph } from '../../runtime/network/graph.ts';
import { reasonText } from '../../server/model/run.ts';
import { Session } from '../../server/model/session.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { getAttribute } from '../../server/python/attribute.ts';
import { call } from '../../server/python/call.ts';
import { raise } from '../../server/python/exception.ts';
import { augment, binary, compare, contains, deleteItem, getItem, setItem, str, truth, unary } from '../../server/python/operate.ts';
import { unknown } from '../../server/python/stop.ts';
import type { Named, Value } from '../../server/python/value.ts';
import { environmentOf } from '../../server/registry/environment.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { openParser } from '../../server/syntax/parse.ts';
import { startTorch } from '../../server/torch/context.ts';
import { TENSOR } from '../../server/torch/tensor-object.ts';
import { type Caller, decode, described, isModule, type Json, named, same, states, type TorchRecord } from './torch-record.ts';

export type Verdict = 'equal' | 'other words' | 'unknown' | 'wrong';
export interface Answer {
  readonly verdict: Verdict;
  readonly said: string;
}

const first = (args: readonly Value[]): Value => args[0] ?? null;
const second = (args: readonly Value[]): Value => args[1] ?? null;
const OPERATORS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  getitem: a => getItem(first(a), second(a)),
  setitem: a => (setItem(first(a), second(a), a[2] ?? null), null),
  delitem: a => (deleteItem(first(a), second(a)), null),
  contains: a => contains(first(a), second(a)),
  not_: a => !truth(first(a)),
  truth: a => truth(first(a)),
  neg: a => unary('-', first(a)),
  pos: a => unary('+', first(a)),
  invert: a => unary('~', first(a)),
  abs: a => call(interpreter.builtins.get('abs') ?? null, a),
  ...Object.fromEntries(
    (
      [
        ['add', '+'],
        ['sub', '-'],
        ['mul', '*'],
        ['truediv', '/'],
        ['floordiv', '//'],
        ['mod', '%'],
        ['pow', '**'],
        ['matmul', '@'],
        ['and_', '&'],
        ['or_', '|'],
        ['xor', '^'],
        ['lshift', '<<'],
        ['rshift', '>>'],
      ] as const
    ).flatMap(([name, sign]) => [
      [name, (a: readonly Value[]) => binary(sign, first(a), second(a))],
      [`i${name.replace('_', '')}`, (a: readonly Value[]) => augment(sign, first(a), second(a))],
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['eq', '=='],
        ['ne', '!='],
        ['lt', '<'],
        ['le', '<='],
        ['gt', '>'],
        ['ge', '>='],
      ] as const
    ).map(([name, sign]) => [name, (a: readonly Value[]) => compare(sign, first(a), second(a))]),
  ),
};

const host = new NodeHost();
const environment = environmentOf(host, { workspace: [], python: null, sitePackages: [], environment: false }, {});
/** Torch and its stand-ins alone: no library is at hand. */
const session = new Session({
  host,
  environment,
  registry: createRegistry(host, environment, loadSnapshot(assets.facts)),
  parse: await openParser(assets.parserWasm, assets.grammarWasm),
});
const { interpreter } = session;

/** What a dotted name of the record stands for: `torch.nn.functional.relu`, `builtins.id`. */
function find(name: string): Value {
  const cut = name.lastIndexOf('.'),
    owner = name.slice(0, cut),
    own = name.slice(cut + 1);
  if (owner === 'builtins') return interpreter.builtins.get(own) ?? unknown(name);
  return getAttribute(owner === 'torch.Tensor' ? TENSOR : interpreter.importer.load(owner), own);
}

function perform(name: string, args: readonly Value[], by: Named | null, self?: Value): Value {
  if (name.startsWith('operator.') && by?.size) throw raise('TypeError', `_${name}() takes no keyword arguments`);
  if (name.startsWith('operator.')) return (OPERATORS[name.slice(9)] ?? unknown(name))(args);
  if (name.startsWith('Tensor.') && !args.length) throw raise('IndexError', 'list index out of range'); // the recorder's own
  if (name.startsWith('Tensor.')) return call(getAttribute(first(args), name.slice(7)), args.slice(1), by);
  if (self !== undefined && name === 'forward') return call(self, args, by);
  if (self !== undefined && name.startsWith('.')) return call(getAttribute(self, name.slice(1)), args, by);
  return call(find(name), args, by);
}

interface Outcome {
  readonly value: Json;
  readonly after: Json | undefined;
  readonly states: Json | undefined;
}

/** Makes the object, if there is one, and does what is done with it. */
function replay({ make, call: [name, args, by], after, error }: TorchRecord): Outcome {
  const made = make ? perform(make[0], arguments_(make[1], { call: perform, find }), named(make[2], { call: perform, find })) : undefined;
  let own: Json | undefined;
  if (made !== undefined && isModule(made)) {
    call(getAttribute(made, 'eval'), []);
    own = states(made);
  }
  const caller = { call: perform, find, ...(made !== undefined && { self: made }) },
    given = arguments_(args, caller),
    value = described(perform(name, given, named(by, caller), made));
  return { value, states: own, after: after === undefined && !(error && made !== undefined) ? undefined : described(made ?? first(given)) };
}
const arguments_ = (args: readonly Json[], caller: Caller): Value[] => args.map(a => decode(a, caller));

export function answer(record: TorchRecord): Answer {
  startTorch(new Graph(), { raiseNoted: true });
  const ended = interpreter.attempt(() => replay(record));
  if (ended.kind === 'stopped') return { verdict: 'unknown', said: reasonText(ended.reason) };
  if (ended.kind === 'done') return succeeded(record, ended.value);
  const text = interpreter.attempt(() => str(ended.exception));
  return failed(record, ended.exception.type.name, text.kind === 'done' ? text.value : '?');
}

function failed({ error }: TorchRecord, type: string, message: string): Answer {
  const said = `${type}: ${message}`;
  if (!error) return { verdict: 'wrong', said };
  return { verdict: error.type === type && error.message === message ? 'equal' : 'other words', said };
}
function succeeded({ error, result = null, state_dict, after }: TorchRecord, ours: Outcome): Answer {
  const agrees =
    !error &&
    same(ours.value, result) &&
    (ours.states === undefined || state_dict === undefined || same(ours.states, state_dict)) &&
    (ours.after === undefined || after === undefined || same(ours.after, after));
  return { verdict: agrees ? 'equal' : 'wrong', said: JSON.stringify(ours) };
}
