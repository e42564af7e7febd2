"""mmengine.config, as far as building a model asks for it."""
import _necktie_model
from _necktie_model import ConfigDict


def _reads(name):
    def read(*args, **kwargs):
        _necktie_model.unknown(f'mmengine.Config.{name}')
    return staticmethod(read)


class Config(ConfigDict):
    fromfile = _reads('fromfile')
    fromstring = _reads('fromstring')
    auto_argparser = _reads('auto_argparser')


class DictAction:
    pass


def read_base():
    pass
