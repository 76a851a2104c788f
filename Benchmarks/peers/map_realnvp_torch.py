#!/usr/bin/env python3
"""The peer of our RealNVP: one iteration of MAP, or one step of training, in PyTorch eager mode.

Written the way public implementations are: checkerboard and channel-wise affine couplings whose
residual networks compute their weight normalisation on every call, masks multiplied in, a logit
in front, autograd. It is the twin of the shipped mnist, parameter by parameter.

    python map_realnvp_torch.py --size 28 --channels 1 --scales 3 --blocks 1 --width 32 --batch 1
"""
import math

import torch
import torch.nn.functional as F

from measuring import parser, report


def frozen(value):
    return torch.nn.Parameter(value, requires_grad=False)


class Convolution(torch.nn.Module):
    """A convolution with weight normalisation per output channel, computed on every call."""

    def __init__(self, inputs, outputs, size, generator, normalised=True, gain=1.0):
        super().__init__()
        std = gain / math.sqrt(inputs * size * size)
        self.v = frozen(torch.randn(outputs, inputs, size, size, generator=generator) * std)
        self.g = frozen(torch.ones(outputs, 1, 1, 1)) if normalised else None
        self.bias = frozen(torch.randn(outputs, generator=generator) * 0.01)
        self.padding = size // 2

    def forward(self, x):
        weight = self.v
        if self.g is not None:
            weight = self.g * weight / weight.pow(2).sum((1, 2, 3), keepdim=True).sqrt()
        return F.conv2d(x, weight, self.bias, padding=self.padding)


class Network(torch.nn.Module):
    """A 3x3 convolution, pre-activated residual blocks of 3x3 and 1x1, a plain 3x3 at the end."""

    def __init__(self, inputs, outputs, o, generator):
        super().__init__()
        self.inputs = Convolution(inputs, o.width, 3, generator)
        self.blocks = torch.nn.ModuleList(
            torch.nn.ModuleList(Convolution(o.width, o.width, size, generator) for size in (3, 1))
            for _ in range(o.blocks))
        self.outputs = Convolution(o.width, outputs, 3, generator, normalised=False, gain=0.05)

    def forward(self, x):
        h = self.inputs(x)
        for first, second in self.blocks:
            h = h + second(F.relu(first(F.relu(h))))
        return self.outputs(F.relu(h))


class ActNorm(torch.nn.Module):
    def __init__(self, channels, generator):
        super().__init__()
        self.bias = frozen(torch.randn(1, channels, 1, 1, generator=generator) * 0.02)
        self.logs = frozen(torch.randn(1, channels, 1, 1, generator=generator) * 0.02)

    def encode(self, x):
        return (x + self.bias) * torch.exp(self.logs), self.logs.sum() * x.shape[2] * x.shape[3]

    def decode(self, y):
        return y * torch.exp(-self.logs) - self.bias, -self.logs.sum() * y.shape[2] * y.shape[3]


class Checkerboard(torch.nn.Module):
    def __init__(self, channels, size, parity, o, generator):
        super().__init__()
        self.channels = channels
        grid = torch.arange(size)
        kept = (grid[:, None] + grid[None, :]) % 2 == parity
        self.register_buffer("kept", kept.float()[None, None])
        self.network = Network(channels + 1, 2 * channels, o, generator)
        self.rescale = frozen(torch.ones(1, channels, 1, 1))

    def steering(self, x):
        board = self.kept.expand(x.shape[0], -1, -1, -1)
        out = self.network(torch.cat([x * self.kept, board], 1))
        moved = 1 - self.kept
        logs = self.rescale * torch.tanh(out[:, :self.channels]) * moved
        return logs, out[:, self.channels:] * moved

    def encode(self, x):
        logs, shift = self.steering(x)
        return x * torch.exp(logs) + shift, logs.sum((1, 2, 3))

    def decode(self, y):
        logs, shift = self.steering(y)
        return (y - shift) * torch.exp(-logs), -logs.sum((1, 2, 3))


