/** The states that the network's page is looked at in: what the server answered, recorded by `tests/lsp/network.test.ts`. */
import type { NetworkView, ShownNetwork } from '../../client/network-messages.ts';
import type { NetworkSubject } from '../../client/network-subject.ts';
import type { NetworkResult } from '../../server/protocol.ts';
import { dataText } from '../data-file.ts';

export const answers: Readonly<Record<string, NetworkResult>> = JSON.parse(dataText('network/answers.json.gz'));

const shown = (name: string, answer: string): ShownNetwork => ({ name, result: answers[answer] ?? null });
const alone = (name: string, answer: string): NetworkView => ({ shown: shown(name, answer), compared: null, busy: false, stalled: false });

export const subject: NetworkSubject = { config: '/project/yolov5_s_resnet50.py', compared: null, size: null };

export const states: Readonly<Record<string, NetworkView>> = {
  right: alone('yolov5_s_resnet50.py', 'right'),
  mismatch: alone('yolov5_s_resnet50.py', 'mismatch'),
  levels: alone('yolov5_s_resnet50.py', 'levels'),
  failed: alone('yolov5_s_resnet50.py', 'failed'),
  unknown: alone('yolov5_s_resnet50.py', 'unknown'),
  'no-libraries': alone('yolov5_s_resnet50.py', 'missing'),
  'two-stage': alone('faster-rcnn_r50_fpn_1x_coco.py', 'twoStage'),
  unread: alone('yolov5_s_resnet50.py', 'unread'),
  'no-model': alone('default_runtime.py', 'noModel'),
  loading: { shown: { name: 'yolov5_s_resnet50.py', result: null }, compared: null, busy: true, stalled: false },
  stalled: { shown: { name: 'yolov5_s_resnet50.py', result: null }, compared: null, busy: true, stalled: true },
  compare: {
    shown: shown('yolov5_s_resnet50.py', 'right'),
    compared: shown('yolov5_s-v61_syncbn_8xb16-300e_coco.py', 'base'),
    busy: false,
    stalled: false,
  },
};
