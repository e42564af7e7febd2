import torch
import torch.nn as nn
from mmcls.registry import MODELS
import math


class Attention(nn.Module):
    def __init__(self, dim, num_heads=4, qkv_bias=True, drop=0.):
        super().__init__()
        assert dim % num_heads == 0, f'dim {dim} should be divided by num_heads {num_heads}.'
        self.num_heads = num_heads
        self.scale = (dim // num_heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.proj = nn.Linear(dim, dim)
        self.drop = nn.Dropout(drop)

    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, C // self.num_heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        attn = (q @ k.transpose(-2, -1)) * self.scale
        x = (self.drop(attn.softmax(dim=-1)) @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj(x)


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, dim=32, num_heads=4):
        super().__init__()
        self.embed = nn.Conv2d(3, dim, 16, 16)
        self.pos = nn.Parameter(torch.zeros(1, 196, dim))
        self.blocks = nn.ModuleList([Attention(dim, num_heads) for _ in range(2)])
        self.norm = nn.LayerNorm(dim)
        self.mha = nn.MultiheadAttention(dim, num_heads, batch_first=True)

    def forward(self, x):
        x = self.embed(x)
        H, W = x.shape[-2:]
        x = x.flatten(2).transpose(1, 2) + self.pos
        for block in self.blocks:
            x = x + block(self.norm(x))
        x = x + self.mha(x, x, x)[0]
        return (x.transpose(1, 2).reshape(-1, x.size(-1), H, W),)
