import { describe, expect, it } from 'vitest';
import { usesIn } from '../../../server/registry/uses.ts';

const registryOf = (name: string): string | null => ({ MODELS: 'model', TASK_UTILS: 'task util', TRANSFORMS: 'transform' })[name] ?? null;
const uses = (body: string) => usesIn(body, registryOf);

describe('what a class does with its parameters', () => {
  it('builds one', () =>
    expect(uses('self.backbone = MODELS.build(backbone)\n').get('backbone')).toMatchObject({ registry: 'model', items: false }));
  it('builds each of a list', () =>
    expect(uses('for step in transforms:\n    step = TRANSFORMS.build(step)\n').get('transforms')).toMatchObject({
      registry: 'transform',
      items: true,
    }));
  it('builds by way of another name', () =>
    expect(uses('    cfg = assigner if assigner else {}\n    self.it = TASK_UTILS.build(cfg)\n').get('assigner')).toMatchObject({
      registry: 'task util',
    }));
  it("builds by mmcv's functions", () =>
    expect(uses('self.add(build_norm_layer(norm_cfg, 3))').get('norm_cfg')).toMatchObject({ registry: 'model', role: 'norm' }));
  it('reads keys', () =>
    expect(
      uses("a = self.test_cfg.get('nms_pre', -1)\nb = self.test_cfg['score_thr']\nc = self.test_cfg.nms\n").get('test_cfg')?.keys,
    ).toEqual(['nms_pre', 'score_thr', 'nms']));
  it('tells nothing of a registry that is none', () => expect(uses('x = other.build(thing)').get('thing')).toBeUndefined());
});
