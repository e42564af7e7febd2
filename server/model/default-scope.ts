/** mmengine's default scope while a config's parts are built: the library in whose registries a type without a prefix is looked for first. */
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { Type } from '../python/type.ts';
import type { Session } from './session.ts';

/** Null, as `default_scope = None` of a lazy config: there is none, and each registry is asked itself (mmengine 0.10.7, `Registry.switch_scope_and_registry`). */
export function enterScope(session: Session, scope: string | null): void {
  const type = session.member('mmengine.registry', 'DefaultScope');
  if (scope !== null) call(getAttribute(type, 'get_instance'), ['necktie'], new Map([['scope_name', scope]]));
  else if (type instanceof Type) type.setMember('_current', null);
}
