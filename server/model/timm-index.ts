/** Which module of timm defines a name: read from its text, so that one model does not cost the import of all. */
import type { Host } from '../project/host.ts';

export class TimmIndex {
  readonly #host: Host;
  readonly #folder: string | null;
  #files: readonly (readonly [module: string, text: string])[] | null = null;
  constructor(host: Host, roots: readonly string[]) {
    this.#host = host;
    this.#folder = roots.map(root => `${root}/timm/models`).find(folder => host.kind(folder) === 'folder') ?? null;
  }

  /** Modules that define a function, class or variable of this name at their top. */
  defining(name: string): readonly string[] {
    const at = new RegExp(`^(?:def|class) ${escaped(name)}\\b|^${escaped(name)}\\s*[:=]`, 'm');
    return this.#texts().flatMap(([module, text]) => (at.test(text) ? [module] : []));
  }
  /** Modules that register a model, by its present name or an old one; a tag after a dot chooses weights alone. */
  registering(model: string): readonly string[] {
    const [name = ''] = model.split('.'),
      own = new RegExp(`^@register_model\\s*\\n(?:@[^\\n]*\\n)*def ${escaped(name)}\\b`, 'm');
    return this.#texts().flatMap(([module, text]) =>
      own.test(text) || text.includes(`'${model}':`) || text.includes(`"${model}":`) ? [module] : [],
    );
  }
  /** Names of all models, without the tags of their weights. */
  models(): readonly string[] {
    return this.#texts()
      .flatMap(([, text]) => [...text.matchAll(/^@register_model\s*\n(?:@[^\n]*\n)*def (\w+)/gm)].map(found => found[1] ?? ''))
      .sort();
  }

  #texts(): readonly (readonly [string, string])[] {
    const folder = this.#folder;
    this.#files ??=
      folder === null
        ? []
        : this.#host
            .list(folder)
            .flatMap(({ name, kind }) =>
              kind === 'file' && name.endsWith('.py') && name !== '__init__.py'
                ? [[`timm.models.${name.slice(0, -3)}`, this.#host.read(`${folder}/${name}`) ?? ''] as const]
                : [],
            );
    return this.#files;
  }
}
const escaped = (name: string): string => name.replace(/[^\w]/g, '\\$&');
