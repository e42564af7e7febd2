"""torchvision.transforms."""
from .functional import InterpolationMode
