"""What Gradio brings along without need is left out, and can be had all the same afterwards."""

import subprocess
import sys
from pathlib import Path

IMPORTED = "import sys; from ui.lean_gradio import import_gradio; import_gradio(); import gradio, gradio.caching\n"


def run(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)


def test_libraries_without_use_stay_out_and_can_be_imported_afterwards() -> None:
    run(
        IMPORTED
        + "left_out = {'mcp', 'mcp_types', 'trio', 'pandas', 'gradio.cli', 'gradio.external', 'httpx._main'}\n"
        + "assert not left_out & set(sys.modules), left_out & set(sys.modules)\n"
        + "import mcp.server.lowlevel, gradio.cli, gradio.external, httpx\n"
        + "assert callable(gradio.external.load) and httpx.get\n"
    )


def test_tables_are_there_for_whoever_looks_into_them() -> None:
    run(
        IMPORTED
        + "import inspect; inspect.getmodule(gradio.Blocks.launch.__code__)\n"
        + "assert 'pandas' not in sys.modules, 'going through all modules is no use of any'\n"
        + "table = gradio.caching.pd.DataFrame({'a': [1]})\n"
        + "import pandas; assert type(table) is pandas.DataFrame\n"
    )


def test_a_library_that_is_needed_while_gradio_is_imported_is_there(tmp_path: Path) -> None:
    (tmp_path / "gradio.py").write_text(
        "import types; utils = types.SimpleNamespace()\nfrom pandas import DataFrame\nimport pandas.io\n", "utf-8"
    )
    run(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        + IMPORTED.replace(", gradio.caching", "")
        + "import gradio, pandas; assert gradio.DataFrame is pandas.DataFrame\n"
    )


def test_what_is_imported_already_stays_what_it_is() -> None:
    run("import mcp, pandas, sys; before = sys.modules['mcp'], pandas\n" + IMPORTED + "import pandas as now\n"
        "assert before == (sys.modules['mcp'], now) and gradio.caching.pd is now\n")  # fmt: skip


def test_no_files_for_editors_are_written(tmp_path: Path) -> None:
    run(
        IMPORTED + f"source = {str(tmp_path / 'own.py')!r}\n"
        "text = 'from gradio.components.base import Component\\nclass Own(Component):\\n    EVENTS = []\\n'\n"
        "open(source, 'w').write(text)\n"
        "import importlib.util as u; spec = u.spec_from_file_location('own', source); own = u.module_from_spec(spec)\n"
        "sys.modules['own'] = own; spec.loader.exec_module(own); assert own.Own.EVENTS == []\n"
    )
    assert not (tmp_path / "own.pyi").exists()
    run(IMPORTED + "import sys; assert not [each for each in sys.meta_path if 'lean' in type(each).__module__]")


def test_an_idle_page_looks_for_work_a_hundred_times_a_second_at_most() -> None:
    run(
        "import gradio as gr; from ui.lean_gradio import REST, let_rest; queue = (blocks := gr.Blocks())._queue;"
        " assert 0 < queue.sleep_when_free < 1 and queue.ANAYLTICS_CACHE_FREQUENCY == 1; let_rest(blocks);"
        " assert queue.sleep_when_free >= REST and queue.ANAYLTICS_CACHE_FREQUENCY > 10**9"
    )
