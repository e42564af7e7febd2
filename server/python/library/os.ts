/** `_os`: what `os` and `os.path` must ask of us. Of the disk nothing is asked but where its links lead: what a program would find there is unknown. */
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { native } from '../native.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { Dict } from '../types/dict.ts';

export const osModule = (interpreter: Interpreter): NativeModule => {
  const environ = new Dict();
  for (const [k, v] of interpreter.options.environment ?? []) environ.set(k, v);
  return nativeModule('_os', {
    environ,
    getcwd: native('getcwd()', () => interpreter.options.folder ?? unknown('os.getcwd()')),
    real: native('real(path, /)', (path = null) => {
      const text = plain(path);
      return typeof text === 'string' && interpreter.options.real ? interpreter.options.real(text) : unknown('os.path.realpath');
    }),
  });
};
