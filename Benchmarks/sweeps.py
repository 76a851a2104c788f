"""How time and memory of one MAP iteration grow with pictures, depth, width and size, and the plots of Docs/performance.md."""
import json
import math
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build" / "release" / "sluice-bench"
PEER = ROOT / "Benchmarks" / "peers" / "map_glow_torch.py"
IMAGES = ROOT / "Docs" / "images"
# A compact Glow, of which one size changes at a time.
COMPACT = {"levels": 4, "steps": 6, "last_steps": 6, "hidden": 96, "size": 64, "batch": 8}
SWEEPS = {
    "batch": ("pictures at a time", [1, 2, 4, 8, 16, 32]),
    "steps": ("flow steps in a level", [2, 4, 8, 16]),
    "hidden": ("channels of the coupling networks", [32, 64, 128, 256, 512]),
    "size": ("side of a picture, pixels", [16, 32, 64, 128]),
}
# Of Okabe and Ito's colours: told apart by everybody, on white and on black.
COLOURS = {"Sluice": "#0072b2", "PyTorch eager": "#e69f00"}


def flags(sizes):
    return [word for key, value in sizes.items() for word in ("--" + key.replace("_", "-"), str(value))]


def measured(sizes, peer):
    """Seconds an iteration and bytes at most, for both sides."""
    iterations = {"iterations": 4}
    commands = {"Sluice": ([PROGRAM, "map", "--architecture", "glow", "--json"], None)}
    if peer:
        commands["PyTorch eager"] = ([peer[0], PEER, "--work", "map"], peer[1])
    found = {}
    for side, (command, environment) in commands.items():
        words = [str(word) for word in command] + flags(sizes | iterations)
        run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        answer = json.loads(run.stdout)
        found[side] = (answer["seconds_per_iteration"], answer["peak_memory_bytes"])
    return found


def run(peer, say):
    """The figures of all sweeps: name, side, value of the size, seconds, bytes."""
    figures = []
    for name, (_, values) in SWEEPS.items():
        for value in values:
            say(f"bench: {name} {value}")
            sizes = COMPACT | {name: value}
            if name == "steps":
                sizes["last_steps"] = value
            for side, (seconds, peak) in measured(sizes, peer).items():
                figures.append([name, side, value, seconds, peak])
    return figures


def draw(figures):
    """Writes one picture for time and one for memory; how it looks is said in the page."""
    IMAGES.mkdir(exist_ok=True)
    for what, column, factor, unit in (("time", 3, 1e3, "ms an iteration"), ("memory", 4, 1e-6, "MB at most")):
        panels = [panel(figures, name, column, factor, unit, 20 + 330 * number) for number, name in enumerate(SWEEPS)]
        svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1340 300" font-family="sans-serif" font-size="13">'
               f'<rect width="1340" height="300" fill="white"/>{"".join(panels)}</svg>\n')
        (IMAGES / f"performance-{what}.svg").write_text(svg)


def panel(figures, name, column, factor, unit, left):
    """One plot with logarithmic axes."""
    mine = [row for row in figures if row[0] == name]
    xs = sorted({row[2] for row in mine})
    ys = [row[column] * factor for row in mine]
    low, high = 10 ** math.floor(math.log10(min(ys))), 10 ** math.ceil(math.log10(max(ys)))
    x0, x1, y0, y1 = left + 50, left + 300, 235, 25

    def x(value):
        return x0 + (x1 - x0) * (math.log(value / xs[0]) / math.log(xs[-1] / xs[0]) * 0.92 + 0.04)

    def y(value):
        return y0 + (y1 - y0) * math.log(value / low) / math.log(high / low)

    parts = [f'<path d="M{x0},{y1} V{y0} H{x1}" fill="none" stroke="#666"/>']
    for value in xs:
        parts.append(f'<text x="{x(value):.1f}" y="{y0 + 18}" text-anchor="middle" fill="#333">{value}</text>')
    tick = low
    while tick <= high * 1.001:
        parts.append(f'<path d="M{x0},{y(tick):.1f} H{x1}" stroke="#ddd"/>'
                     f'<text x="{x0 - 6}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#333">{tick:g}</text>')
        tick *= 10
    parts.append(f'<text x="{(x0 + x1) / 2}" y="{y0 + 40}" text-anchor="middle" fill="#333">{escape(SWEEPS[name][0])}</text>')
    parts.append(f'<text x="{x0}" y="{y1 - 9}" fill="#333">{escape(unit)}</text>')
    for side, colour in COLOURS.items():
        points = [(x(row[2]), y(row[column] * factor)) for row in mine if row[1] == side]
        if not points:
            continue
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for a, b in points:
            parts.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' if side == "Sluice" else
                         f'<rect x="{a - 3.5:.1f}" y="{b - 3.5:.1f}" width="7" height="7" fill="{colour}"/>')
    if left < 100:
        sides = [side for side in COLOURS if any(row[1] == side for row in mine)]
        for number, side in enumerate(sides):
            colour = COLOURS[side]
            parts.append(f'<rect x="{x0 + 12}" y="{y1 + 6 + 18 * number}" width="10" height="10" fill="{colour}"/>'
                         f'<text x="{x0 + 28}" y="{y1 + 16 + 18 * number}" fill="#333">{side}</text>')
    return "".join(parts)
