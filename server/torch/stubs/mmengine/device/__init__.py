"""mmengine.device, where there is a CPU alone."""


def get_device():
    return 'cpu'


def get_max_cuda_memory(device=None):
    return 0


def is_cuda_available():
    return False


is_npu_available = is_mlu_available = is_mps_available = is_dipu_available = is_musa_available = is_npu_support_full_precision = is_cuda_available
