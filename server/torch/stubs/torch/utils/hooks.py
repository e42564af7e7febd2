"""What takes a hook away again."""
import _necktie_model


class RemovableHandle:
    def __init__(self, hooks, *, extra_dict=None):
        self.hooks = hooks
        self.id = _necktie_model.fresh()

    def remove(self):
        self.hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.remove()
