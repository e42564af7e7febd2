"""
Parts of a recipe, each built as mmengine's runner builds it (0.10.7): with what the runner adds to the config's own dict, and stand-ins for what only a run has. Of
those nothing is known but what is said here; whoever asks for more ends the building, and nothing is told.

A builder is given the part's dict, the keys on the way to it, and what is not known.
"""
import mmengine.registry as registries
from torch.optim import Optimizer
from torch.utils.data import DataLoader, Sampler

import _necktie_model

_ALONE = {'transform': 'TRANSFORMS', 'metric': 'METRICS', 'log_processor': 'LOG_PROCESSORS'}

# Whose constructors were read for it: what stands in for a run tells them no more than they ask. Any other, a class of somebody's own above all, may ask for what is
# so in its run alone (a sampler of its own, as many groups of parameters, the steps themselves): it is given nothing that is known.
_READ = frozenset((
    'mmengine.dataset.base_dataset', 'mmengine.dataset.dataset_wrapper', 'mmengine.dataset.sampler', 'mmengine.model.averaged_model', 'mmengine.model.weight_init',
    'mmengine.optim.scheduler.lr_scheduler', 'mmengine.optim.scheduler.param_scheduler', 'mmengine.runner.loops',
    'mmdet.datasets.base_det_dataset', 'mmdet.datasets.dataset_wrappers', 'mmdet.datasets.samplers.batch_sampler', 'mmdet.datasets.samplers.class_aware_sampler',
    'mmdet.datasets.samplers.custom_sample_size_sampler', 'mmdet.datasets.samplers.multi_source_sampler', 'mmdet.engine.runner.loops',
    'mmdet.engine.schedulers.quadratic_warmup', 'mmdet.models.layers.ema', 'mmyolo.datasets.yolov5_coco', 'mmyolo.models.layers.ema',
    'mmpretrain.datasets.base_dataset', 'mmpretrain.datasets.custom', 'mmpretrain.datasets.dataset_wrappers', 'mmpretrain.datasets.imagenet',
    'mmcls.datasets.base_dataset', 'mmcls.datasets.custom', 'mmcls.datasets.dataset_wrappers', 'mmcls.datasets.imagenet',
    'torch.utils.data', 'torch.utils.data.sampler',
))


def build(registry, cfg, path, anything):
    alone = _ALONE.get(registry)
    return getattr(registries, alone).build(cfg) if alone else _BUILDERS[registry](cfg, path, anything)


def _found(registry, cfg):
    kind = cfg.get('type')
    with registry.switch_scope_and_registry(cfg.get('_scope_')) as within:
        return within.get(kind) if isinstance(kind, str) else kind


def _is_read(found):
    """By the module of the constructor that counts: what inherits it without one of its own is made in its way."""
    return getattr(getattr(found, '__init__', found), '__module__', None) in _READ


def _hook(cfg, path, anything):
    """And the averaged model, which `EMAHook` builds before the run."""
    hook = registries.HOOKS.build(cfg)
    from mmengine.hooks import EMAHook
    if type(hook) is EMAHook:
        from torch import nn
        model = nn.Linear(1, 1) if _is_read(_found(registries.MODELS, hook.ema_cfg)) else anything
        registries.MODELS.build(hook.ema_cfg, default_args=dict(model=model))
    return hook


def _sampler(cfg, path, anything):
    read = _is_read(_found(registries.DATA_SAMPLERS, cfg))
    if path[-1] == 'batch_sampler':
        given = dict(sampler=_Sampler(anything), batch_size=2) if read else dict(sampler=anything, batch_size=anything)
    else:
        given = dict(dataset=anything, seed=0 if read else anything)
    return registries.DATA_SAMPLERS.build(cfg, default_args=given)


def _dataset(cfg, path, anything):
    """As far as its files: none is read. Its steps are built by themselves."""
    return registries.DATASETS.build(_lazily(cfg, anything))


