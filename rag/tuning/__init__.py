"""The bundled encoder adapted to the documents of one index: pairs made of them, the judgement, the index rebuilt.

What happens to texts alone is in :mod:`embeddings.tuning`; here is what needs documents, the index and its search.
"""
