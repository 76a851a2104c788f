"""What the peers share: their options, how they are timed, and the line of JSON that they print.

A model is built with weights that are frozen, and has
    decode(latents) -> picture, log |det| per picture
    encode(picture) -> latents, log |det| per picture
    shapes              the shapes of one picture's latents
    convolution_flops() of decoding one picture
"""
import argparse
import json
import statistics
import time

import torch

WARM_UP = 2


def parser(description, **options):
    """The options of a peer: those of its architecture, with their defaults, and of measuring."""
    result = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (*options.items(), ("batch", 1), ("iterations", 10), ("threads", 2)):
        result.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    result.add_argument(
        "--work", choices=("map", "train-step"), default="map",
        help="an iteration of MAP in latent space, or a step of training")
    return result


def report(options, build):
    """Measures `build()` as the options say and prints the result."""
    torch.set_num_threads(options.threads)
    before = resident("VmRSS")
    model = build()
    iterate = map_iterations if options.work == "map" else train_steps
    times = [seconds for seconds in iterate(model, options)][WARM_UP:]
    peak = resident("VmHWM")
    # A training step also takes gradients for the weights, as costly as those for the pictures.
    passes = 2 if options.work == "map" else 3
    flops = passes * model.convolution_flops() * options.batch
    seconds = statistics.median(times)
    print(json.dumps({
        "software": "PyTorch " + torch.__version__,
        "parameters": sum(p.numel() for p in model.parameters()),
        "batch": options.batch, "threads": options.threads,
        "seconds_per_iteration": seconds, "fastest": min(times),
        "convolution_gflop": flops / 1e9, "gflops": flops / seconds / 1e9,
        "sgemm_gflops": sgemm_rate(),
        "memory_before_bytes": before, "peak_memory_bytes": peak}))


def map_iterations(model, options):
    """Objective, gradient with respect to the latents, and a step of Adam."""
    generator = torch.Generator().manual_seed(0)
    target = torch.rand(
        options.batch, options.channels, options.size, options.size, generator=generator)
    sigma = torch.full((1, 1, options.size, 1), 0.05)
    latents = [torch.zeros(options.batch, *shape, requires_grad=True) for shape in model.shapes]
    optimizer = torch.optim.Adam(latents, lr=0.02)
    for _ in range(options.iterations + WARM_UP):
        start = time.perf_counter()
        optimizer.zero_grad()
        picture, logdet = model.decode(latents)
        log_prior = log_normal(latents) - logdet
        residual = ((target - picture) / sigma) ** 2
        objective = 0.5 * residual.sum((1, 2, 3)) - log_prior
        objective.sum().backward()
        optimizer.step()
        yield time.perf_counter() - start


def train_steps(model, options):
    """A batch of bytes mirrored and dequantised, the gradient for all weights, clipping, Adam,
    and the running average of the weights."""
    generator = torch.Generator().manual_seed(0)
    shape = (options.channels, options.size, options.size)
    pictures = torch.randint(
        0, 256, (4 * options.batch, *shape), dtype=torch.uint8, generator=generator)
    parameters = list(model.parameters())
    averages = [p.detach().clone() for p in parameters]
    model.requires_grad_(True)
    optimizer = torch.optim.Adam(parameters, lr=1e-4)
    for _ in range(options.iterations + WARM_UP):
        start = time.perf_counter()
        batch = pictures[torch.randint(len(pictures), (options.batch,), generator=generator)]
        if options.channels == 3:
            mirrored = torch.rand(options.batch, 1, 1, 1, generator=generator) < 0.5
            batch = torch.where(mirrored, batch.flip(3), batch)
        noise = torch.rand(batch.shape, generator=generator)
        optimizer.zero_grad()
        latents, logdet = model.encode((batch.float() + noise) / 256)
        loss = -(log_normal(latents) + logdet).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 500)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averages, parameters, 0.001)
        yield time.perf_counter() - start


def log_normal(latents):
    """log N(z; 0, I) of every picture, up to a constant."""
    return sum((-0.5 * z * z).sum((1, 2, 3)) for z in latents)


def sgemm_rate(size=2048, repeats=5):
    """The GFLOP/s of products of large matrices in single precision."""
    a, b = torch.randn(size, size), torch.randn(size, size)
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        a @ b
        times.append(time.perf_counter() - start)
    return 2 * size**3 / statistics.median(times[1:]) / 1e9


def resident(entry):
    """Bytes in memory now (VmRSS) or at most so far (VmHWM)."""
    with open("/proc/self/status") as lines:
        for line in lines:
            if line.startswith(entry + ":"):
                return int(line.split()[1]) * 1024
    raise RuntimeError(entry + " is not in /proc/self/status")
