import { Interpreter, type InterpreterOptions } from '../../../server/python/interpreter.ts';
import { traceback } from '../../../server/python/traceback.ts';
import { ending, parse } from './parser.ts';

/** What a program wrote, and how it ended where that is not at its end: `[KeyError: 'a']`, `[unknown torch.nn.GRU]`. */
export function outcome(program: string, options: Partial<InterpreterOptions> = {}): string {
  let out = '';
  const interpreter = new Interpreter({
    parse,
    write: text => {
      out += text;
    },
    ...options,
  });
  const ended = interpreter.run(program, { file: '/p/main.py' });
  const end =
    ended.kind === 'raised'
      ? (traceback(ended.exception).trim().split('\n').at(-1) ?? '')
      : ended.kind === 'stopped'
        ? ending(ended.reason)
        : ended.kind;
  return out + (end === 'done' ? '' : `[${end}]`);
}
