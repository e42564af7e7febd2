/** Where models that were made are kept: `necktie/models` in the user's cache. */
import { libraryCache, type Variables } from '../registry/environment.ts';

/** Null where there is no home. */
export function modelFolder(env: Variables): string | null {
  const libraries = libraryCache(env);
  return libraries === null ? null : libraries.replace(/\/libraries$/, '/models');
}
