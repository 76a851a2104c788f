#!/usr/bin/env python3
"""The peer of our Glow: one iteration of MAP, or one step of training, in PyTorch eager mode.

Written the way public implementations are: actnorm, 1x1 convolution whose inverse is computed on
every call, coupling network with its own actnorms, autograd. --prior learned and
--scale-floor 0.05 make it the twin of the shipped faces64, parameter by parameter.

    python map_glow_torch.py --levels 4 --steps 18 --last-steps 1 --hidden 512 --batch 1
"""
import torch
import torch.nn.functional as F

from measuring import parser, report


class Step(torch.nn.Module):
    """actnorm -> 1x1 convolution -> affine coupling; `decode` is the generative direction."""

    def __init__(self, channels, hidden, floor, normal, generator):
        super().__init__()
        half, self.floor = channels // 2, floor
        self.bias, self.logs = normal(1, channels, 1, 1, std=0.05), normal(1, channels, 1, 1, std=0.05)
        rotation, _ = torch.linalg.qr(torch.randn(channels, channels, generator=generator))
        self.weight = torch.nn.Parameter(rotation, requires_grad=False)
        self.w1, self.b1 = normal(hidden, half, 3, 3, std=0.05), normal(hidden, std=0.01)
        self.n1b, self.n1s = normal(1, hidden, 1, 1, std=0.05), normal(1, hidden, 1, 1, std=0.05)
        self.w2, self.b2 = normal(hidden, hidden, 1, 1, std=0.03), normal(hidden, std=0.01)
        self.n2b, self.n2s = normal(1, hidden, 1, 1, std=0.05), normal(1, hidden, 1, 1, std=0.05)
        self.w3, self.b3 = normal(channels, hidden, 3, 3, std=0.002), normal(channels, std=0.01)
        self.out_logs = normal(channels, 1, 1, std=0.05)

    def network(self, x):
        h = F.conv2d(x, self.w1, self.b1, padding=1)
        h = F.relu((h + self.n1b) * torch.exp(self.n1s))
        h = F.conv2d(h, self.w2, self.b2)
        h = F.relu((h + self.n2b) * torch.exp(self.n2s))
        return F.conv2d(h, self.w3, self.b3, padding=1) * torch.exp(3 * self.out_logs)

    def steering(self, held):
        out = self.network(held)
        scale = self.floor + (1 - self.floor) * torch.sigmoid(out[:, 0::2] + 2)
        return scale, out[:, 1::2]

    def affine_logdet(self, x):
        pixels = x.shape[2] * x.shape[3]
        return pixels * (torch.linalg.slogdet(self.weight)[1] + self.logs.sum())

    def encode(self, x):
        x = (x + self.bias) * torch.exp(self.logs)
        y = F.conv2d(x, self.weight[:, :, None, None])
        moved, held = y.chunk(2, 1)
        scale, shift = self.steering(held)
        logdet = torch.log(scale).sum((1, 2, 3)) + self.affine_logdet(x)
        return torch.cat([moved * scale + shift, held], 1), logdet

    def decode(self, y):
        moved, held = y.chunk(2, 1)
        scale, shift = self.steering(held)
        x = torch.cat([(moved - shift) / scale, held], 1)
        logdet = -torch.log(scale).sum((1, 2, 3)) - self.affine_logdet(y)
        inverse = torch.inverse(self.weight.double()).to(y.dtype)[:, :, None, None]
        return F.conv2d(x, inverse) * torch.exp(-self.logs) - self.bias, logdet


class SplitPrior(torch.nn.Module):
    """Mean and log-scale of the half that leaves, from the half that stays."""

    def __init__(self, channels, normal):
        super().__init__()
        self.weight = normal(2 * channels, channels, 3, 3, std=0.002)
        self.bias = normal(2 * channels, std=0.01)
        self.logs = normal(2 * channels, 1, 1, std=0.05)

    def forward(self, kept):
        out = F.conv2d(kept, self.weight, self.bias, padding=1) * torch.exp(3 * self.logs)
        logs, mean = out.chunk(2, 1)
        return mean, 4 * torch.tanh(logs / 4)


class Glow(torch.nn.Module):
    def __init__(self, o):
        super().__init__()
        generator = torch.Generator().manual_seed(0)

        def normal(*shape, std):
            value = torch.randn(*shape, generator=generator) * std
            return torch.nn.Parameter(value, requires_grad=False)

        self.shapes, channels, size = [], o.channels, o.size
        self.levels, self.priors = torch.nn.ModuleList(), torch.nn.ModuleList()
        for level in range(o.levels):
            channels, size = channels * 4, size // 2
            last = level == o.levels - 1
            self.levels.append(torch.nn.ModuleList(
                Step(channels, o.hidden, o.scale_floor, normal, generator)
                for _ in range(o.last_steps if last else o.steps)))
            if not last:
                channels //= 2
                if o.prior == "learned":
                    self.priors.append(SplitPrior(channels, normal))
            self.shapes.append((channels, size, size))

    def encode(self, x):
        x, logdet, latents = x - 0.5, 0, []
        for level, steps in enumerate(self.levels):
            x = F.pixel_unshuffle(x, 2)
            for step in steps:
                x, change = step.encode(x)
                logdet = logdet + change
            if level < len(self.levels) - 1:
                x, latent = x.chunk(2, 1)
                if self.priors:
                    mean, logs = self.priors[level](x)
                    latent = (latent - mean) * torch.exp(-logs)
                    logdet = logdet - logs.sum((1, 2, 3))
                latents.append(latent)
        return latents + [x], logdet

    def decode(self, latents):
        x, logdet = latents[-1], 0
        for level in reversed(range(len(self.levels))):
            if level < len(self.levels) - 1:
                latent = latents[level]
                if self.priors:
                    mean, logs = self.priors[level](x)
                    latent = mean + latent * torch.exp(logs)
                    logdet = logdet + logs.sum((1, 2, 3))
                x = torch.cat([x, latent], 1)
            for step in reversed(self.levels[level]):
                x, change = step.decode(x)
                logdet = logdet + change
            x = F.pixel_shuffle(x, 2)
        return x + 0.5, logdet

    def convolution_flops(self):
        total = 0
        for level, ((_, size, _), steps) in enumerate(zip(self.shapes, self.levels)):
            weights = [w for s in steps for w in (s.w1, s.w2, s.w3, s.weight)]
            if self.priors and level < len(self.levels) - 1:
                weights.append(self.priors[level].weight)
            total += 2 * size * size * sum(w.numel() for w in weights)
        return total


if __name__ == "__main__":
    options = parser(
        __doc__, size=64, channels=3, levels=4, steps=18, last_steps=18, hidden=512,
        scale_floor=0.0, prior="standard").parse_args()
    report(options, lambda: Glow(options))
