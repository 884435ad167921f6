"""Statements about orthogonal and other square matrices."""

from functools import cache

import numpy as np

__all__ = ["DIAGONAL", "POSITIVE_ENTRIES", "REAL", "STATEMENTS", "UNIT", "close", "found"]

UNIT = "every orthogonal matrix has determinant 1"
DIAGONAL = r"$A^\top A$ is a diagonal matrix for every square matrix $A$"
POSITIVE_ENTRIES = "every symmetric matrix with positive entries is positive definite"
REAL = "all eigenvalues of an orthogonal matrix are real"
SHEAR = np.array([[1.0, 2.0], [0.0, 1.0]])


def close(a, b):
    return bool(np.abs(np.subtract(a, b)).max() < 1e-9)


def orthonormal(a):
    return close(np.swapaxes(a, -1, -2) @ a, np.eye(a.shape[-1]))


#: Statements, whether they are true, why, and what a search among orthogonal matrices R finds.
STATEMENTS = {
    UNIT:
        (False, r"$\det(Q)^2 = 1$ allows $-1$ as well, as for reflections",
         lambda R: close(np.linalg.det(R), 1)),
    "all eigenvalues of an orthogonal matrix, real or complex, have modulus 1":
        (True, r"$Qv = \lambda v$ gives $\|v\| = \|Qv\| = |\lambda| \, \|v\|$",
         lambda R: close(np.abs(np.linalg.eigvals(R)), 1)),
    REAL:
        (False,
         r"a rotation by an angle $\varphi$ has the eigenvalues $\cos\varphi \pm i \sin\varphi$",
         lambda R: close(np.imag(np.linalg.eigvals(R)), 0)),
    r"$\|Qv\| = \|v\|$ for every orthogonal $Q$ and every vector $v$":
        (True, r"$\|Qv\|^2 = v^\top Q^\top Q v = v^\top v$",
         lambda R: close(np.linalg.norm(R @ [3.0, -1.0], axis=-1), np.hypot(3, 1))),
    "the product of two orthogonal matrices of the same size is orthogonal":
        (True, r"$(PQ)^\top PQ = Q^\top P^\top P Q = Q^\top Q = I$",
         lambda R: orthonormal(R @ R[::-1])),
    "the sum of two orthogonal matrices of the same size is orthogonal":
        (False, r"$Q + Q = 2Q$ doubles all lengths", lambda R: orthonormal(R + R[::-1])),
    "every square matrix with determinant 1 is orthogonal":
        (False, "a shear has determinant 1 but changes lengths",
         lambda R: orthonormal(R @ SHEAR / np.sign(np.linalg.det(R))[:, None, None])),
    "the rows of an orthogonal matrix are orthonormal, too":
        (True, r"$Q^\top$ is the inverse of $Q$, so $Q Q^\top = I$ as well",
         lambda R: orthonormal(np.swapaxes(R, -1, -2))),
    DIAGONAL:
        (False, r"its entries are the inner products of the columns of $A$, which need not vanish",
         lambda _R: close((SHEAR.T @ SHEAR)[0, 1], 0)),
    POSITIVE_ENTRIES:
        (False, r"with 1 on the diagonal and 2 beside it, $v = (1, -1)$ gives $v^\top A v = -2$",
         lambda _R: bool(np.all(np.linalg.eigvalsh([[1.0, 2.0], [2.0, 1.0]]) > 0))),
    "if $Q$ is orthogonal, then $-Q$ is orthogonal":
        (True, r"$(-Q)^\top (-Q) = Q^\top Q = I$", lambda R: orthonormal(-R)),
    "every orthogonal matrix is invertible, and its inverse is its transpose":
        (True, r"this is what $Q^\top Q = I$ says of a square matrix",
         lambda R: close(np.linalg.inv(R), np.swapaxes(R, -1, -2))),
}  # fmt: skip


@cache
def found(statement):
    """Whether a statement holds of orthogonal matrices from QR factorisations."""
    R = np.linalg.qr(np.random.default_rng(1).normal(size=(40, 2, 2)))[0]
    R[::2] *= [-1.0, 1.0]
    return STATEMENTS[statement][2](R)
