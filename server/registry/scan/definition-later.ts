/**
 * A class or function of a module whose details are read when one is asked for: most never are, and reading them would be most of the time that it takes to read a
 * library.
 */
import type { ClassOutline, FunctionOutline } from './definitions.ts';

/** What is not known of a definition by its first line alone. */
export type Details = Omit<ClassOutline, 'name' | 'line'> | Omit<FunctionOutline, 'name' | 'line'>;

export function definitionLater(
  kind: 'class' | 'function',
  name: string,
  line: number,
  told: () => Details | undefined,
): ClassOutline | FunctionOutline {
  return kind === 'class' ? new ClassLater(name, line, told) : new FunctionLater(name, line, told);
}

const NOTHING: Details = { kind: 'function', parameters: [], doc: null, decorated: true };

/** All of them, now. */
export function detailsOf(definition: ClassOutline | FunctionOutline): Details {
  if (definition.kind === 'function') {
    const { kind, parameters, doc, decorated } = definition;
    return { kind, parameters, doc, decorated };
  }
  const { kind, bases, init, doc, generated, tables } = definition;
  return { kind, bases, init, doc, generated, tables };
}

class Later {
  readonly name: string;
  readonly line: number;
  #tell: (() => Details | undefined) | null;
  #told: Details = NOTHING;
  constructor(name: string, line: number, tell: () => Details | undefined) {
    this.name = name;
    this.line = line;
    this.#tell = tell;
  }
  /** What it is read from is let go then. */
  protected get told(): Details {
    if (this.#tell) {
      this.#told = this.#tell() ?? NOTHING;
      this.#tell = null;
    }
    return this.#told;
  }
  get doc() {
    return this.told.doc;
  }
}

class FunctionLater extends Later implements FunctionOutline {
  readonly kind = 'function';
  get parameters() {
    const { told } = this;
    return told.kind === 'function' ? told.parameters : [];
  }
  get decorated() {
    const { told } = this;
    return told.kind !== 'function' || told.decorated;
  }
}

class ClassLater extends Later implements ClassOutline {
  readonly kind = 'class';
  get bases() {
    const { told } = this;
    return told.kind === 'class' ? told.bases : [];
  }
  get init() {
    const { told } = this;
    return told.kind === 'class' ? told.init : null;
  }
  get generated() {
    const { told } = this;
    return told.kind !== 'class' || told.generated;
  }
  get tables() {
    const { told } = this;
    return told.kind === 'class' ? told.tables : [];
  }
}
