"""Passages that look as if they answered a question: the best of BM25 among the others."""

from collections.abc import Iterator, Sequence

import numpy as np

from rag.terms import passage_terms

K1, B = 1.2, 0.75
_BATCH = 256


def lookalikes(questions: Sequence[str], passages: Sequence[str], count: int) -> Iterator[list[int]]:
    """For each question the positions of the ``count`` best of ``passages`` (Robertson and Zaragoza 2009)."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=passage_terms, dtype=np.float32)
    found = vectorizer.fit_transform(passages)
    lengths = np.asarray(found.sum(1)).ravel()
    frequency = np.asarray((found > 0).sum(0)).ravel()
    rarity = np.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
    damping = np.repeat(K1 * (1 - B + B * lengths / max(1.0, lengths.mean())), np.diff(found.indptr))
    weights = found.data * (K1 + 1) / (found.data + damping) * rarity[found.indices]
    weighted = csr_matrix((weights, found.indices, found.indptr), shape=found.shape).T.tocsc()
    asked = vectorizer.transform(questions) > 0
    for start in range(0, len(questions), _BATCH):
        scores = (asked[start : start + _BATCH].astype(np.float32) @ weighted).toarray()
        for row in scores:
            best = np.argpartition(-row, min(count, len(row) - 1))[:count]
            yield [int(i) for i in best[np.argsort(-row[best], kind="stable")] if row[i] > 0]
