"""Where a run of `make.py` keeps its settings, its folders and its log."""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from evaluation_sets import Case

LOG_NAME = "training-log.jsonl"


@dataclass(frozen=True)
class Workshop:
    """The settings of one run and the evaluation sets, whose texts are banned from all training."""

    seed: int
    device: torch.device
    base_tokens: int
    topic_tokens: int
    adapter_tokens: int
    out: Path
    sets: dict[str, list[Case]]
    banned: frozenset[str]

    @property
    def models(self) -> Path:
        """Folder of the finished files."""
        return self.out / "models"

    @property
    def datasets(self) -> Path:
        """Folder of the evaluation sets."""
        return self.out / "datasets"

    @property
    def work(self) -> Path:
        """Folder of what is needed between steps only; git ignores it."""
        return self.out / "train" / "out"

    @property
    def tokenizer_path(self) -> Path:
        """The trained merges."""
        return self.work / "tokenizer.json"

    @property
    def base_path(self) -> Path:
        """The base's unrounded weights."""
        return self.work / "base.pt"

    def prepare(self, *, fresh: bool) -> None:
        """Makes the folders; a fresh run forgets tokenizer, weights and log of the run before."""
        if fresh and self.work.exists():
            shutil.rmtree(self.work)
        for folder in (self.models, self.datasets, self.work):
            folder.mkdir(parents=True, exist_ok=True)
        self._keep_base_lines(fresh=fresh)

    def log(self, line: dict[str, object]) -> None:
        """Appends one line to the training log and shows it."""
        text = json.dumps(line)
        print(time.strftime("%H:%M:%S"), text, flush=True)
        with (self.models / LOG_NAME).open("a", encoding="utf-8") as out:
            out.write(f"{text}\n")

    def check_disjoint(self, work: str, texts: set[str]) -> None:
        """Counts evaluation texts among the texts trained on, logs it, and stops the run if there is one."""
        common = len(texts & self.banned)
        self.log({"work": work, "trainedTexts": len(texts), "evaluationTexts": len(self.banned), "common": common})
        if common:
            raise RuntimeError(f"{work} was trained on {common} texts of the evaluation sets")

    def _keep_base_lines(self, *, fresh: bool) -> None:
        path = self.models / LOG_NAME
        lines = [] if fresh or not path.exists() else path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if str(json.loads(line)["work"]).startswith("base")]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
