/** Whether code of the user's own stands between the neck's maps and a list of their strides: it may leave levels out, or bring them to other sizes. */
import type { ConfigPath } from '../../config/resolved.ts';
import { classSource } from '../../recipe/class-source.ts';
import { methodOf } from '../../recipe/keys/constructed.ts';
import { entryAt } from '../../recipe/part-types.ts';
import type { ModelContext } from '../rule.ts';
import { isOwn } from './own-code.ts';

/** Of the head that has the list, and of the model that hands it the maps. */
export const hasOwnForward = (context: ModelContext, list: ConfigPath): boolean =>
  [['model'], list.slice(0, 2)].some(path => {
    const entry = entryAt(context, path);
    const classes = (entry && classSource(context, entry)?.classes) ?? [];
    return classes.some(({ file, body }) => isOwn(context, file) && TAKING.some(name => methodOf(body, name)));
  });

/** What a detector and its heads are called by in mmdet 3.3.0 and mmyolo 0.6.0. */
const TAKING = ['extract_feat', 'forward', '_forward', 'loss', 'predict', 'loss_and_predict'];
