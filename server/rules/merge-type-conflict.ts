/** A dict over something that is none: what the base has cannot be merged with it. */
import { configProblem } from './config-problem.ts';

export const mergeTypeConflict = configProblem('merge-type-conflict', 'a value cannot be merged with that of the base', {
  message(problem) {
    const type = /is of type <class '(?:[\w.]*\.)?(\w+)'> in base config/.exec(problem.message)?.[1];
    const name = problem.subject ?? /in child config cannot inherit from base because (\S+) is a dict/.exec(problem.message)?.[1];
    if (type === undefined || name === undefined) return problem.message;
    return `\`${name}\` is a dict here and a ${type} in the base: write \`_delete_=True\` to replace it, or a ${type}.\n${problem.message}`;
  },
  fixes({ site }, context) {
    const text = context.text(site.file) ?? '';
    const opened = /^['"]?\s*[=:]\s*dict\(\s*/.exec(text.slice(site.end));
    if (site.file !== context.config.file || !opened) return [];
    const at = site.end + opened[0].length;
    const between = text[at] === ')' ? '' : ', ';
    return [
      {
        title: "Add _delete_=True: replace the base's",
        edits: [{ file: site.file, start: at, end: at, text: `_delete_=True${between}` }],
        preferred: true,
      },
    ];
  },
});
