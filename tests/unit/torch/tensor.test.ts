/** Tensors as objects of the small Python: views and what is written into them, blame, gaps. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Graph } from '../../../runtime/network/graph.ts';
import { dim, sizes } from '../../../runtime/network/tensor.ts';
import { findAttribute, getAttribute } from '../../../server/python/attribute.ts';
import { call } from '../../../server/python/call.ts';
import { Raised } from '../../../server/python/exception.ts';
import { augment, binary, getItem, setItem, str, truth } from '../../../server/python/operate.ts';
import { Box } from '../../../server/python/origin.ts';
import { Stop } from '../../../server/python/stop.ts';
import { INT } from '../../../server/python/types/int.ts';
import { List } from '../../../server/python/types/list.ts';
import { Slice } from '../../../server/python/types/slice.ts';
import { Tuple } from '../../../server/python/types/tuple.ts';
import type { Value } from '../../../server/python/value.ts';
import { invoke } from '../../../server/torch/calls.ts';
import { blameOf } from '../../../server/torch/fault.ts';
import { torchModules } from '../../../server/torch/modules/index.ts';
import { nameState, TensorObject } from '../../../server/torch/tensor-object.ts';

let graph = new Graph();
beforeEach(() => {
  graph = new Graph();
  torchModules(graph);
});

const tensor = (v: Value): TensorObject => {
  if (!(v instanceof TensorObject)) throw new Error('no tensor');
  return v;
};
const arange = (n: number): TensorObject => tensor(invoke('torch.arange', [n]));
const values = (v: Value): readonly number[] | null => tensor(v).tensor.values;
const method = (self: Value, name: string, ...args: Value[]): Value => call(getAttribute(self, name), args);
const config = (n: number, ...paths: string[]): Value => new Box(n, paths, INT);
const all = new Slice(null, null, null);

describe('views', () => {
  it('carries what is written into an item to what it shows', () => {
    const x = method(arange(6), 'view', 2, 3),
      column = getItem(x, new Tuple([all, 1]));
    augment('+', column, 10);
    expect(values(x)).toEqual([0, 11, 2, 3, 14, 5]);
  });

  it('shows what is written into the base, through a chain of views', () => {
    const base = arange(4),
      square = method(base, 'view', 2, 2),
      turned = method(square, 'transpose', 0, 1),
      row = getItem(turned, 0);
    setItem(base, 2, 9);
    expect(values(row)).toEqual([0, 9]);
    expect(values(turned)).toEqual([0, 9, 1, 3]);
  });

  it('carries a write through a transposition', () => {
    const square = method(arange(4), 'view', 2, 2),
      turned = method(square, 'transpose', 0, 1);
    setItem(turned, 0, 7);
    expect(values(square)).toEqual([7, 1, 7, 3]);
  });

  it('copies what is gathered', () => {
    const x = arange(3),
      some = getItem(x, new List([0, 2]));
    method(some, 'fill_', 9);
    expect(values(x)).toEqual([0, 1, 2]);
  });

  it('forgets values that it cannot follow, and keeps the shape', () => {
    const x = arange(4),
      [first] = (method(x, 'split', 2) as Tuple).items;
    method(first!, 'zero_');
    expect(values(first!)).toEqual([0, 0]);
    expect([values(x), sizes(tensor(x).tensor.shape)]).toEqual([null, [4]]);
  });

  it('leaves a state of the network without values', () => {
    const x = tensor(invoke('torch.zeros', [3]));
    nameState(x, 'neck.gamma');
    expect([x.tensor.values, graph.nameOf(x.tensor), [...graph.parameters.keys()]]).toEqual([null, 'neck.gamma', ['neck.gamma']]);
  });
});

describe('blame', () => {
  it('follows config numbers through sizes and back', () => {
    const weight = invoke('torch.empty', [config(8, 'neck.out_channels'), config(4, 'neck.in_channels[1]', 'neck.widen_factor'), 1, 1]);
    const shape = getAttribute(weight, 'shape');
    expect(getItem(shape, 0)).toEqual(config(8, 'neck.out_channels'));
    expect(tensor(invoke('torch.zeros', [getItem(shape, 1)])).tensor.shape[0]?.from).toEqual(['neck.in_channels[1]', 'neck.widen_factor']);
  });

  it('names both sides of a mismatch, and goes on', () => {
    const x = new TensorObject(graph.input({ shape: [1, dim(3, { size: 3, from: ['backbone.out'] }), 4, 4], dtype: 'float32' }));
    const weight = invoke('torch.empty', [8, config(4, 'neck.in_channels'), 1, 1]);
    expect(sizes(tensor(invoke('F.conv2d', [x, weight])).tensor.shape)).toEqual([1, 8, 4, 4]);
    expect(graph.faults.map(f => f.fault.blame)).toEqual([['neck.in_channels', 'backbone.out']]);
  });

  it('is on the exception where the run cannot go on', () => {
    const a = invoke('torch.zeros', [config(2, 'head.a')]),
      b = invoke('torch.zeros', [config(3, 'head.b')]);
    const caught = raisedBy(() => binary('+', a, b));
    expect([caught.type.name, str(caught), blameOf(caught)]).toEqual([
      'RuntimeError',
      'The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0',
      ['head.a', 'head.b'],
    ]);
  });
});

describe('gaps', () => {
  it('tells what torch lacks from what we lack', () => {
    expect(findAttribute(arange(1), 'nobody_has_this')).toBeUndefined();
    expect(() => findAttribute(arange(1), 'sparse_mask')).toThrow(
      new Stop({ kind: 'unknown', what: 'not supported yet: Tensor.sparse_mask' }),
    );
    const torch = torchModules(graph).get('torch');
    expect([torch?.has('cholesky_solve'), torch?.has('nobody_has_this'), torch?.member('cat') !== undefined]).toEqual([true, false, true]);
  });

  it('does not branch on values that it does not know', () => {
    const x = invoke('torch.rand', [1]);
    expect(() => truth(method(x, 'item'))).toThrow('the value of a tensor');
  });
});

function raisedBy(run: () => Value): Raised['exception'] {
  try {
    run();
  } catch (e) {
    if (e instanceof Raised) return e.exception;
    throw e;
  }
  throw new Error('nothing was raised');
}
