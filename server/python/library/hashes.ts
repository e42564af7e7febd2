/** `_md5`, `_sha1` and their like: checksums by Node's own functions. */
import { createHash } from 'node:crypto';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, native } from '../native.ts';
import { typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { Bytes, bytesOf } from '../types/bytes.ts';
import { ABSENT } from '../types/singleton.ts';
import { Obj, type Value } from '../value.ts';

class Checksum extends Obj {
  readonly kind: Kind;
  readonly parts: Uint8Array[];
  constructor(kind: Kind, parts: Uint8Array[]) {
    super(kind.type);
    this.kind = kind;
    this.parts = parts;
  }
  get digest(): Buffer {
    const hash = createHash(this.kind.node);
    for (const part of this.parts) hash.update(part);
    return hash.digest();
  }
  add(v: Value): void {
    const bytes = bytesOf(v);
    if (typeof plain(v) === 'string') throw raise('TypeError', 'Strings must be encoded before hashing');
    if (!bytes) throw raise('TypeError', `object supporting the buffer API required`);
    this.parts.push(bytes.slice());
  }
}
interface Kind {
  readonly name: string;
  readonly node: string;
  readonly block: number;
  readonly type: Type;
}
function kindOf(name: string, node: string, block: number): Kind {
  // Named as OpenSSL's, which is what CPython takes where it has it.
  const type = nativeType<Checksum>(
    'HASH',
    { hash: self => self, repr: self => `<${self.kind.name} _hashlib.HASH object @ 0x7f0000000000>` },
    { module: '_hashlib' },
  );
  methods<Checksum>(type, {
    'update(obj, /)': (self, v = null) => (self.add(v), null),
    'digest()': self => new Bytes(Uint8Array.from(self.digest)),
    'hexdigest()': self => self.digest.toString('hex'),
    'copy()': self => new Checksum(self.kind, [...self.parts]),
  });
  attributes<Checksum>(type, {
    name: self => self.kind.name,
    digest_size: self => self.digest.length,
    block_size: self => self.kind.block,
  });
  return { name, node, block, type };
}
const KINDS = [
  kindOf('md5', 'md5', 64),
  kindOf('sha1', 'sha1', 64),
  kindOf('sha224', 'sha224', 64),
  kindOf('sha256', 'sha256', 64),
  kindOf('sha384', 'sha384', 128),
  kindOf('sha512', 'sha512', 128),
  kindOf('sha3_224', 'sha3-224', 144),
  kindOf('sha3_256', 'sha3-256', 136),
  kindOf('sha3_384', 'sha3-384', 104),
  kindOf('sha3_512', 'sha3-512', 72),
];
const makers = Object.fromEntries(
  KINDS.map(kind => [
    kind.name,
    native(`${kind.name}(string=?, *, usedforsecurity=True)`, (data = ABSENT) => {
      const made = new Checksum(kind, []);
      if (data !== ABSENT) made.add(data);
      return made;
    }),
  ]),
);
const only = (module: string, ...names: string[]) =>
  [module, (): NativeModule => nativeModule(module, Object.fromEntries(names.flatMap(n => (makers[n] ? [[n, makers[n]]] : []))))] as const;

export const hashModules: Readonly<Record<string, () => NativeModule>> = {
  hashlib: () =>
    nativeModule('hashlib', {
      ...makers,
      new: native("new(name, data=b'')", (name = '', data = null) => {
        const told = String(plain(name)).toLowerCase().replace(/-/g, '_'),
          kind = KINDS.find(k => k.name === told || k.name === told.replace('sha_', 'sha'));
        if (!kind) return unknown(`hashlib.new(${told})`);
        const made = new Checksum(kind, []);
        if (data !== null && typeName(data) === 'bytes') made.add(data);
        return made;
      }),
    }),
  ...Object.fromEntries([
    only('_md5', 'md5'),
    only('_sha1', 'sha1'),
    only('_sha256', 'sha224', 'sha256'),
    only('_sha512', 'sha384', 'sha512'),
  ]),
};
