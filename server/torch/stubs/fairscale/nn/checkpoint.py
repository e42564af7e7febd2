"""Activations that are computed twice: the shapes are the module's own."""


def checkpoint_wrapper(module, offload_to_cpu=False):
    return module
