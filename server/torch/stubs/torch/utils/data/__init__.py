"""Data sets and loaders can be named and derived from; no model needs one."""
import _necktie_model


class _Unused:
    def __class_getitem__(cls, item):
        return cls

    def __init__(self, *args, **kwargs):
        _necktie_model.unknown(f'torch.utils.data.{type(self).__name__}')


class Dataset(_Unused):
    def __init__(self, *args, **kwargs):
        pass


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    pass


class ConcatDataset(Dataset):
    pass


class Subset(Dataset):
    pass


class Sampler(_Unused):
    def __init__(self, *args, **kwargs):
        pass


class BatchSampler(Sampler):
    pass


class RandomSampler(Sampler):
    pass


class SequentialSampler(Sampler):
    pass


class DistributedSampler(Sampler):
    pass


class WeightedRandomSampler(Sampler):
    pass


class DataLoader(_Unused):
    pass
