"""The arrows between the packages, and one owner for each heavy library."""

import ast
from pathlib import Path

import pytest

PACKAGES = ("rag", "embeddings", "ui", "corpus")
ARROWS = {
    "ui": {"ui", "rag"},
    "rag": {"rag", "corpus", "embeddings"},
    "corpus": {"corpus"},
    "embeddings": {"embeddings"},
}
OWNERS = {
    "fastapi": ("ui/app.py", "ui/page_routes.py"),
    "safetensors": ("embeddings/static_encoder.py",),
    "tokenizers": ("embeddings/static_encoder.py", "rag/bundled_model.py"),  # each reads a bundled model without torch
    "torch": ("rag/transformers_model.py",),
    "transformers": ("rag/transformers_model.py",),
    "onnxruntime": ("rag/bundled_model.py",),
    "uvicorn": ("ui/app.py",),
    "faiss": ("rag/vector_store.py",),
    "tantivy": ("rag/lexical.py",),
    "gradio": ("ui/",),
    "mcp": ("ui/mcp_server.py",),
    "mcp_types": ("ui/mcp_server.py",),
    "matplotlib": ("ui/report/plots.py",),
    "docx": ("ui/takeaway/word.py",),
    "pydantic": ("rag/written_values.py",),
    "scipy": ("embeddings/tuning/bags.py",),
    "sentence_transformers": ("embeddings/sentence_encoder.py",),
    "pypdfium2": ("corpus/loaders/pdf.py", "corpus/pages/printed.py"),  # the second shows pages
    "click": ("ui/",),
    "tqdm": ("ui/progress.py",),
    "watchdog": ("ui/page_watch.py",),
    "filelock": ("rag/index_store.py", "rag/collections.py"),
    "huggingface_hub": ("rag/local_models.py",),
}
"""Each heavy library with the files or folders that may import it; the recipes in the training folders may too."""
FILES = sorted(path for package in PACKAGES for path in Path(package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_arrows_point_one_way(path: Path) -> None:
    reached = {name.split(".")[0] for name in imports(path)} & {*PACKAGES, "tests"}
    assert reached <= ARROWS[path.parts[0]]


@pytest.mark.parametrize("path", [p for p in FILES if "training" not in p.parts], ids=str)
def test_heavy_libraries_have_their_owners(path: Path) -> None:
    for library in {name.split(".")[0] for name in imports(path)} & OWNERS.keys():
        assert path.as_posix().startswith(OWNERS[library]), library


def test_every_owner_is_one() -> None:
    owned = {(library.split(".")[0], path.as_posix()) for path in FILES for library in imports(path)}
    for library, owners in OWNERS.items():
        for owner in owners:
            assert any(name == library and path.startswith(owner) for name, path in owned), (library, owner)


def test_no_drawer_without_a_name() -> None:
    assert not [path for path in FILES if path.stem in ("utils", "helpers", "common", "misc")]


def test_files_are_short() -> None:
    assert not {str(path): n for path in FILES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 300}
