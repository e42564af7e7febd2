/** A name of the base is set anew, and everything that the base made of it keeps the base's value; or a key is written almost as one that counts, and nothing reads it. */
import { lostEdits } from './lost-edit.ts';
import { lostOverrides, misspelt, toldUses, usingFix } from './lost-override.ts';
import type { ConfigRule, Finding } from './rule.ts';
import { isPipeline } from './shadowed-pipeline.ts';

export const unusedOverride: ConfigRule = {
  code: 'unused-override',
  // It runs, and the name may be for the file's own use.
  severity: 'hint',
  summary: 'a name of the base is set anew, and nothing follows',
  needs: 'config',
  check: context => [
    ...lostOverrides(context)
      .filter(lost => !isPipeline(lost))
      .map(
        (lost): Finding => ({
          site: lost.written.key,
          message: `Setting \`${lost.name}\` here changes nothing: ${toldUses(lost)} ${lost.uses.length > 1 ? 'keep' : 'keeps'} what the base made of its own \`${lost.name}\`.`,
          related: lost.uses.slice(0, 5).map(({ site }) => ({ site, message: `made of the base's \`${lost.name}\`` })),
          fixes: usingFix(context, lost.name, lost.uses, lost.written.value.end),
        }),
      ),
    ...lostEdits(context)
      .filter(lost => !isPipeline(lost))
      .map(
        (lost): Finding => ({
          site: lost.site,
          message: `Editing \`_base_.${lost.name}\` here changes nothing: ${toldUses(lost)} ${lost.uses.length > 1 ? 'keep' : 'keeps'} what the base made of it.`,
          related: lost.uses.slice(0, 5).map(({ site }) => ({ site, message: `made of the base's \`${lost.name}\`` })),
          fixes: usingFix(context, `_base_.${lost.name}`, lost.uses, lost.below),
        }),
      ),
    ...misspelt(context).map(
      ({ written: { key }, name, near }): Finding => ({
        site: key,
        severity: 'warning',
        message: `Nothing reads \`${name}\`. Did you mean \`${near}\`?`,
        fixes: [
          { title: `Change ${name} to ${near}`, edits: [{ file: key.file, start: key.start, end: key.end, text: near }], preferred: true },
        ],
      }),
    ),
  ],
};
