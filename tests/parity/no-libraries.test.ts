/** On a machine without the libraries: the replacements of MMYOLO's guide are right and the usual mistakes are found, by bundled facts alone. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { Lines } from '../../server/text/lines.ts';

const samples = fileURLToPath(new URL('../../configs/', import.meta.url));
const host = new NodeHost();
let project: Project;
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, environment: false };
  project = await Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1) });
});

/** The backbone of each, and what it gives at strides 8, 16 and 32. */
const GIVES: Readonly<Record<string, string>> = {
  'yolov6-efficientrep': '128, 256, 512',
  'mmdet-resnet50': '512, 1024, 2048',
  'mmdet-resnet50-scratch': '512, 1024, 2048',
  'mmdet-swin-tiny': '192, 384, 768',
  'mmcls-convnext-tiny': '192, 384, 768',
  'mmcls-mobilenetv3-small': '24, 48, 96',
  'mmcls-timm-efficientnet-b1': '40, 112, 320',
  'mmselfsup-resnet50': '512, 1024, 2048',
};
const names = Object.keys(GIVES);
const fileOf = (name: string): string => `${samples}yolov5_s-v61_syncbn_8xb16-300e_coco_${name}.py`;

describe('the replacements', () => {
  it('are all there', () => {
    const there = readdirSync(samples).flatMap(name => /_coco_(.*)\.py$/.exec(name)?.[1] ?? []);
    expect(there.sort()).toEqual(names.toSorted());
  });
  it.each(names)('%s is right, and that much was looked at', name => {
    expect(project.check(fileOf(name))).toEqual({
      diagnostics: [],
      unknown: 'the sources of mmengine are not at hand',
      facts: `the neck takes the channels that the backbone gives (${GIVES[name]})`,
    });
  });
});

const found = (file: string) =>
  project.check(file).diagnostics.map(({ code, severity, site, message, fixes }) => {
    const text = host.read(site.file) ?? '';
    const [sentence] = message.split('\n');
    return {
      code,
      severity,
      line: new Lines(text).text(site.line - 1).trim(),
      at: text.slice(site.start, site.end),
      sentence,
      fixes: fixes.map(fix => fix.title),
    };
  });

describe('with the channels of the base left in the neck', () => {
  const others = names.filter(name => name !== 'yolov6-efficientrep');
  it.each(others)('%s', name => {
    const file = fileOf(name);
    const text = host.read(file) ?? '';
    const wrong = text.replace('in_channels=channels,', 'in_channels=[256, 512, 1024],');
    expect(wrong).not.toBe(text);
    const undo = host.lay(file, wrong);
    try {
      const levels = found(file);
      const given = GIVES[name]?.split(', ');
      expect(levels.map(({ code, severity, at }) => `${severity} ${code} ${at}`)).toEqual(
        ['256', '512', '1024'].map(at => `error channel-mismatch ${at}`),
      );
      for (const [i, { line, sentence, fixes }] of levels.entries()) {
        expect(line).toBe('in_channels=[256, 512, 1024],');
        expect(sentence).toContain(`\`neck.in_channels[${i}]\` expects ${256 << i} channels at stride ${8 << i}; the backbone (`);
        expect(sentence).toMatch(new RegExp(` gives ${given?.[i]}\\.$`));
        expect(fixes[0]).toBe(`Change neck.in_channels to ${GIVES[name]}: the neck fits`);
      }
    } finally {
      undo();
    }
  });
  it('is right for yolov6-efficientrep, until its own width is changed', () => {
    const file = fileOf('yolov6-efficientrep');
    const undo = host.lay(
      file,
      (host.read(file) ?? '').replace("type='YOLOv6EfficientRep',", "type='YOLOv6EfficientRep', widen_factor=1.0,"),
    );
    try {
      expect(found(file)).toMatchObject([{ code: 'channel-mismatch' }]);
    } finally {
      undo();
    }
  });
});

describe('the mistakes', () => {
  it.each([
    ['neck-channels', 'neck=dict(', 'neck'],
    ['out-indices', 'out_indices=(0, 1, 2),', '(0, 1, 2)'],
    ['widen-factor', 'widen_factor = 0.5', '0.5'],
  ])('%s', (name, line, at) => {
    expect(found(`${samples}broken/resnet50_${name}.py`)).toMatchObject([{ code: 'channel-mismatch', severity: 'error', line, at }]);
  });
});

it('a backbone that no fact covers is not claimed to be checked', () => {
  const { diagnostics, unknown, facts } = project.check(`${samples}demo/shapes_yolov5_tiny.py`);
  expect({ diagnostics, unknown, facts }).toMatchObject({ diagnostics: [], unknown: expect.stringContaining('not at hand') });
  const undo = host.lay(
    fileOf('mmdet-resnet50'),
    (host.read(fileOf('mmdet-resnet50')) ?? '').replace("'mmdet.ResNet',", "'mmdet.ResNet', base_channels=32,"),
  );
  try {
    expect(project.check(fileOf('mmdet-resnet50'))).toMatchObject({ diagnostics: [], facts: null });
  } finally {
    undo();
  }
  expect(facts === null || facts.includes('channels')).toBe(true);
});
