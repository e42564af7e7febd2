/** Names of the classes that mmdet's and mmyolo's datasets bring with them, where a config names none. */

const COCO =
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,' +
  'zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,' +
  'bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,' +
  'toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush';
const VOC =
  'aeroplane,bicycle,bird,boat,bottle,bus,car,cat,chair,cow,diningtable,dog,horse,motorbike,person,pottedplant,sheep,sofa,train,tvmonitor';

const BY_TYPE: Readonly<Record<string, string>> = {
  CocoDataset: COCO,
  YOLOv5CocoDataset: COCO,
  PPYOLOECocoDataset: COCO,
  VOCDataset: VOC,
  YOLOv5VOCDataset: VOC,
  CrowdHumanDataset: 'person',
  YOLOv5CrowdHumanDataset: 'person',
};

/** Null where the dataset is not among them. */
export const classesOfDataset = (type: string): readonly string[] | null => BY_TYPE[type]?.split(',') ?? null;
