"""Run every notebook anew and store what it shows; draw the README's pictures anew.

    python .ci/store_outputs.py

To be run after a lesson, a view or a message has changed; ``git diff`` then shows what a
reader would see differently. A notebook that fails is left as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from redislab import cli

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def store(path: Path) -> None:
    """Run one notebook and write it back, without what differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    for cell in notebook.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            cell.outputs = []  # a widget of a kernel that is gone
    notebook.metadata = nbformat.from_dict(METADATA)
    nbformat.validate(notebook)
    path.write_text(f"{nbformat.writes(notebook)}\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("REDIS_URL", None)  # a lesson runs on a private server
    for theme, name in (("auto", "conflict.svg"), ("dark", "conflict-dark.svg")):
        cli.main(["demo", "--theme", theme, "--svg", str(NOTEBOOKS / "images" / name)])
    for lesson in sorted(NOTEBOOKS.glob("*.ipynb")):
        print(f"running {lesson.name}")
        store(lesson)
