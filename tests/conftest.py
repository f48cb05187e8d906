"""Fixtures that every room shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.service import KnowledgeBase
from kb.settings import Settings

# Machines are noisy; how long something takes is measured in tests/bench, not asserted here.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the project; the test is skipped, with the reason, where it is not."""
    folder = Path(os.environ.get("KB_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(
            f"real data not found at {folder}; set KB_SHARED to the folder that holds data/"
        )
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The bundled samples."""
    return ROOT / "index_data" / "samples"


@pytest.fixture(scope="session")
def sample_base(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A base that holds the bundled samples. To be read only: tests share it."""
    return filled(tmp_path_factory.mktemp("samples"), samples)


@pytest.fixture(scope="session")
def real_base(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A base that holds the 52 real cases. To be read only: tests share it."""
    return filled(tmp_path_factory.mktemp("real"), shared_data / "cases")


def filled(home: Path, folder: Path) -> KnowledgeBase:
    """A new base in a folder, with what another folder holds."""
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    report = ingest(base, [str(folder)], Options())
    assert not report.failed
    base.index_changes()
    return base
