"""References for TensorsTests, made by PyTorch and NumPy.

    pip install numpy scipy torch
    python3 Tests/Goldens/Generators/numerics.py

Starts, inputs and random directions are kept from the files; everything else is computed again, in
double precision on one thread.

`layers.npz`: <tag>_in<i>, _out, _gout (any numbers), _grad<i> = d sum(out · gout) / d in<i>.
`optimisers.npz`: torch.optim, x after every outer step, the first row being the start; f = the loss
that the step returned; sensitivity = the largest change of a row when the start is scaled by
1 ± 3e-15. `fourier.npz`: unnormalised forward transforms.
`blur.npz`: weights_r15 = a Gaussian of 5 pixels on 31, along both axes, and true convolutions with
kernel_5x7, continued beyond the edge as SciPy's modes say; adjoints from the matrices of the blurs.
"""

import pathlib

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

GOLDENS = pathlib.Path(__file__).resolve().parents[1] / "numerics"

LAYERS = {
    "conv3x3_pad1": lambda g, x, w, b: F.conv2d(x, w, b, padding=1),
    "conv3x3_stride2_pad1": lambda g, x, w, b: F.conv2d(x, w, b, stride=2, padding=1),
    "conv1x1": lambda g, x, w: F.conv2d(x, w),
    "conv4x4_stride2_pad1": lambda g, x, w: F.conv2d(x, w, stride=2, padding=1),
    "convtranspose4x4_stride2_pad1":
        lambda g, x, w: F.conv_transpose2d(x, w, stride=2, padding=1),
    "convtranspose4x4_stride1_pad0": lambda g, x, w: F.conv_transpose2d(x, w),
    "conv3x3_padvalue1": lambda g, x, w: F.conv2d(F.pad(x, (1, 1, 1, 1), value=1.0), w),
    "batchnorm_train": lambda g, x, w, b: F.batch_norm(x, None, None, w, b, training=True),
    "batchnorm_eval": lambda g, x, w, b: F.batch_norm(
        x, torch.tensor(g["batchnorm_eval_mean"]), torch.tensor(g["batchnorm_eval_var"]), w, b),
    "weightnorm_conv": lambda g, v, m: m * v / v.flatten(1).norm(dim=1).view(-1, 1, 1, 1),
    "slogdet": lambda g, x: torch.linalg.slogdet(x).logabsdet.reshape(1),
    "inverse": lambda g, x: torch.linalg.inv(x),
    "solve": lambda g, a, b: torch.linalg.solve(a, b),
    "softplus": lambda g, x: F.softplus(x),
    "sigmoid": lambda g, x: torch.sigmoid(x),
    "logsigmoid": lambda g, x: F.logsigmoid(x),
    "log_softmax": lambda g, x: F.log_softmax(x, dim=1),
    "maxpool2": lambda g, x: F.max_pool2d(x, 2),
    "linear": lambda g, x, w, b: F.linear(x, w, b),
    "leakyrelu0.2": lambda g, x: F.leaky_relu(x, 0.2),
    "avgpool2": lambda g, x: F.avg_pool2d(x, 2),
}

ADAM, LBFGS = torch.optim.Adam, torch.optim.LBFGS
OPTIMISERS = {
    "adam_lr0.02": (ADAM, dict(lr=0.02)),
    "adam_lr0.1_b0.5_0.9_wd0.01": (ADAM, dict(lr=0.1, betas=(0.5, 0.9), weight_decay=0.01)),
    "lbfgs_lr0.1": (LBFGS, dict(lr=0.1)),
    "lbfgs_lr1": (LBFGS, dict(lr=1)),
    "lbfgs_lr1_hist3_maxiter7": (LBFGS, dict(lr=1, history_size=3, max_iter=7)),
    "lbfgs_strongwolfe": (LBFGS, dict(lr=1, line_search_fn="strong_wolfe")),
}
HISTORY = dict(history_size=100, max_iter=20, tolerance_grad=1e-7, tolerance_change=1e-9)


