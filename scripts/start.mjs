/** `npm start`: from a fresh clone to what Necktie is for, on the sample workspace. */
import { join } from 'node:path';
import { run, setUp, top } from './setup.mjs';

const heading = text => console.log(process.stdout.isTTY && !process.env.NO_COLOR ? `\n\u001b[1m${text}\u001b[0m\n` : `\n${text}\n`);
const necktie = (...args) => run(process.execPath, [join(top, 'dist', 'server', 'cli.mjs'), ...args]);

setUp();

heading('1. Every config of the sample workspace, checked (configs/broken holds three mistakes on purpose)');
const checked = necktie('check', 'configs');

heading('2. The network of one of them: YOLOv5’s neck and head on mmdet’s ResNet-50');
const network = necktie('model', 'configs/yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py');

heading('3. Detection on a picture');
const detected = necktie(
  'detect',
  'configs/demo/shapes_yolov5_tiny.py',
  'configs/demo/images/meadow.jpg',
  '--score-thr',
  '0.3',
  '--save',
  'out/detections',
);

heading('In the editor');
console.log(`  VS Code: npm run package
           code --install-extension necktie.vsix
           code configs

  Open a file of configs/broken to see a squiggle; in configs/demo/shapes_yolov5_tiny.py run "Necktie: Run Detection".
  Any other editor: node dist/server/cli.mjs server --stdio is a language server.`);

// 1 is what `check` answers where it found mistakes, as it must here.
process.exitCode = checked > 1 || network || detected ? 1 : 0;
