"""Reference flows for ModelsTests, made by PyTorch.

    pip install numpy torch
    python3 Tests/Goldens/Generators/models.py [FOLDER OF A GLOWIP CHECKPOINT]

`realnvp.npz`: a RealNVP written down from the paper and from Docs alone, in double precision, its
log-determinant taken from the Jacobian that autograd writes out. `glow.npz`: weights, inputs and
results of the Glow in CACTuS-AI/GlowIP (space-to-depth, no coupling bias), copied together from
its checkpoint `glowmodel.pt` and the results `io_s2d_last0.npz` of running that program.
"""

import pathlib
import sys

import numpy as np
import torch
from torch.nn import functional as F

GOLDENS = pathlib.Path(__file__).resolve().parents[1] / "models"
MARGIN = 0.05
CHANNELS, SIDE, SCALES, BLOCKS, WIDTH = 3, 8, 2, 1, 4


def normal(generator, *shape):
    return torch.randn(*shape, generator=generator, dtype=torch.float32)


def draw_actnorm(weights, name, channels, generator):
    weights[f"{name}.shift"] = normal(generator, 1, channels, 1, 1) * 0.3
    weights[f"{name}.log_scale"] = normal(generator, 1, channels, 1, 1) * 0.2


def draw_coupling(weights, name, inputs, moved, generator):
    def convolution(place, inputs, outputs, size):
        weights[f"{place}.direction"] = normal(generator, outputs, inputs, size, size)
        weights[f"{place}.magnitude"] = normal(generator, outputs, 1, 1, 1) * 0.5
        weights[f"{place}.bias"] = normal(generator, outputs) * 0.2

    convolution(f"{name}.network.input", inputs, WIDTH, 3)
    for block in range(BLOCKS):
        convolution(f"{name}.network.blocks.{block}.first", WIDTH, WIDTH, 3)
        convolution(f"{name}.network.blocks.{block}.second", WIDTH, WIDTH, 1)
    weights[f"{name}.network.output.weight"] = normal(generator, 2 * moved, WIDTH, 3, 3) * 0.3
    weights[f"{name}.network.output.bias"] = normal(generator, 2 * moved) * 0.2
    weights[f"{name}.rescale"] = torch.rand(moved, 1, 1, generator=generator) + 0.5


def network(weights, name, x):
    def convolution(place, x):
        v = weights[f"{place}.direction"]
        norm = v.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
        w = v / norm * weights[f"{place}.magnitude"]
        return F.conv2d(x, w, weights[f"{place}.bias"], padding=w.shape[2] // 2)

    h = convolution(f"{name}.network.input", x)
    for block in range(BLOCKS):
        place = f"{name}.network.blocks.{block}"
        h = h + convolution(f"{place}.second", F.relu(convolution(f"{place}.first", F.relu(h))))
    place = f"{name}.network.output"
    output = F.conv2d(F.relu(h), weights[f"{place}.weight"], weights[f"{place}.bias"], padding=1)
    u, shift = output.chunk(2, dim=1)
    return torch.tanh(u) * weights[f"{name}.rescale"], shift


def actnorm(weights, name, x):
    return (x + weights[f"{name}.shift"]) * torch.exp(weights[f"{name}.log_scale"])


def checkerboard(weights, name, x, parity):
    rows, columns = x.shape[2:]
    moves = (torch.arange(rows)[:, None] + torch.arange(columns)) % 2 == parity
    board = moves.to(x.dtype).expand(x.shape[0], 1, rows, columns)
    held = torch.where(moves, torch.zeros_like(x), x)
    scale, shift = network(weights, name, torch.cat([held, board], dim=1))
    return torch.where(moves, x * torch.exp(scale) + shift, x)


def channelwise(weights, name, x, moves_first):
    first, second = x.chunk(2, dim=1)
    if moves_first:
        scale, shift = network(weights, name, second)
        return torch.cat([first * torch.exp(scale) + shift, second], dim=1)
    scale, shift = network(weights, name, first)
    return torch.cat([first, second * torch.exp(scale) + shift], dim=1)


def encode(weights, x):
    h = actnorm(weights, "actnorm", torch.logit(MARGIN + (1 - 2 * MARGIN) * x))
    latents = []
    for scale in range(SCALES):
        is_last = scale == SCALES - 1
        for index in range(4 if is_last else 3):
            name = f"scales.{scale}.checkerboard.{index}"
            h = checkerboard(weights, name, h, 1 - index % 2)
            h = actnorm(weights, f"{name}.actnorm", h)
        if not is_last:
            h = F.pixel_unshuffle(h, 2)
            for index in range(3):
                name = f"scales.{scale}.channels.{index}"
                h = channelwise(weights, name, h, index % 2 == 1)
                h = actnorm(weights, f"{name}.actnorm", h)
            latents.append(h[:, 1::2].flatten(1))
            h = h[:, 0::2]
    return torch.cat(latents + [h.flatten(1)], dim=1)


def make_realnvp():
    generator = torch.Generator().manual_seed(20)
    weights, channels = {}, CHANNELS
    draw_actnorm(weights, "actnorm", channels, generator)
    for scale in range(SCALES):
        is_last = scale == SCALES - 1
        for index in range(4 if is_last else 3):
            name = f"scales.{scale}.checkerboard.{index}"
            draw_coupling(weights, name, channels + 1, channels, generator)
            draw_actnorm(weights, f"{name}.actnorm", channels, generator)
        if not is_last:
            for index in range(3):
                name = f"scales.{scale}.channels.{index}"
                draw_coupling(weights, name, 2 * channels, 2 * channels, generator)
                draw_actnorm(weights, f"{name}.actnorm", 4 * channels, generator)
            channels *= 2
    exact = {name: value.double() for name, value in weights.items()}
    x = torch.rand(2, CHANNELS, SIDE, SIDE, generator=generator, dtype=torch.float64)
    z = encode(exact, x)
    volumes = []
    for sample in x:
        jacobian = torch.autograd.functional.jacobian(
            lambda one: encode(exact, one.view(1, *sample.shape))[0], sample.flatten())
        volumes.append(torch.linalg.slogdet(jacobian).logabsdet)
    arrays = {f"weights/{name}": value.numpy() for name, value in weights.items()}
    np.savez(GOLDENS / "realnvp.npz", x=x.numpy(), z=z.numpy(),
             log_determinant=torch.stack(volumes).numpy(), **arrays)


def copy_glow(folder):
    state = torch.load(folder / "glowmodel.pt", weights_only=True)
    results = np.load(folder / "io_s2d_last0.npz")
    kept = ["x", "z_float64", "logdet_float64", "nll_bits_per_dim", "z_sample", "x_of_z_sample",
            "loss_half_sq_x_of_z_sample_minus_x", "grad_z_of_that_loss"]
    arrays = {f"weights/{name}": value.numpy() for name, value in state.items()}
    np.savez(GOLDENS / "glow.npz", **{name: results[name] for name in kept}, **arrays)


if __name__ == "__main__":
    torch.set_num_threads(1)
    GOLDENS.mkdir(exist_ok=True)
    make_realnvp()
    if len(sys.argv) > 1:
        copy_glow(pathlib.Path(sys.argv[1]))
