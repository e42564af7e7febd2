"""mmengine.config, as far as building a model asks for it."""
import _necktie_model
from _necktie_model import ConfigDict


def _reads(name):
    def read(*args, **kwargs):
        _necktie_model.unknown(f'mmengine.Config.{name}')
    return read


class Config(ConfigDict):
    fromstring = staticmethod(_reads('fromstring'))
    auto_argparser = staticmethod(_reads('auto_argparser'))
    dump = _reads('dump')
    merge_from_dict = _reads('merge_from_dict')
    to_dict = _reads('to_dict')
    filename = property(_reads('filename'))
    text = property(_reads('text'))
    pretty_text = property(_reads('pretty_text'))
    env_variables = property(_reads('env_variables'))

    @staticmethod
    def fromfile(filename, use_predefined_variables=True, import_custom_modules=True, use_environment_variables=True, lazy_import=None, format_python_code=True):
        if not use_predefined_variables or not use_environment_variables or lazy_import is not None:
            _necktie_model.unknown('mmengine.Config.fromfile')
        return Config(_necktie_model.other_config(str(filename), bool(import_custom_modules)))


class DictAction:
    pass


def read_base():
    pass
