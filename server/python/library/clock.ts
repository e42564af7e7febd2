/** `_clock`: what clocks show is not known, so that a program may measure itself as long as it does not ask what it measured. */
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { type Native, native } from '../native.ts';
import { plain } from '../origin.ts';
import { FLOAT } from '../types/float.ts';
import { INT } from '../types/int.ts';
import { floatFrom } from '../types/number-text.ts';
import { Unseen } from '../unseen.ts';

const clock = (name: string): Native => native(`${name}()`, () => new Unseen(name.endsWith('_ns') ? INT : FLOAT, 'what time it is'));

export const clockModule = (): NativeModule =>
  nativeModule('_clock', {
    ...Object.fromEntries(
      [
        'time',
        'time_ns',
        'perf_counter',
        'perf_counter_ns',
        'monotonic',
        'monotonic_ns',
        'process_time',
        'process_time_ns',
        'thread_time',
      ].map(name => [name, clock(name)]),
    ),
    /** Nothing that a program can tell happens meanwhile. */
    sleep: native('sleep(secs, /)', (seconds = 0) => {
      const told = plain(seconds);
      if (typeof told === 'string' || told === null) throw raise('TypeError', "'str' object cannot be interpreted as an integer");
      if (floatFrom([seconds]) < 0) throw raise('ValueError', 'sleep length must be non-negative');
      return null;
    }),
  });
