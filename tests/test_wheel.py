"""A built wheel holds everything it needs and answers outside the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

LIMIT = 300


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_weights_samples_and_page_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    expected = (
        "corpus/samples/questions.jsonl",
        "rag/weights/sentence_reader.json",
        "rag/weights/trained_reader.json",
        "rag/weights/reader/config.json",
        "rag/weights/reader/model.safetensors",
        "rag/weights/reader/tokenizer.json",
        "rag/weights/reader/tokenizer_config.json",
        "rag/weights/reader_8bit/model_qint8.onnx",
        "rag/lexicon/abbreviations.tsv",
        "rag/lexicon/synonyms.tsv",
        "rag/lexicon/lookalikes.tsv",
        "ui/assets/",
        "ui/PROGRAMS.md",
        "embeddings/weights/",
    )
    for wanted in expected:
        assert any(name.startswith(wanted) for name in names), wanted
    assert not [name for name in names if name.startswith("tests/") or "screenshots" in name or "__pycache__" in name]


def test_it_answers_a_question_of_the_samples(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, timeout=LIMIT)
    environment = {**os.environ, "PYTHONPATH": str(site), "WENJU_HOME": str(tmp_path / "home")}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    where = run("-c", "import rag, ui, corpus, embeddings as e; print(*(m.__file__ for m in (rag, ui, corpus, e)))")
    assert where.stdout.count(str(site)) == 4, where
    asked = run("-m", "ui", "ask", "--json", "首批享受特殊到户电价的电子组装企业有多少家？")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert "63家" in answer["answer"]
    assert answer["citations"][0]["quote"]
