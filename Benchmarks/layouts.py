"""Which layout convolutions want, shape by shape: the evidence for Docs/decisions/0047.

    python3 Benchmarks/layouts.py [--rounds N] [--threads N]

A convolution and its gradient with respect to the picture, channels fastest ÷ pixels fastest, in turn; medians.
"""
import argparse
import statistics
import time

import torch

# Networks of faces64 (96) and of mnist (48) on their levels, the Glow of the literature (512), the unfolded networks.
NETWORKS = {
    "faces64": [(32, 6, 96, 12), (16, 12, 96, 24), (8, 24, 96, 48), (4, 48, 96, 96)],
    "mnist": [(28, 1, 48, 2), (14, 4, 48, 4), (14, 2, 48, 4), (7, 8, 48, 8)],
    "Glow of 512": [(32, 6, 512, 12), (16, 12, 512, 24), (8, 24, 512, 48), (4, 48, 512, 96)],
}


def timed(layer, x):
    leaf = x.detach().requires_grad_(True)
    begun = time.perf_counter()
    layer(leaf).sum().backward()
    return time.perf_counter() - begun


def ratio(kernel, inputs, outputs, size, batch, rounds):
    """Channels fastest ÷ pixels fastest."""
    sides = []
    for layout in (torch.channels_last, torch.contiguous_format):
        layer = torch.nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2).to(memory_format=layout)
        layer.requires_grad_(False)
        sides.append((layer, torch.randn(batch, inputs, size, size).to(memory_format=layout)))
    for layer, x in sides:
        timed(layer, x)
    found = []
    for number in range(rounds):
        seconds = {side: timed(*sides[side]) for side in ((0, 1) if number % 2 else (1, 0))}
        found.append(seconds[0] / seconds[1])
    return statistics.median(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    print("| network | side | 3×3 in | 1×1 (3×3 for `mnist`) | 3×3 out | the same with 8 pictures |\n|---|---:|---:|---:|---:|---:|")
    for name, levels in NETWORKS.items():
        middle = 3 if name == "mnist" else 1
        for size, inputs, hidden, outputs in levels:
            layers = [(3, inputs, hidden), (middle, hidden, hidden), (3, hidden, outputs)]
            one, eight = ([ratio(*layer, size, batch, options.rounds) for layer in layers] for batch in (1, 8))
            cells = [f"{value:.2f}" for value in one] + [", ".join(f"{value:.2f}" for value in eight)]
            print(f"| {name} | {size} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
