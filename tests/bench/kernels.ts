/** Python that a reference begins with: mmcv's compiled kernels, where they are not built. `nms` is torchvision's, which is the same; no other is called by what is measured. */
export const KERNELS = `
import importlib.machinery, sys, types, warnings
warnings.filterwarnings('ignore')
class Kernels(types.ModuleType):
    @staticmethod
    def nms(boxes, scores, iou_threshold, offset):
        import torchvision
        return torchvision.ops.nms(boxes, scores, iou_threshold)
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        def missing(*args, **kwargs):
            raise NotImplementedError(name)
        return missing
if not importlib.machinery.PathFinder.find_spec('mmcv._ext', __import__('mmcv').__path__):
    sys.modules['mmcv._ext'] = Kernels('mmcv._ext')
    sys.modules['mmcv._ext'].__spec__ = importlib.machinery.ModuleSpec('mmcv._ext', None)  # is looked for
`;
