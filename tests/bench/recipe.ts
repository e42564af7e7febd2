/** The rules of the recipe, as they are asked at every key: over the largest official config, once its types were looked up and their sources read. */
import { join } from 'node:path';
import type { Project } from '../../server/project/project.ts';
import { RULES } from '../../server/rules/catalogue.ts';
import { RECIPE_CODES } from '../parity/recipe-codes.ts';
import { zoo } from '../zoo.ts';
import { median, type Row } from './timing.ts';

const LARGEST = join(zoo, 'mmdet/.mim/configs/grounding_dino/odinw/grounding_dino_swin-t_pretrain_odinw35.py');
const USUAL = join(zoo, 'mmyolo/.mim/configs/yolov8/yolov8_s_syncbn_fast_8xb16-500e_coco.py');

export async function recipeRows(project: Project, of: Row['of']): Promise<readonly Row[]> {
  const rules = RULES.flatMap(rule => (rule.needs === 'config' ? rule : []));
  const recipe = rules.filter(({ code }) => RECIPE_CODES.has(code));
  const rows: Row[] = [];
  for (const [name, file] of [
    ['the largest config', LARGEST],
    ['YOLOv8-s', USUAL],
  ] as const) {
    let edits = 0;
    const text = project.host.read(file) ?? '';
    const middle = text.indexOf('\n', text.length >> 1) + 1;
    // A context of its own for each: what it keeps was not asked for before. `at`: where a line is put in; what stands below it is another text for all that is kept.
    const edited = (at: number) => () => {
      project.host.overlay(file, `${text.slice(0, at)}# ${++edits}\n${text.slice(at)}`);
      return project.context(project.config(file));
    };
    for (const [what, asked, at] of [
      ['all rules of the config', rules, text.length],
      ['all of them, after an edit in the middle', rules, middle],
      ['those of the recipe', recipe, text.length],
    ] as const) {
      const fresh = edited(at);
      const all = (context: ReturnType<typeof fresh>): void => {
        for (const rule of asked) rule.check(context);
      };
      const began = fresh();
      const before = performance.now();
      all(began);
      // The first time, types are looked up and their sources read.
      if (asked === rules && at === text.length)
        rows.push({ what: `${name}: all rules, the first time`, milliseconds: performance.now() - before, of });
      rows.push({ what: `${name}: ${what}`, milliseconds: await median(15, fresh, all), of });
    }
    project.host.overlay(file, null);
  }
  return rows;
}
