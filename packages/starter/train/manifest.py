"""Writes `models/manifest.json`: what every file is, its hash and how it was made."""

import hashlib
import json
from pathlib import Path

from tasks import TENANTS
from train_adapter import ALPHA, BASE_SHARE, RANK
from workshop import Workshop

BASE_FILE = "starter-base.gguf"


def write_manifest(shop: Workshop) -> None:
    """Describes the base and the adapters. Paths are relative to the folder `models`."""
    base = _file(shop.models / BASE_FILE)
    adapters = [
        {
            **_file(shop.models / f"{tenant.name}-support.gguf"),
            "kind": "adapter",
            "name": f"{tenant.name}-support",
            "baseSha256": base["sha256"],
            "rank": RANK,
            "alpha": ALPHA,
            "baseShare": BASE_SHARE,
            "tokens": shop.adapter_tokens,
        }
        for tenant in TENANTS
    ]
    manifest = {
        "command": f"python3 train/make.py --seed {shop.seed} --tokens {shop.base_tokens} "
        f"--topic-tokens {shop.topic_tokens} --adapter-tokens {shop.adapter_tokens} --device {shop.device.type}",
        "seed": shop.seed,
        "license": "Apache-2.0",
        "files": [
            {**base, "kind": "model", "name": "starter", "weights": "Q8_0", "tokens": shop.base_tokens + shop.topic_tokens},
            *adapters,
        ],
    }
    text = json.dumps(manifest, indent=2)
    (shop.models / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


def _file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"file": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