def _lazily(cfg, anything):
    from mmengine.dataset import BaseDataset
    found = _found(registries.DATASETS, cfg)
    read = _is_read(found)
    for key, value in list(cfg.items()):
        if key == 'pipeline' and isinstance(value, (list, tuple)):
            cfg[key] = [] if read else anything
        elif key == 'dataset' and isinstance(value, dict):
            cfg[key] = _lazily(value, anything) if read else anything
        elif key == 'datasets' and isinstance(value, (list, tuple)):
            cfg[key] = [_lazily(one, anything) if isinstance(one, dict) else one for one in value] if read else anything
    if isinstance(found, type) and issubclass(found, BaseDataset):
        if read:
            cfg.setdefault('lazy_init', True)
        else:
            # It may take no `lazy_init`, or look at what was read.
            found.full_init = _reading
    return cfg


def _reading(dataset):
    _necktie_model.unknown('what the files hold')


def _scheduler(cfg, path, anything):
    if not str(cfg.get('type')).endswith('LR'):
        _necktie_model.unknown('what an optimizer has besides its rate')
    begin = cfg.get('begin', 0)
    read = _is_read(_found(registries.PARAM_SCHEDULERS, cfg))
    cfg.setdefault('end', begin + 1000 if read and isinstance(begin, int) else anything)
    return registries.PARAM_SCHEDULERS.build(cfg, default_args=dict(optimizer=_Optimizer() if read else anything))


def _loop(cfg, path, anything):
    read = _is_read(_found(registries.LOOPS, cfg))
    given = dict(runner=anything, dataloader=_Loader(anything) if read else anything)
    if path[-1] != 'train_cfg':
        from mmengine.evaluator import Evaluator
        given['evaluator'] = Evaluator([]) if read else anything
    return registries.LOOPS.build(cfg, default_args=given)


def _wrapper(cfg, path, anything):
    # The others ask for a device.
    if cfg.get('type') != 'OptimWrapper':
        _necktie_model.unknown('the device')
    return registries.OPTIM_WRAPPERS.build(cfg, default_args=dict(optimizer=_Optimizer()))


def _initializer(cfg, path, anything):
    """What mmengine's `initialize` says of it, of a module that has each of the attributes that are named."""
    from mmengine.model import initialize
    from torch import nn
    if not _is_read(_found(registries.WEIGHT_INITIALIZERS, cfg)):
        _necktie_model.unknown('the module whose weights it begins')
    module, override = nn.Module(), cfg.get('override')
    for one in override if isinstance(override, list) else [override]:
        if isinstance(one, dict) and isinstance(one.get('name'), str):
            setattr(module, one['name'], nn.Module())
    return initialize(module, cfg)


_BUILDERS = {
    'hook': _hook, 'weight initializer': _initializer, 'data sampler': _sampler, 'dataset': _dataset, 'parameter scheduler': _scheduler, 'loop': _loop,
    'optim_wrapper': _wrapper,
}


class _Group(dict):
    def __missing__(self, key):
        _necktie_model.unknown('what an optimizer has besides its rate')


class _Optimizer(Optimizer):
    def __init__(self):
        self.param_groups = [_Group(lr=0.01, params=[])]

    @property
    def defaults(self):
        _necktie_model.unknown("an optimizer's defaults")

    def step(self, closure=None):
        pass


class _Sampler(Sampler):
    def __init__(self, dataset):
        self.dataset = dataset

    def __len__(self):
        _necktie_model.unknown('how many pictures there are')

    def __iter__(self):
        _necktie_model.unknown('the order of the pictures')

    def __getattr__(self, name):
        _necktie_model.unknown('the sampler')


class _Loader(DataLoader):
    def __init__(self, anything):
        self.dataset = self.anything = anything

    def __len__(self):
        return self.anything

    def __iter__(self):
        _necktie_model.unknown('the pictures')

    def __getattr__(self, name):
        _necktie_model.unknown('the loader')
