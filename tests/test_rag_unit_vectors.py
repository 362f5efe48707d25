"""What the vector of a paragraph is made of."""

import numpy as np

from embeddings.bundled import bundled_encoder
from rag.unit_vectors import ABOVE, unit_vectors
from rag.units import Unit


def unit(text: str, above: str) -> Unit:
    return Unit(ordinal=0, text=text, above=above)


def test_the_vector_is_that_of_the_paragraph_drawn_towards_what_stands_above() -> None:
    encoder = bundled_encoder()
    said, above = encoder.encode_passages(["罚款五百元以下。", "烟花爆竹燃放管理条例"])
    (found,) = unit_vectors(encoder, [unit("罚款五百元以下。", "烟花爆竹燃放管理条例")])
    wanted = said + ABOVE * above
    np.testing.assert_allclose(found, wanted / np.linalg.norm(wanted), atol=1e-6)


def test_nothing_above_leaves_the_vector_of_the_paragraph() -> None:
    encoder = bundled_encoder()
    np.testing.assert_allclose(
        unit_vectors(encoder, [unit("种树三万棵。", "  ")]), encoder.encode_passages(["种树三万棵。"]), atol=1e-6
    )


def test_a_paragraph_is_found_by_what_its_title_says() -> None:
    encoder = bundled_encoder()
    asked = encoder.encode_queries(["乱放鞭炮罚多少钱"])[0]
    fireworks, dogs = unit_vectors(
        encoder, [unit("罚款五百元以下。", "烟花爆竹燃放管理条例"), unit("罚款五百元以下。", "养犬管理条例")]
    )
    assert asked @ fireworks > asked @ dogs


def test_no_units_have_no_vectors() -> None:
    encoder = bundled_encoder()
    assert unit_vectors(encoder, []).shape == (0, encoder.dimension)