def layers(old):
    new = {name: old[name] for name in ("batchnorm_eval_mean", "batchnorm_eval_var")}
    for tag, layer in LAYERS.items():
        count = sum(name.startswith(f"{tag}_in") for name in old)
        inputs = [torch.tensor(old[f"{tag}_in{i}"], requires_grad=True) for i in range(count)]
        output = layer(old, *inputs)
        direction = torch.tensor(old[f"{tag}_gout"])
        gradients = torch.autograd.grad((output * direction).sum(), inputs)
        new[f"{tag}_out"] = output.detach().numpy()
        new[f"{tag}_gout"] = old[f"{tag}_gout"]
        for i, gradient in enumerate(gradients):
            new[f"{tag}_in{i}"] = old[f"{tag}_in{i}"]
            new[f"{tag}_grad{i}"] = gradient.numpy()
    return new


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def trajectory(kind, settings, problem, start, steps):
    x = torch.tensor(start, requires_grad=True)
    if kind is LBFGS:
        settings = HISTORY | settings
    optimiser = kind([x], **settings)

    def closure():
        optimiser.zero_grad()
        loss = problem(x)
        loss.backward()
        return loss

    rows, values = [x.detach().numpy().copy()], []
    for _ in range(steps):
        values.append(float(optimiser.step(closure).detach()))
        rows.append(x.detach().numpy().copy())
    return np.array(rows), np.array(values)


def optimisers(old):
    q, b = torch.tensor(old["quad_Q"]), torch.tensor(old["quad_b"])
    problems = {"rosen2": rosenbrock, "rosen10": rosenbrock,
                "quad6": lambda x: 0.5 * x @ q @ x - b @ x}
    new = {"quad_Q": old["quad_Q"], "quad_b": old["quad_b"]}
    for name, (kind, settings) in OPTIMISERS.items():
        for problem_name, problem in problems.items():
            tag = f"{name}_{problem_name}"
            start, steps = old[f"{tag}_x"][0], len(old[f"{tag}_f"])
            x, f = trajectory(kind, settings, problem, start, steps)
            moved = [trajectory(kind, settings, problem, start * (1 + change), steps)[0]
                     for change in (3e-15, -3e-15)]
            new[f"{tag}_x"], new[f"{tag}_f"] = x, f
            new[f"{tag}_sensitivity"] = np.max([abs(m - x).max(axis=1) for m in moved], axis=0)
    return new


def fourier(old):
    whole, row = np.fft.fft2(old["picture"]), np.fft.rfft(old["row"])
    return {"picture": old["picture"], "row": old["row"], "fft2_re": whole.real,
            "fft2_im": whole.imag, "rfft_re": row.real, "rfft_im": row.imag}


def blur(old):
    image, dual = old["image"], old["dual"]
    steps = np.arange(-15, 16)
    weights = np.exp(-steps ** 2 / 50)
    weights /= weights.sum()
    new = {"image": image, "dual": dual, "kernel_5x7": old["kernel_5x7"], "weights_r15": weights}
    for mode in ("reflect", "wrap", "constant"):
        for name, kernel in (("r15", np.outer(weights, weights)), ("5x7", old["kernel_5x7"])):
            new[f"blur_{name}_{mode}"] = ndimage.convolve(image, kernel, mode=mode)
            new[f"adjoint_{name}_{mode}"] = adjoint(dual, kernel, mode)
    return new


def adjoint(dual, kernel, mode):
    """Every pixel to the places that it is spread from, those beyond the edge led back inside."""
    rows, columns = dual.shape
    down, across = kernel.shape[0] // 2, kernel.shape[1] // 2
    spread = np.zeros((rows + 2 * down, columns + 2 * across))
    for (i, j), weight in np.ndenumerate(kernel[::-1, ::-1]):
        spread[i:i + rows, j:j + columns] += weight * dual
    numpy_mode = {"reflect": "symmetric", "wrap": "wrap", "constant": "constant"}[mode]
    fill = {"constant_values": -1} if mode == "constant" else {}
    places = np.pad(np.arange(dual.size).reshape(dual.shape), ((down, down), (across, across)),
                    mode=numpy_mode, **fill)
    inside = places >= 0
    sums = np.bincount(places[inside], weights=spread[inside], minlength=dual.size)
    return sums.reshape(dual.shape)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    for name, make in (("layers", layers), ("optimisers", optimisers), ("fourier", fourier),
                       ("blur", blur)):
        path = GOLDENS / f"{name}.npz"
        old = dict(np.load(path))
        new = make(old)
        for key, value in new.items():
            difference = np.abs(value - old[key]).max(initial=0)
            if difference > 1e-9 and not key.endswith("_sensitivity"):
                print(f"{name}: {key} differs by {difference:.1e} from the old file")
        np.savez(path, **new)
