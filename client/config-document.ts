import { commands, Disposable, type TextDocument, Uri, window, workspace } from 'vscode';

/** Names that MMEngine's runner or its configs give a meaning at the top level of a file. */
const TOP_LEVEL =
  /^(?:(?:_base_|model|(?:train|val|test)_(?:dataloader|pipeline|cfg|evaluator)|optim_wrapper|param_scheduler|default_scope|custom_imports)\s*=|with\s+read_base\s*\()/m;
/** In JSON and YAML, names that other programs hardly use. */
const TOP_LEVEL_KEY =
  /^\s*["']?(?:_base_|(?:train|val|test)_(?:dataloader|evaluator)|optim_wrapper|default_scope|custom_imports)["']?\s*:/m;

/** Whether a document looks like a config: a button appears by this, no check depends on it. */
export function isConfig(document: TextDocument): boolean {
  if (document.uri.scheme !== 'file') return false;
  if (document.languageId === 'python') return isConfigText(document.getText());
  return /^(?:jsonc?|yaml)$/.test(document.languageId) && TOP_LEVEL_KEY.test(document.getText());
}

/** The same of the text of a Python file. */
export const isConfigText = (text: string): boolean => TOP_LEVEL.test(text);

/** The config a command is about: what it was called with (a menu's or a code lens's argument), else the active editor's. */
export function configOf(target: unknown): Uri | undefined {
  if (target instanceof Uri && target.scheme === 'file') return target;
  if (typeof target === 'string') return target.startsWith('file:') ? Uri.parse(target) : Uri.file(target);
  const document = window.activeTextEditor?.document;
  return document !== undefined && isConfig(document) ? document.uri : undefined;
}

/** Keeps the context key `necktie.isConfig` true while the active editor holds a config. */
export function watchActiveConfig(): Disposable {
  let last: boolean | undefined;
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const next = document !== undefined && isConfig(document);
    if (next === last) return;
    last = next;
    void commands.executeCommand('setContext', 'necktie.isConfig', next);
  };
  update();
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidChangeTextDocument(event => {
      if (event.document === window.activeTextEditor?.document) update();
    }),
  );
}
