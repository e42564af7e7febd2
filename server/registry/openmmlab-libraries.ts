/** OpenMMLab's libraries that have registries of their own, by the name of their module, which is their scope as well: what pip calls them. */
export const LIBRARIES: ReadonlyMap<string, string> = new Map(
  [
    ...'mmdet mmyolo mmpretrain mmcls mmselfsup mmdet3d mmpose mmocr mmrotate mmtrack mmrazor mmagic mmedit mmgen mmflow mmfewshot mmhuman3d mmdeploy'.split(
      ' ',
    ),
    'mmseg mmsegmentation',
    'mmaction mmaction2',
  ].map((names): readonly [string, string] => {
    const [module = '', distribution = module] = names.split(' ');
    return [module, distribution];
  }),
);
