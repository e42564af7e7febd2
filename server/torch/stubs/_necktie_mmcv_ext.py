"""
mmcv's compiled operators, by what they leave behind. They write into tensors that mmcv's own Python has made, so their shapes are right once nothing is done; that
what comes in fits is said by the compiled code, and not here: where it does not, the run ends.
"""
import torch

import _necktie_model

_WRITING = (
    'active_rotated_filter_forward assign_score_withk_forward ball_query_forward bbox_overlaps bezier_align_forward border_align_forward box_iou_quadri '
    'box_iou_rotated carafe_forward carafe_naive_forward chamfer_distance_forward convex_giou convex_iou correlation_forward deform_roi_pool_forward '
    'dynamic_voxelize_forward furthest_point_sampling_forward furthest_point_sampling_with_dist_forward gather_points_forward group_points_forward '
    'iou3d_boxes_overlap_bev_forward knn_forward min_area_polygons points_in_boxes_all_forward points_in_boxes_cpu_forward points_in_boxes_part_forward '
    'points_in_polygons_forward prroi_pool_forward psamask_forward riroi_align_rotated_forward roi_align_forward roi_align_rotated_forward roi_pool_forward '
    'roiaware_pool3d_forward roipoint_pool3d_forward rotated_feature_align_forward sigmoid_focal_loss_forward softmax_focal_loss_forward '
    'stack_ball_query_forward stack_group_points_forward sync_bn_forward_mean sync_bn_forward_output sync_bn_forward_var three_interpolate_forward '
    'three_nn_forward tin_shift_forward'
).split()
_UNKNOWN = (
    'active_rotated_filter_backward assign_score_withk_backward bezier_align_backward bias_act border_align_backward carafe_backward carafe_naive_backward '
    'chamfer_distance_backward contour_expand correlation_backward deform_conv_backward_input deform_conv_backward_parameters deform_roi_pool_backward '
    'diff_iou_rotated_sort_vertices_forward dynamic_point_to_voxel_backward dynamic_point_to_voxel_forward filtered_lrelu filtered_lrelu_act_ '
    'fused_bias_leakyrelu fused_indice_conv_forward gather_points_backward get_compiler_version get_compiling_cuda_version get_indice_pairs_2d_backward '
    'get_indice_pairs_2d_forward get_indice_pairs_3d_backward get_indice_pairs_3d_forward get_indice_pairs_4d_forward group_points_backward '
    'hard_voxelize_forward indice_conv_backward indice_conv_forward indice_maxpool_backward indice_maxpool_forward iou3d_nms3d_forward '
    'iou3d_nms3d_normal_forward masked_col2im_forward masked_im2col_forward modulated_deform_conv_backward ms_deform_attn_backward nms nms_match nms_quadri '
    'nms_rotated pixel_group prroi_pool_backward prroi_pool_coor_backward psamask_backward riroi_align_rotated_backward roi_align_backward '
    'roi_align_rotated_backward roi_pool_backward roiaware_pool3d_backward rotated_feature_align_backward sigmoid_focal_loss_backward '
    'softmax_focal_loss_backward softnms stack_group_points_backward sync_bn_backward_data sync_bn_backward_param three_interpolate_backward '
    'tin_shift_backward upfirdn2d'
).split()


def _written(name):
    def run(*args, **kwargs):
        for value in [*args, *kwargs.values()]:
            if isinstance(value, torch.Tensor):
                _necktie_model.refilled(value)
    run.__name__ = name
    return run


def _stopped(name):
    def run(*args, **kwargs):
        _necktie_model.unknown(f'mmcv.ops: {name}')
    run.__name__ = name
    return run


def _fits(held, name):
    if not held:
        _necktie_model.unknown(f'mmcv.ops: {name} of tensors that do not fit')


def deform_conv_forward(input, weight, offset, output, columns, ones, kW, kH, dW, dH, padW, padH, dilationW, dilationH, group, deformable_group, im2col_step):
    output.copy_(torch._deform_conv2d(input, weight, offset, None, None, [dH, dW], [padH, padW], [dilationH, dilationW], group, deformable_group))


def modulated_deform_conv_forward(input, weight, bias, ones, offset, mask, output, columns, kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, group, deformable_group, with_bias):
    bias = bias if with_bias else None
    places, size = deformable_group * kernel_h * kernel_w * input.shape[0], output.shape[2] * output.shape[3]
    if offset.shape[2:] != output.shape[2:] or mask.shape[2:] != output.shape[2:]:
        # Offsets of another level's size (DyHead) are read as far as they are needed; what comes of them is no network's to write.
        _fits(input.shape[1] == weight.shape[1] * group and weight.shape[2:] == (kernel_h, kernel_w), 'modulated_deform_conv_forward')
        _fits(offset.numel() >= 2 * places * size and mask.numel() >= places * size, 'modulated_deform_conv_forward')
        _necktie_model.refilled(output)
        return
    output.copy_(torch._deform_conv2d(input, weight, offset, mask, bias, [stride_h, stride_w], [pad_h, pad_w], [dilation_h, dilation_w], group, deformable_group))


def ms_deform_attn_forward(value, value_spatial_shapes, value_level_start_index, sampling_locations, attention_weights, im2col_step):
    bs, _, heads, width = value.shape
    _fits(sampling_locations.shape[2] == heads and value_spatial_shapes.shape[0] == sampling_locations.shape[3], 'ms_deform_attn_forward')
    return value.new_empty(bs, sampling_locations.shape[1], heads * width)


for _name in _WRITING:
    globals()[_name] = _written(_name)
for _name in _UNKNOWN:
    globals()[_name] = _stopped(_name)
