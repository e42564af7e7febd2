/** `npm run bench`: how fast, as multiples of what is measured in the same run. Nothing passes or fails by it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { interpreterOf } from '../../server/registry/interpreter.ts';
import { zoo } from '../zoo.ts';
import { completionRows, configRows } from './configs.ts';
import { detectionRows, folderRows } from './detection.ts';
import { deviceText } from './device.ts';
import { memoryTable } from './memory.ts';
import { modelRows } from './models.ts';
import { photographRows } from './photograph.ts';
import { recipeRows } from './recipe.ts';
import { referenceLoop } from './reference.ts';
import { registryRows } from './registry.ts';
import { median, table } from './timing.ts';
import { coldRows, editorRows } from './zoo.ts';

const samples = join(process.cwd(), 'configs');
const base = join(samples, 'yolov5_s-v61_syncbn_8xb16-300e_coco');
const files = readdirSync(samples).flatMap(name => (name.endsWith('.py') ? [join(samples, name)] : []));
const hasLibraries = existsSync(zoo);
/** `npm run bench -- --memory` takes minutes longer; `npm run bench -- --device cuda` measures that device and nothing else. */
const device = process.argv[process.argv.indexOf('--device') + 1 || process.argv.length];
const open = (cache?: string): Promise<Project> =>
  Project.open(new NodeHost(), {
    roots: [samples],
    settings: { ...DEFAULT_SETTINGS, environment: hasLibraries, sitePackages: [zoo] },
    env: { XDG_CACHE_HOME: cache },
    cancel: new Int32Array(1),
  });

/** Models are run in the project's own thread. `packages`: beside the libraries' own folder. */
const openModels = (packages: readonly string[] = []): Promise<Project> =>
  Project.open(new NodeHost(), {
    roots: [samples],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo, ...packages] },
    env: {},
    cancel: new Int32Array(1),
    models: true,
  });
const photograph = { config: `${base}.py`, image: join(samples, 'demo/images/wall.jpg') };
const networks = [
  ['YOLOv5-s', `${base}.py`],
  ['YOLOv8-l', join(zoo, 'mmyolo/.mim/configs/yolov8/yolov8_l_syncbn_fast_8xb16-500e_coco.py')],
  ['Swin-T in its place', `${base}_mmdet-swin-tiny.py`],
] as const;
if (device !== undefined) {
  // The user's PyTorch has brought what a GPU needs.
  const packages = interpreterOf(new NodeHost(), { workspace: [samples], python: null }, process.env)?.sitePackages;
  console.log(await deviceText(device, () => openModels(packages), photograph, networks));
  process.exit();
}

referenceLoop();
const reference = { name: 'reference', milliseconds: await median(7, () => null, referenceLoop) };
console.log(`The reference loop takes ${reference.milliseconds.toFixed(0)} ms here (Node ${process.version}, ${process.arch}).\n`);

const opening = await median(
  3,
  () => null,
  () => open(),
);
const project = await open();
console.log(table('Configs', await configRows(project, files, reference)));
if (hasLibraries) console.log(table('The official configs, cold', await coldRows(reference)));
if (hasLibraries) console.log(table('Registries', await registryRows(reference)));
if (hasLibraries) console.log(table('Rules of the recipe', await recipeRows(project, reference)));
console.log(table('Completion', await completionRows(project, `${base}_mmdet-resnet50.py`, reference)));
if (hasLibraries) {
  console.log(
    table('Verdicts', [
      { what: 'opening a project', milliseconds: opening, of: reference },
      ...(await modelRows(open, networks, reference)),
    ]),
  );
  console.log(table('In an editor', await editorRows(reference)));
  if (process.argv.includes('--memory')) {
    const scratch = mkdtempSync(join(tmpdir(), 'necktie-memory-'));
    console.log(await memoryTable(scratch));
    rmSync(scratch, { recursive: true });
  }
} else console.log(`Verdicts: not measured, as the libraries' sources are not at ${zoo} (npm test lays them out).\n`);
console.log(
  table(
    'Detection',
    await detectionRows(project, join(samples, 'demo/shapes_yolov5_tiny.py'), join(samples, 'demo/images/meadow.jpg'), reference),
  ),
);
if (hasLibraries) {
  console.log(table('A photograph, YOLOv5-s', await photographRows(() => openModels(), { ...photograph, device: 'cpu' })));
}
const pictures = readdirSync(join(samples, 'demo/images')).map(name => join(samples, 'demo/images', name));
console.log(table('A folder', await folderRows(project, join(samples, 'demo/shapes_yolov5_tiny.py'), pictures)));
