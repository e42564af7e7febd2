/** The real thing, where it is at hand: mmengine's own time for the same configs. `NECKTIE_REFERENCE_PYTHON` names a Python that has it; else the one on the path is asked. */
import { spawnSync } from 'node:child_process';

const PROGRAM = `
import json, sys, time
from mmengine.config import Config
began, ok = time.perf_counter(), 0
for file in json.load(sys.stdin):
    try:
        Config.fromfile(file)
        ok += 1
    except Exception:
        pass
print(json.dumps([ok, (time.perf_counter() - began) * 1000]))
`;

/** Milliseconds that \`Config.fromfile` takes for all of them, its import not counted. Null: there is no mmengine here. */
export function mmengineTime(files: readonly string[]): { readonly ok: number; readonly milliseconds: number } | null {
  const python = process.env['NECKTIE_REFERENCE_PYTHON'] ?? 'python3';
  const { status, stdout } = spawnSync(python, ['-c', PROGRAM], { input: JSON.stringify(files), encoding: 'utf8', maxBuffer: 2 ** 24 });
  const last = status === 0 ? stdout.trim().split('\n').at(-1) : undefined;
  const told: unknown = last === undefined ? null : JSON.parse(last);
  if (!Array.isArray(told)) return null;
  const [ok, milliseconds] = told;
  return typeof ok === 'number' && typeof milliseconds === 'number' ? { ok, milliseconds } : null;
}
