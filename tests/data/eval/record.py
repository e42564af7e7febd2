#!/usr/bin/env python3
"""What pycocotools says of random sets with the awkward cases: record.py > sets.jsonl (then gzip -9n). A set a line: truth, found, figures."""
import contextlib
import io
import json

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def figures(truth, found):
    with contextlib.redirect_stdout(io.StringIO()):
        gt = COCO()
        gt.dataset = json.loads(json.dumps(truth))
        gt.createIndex()
        if found:
            dt = gt.loadRes(json.loads(json.dumps(found)))
        else:  # loadRes takes no empty list
            dt = COCO()
            dt.dataset = dict(images=gt.dataset['images'], categories=gt.dataset['categories'], annotations=[])
            dt.createIndex()
        ev = COCOeval(gt, dt, 'bbox')
        ev.evaluate()
        ev.accumulate()
        ev.summarize()
    precision = ev.eval['precision']

    def mean(p):
        p = p[p > -1]
        return float(p.mean()) if p.size else -1.0
    per_class = [[gt.cats[c]['name'], mean(precision[:, :, k, 0, 2]), mean(precision[0, :, k, 0, 2]), mean(precision[5, :, k, 0, 2])]
                 for k, c in enumerate(ev.params.catIds)]
    return dict(stats=[float(v) for v in ev.stats], per_class=per_class)


def draw(rng, kind):
    images = int(rng.integers(1, 12))
    classes = int(rng.integers(1, 6))
    ids = [int(v) for v in rng.permutation(200)[:images]]
    if kind == 'text ids':
        ids = [f'p{v}' for v in ids]
    cats = [int(v) for v in rng.permutation(30)[:classes]]
    whole = kind == 'ties'
    decimals = 0 if whole else 2

    def number(v):
        return int(round(v)) if whole else round(float(v), decimals)
    truth = dict(images=[dict(id=i, file_name=f'{i}.jpg', width=640, height=480) for i in ids], annotations=[],
                 categories=[dict(id=c, name=f'class {c}') for c in cats])
    found = []
    next_id = 0 if kind == 'id zero' else 1
    for image in ids:
        for _ in range(int(rng.integers(0, 7)) if kind != 'nothing to find' else 0):
            cat = int(rng.choice(cats[: max(1, classes - 1)]))
            side = rng.choice([8, 32, 96, 150]) if kind == 'borders' else np.exp(rng.uniform(np.log(4), np.log(300)))
            w, h = (side, side) if kind == 'borders' else (side, side * rng.uniform(.5, 2))
            box = [number(v) for v in (rng.uniform(0, 300), rng.uniform(0, 200), w, h)]
            area = rng.choice([1023.99, 1024, 1024.01, 9215.99, 9216, 9216.01, 1e10, 0]) if kind == 'borders' else box[2] * box[3] * rng.uniform(.4, 1)
            crowd = int(rng.random() < (.4 if kind == 'crowds' else .05))
            truth['annotations'].append(dict(id=next_id, image_id=image, category_id=cat, bbox=box, area=round(float(area), 2), iscrowd=crowd))
            next_id += 0 if kind == 'ids twice' and rng.random() < .2 else 1
            for _ in range(int(rng.integers(0, 5))):
                shift = rng.choice([0, .02, .1, .3])
                b = [box[i] + rng.normal(0, shift) * (box[2] if i % 2 == 0 else box[3]) for i in range(4)]
                if rng.random() < .2:  # half of it, a tenth off, a quarter off: overlaps at the very thresholds
                    b = [box[0], box[1], box[2] * float(rng.choice([.5, .75, .9, 1])), box[3]]
                found.append(dict(image_id=image, category_id=cat if rng.random() < .85 else int(rng.choice(cats)),
                                  bbox=[number(v) for v in (b[0], b[1], max(0, b[2]), max(0, b[3]))],
                                  score=round(float(rng.choice([.1, .5, .9]) if whole else rng.random()), 3)))
        for _ in range(130 if kind == 'many' and rng.random() < .4 else int(rng.integers(0, 4))):
            found.append(dict(image_id=image, category_id=int(rng.choice(cats)), score=round(float(rng.beta(1, 4)), 2),
                              bbox=[number(v) for v in (*rng.uniform(0, 90, 2), *rng.uniform(0, 90, 2))]))
    if kind == 'nothing found':
        found = []
    if kind == 'odd':
        for f in found:
            if rng.random() < .2:
                f['category_id'] = 77  # none of the file's
            if rng.random() < .1:
                f['bbox'][2] = 0
            if rng.random() < .1:
                f['score'] = float(rng.choice([-1, 0, 1, 7]))
        for a in truth['annotations']:
            if rng.random() < .1:
                a['category_id'] = 78
            if rng.random() < .05:
                a['image_id'] = 'elsewhere'
    order = rng.permutation(len(truth['annotations']))
    truth['annotations'] = [truth['annotations'][i] for i in order]
    found = [found[i] for i in rng.permutation(len(found))]
    return truth, found


KINDS = ['plain', 'crowds', 'ties', 'borders', 'many', 'odd', 'id zero', 'ids twice', 'text ids', 'nothing found', 'nothing to find']
for seed in range(66):
    kind = KINDS[seed % len(KINDS)]
    truth, found = draw(np.random.default_rng(seed), kind)
    print(json.dumps(dict(kind=kind, truth=truth, found=found, figures=figures(truth, found)), separators=(',', ':')))
