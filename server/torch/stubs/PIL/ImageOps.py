"""PIL.ImageOps: pictures are unknown."""
import _necktie_model


def __getattr__(name):
    def changed(*args, **kwargs):
        _necktie_model.unknown(f'PIL.ImageOps.{name}')
    return changed
