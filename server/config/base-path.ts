/** Where the paths in `_base_` lead: relative to the file, or `package::path` in an installed package's `.mim` folder. */
import { posix } from 'node:path';
import type { ConfigContext } from './context.ts';

export type BasePath =
  | {
      readonly kind: 'found';
      readonly file: string /** The package it belongs to, which scopes its types. */;
      readonly scope: string | null;
    }
  | { readonly kind: 'missing'; readonly errorType: string; readonly message: string; readonly file: string | null };

/** As the disk is at the context's moment. */
export function baseFile(context: ConfigContext, from: string, path: string): BasePath {
  if (path.includes('::')) return packageFile(context, path);
  const joined = posix.isAbsolute(path) ? path : `${posix.dirname(from)}/${path}`;
  return existing(context, joined, null);
}

/** Python's or mmengine's complaint depends on who first asks for the file: of Python files, it is the look at their style. */
function existing({ host, moment }: ConfigContext, path: string, scope: string | null): BasePath {
  const file = posix.normalize(path);
  const kind = moment.isFile(file) ? 'file' : host.kind(file);
  if (kind === 'file')
    return EXTENSIONS.includes(posix.extname(file))
      ? { kind: 'found', file, scope }
      : missing('OSError', 'Only py/yml/yaml/json type are supported now!', file);
  const refused = path.endsWith('.py') && kind === null && host.read(file) === null ? host.flaw?.(file) : null;
  if (refused?.kind === 'error') return missing(refused.errorType, refused.message.replace(`'${file}'`, `'${path}'`), file);
  if (!path.endsWith('.py')) return missing('FileNotFoundError', `file "${file}" does not exist`, file);
  return kind === 'folder'
    ? missing('IsADirectoryError', `[Errno 21] Is a directory: '${path}'`, file)
    : missing('FileNotFoundError', `[Errno 2] No such file or directory: '${path}'`, file);
}
export const EXTENSIONS: readonly string[] = ['.py', '.json', '.yaml', '.yml'];
const missing = (errorType: string, message: string, file: string | null = null): BasePath => ({
  kind: 'missing',
  errorType,
  message,
  file,
});

/** Packages that mmengine loads configs from, by the name of their module: what `pip` calls them. */
const PACKAGES: Readonly<Record<string, string>> = {
  mmcls: 'mmcls',
  mmdet: 'mmdet',
  mmdet3d: 'mmdet3d',
  mmseg: 'mmsegmentation',
  mmaction: 'mmaction2',
  mmtrack: 'mmtrack',
  mmpose: 'mmpose',
  mmedit: 'mmedit',
  mmocr: 'mmocr',
  mmgen: 'mmgen',
  mmfewshot: 'mmfewshot',
  mmrazor: 'mmrazor',
  mmflow: 'mmflow',
  mmhuman3d: 'mmhuman3d',
  mmrotate: 'mmrotate',
  mmselfsup: 'mmselfsup',
  mmyolo: 'mmyolo',
  mmpretrain: 'mmpretrain',
  mmagic: 'mmagic',
};

function packageFile(context: ConfigContext, path: string): BasePath {
  if (!/^[\p{L}\p{N}_]*::[\p{L}\p{N}_]*\//u.test(path)) {
    return missing(
      'ValueError',
      '`_get_package_and_cfg_path` is used for get external package, please specify the package name and relative config path, just like `mmdet::faster_rcnn/faster-rcnn_r50_fpn_1x_coco.py`',
    );
  }
  const [module = '', inside = '', ...more] = path.split('::');
  if (more.length)
    return missing('ValueError', `\`::\` should only be used to separate package and config name, but found multiple \`::\` in ${path}`);
  const distribution = Object.hasOwn(PACKAGES, module) ? PACKAGES[module] : undefined;
  if (distribution === undefined) return missing('AssertionError', `mmengine does not support to load ${module} config.`);
  const folders = packageFolders(context, module);
  const [root] = folders;
  if (root === undefined)
    return missing('ModuleNotFoundError', `${distribution} is not installed, please install ${distribution} manually`);
  // mmengine first asks the package's model index, by a name without its extension, which no index has: what it does then is what counts.
  // A checkout's `.mim` is made when it is installed, of links to the `configs` beside the package: so those are what it will be.
  const places = folders.flatMap(folder => [`${folder}/.mim/configs/${inside}`, `${posix.dirname(folder)}/configs/${inside}`]);
  const file = places.find(place => context.moment.isFile(place));
  const wanted = `${folders.find(folder => context.host.kind(`${folder}/.mim`) === 'folder') ?? root}/.mim/configs/${inside}`;
  return file === undefined ? missing('FileNotFoundError', `file "${wanted}" does not exist`, wanted) : existing(context, file, module);
}

/** The folder of an installed package: the one that Python would import. */
export const packageFolder = (context: ConfigContext, module: string): string | null => packageFolders(context, module)[0] ?? null;

/** All that go by the name: a checkout in the workspace, before what is installed. */
export function packageFolders({ host, roots, packages }: ConfigContext, module: string): readonly string[] {
  const mapped = packages.get(module);
  const found = roots.map(root => `${root}/${module}`).filter(folder => host.kind(folder) === 'folder');
  return mapped === undefined ? found : [mapped, ...found.filter(folder => folder !== mapped)];
}
