import { assets } from '../../../server/project/assets.ts';
import type { Reason } from '../../../server/python/stop.ts';
import { openParser } from '../../../server/syntax/parse.ts';

export const parse = await openParser(assets.parserWasm, assets.grammarWasm);

/** `unknown torch.nn.GRU`, `limit steps`, `cancelled`. */
export const ending = (reason: Reason): string => (reason.kind === 'cancelled' ? 'cancelled' : `${reason.kind} ${reason.what}`);