class Channelwise(torch.nn.Module):
    def __init__(self, channels, flipped, o, generator):
        super().__init__()
        self.flipped, self.half = flipped, channels // 2
        self.network = Network(self.half, channels, o, generator)
        self.rescale = frozen(torch.ones(1, self.half, 1, 1))

    def mapped(self, x, move):
        kept, moved = x.chunk(2, 1)
        if self.flipped:
            kept, moved = moved, kept
        out = self.network(kept)
        logs = self.rescale * torch.tanh(out[:, :self.half])
        moved = move(moved, logs, out[:, self.half:])
        return torch.cat([moved, kept] if self.flipped else [kept, moved], 1), logs.sum((1, 2, 3))

    def encode(self, x):
        return self.mapped(x, lambda moved, logs, shift: moved * torch.exp(logs) + shift)

    def decode(self, y):
        x, logdet = self.mapped(y, lambda moved, logs, shift: (moved - shift) * torch.exp(-logs))
        return x, -logdet


class RealNVP(torch.nn.Module):
    """Per scale three checkerboard couplings, a squeeze and three channel-wise ones, after which
    every second channel leaves; the last scale has four checkerboard couplings. An actnorm comes
    first and after every coupling."""

    def __init__(self, o):
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        self.margin, channels, size = o.margin, o.channels, o.size
        self.scales, self.shapes = torch.nn.ModuleList(), []

        def chain(couplings, channels):
            layers = torch.nn.ModuleList()
            for coupling in couplings:
                layers.extend([coupling, ActNorm(channels, generator)])
            return layers

        for scale in range(o.scales):
            last = scale == o.scales - 1
            boards = [Checkerboard(channels, size, j % 2, o, generator) for j in range(4 if last else 3)]
            parts = torch.nn.ModuleList([chain(boards, channels)])
            if scale == 0:
                parts[0].insert(0, ActNorm(channels, generator))
            if not last:
                channels, size = channels * 4, size // 2
                parts.append(chain(
                    [Channelwise(channels, j % 2 == 1, o, generator) for j in range(3)], channels))
                channels //= 2
            self.scales.append(parts)
            self.shapes.append((channels, size, size))

    def encode(self, x):
        a = self.margin
        p = a + (1 - 2 * a) * x
        logit, complement = torch.log(p), torch.log(1 - p)
        x, logdet = logit - complement, (math.log(1 - 2 * a) - logit - complement).sum((1, 2, 3))
        latents = []
        for parts in self.scales:
            for index, part in enumerate(parts):
                x = F.pixel_unshuffle(x, 2) if index == 1 else x
                for layer in part:
                    x, change = layer.encode(x)
                    logdet = logdet + change
            if len(parts) == 2:
                x, latent = x[:, 0::2], x[:, 1::2]
                latents.append(latent)
        return latents + [x], logdet

    def decode(self, latents):
        x, logdet = latents[-1], 0
        for scale, parts in reversed(list(enumerate(self.scales))):
            if len(parts) == 2:
                x = torch.stack([x, latents[scale]], 2).flatten(1, 2)
            for index, part in reversed(list(enumerate(parts))):
                for layer in reversed(part):
                    x, change = layer.decode(x)
                    logdet = logdet + change
                x = F.pixel_shuffle(x, 2) if index == 1 else x
        a = self.margin
        logit = F.logsigmoid(x) + F.logsigmoid(-x) - math.log(1 - 2 * a)
        return (torch.sigmoid(x) - a) / (1 - 2 * a), logdet + logit.sum((1, 2, 3))

    def convolution_flops(self):
        total = 0
        for (_, size, _), parts in zip(self.shapes, self.scales):
            for index, part in enumerate(parts):
                side = 2 * size if len(parts) == 2 and index == 0 else size
                convolutions = [m for m in part.modules() if isinstance(m, Convolution)]
                total += 2 * side * side * sum(m.v.numel() for m in convolutions)
        return total


if __name__ == "__main__":
    options = parser(
        __doc__, size=28, channels=1, scales=3, blocks=1, width=32, margin=0.05).parse_args()
    report(options, lambda: RealNVP(options))
