/** The real thing, where it is at hand: mmyolo's own time from a picture to boxes. `NECKTIE_REFERENCE_PYTHON` names a Python that has it; else the one on the path is asked. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { KERNELS } from './kernels.ts';

/** As mmyolo's own image_demo does it, with the pipeline made once. Weights are read by hand, so that no further package is needed. */
const PROGRAM = `
import json, statistics, sys, time
config, weights, image, runs, threads = sys.argv[1:]
answer, sys.stdout = sys.stdout, sys.stderr
${KERNELS}
import numpy, torch
from mmcv.transforms import Compose
from mmdet.utils import get_test_pipeline_cfg
from mmengine.config import Config
from mmengine.model import revert_sync_batchnorm
from mmengine.registry import init_default_scope
from mmyolo.registry import MODELS
from mmyolo.utils import register_all_modules
torch.set_num_threads(int(threads))
register_all_modules(init_default_scope=False)
cfg = Config.fromfile(config)
init_default_scope(cfg.get('default_scope', 'mmyolo'))
model = revert_sync_batchnorm(MODELS.build(cfg.model)).eval()
with open(weights, 'rb') as file:
    content = file.read()
size = int.from_bytes(content[:8], 'little')
types = {'F32': numpy.float32, 'I64': numpy.int64}
state = {}
for name, told in json.loads(content[8:8 + size]).items():
    begin, end = (8 + size + at for at in told['data_offsets'])
    state[name] = torch.from_numpy(numpy.frombuffer(content[begin:end], types[told['dtype']]).reshape(told['shape']).copy())
model.load_state_dict(state)
pipeline = Compose(get_test_pipeline_cfg(cfg.copy()))
times = []
for _ in range(int(runs) + 2):
    began = time.perf_counter()
    data = pipeline(dict(img_path=image, img_id=0))
    with torch.no_grad():
        model.test_step(dict(inputs=[data['inputs']], data_samples=[data['data_samples']]))
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps(statistics.median(times[2:])), file=answer)
`;

/** Milliseconds, the median. Null: there is no mmyolo here. */
export function mmyoloTime(config: string, weights: string, image: string, runs: number): number | null {
  const python = process.env['NECKTIE_REFERENCE_PYTHON'] ?? 'python3';
  const args = ['-c', PROGRAM, config, weights, image, String(runs), String(availableParallelism())];
  // Its threads at their fastest: a waiting one spins.
  const { status, stdout } = spawnSync(python, args, { encoding: 'utf8', env: { ...process.env, OMP_WAIT_POLICY: 'ACTIVE' } });
  const told: unknown = status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') : null;
  return typeof told === 'number' ? told : null;
}
