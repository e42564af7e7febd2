/** What a backbone makes of the picture on the way to its outputs, in its own modules' names. */
import type { Node } from '../../../runtime/network/graph.ts';
import type { Tensor } from '../../../runtime/network/tensor.ts';
import type { NetworkModule, NetworkStage } from '../../picture/description.ts';
import { strideOf } from './levels.ts';

/** Rows before the first level. */
const MOST_BEFORE = 4;

/** `levels`: its outputs' shapes; `outputs`: their tensors, where they are at hand; `nodes`: of the graph that they are from. `modules`: the whole model's. */
export function stagesOf(
  part: string,
  modules: readonly NetworkModule[],
  input: readonly number[],
  levels: readonly (readonly number[])[],
  outputs: readonly Tensor[],
  nodes: readonly Node[],
): readonly NetworkStage[] {
  const steps = stepsOf(part, modules);
  const inputHeight = input[1] ?? 0;
  const makers = new Map(nodes.flatMap(node => node.outputs.map(output => [output, node] as const)));
  const ends = levels.map((shape, level): NetworkStage & { readonly at: number } => {
    const exact = outputs[level] ? giverOf(part, steps, outputs[level], makers) : -1;
    const same = steps.findLastIndex(({ outputs: [first] }) => first?.join() === shape.join());
    // Tokens that are made a map again have another order of sizes.
    const at = exact >= 0 ? exact : same;
    return { name: at < 0 ? `output ${level}` : nameIn(part, steps[at]?.path ?? ''), shape, level, at };
  });
  const firstEnd = Math.min(...ends.map(({ at }) => (at < 0 ? Infinity : at)));
  const smallest = Math.min(...levels.map(shape => strideOf(shape, inputHeight) ?? Infinity));
  const before = new Map<string, NetworkStage>();
  for (const [
    at,
    {
      path,
      outputs: [shape],
      parameters,
    },
  ] of steps.entries()) {
    if (at >= firstEnd || !shape || !parameters || shape.length !== 3) continue;
    const stride = strideOf(shape, inputHeight) ?? 0;
    // The first of those that give the same; what is as small as the first level is on the way to it.
    if (stride >= smallest || before.has(shape.join())) continue;
    before.set(shape.join(), { name: nameIn(part, path), shape, level: null });
  }
  const named = uniqueNames(ends.map(({ name, shape, level }) => ({ name, shape, level })));
  return [{ name: 'input', shape: input, level: null }, ...[...before.values()].slice(-MOST_BEFORE), ...named];
}

/** Longer ways from an output back to a module are not gone. */
const FARTHEST = 200;

/** Which of the steps gave a tensor: past what the part itself made of it (tokens that become a map), and past a norm of its outputs. */
function giverOf(part: string, steps: readonly NetworkModule[], output: Tensor, makers: ReadonlyMap<Tensor, Node>): number {
  let norm = -1;
  let at: Tensor | undefined = output;
  for (let n = 0; at && n < FARTHEST; n++) {
    const node = makers.get(at);
    if (!node) return norm;
    const step = node.module === part ? -1 : steps.findIndex(({ path }) => node.module === path || node.module.startsWith(`${path}.`));
    if (step >= 0 && !/norm|(?:^|\.)ln\d*$/i.test(nameIn(part, steps[step]?.path ?? ''))) return step;
    if (step >= 0) norm = step;
    at = node.inputs.find(input => makers.has(input));
  }
  return norm;
}

/** The part's own modules that run; of a list of modules, those in it. */
function stepsOf(part: string, modules: readonly NetworkModule[]): readonly NetworkModule[] {
  const children = modules.filter(({ path }) => path.startsWith(`${part}.`) && !path.slice(part.length + 1).includes('.'));
  return children.flatMap(child => (child.calls ? [child] : stepsOf(child.path, modules)));
}

const nameIn = (part: string, path: string): string => path.slice(part.length + 1);

/** Two levels of one module: its name and which. */
function uniqueNames(stages: readonly NetworkStage[]): readonly NetworkStage[] {
  return stages.map((stage, i) => {
    const before = stages.slice(0, i).filter(({ name }) => name === stage.name).length;
    return before ? { ...stage, name: `${stage.name} (${before + 1})` } : stage;
  });
}
