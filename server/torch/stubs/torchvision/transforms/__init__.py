"""torchvision.transforms: its classes can be named and registered; whoever makes one learns nothing of it here."""
import _necktie_model
from .functional import InterpolationMode

_NAMES = (
    'AugMix AutoAugment AutoAugmentPolicy CenterCrop ColorJitter Compose ConvertImageDtype ElasticTransform FiveCrop GaussianBlur Grayscale Lambda '
    'LinearTransformation Normalize PILToTensor Pad RandAugment RandomAdjustSharpness RandomAffine RandomApply RandomAutocontrast RandomChoice RandomCrop '
    'RandomEqualize RandomErasing RandomGrayscale RandomHorizontalFlip RandomInvert RandomOrder RandomPerspective RandomPosterize RandomResizedCrop '
    'RandomRotation RandomSolarize RandomVerticalFlip Resize TenCrop ToPILImage ToTensor TrivialAugmentWide'
).split()


class _Transform:
    def __init__(self, *args, **kwargs):
        _necktie_model.unknown(f'torchvision.transforms.{type(self).__name__}')


for _name in _NAMES:
    globals()[_name] = type(_name, (_Transform,), {'__module__': 'torchvision.transforms.transforms'})


def __dir__():
    return [*_NAMES, 'InterpolationMode', 'autoaugment', 'functional', 'transforms']
