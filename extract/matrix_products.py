"""Products of matrices for spaCy's network, by the library that numpy brings.

The one that spaCy brings knows few processors well, and takes two to five times as long on the others: half of the
parse. Both give the same parse, and differ in the last digits of what it is computed from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits


class Products(NumpyOps):  # type: ignore[misc]  # thinc's class is compiled, without types
    """The operations of spaCy's network, with products of matrices by numpy."""

    def gemm(
        self,
        x: NDArray[np.float32],
        y: NDArray[np.float32],
        *,
        out: NDArray[np.float32] | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> NDArray[Any]:
        """Return the product of two matrices, each transposed first if asked."""
        product: NDArray[Any] = np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)
        return product


def with_fast_products(nlp: Language) -> Language:
    """Let all networks of a spaCy pipeline compute with `Products`, in place; other pipelines stay as they are.

    On one thread: what is computed then hangs on no number of cores, and several workers do not get in each other's
    way.
    """
    threadpool_limits(limits=1, user_api="blas")
    products = Products()
    for _, component in nlp.pipeline:
        for part in component.model.walk() if hasattr(component, "model") else ():
            part.ops = products
    return nlp
