"""References for LASSO, made by scikit-learn.

    pip install numpy scipy scikit-learn
    python3 Tests/Goldens/Generators/lasso.py

A, y and x_true are kept from the file; the answer is computed again: the coefficients c of the
orthonormal 2-D DCT-II of every channel that minimise ||y - A idct2(c)||^2 + lam ||c||_1.
"""

import pathlib

import numpy as np
from scipy.fft import idctn
from sklearn.linear_model import Lasso

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "lasso" / "lasso_dct.npz"


def main():
    data = dict(np.load(GOLDEN))
    a, y, shape, lam = data["A"], data["y"], data["x_true"].shape, float(data["lam"])
    units = np.eye(a.shape[1]).reshape((-1,) + shape)
    basis = idctn(units, axes=(2, 3), norm="ortho").reshape(len(units), -1)
    # scikit-learn divides the squares by twice the number of measurements.
    model = Lasso(alpha=lam / (2 * len(y)), fit_intercept=False, tol=1e-15, max_iter=10**7)
    coef = model.fit(a @ basis.T, y).coef_.reshape(shape)
    picture = idctn(coef, axes=(1, 2), norm="ortho")
    data["coef"], data["x_hat"] = coef, picture
    data["objective"] = np.float64(
        ((y - a @ picture.ravel()) ** 2).sum() + lam * np.abs(coef).sum())
    np.savez(GOLDEN, **data)


main()
