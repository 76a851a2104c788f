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
CHANNELS, SIDE, SCALES, BLOCKS, WIDTH, CHANNEL_WIDTH = 3, 8, 2, 1, 4, 6


def draw_network(weights, name, inputs, outputs, width, generator):
    def convolution(place, inputs, outputs, size):
        def normal(*shape):
            return torch.randn(*shape, generator=generator, dtype=torch.float32)
        weights[f"{place}.direction"] = normal(outputs, inputs, size, size)
        weights[f"{place}.magnitude"] = normal(outputs, 1, 1, 1) * 0.5
        weights[f"{place}.bias"] = normal(outputs) * 0.2

    convolution(f"{name}.network.input", inputs, width, 3)
    for block in range(BLOCKS):
        convolution(f"{name}.network.blocks.{block}.first", width, width, 3)
        convolution(f"{name}.network.blocks.{block}.second", width, width, 3)
    convolution(f"{name}.network.output", width, outputs, 1)
    weights[f"{name}.rescale"] = torch.rand(outputs // 2, 1, 1, generator=generator) + 0.5


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
    u, shift = convolution(f"{name}.network.output", F.relu(h)).chunk(2, dim=1)
    return torch.tanh(u) * weights[f"{name}.rescale"], shift


def checkerboard(weights, name, x, parity):
    rows, columns = x.shape[2:]
    moves = (torch.arange(rows)[:, None] + torch.arange(columns)) % 2 == parity
    scale, shift = network(weights, name, torch.where(moves, torch.zeros_like(x), x))
    return torch.where(moves, x * torch.exp(scale) + shift, x)


def channelwise(weights, name, x, moves_first):
    first, second = x.chunk(2, dim=1)
    if moves_first:
        scale, shift = network(weights, name, second)
        return torch.cat([first * torch.exp(scale) + shift, second], dim=1)
    scale, shift = network(weights, name, first)
    return torch.cat([first, second * torch.exp(scale) + shift], dim=1)


def squeeze(x):
    """Top-left, bottom-right, bottom-left, top-right."""
    return torch.cat([x[:, :, 0::2, 0::2], x[:, :, 1::2, 1::2],
                      x[:, :, 1::2, 0::2], x[:, :, 0::2, 1::2]], dim=1)


def encode(weights, x):
    h = torch.logit(MARGIN + (1 - 2 * MARGIN) * x)
    latents = []
    for scale in range(SCALES):
        is_last = scale == SCALES - 1
        for index in range(4 if is_last else 3):
            h = checkerboard(weights, f"scales.{scale}.checkerboard.{index}", h, index % 2)
        if not is_last:
            h = squeeze(h)
            for index in range(3):
                h = channelwise(weights, f"scales.{scale}.channels.{index}", h, index % 2 == 0)
            h, latent = h.chunk(2, dim=1)
            latents.append(latent.flatten(1))
    return torch.cat(latents + [h.flatten(1)], dim=1)


def make_realnvp():
    generator = torch.Generator().manual_seed(20)
    weights, channels = {}, CHANNELS
    for scale in range(SCALES):
        is_last = scale == SCALES - 1
        for index in range(4 if is_last else 3):
            draw_network(weights, f"scales.{scale}.checkerboard.{index}", channels, 2 * channels,
                         WIDTH, generator)
        if not is_last:
            for index in range(3):
                draw_network(weights, f"scales.{scale}.channels.{index}", 2 * channels,
                             4 * channels, CHANNEL_WIDTH, generator)
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
