/** Where weights are looked for, in this order. */
import { describe, expect, it } from 'vitest';
import type { Data } from '../../../server/detect/data.ts';
import { findCheckpoint, findExported } from '../../../server/detect/find-checkpoint.ts';
import type { Host } from '../../../server/project/host.ts';

/** Files by path; folders are what the paths imply. */
function hostOf(files: Readonly<Record<string, string>>): Host {
  const within = (folder: string): string[] =>
    Object.keys(files)
      .filter(path => path.startsWith(`${folder}/`))
      .map(path => path.slice(folder.length + 1));
  return {
    read: path => files[path] ?? null,
    list: folder =>
      [...new Set(within(folder).map(rest => rest.split('/')[0]!))].map(name => ({
        name,
        kind: Object.hasOwn(files, `${folder}/${name}`) ? ('file' as const) : ('folder' as const),
      })),
    kind: path => (Object.hasOwn(files, path) ? 'file' : within(path).length ? 'folder' : null),
    version: path => (Object.hasOwn(files, path) ? '1' : null),
  };
}
const config = '/project/configs/demo/net.py';
const found = (files: readonly string[] | Readonly<Record<string, string>>, data: Data = {}): string | null =>
  findCheckpoint(hostOf(Array.isArray(files) ? Object.fromEntries(files.map(f => [f, ''])) : { ...files }), config, data, ['/work']);

describe('a checkpoint is found', () => {
  it('in work_dirs, the best before the last, by number and not by spelling', () => {
    expect(
      found([
        '/project/work_dirs/net/best_coco_epoch_9.pth',
        '/project/work_dirs/net/best_coco_epoch_10.pth',
        '/project/work_dirs/net/epoch_12.pth',
      ]),
    ).toBe('/project/work_dirs/net/best_coco_epoch_10.pth');
  });
  it('by the file name in last_checkpoint, which was written on another machine', () => {
    const files = {
      '/project/work_dirs/net/last_checkpoint': '/home/other/work_dirs/net/epoch_3.pth\n',
      '/project/work_dirs/net/epoch_3.pth': '',
      '/project/work_dirs/net/epoch_4.pth': '',
    };
    expect(found(files)).toBe('/project/work_dirs/net/epoch_3.pth');
  });
  it('as the newest epoch where nothing says', () =>
    expect(found(['/project/work_dirs/net/epoch_9.pth', '/project/work_dirs/net/epoch_10.pth'])).toBe(
      '/project/work_dirs/net/epoch_10.pth',
    ));
  it('in the config’s own work_dir', () =>
    expect(found(['/project/runs/a/epoch_1.pth'], { work_dir: './runs/a' })).toBe('/project/runs/a/epoch_1.pth'));
  it('beside the config, under its name or as OpenMMLab publishes it', () => {
    expect(found(['/project/configs/demo/net.safetensors', '/project/configs/demo/other.pth'])).toBe(
      '/project/configs/demo/net.safetensors',
    );
    expect(found(['/project/configs/demo/net_20220918_084700-86e02187.pth'])).toBe(
      '/project/configs/demo/net_20220918_084700-86e02187.pth',
    );
    expect(found(['/project/configs/demo/net_other.pth'])).toBeNull();
  });
  it('where load_from points, if that is a file here', () => {
    expect(found(['/project/weights/a.pth'], { load_from: 'weights/a.pth' })).toBe('/project/weights/a.pth');
    expect(found(['/project/weights/a.pth'], { load_from: 'https://example.org/weights/a.pth' })).toBeNull();
  });
  it('not at all where there is none', () => expect(found([])).toBeNull());
});

it('an exported model is found beside the config', () => {
  expect(findExported(hostOf({ '/project/configs/demo/net.onnx': '' }), config)).toBe('/project/configs/demo/net.onnx');
  expect(findExported(hostOf({}), config)).toBeNull();
});
