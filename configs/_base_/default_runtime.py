# What every run has, whatever it trains: hooks, logging, the process environment.
default_scope = 'mmyolo'

backend_args = None  # files are read from the local disk
log_level = 'INFO'
load_from = None  # a checkpoint to begin with
resume = False

vis_backends = [dict(type='LocalVisBackend')]
visualizer = dict(
    type='mmdet.DetLocalVisualizer', name='visualizer', vis_backends=vis_backends)
log_processor = dict(type='LogProcessor', by_epoch=True, window_size=50)

env_cfg = dict(
    dist_cfg=dict(backend='nccl'),
    mp_cfg=dict(opencv_num_threads=0, mp_start_method='fork'),
    cudnn_benchmark=True)

default_hooks = dict(
    checkpoint=dict(type='CheckpointHook', interval=1),
    logger=dict(type='LoggerHook', interval=50),
    param_scheduler=dict(type='ParamSchedulerHook'),
    sampler_seed=dict(type='DistSamplerSeedHook'),
    timer=dict(type='IterTimerHook'),
    visualization=dict(type='mmdet.DetVisualizationHook'))
