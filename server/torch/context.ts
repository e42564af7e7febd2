/** What a run of a program on fake tensors shares. One program runs at a time in a thread, so it needs no passing around (as the small Python's meter). */
import type { DType } from '../../runtime/network/dtype.ts';
import { Graph } from '../../runtime/network/graph.ts';

export interface TorchContext {
  graph: Graph;
  /** `torch.get_default_dtype()`. */
  defaultDtype: DType;
  /** `torch.is_grad_enabled()`. */
  gradEnabled: boolean;
  /** Faults that left a result (a convolution's input channels) end the call all the same; else they are kept on the graph and the run goes on. */
  raiseNoted: boolean;
}

export const context: TorchContext = { graph: new Graph(), defaultDtype: 'float32', gradEnabled: true, raiseNoted: false };

export function startTorch(graph: Graph, { raiseNoted = false }: { readonly raiseNoted?: boolean } = {}): void {
  Object.assign(context, { graph, defaultDtype: 'float32', gradEnabled: true, raiseNoted } satisfies TorchContext);
}
