"""timm.models without importing every model there is: a name is looked for in the modules beside this one, a model before it is created."""
from importlib import import_module

import _necktie_model


def __getattr__(name):
    return _necktie_model.member_of_timm(name)


def _factory():
    return import_module(_necktie_model.first_of('timm.models._factory', 'timm.models.factory'))


def create_model(model_name, *args, **kwargs):
    _necktie_model.import_timm_model(model_name)
    return _factory().create_model(model_name, *args, **kwargs)


def _registry():
    return import_module(_necktie_model.first_of('timm.models._registry', 'timm.models.registry'))


def is_model(model_name):
    _necktie_model.import_timm_model(model_name)
    return _registry().is_model(model_name)


def model_entrypoint(model_name, *args):
    _necktie_model.import_timm_model(model_name)
    return _registry().model_entrypoint(model_name, *args)


def list_models(*args, **kwargs):
    _necktie_model.unknown('timm.list_models')


def list_modules():
    _necktie_model.unknown('timm.list_modules')
