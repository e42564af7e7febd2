/** Where the libraries' sources lie that the tests read: as `npm test` laid them out, or where `NECKTIE_ZOO` says. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export const zoo: string =
  process.env['NECKTIE_ZOO'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'necktie', 'libraries');
