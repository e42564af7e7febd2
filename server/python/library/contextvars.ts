/** `contextvars`: variables of the one context there is. */
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, Native } from '../native.ts';
import { repr } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { ABSENT } from '../types/singleton.ts';
import { Obj, type Value } from '../value.ts';

class ContextVar extends Obj {
  readonly name: string;
  readonly otherwise: Value | undefined;
  value: Value | undefined;
  constructor(name: string, otherwise: Value | undefined) {
    super(VARIABLE);
    this.name = name;
    this.otherwise = otherwise;
  }
}
const VARIABLE: Type = nativeType<ContextVar>(
  'ContextVar',
  { hash: self => self },
  {
    module: '_contextvars',
    make(_, [name = null], named) {
      const told = plain(name);
      if (typeof told !== 'string') throw raise('TypeError', 'context variable name must be a str');
      return new ContextVar(told, named?.get('default'));
    },
  },
);
/** What `set` gives, to take it back by. */
class Token extends Obj {
  readonly variable: ContextVar;
  readonly before: Value | undefined;
  used = false;
  constructor(variable: ContextVar) {
    super(TOKEN);
    this.variable = variable;
    this.before = variable.value;
  }
}
const TOKEN: Type = nativeType<Token>('Token', { hash: self => self }, { module: '_contextvars' });
const MISSING = nativeType<Obj>('Token.MISSING', { repr: () => '<Token.MISSING>', hash: self => self }, { module: '_contextvars' });
class Missing extends Obj {}
const missing = new Missing(MISSING);
TOKEN.members.set('MISSING', missing);
attributes<Token>(TOKEN, { var: self => self.variable, old_value: self => (self.before === undefined ? missing : self.before) });
attributes<ContextVar>(VARIABLE, { name: self => self.name });

methods<ContextVar>(VARIABLE, {
  'get(default=?, /)': (self, otherwise = ABSENT) => {
    if (self.value !== undefined) return self.value;
    if (otherwise !== ABSENT) return otherwise;
    if (self.otherwise !== undefined) return self.otherwise;
    throw raise('LookupError', self);
  },
  'set(value, /)': (self, value = null) => {
    const token = new Token(self);
    self.value = value;
    return token;
  },
  'reset(token, /)': (self, token = null) => {
    if (!(token instanceof Token)) throw raise('TypeError', `expected an instance of Token, got ${repr(token)}`);
    if (token.used) throw raise('RuntimeError', `${repr(token)} has already been used once`);
    if (token.variable !== self) throw raise('ValueError', `${repr(token)} was created by a different ContextVar`);
    token.used = true;
    self.value = token.before;
    return null;
  },
});

export const contextModule = (): NativeModule =>
  nativeModule('contextvars', {
    ContextVar: VARIABLE,
    Token: TOKEN,
    copy_context: new Native('copy_context', 'copy_context', () => unknown('contextvars.copy_context')),
  });
