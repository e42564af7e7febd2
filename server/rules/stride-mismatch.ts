/** The head was told other strides than its maps have: boxes would be decoded at the wrong scale, and nothing fails. */
import { formatPath } from '../config/path.ts';
import { placeOf } from './fit/blame.ts';
import { allDeclaredStrides, giverOf, isExact, namedStrides, wrongStrides } from './fit/declared-strides.ts';
import { hasOwnForward } from './fit/own-forward.ts';
import { provenCauses, provenFixes } from './fit/proven.ts';
import { told } from './fit/sides.ts';
import type { Finding, ModelRule } from './rule.ts';

export const strideMismatch: ModelRule = {
  code: 'stride-mismatch',
  severity: 'error',
  summary: 'the head is told other strides than its maps have',
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const giver = giverOf(config, verdict);
    if (!giver || verdict.mismatches.length) return [];
    // Where the size makes rounded maps of the coarse levels, the finest tells whether all are off.
    const exact = giver.strides.filter(stride => isExact(stride, verdict.size));
    const isWhole = exact.length === giver.strides.length;
    if (!isWhole && exact[0] !== giver.strides[0]) return [];
    const wrong = wrongStrides(config, giver.strides, isWhole ? giver.strides.length : 1).filter(
      ({ path }) => !hasOwnForward(context, path),
    );
    const real = namedStrides(giver.strides, verdict.size);
    // Where some of the head's own lists are right, the others are what is wrong; where none is, the levels that come may be.
    const isOneOf = wrong.length < allDeclaredStrides(config).length;
    const shown = isOneOf ? wrong : wrong.slice(0, 1);
    const indices = ['model', 'backbone', 'out_indices'];
    const seen = new Set<string>();
    return shown.flatMap(({ path, strides }): readonly Finding[] => {
      const causes = provenCauses(context);
      const blamed = isOneOf ? [path] : causes.length ? causes : [indices, path];
      const place = placeOf(config, blamed, isOneOf || causes.length ? [path.slice(0, -1)] : [['model', 'backbone']]);
      // One variable may be all of them.
      const at = `${place.site.file} ${place.site.start}`;
      if (seen.has(at)) return [];
      seen.add(at);
      return [
        {
          site: place.site,
          message: `\`${formatPath(path.slice(1))}\` says ${strides.join(', ')}; ${told(config, giver)} gives maps at strides ${real.join(', ')}.`,
          related: place.related,
          fixes: provenFixes(context),
        },
      ];
    });
  },
};
