/** A fault of one statement is found without parsing the whole, and only where the whole cannot be right. */
import { beforeAll, expect, test } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { openParser, type Parse } from '../../../server/syntax/parse.ts';
import { readPlain } from '../../../server/syntax/plain.ts';
import { recover } from '../../../server/syntax/recover.ts';
import { wrongPiece } from '../../../server/syntax/wrong-piece.ts';

let parse: Parse;
beforeAll(async () => {
  parse = await openParser(assets.parserWasm, assets.grammarWasm);
});
const find = (text: string) => wrongPiece(text, piece => readPlain(piece) !== null, parse);

const WRONG = [
  'a = 1\nb = dict(\nc = 2\n',
  'a = 1\nb = dict(x=\n  2 y)\nc = 2\n',
  "a = 'open\nb = 1\n",
  'a = 1\nb = a.\nc = [1]\n',
  "a = 1\nmodel = dict(neck=dict(in_channels=[1, 2], wid\nb = '''c\nd = 1\n'''\n",
];
test.each(WRONG)('%j has one', text => {
  expect(find(text)).toMatchObject({ kind: 'error' });
  expect(parse(text).kind).toBe('error');
  const told: Parse = source => find(source) ?? parse(source);
  expect(recover(told, text)).toEqual(recover(parse, text));
});

const NOT_TOLD = [
  'a = 1\nb = 2\n',
  'a = 1\ndef f(x):\n    return x\n',
  'a = dict(\nb=1)\nc = 2\n',
  'import os\nfrom a import b\n',
  "a = '''\nb = 1\n'''\nc = 2\n",
  'a = 1\nb = dict(\nc = dict(\nd = 1\n',
  'a = 1 + \\\nb\n',
];
test.each(NOT_TOLD)('of %j nothing is told', text => expect(find(text)).toBeNull());
