/** What mmengine's visualizer and the backends that keep what it draws refuse (mmengine 0.10.7, `Visualizer.__init__`, `LocalVisBackend.__init__`). */
import { itemsFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Part } from '../recipe/part.ts';
import { type Check, refused } from './refused.ts';

const ENDINGS = [
  ['config_save_file', 'py'],
  ['scalar_save_file', 'json'],
] as const;

/** Files by their endings. */
export const ofLocalBackend: Check = part =>
  ENDINGS.flatMap(([key, ending]) => {
    const file = part.text(key);
    return file === undefined || file.split('.').at(-1) === ending
      ? []
      : [refused('invalid-choice', key, `a file that ends in .${ending} is taken; it is '${file}'`, 'AssertionError')];
  });

/** One of each name: without one of its own, its class's. */
export const ofBackends: Check = (part, _recipe, { targetOf }) => {
  const given = part.value('vis_backends');
  if (typeof given === 'string')
    return [
      refused(
        'argument-type',
        'vis_backends',
        'a list of dicts is taken, and this is a text',
        'TypeError: vis_backends must be a list of dicts or a list of BaseBackend instances',
        `[dict(type='${given}')]`,
      ),
    ];
  const names = (itemsFrom(given) ?? []).map((item, i): string | undefined => {
    const dict = plain(item);
    const backend = dict instanceof Dict ? new Part([...part.at('vis_backends'), i], dict) : null;
    return backend === null || backend.presence('name') === 'unknown'
      ? undefined
      : (backend.text('name') ?? targetOf(backend)?.split('.').at(-1));
  });
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) < i);
  return twice === undefined
    ? []
    : [
        refused(
          'argument-type',
          'vis_backends',
          `\`${twice}\` is there twice: a second one needs a \`name\` of its own`,
          `RuntimeError: vis_backend name ${twice} already exists`,
        ),
      ];
};
