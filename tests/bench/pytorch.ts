/**
 * The real thing, where it is at hand: PyTorch's own time for building a config's model on the meta device and running it once, in the Python that
 * `NECKTIE_REFERENCE_PYTHON` names. Else what was measured once, beside the reference loop of the same machine.
 */
import { spawnSync } from 'node:child_process';
import { KERNELS } from './kernels.ts';

const PROGRAM = `
import json, sys, time
${KERNELS}
import torch
from mmengine.config import Config
from mmengine.registry import init_default_scope
import mmyolo.models
from mmyolo.registry import MODELS
torch.set_num_threads(1)
def run(config, device):
    began = time.perf_counter()
    with torch.no_grad():
        with torch.device(device):
            model = MODELS.build(config.model).eval()
        model.to('meta')(torch.empty(1, 3, 640, 640, device='meta'), mode='tensor')
    return (time.perf_counter() - began) * 1000
out = []
for file in json.load(sys.stdin):
    config = Config.fromfile(file)
    init_default_scope(config.get('default_scope', 'mmengine'))
    try:
        run(config, 'meta')
        device = 'meta'
    except RuntimeError:
        device = 'cpu'  # a constructor that asks for a number
    out.append(sorted(run(config, device) for _ in range(7))[3])
print(json.dumps(out))
`;

/** Milliseconds for each config's model. Null: there is no such Python here. */
export function pytorchTimes(files: readonly string[]): readonly number[] | null {
  const python = process.env['NECKTIE_REFERENCE_PYTHON'];
  if (python === undefined) return null;
  const { status, stdout, stderr } = spawnSync(python, ['-c', PROGRAM], {
    input: JSON.stringify(files),
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1));
  const told: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null');
  return Array.isArray(told) && told.every(n => typeof n === 'number') ? told : null;
}

/** As multiples of the reference loop beside it (PyTorch 2, Python 3.11). */
const RECORDED: Readonly<Record<string, number>> = { 'YOLOv5-s': 2.5, 'YOLOv8-l': 5.4, 'Swin-T in its place': 7.6 };
export const recorded = (name: string, reference: { readonly milliseconds: number }): number =>
  (RECORDED[name] ?? Number.NaN) * reference.milliseconds;
