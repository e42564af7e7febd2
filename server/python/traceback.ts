/** What Python writes of an exception that nobody caught. */
import type { Exception } from './exception.ts';
import { str } from './operate.ts';

/** As CPython writes it, without the lines of source. */
export function traceback(exception: Exception): string {
  const earlier = exception.cause ?? (exception.suppressContext ? null : exception.context);
  const before = earlier
    ? `${traceback(earlier)}\n${exception.cause ? 'The above exception was the direct cause of the following exception:' : 'During handling of the above exception, another exception occurred:'}\n\n`
    : '';
  const lines = [...exception.traceback].reverse().map(t => `  File "${t.file}", line ${t.span.line}, in ${t.name}\n`);
  const name = exception.type.module === 'builtins' ? exception.type.qualname : `${exception.type.module}.${exception.type.qualname}`,
    text = str(exception);
  return `${before}Traceback (most recent call last):\n${lines.join('')}${name.replace(/^__main__\./, '')}${text === '' ? '' : `: ${text}`}\n`;
}
