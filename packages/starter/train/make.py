"""Makes everything in `models/` and `datasets/` from the corpus: `python3 train/make.py`. See README.md."""

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import torch

from evaluation_sets import banned_texts, draw_sets, write_sets
from export import export_adapter, export_base, round_weights
from manifest import write_manifest
from measure import measure
from model import Shape, Starter
from tasks import AIRLINE, BANK, BASE, LABEL_WORK, TENANTS, TOPIC_WORK, Field, Stream
from tokenizer import Tokenizer, train_tokenizer
from train_adapter import ALPHA, AdapterJob, train_adapter
from train_base import BaseJob, Schedule, train_base
from workshop import Workshop

VOCABULARY = 1792
TOKENIZER_SAMPLES = 20_000
SAVE_EVERY_STEPS = 500


def make_tokenizer(shop: Workshop) -> Tokenizer:
    """Trains the tokenizer on all fields, so that tenants' words are single tokens too."""
    if not shop.tokenizer_path.exists():
        texts: list[str] = []
        for number, field in enumerate((BASE, *TENANTS)):
            stream = Stream(field, shop.banned, random.Random(shop.seed + 100 + number))
            for _ in range(TOKENIZER_SAMPLES):
                conversation = stream.conversation()
                texts += [conversation.system or "", *(part for turn in conversation.turns for part in turn)]
        texts += ["system\nuser\nassistant\n"] * TOKENIZER_SAMPLES
        train_tokenizer(texts, VOCABULARY).save(shop.tokenizer_path)
    return Tokenizer.load(shop.tokenizer_path)


def make_base(shop: Workshop, tokenizer: Tokenizer) -> None:
    """Trains the base and keeps its weights in the work folder, also on the way.

    The first course teaches the base its own labels. The second, shorter one adds what messages of all fields are
    about in plain words: without it the base sees the tenants' messages only as `other`, forgets to tell them apart,
    and adapters generalise badly.
    """
    torch.manual_seed(shop.seed)
    model = Starter(Shape(vocabulary=len(tokenizer.vocabulary))).to(shop.device)
    courses = (
        ("base", LABEL_WORK, Schedule(tokens=shop.base_tokens, peak_rate=2e-3, batch=32)),
        ("base-topics", TOPIC_WORK, Schedule(tokens=shop.topic_tokens, peak_rate=1e-3, batch=32)),
    )
    for number, (work, formats, schedule) in enumerate(courses):
        run_course(shop, model, tokenizer, Course(work, formats, schedule, shop.seed + number))


@dataclass(frozen=True)
class Course:
    """One stretch of the base's training. `formats` weighs the answer formats."""

    work: str
    formats: tuple[int, ...]
    schedule: Schedule
    seed: int


def run_course(shop: Workshop, model: Starter, tokenizer: Tokenizer, course: Course) -> None:
    """Trains one course, measures and saves on the way and at the end."""

    def report(line: dict[str, object]) -> None:
        last = int(str(line["tokens"])) >= course.schedule.tokens
        if last or int(str(line["step"])) % SAVE_EVERY_STEPS == 0:
            line |= measure(model, tokenizer, BASE, shop.sets["base"])
            part = shop.base_path.with_suffix(".part")
            torch.save(model.state_dict(), part)
            part.rename(shop.base_path)
        shop.log({"work": course.work, **line})

    job = BaseJob(tokenizer, shop.banned, course.seed, course.formats)
    shop.check_disjoint(course.work, train_base(model, job, course.schedule, report))


def rounded_base(shop: Workshop, tokenizer: Tokenizer) -> Starter:
    """The trained base with its weights as the exported file holds them."""
    model = Starter(Shape(vocabulary=len(tokenizer.vocabulary)))
    model.load_state_dict(torch.load(shop.base_path, map_location="cpu"))
    round_weights(model)
    return model.to(shop.device)


def make_adapter(shop: Workshop, tokenizer: Tokenizer, tenant: Field) -> None:
    """Trains and exports one tenant's adapter and measures it on its own, the base's and the other tenant's set."""
    model = rounded_base(shop, tokenizer)
    work = f"{tenant.name}-support"
    for field in (tenant, BASE):
        shop.log({"work": work, "without": field.name, **measure(model, tokenizer, field, shop.sets[field.name])})
    schedule = Schedule(tokens=shop.adapter_tokens, peak_rate=4e-3, batch=32, warmup_steps=30)
    job = AdapterJob(tenant, tokenizer, shop.banned, shop.seed)
    texts = train_adapter(model, job, schedule, lambda line: shop.log({"work": work, **line}))
    shop.check_disjoint(work, texts)
    for field in (BASE, AIRLINE, BANK):
        shop.log({"work": work, "with": field.name, **measure(model, tokenizer, field, shop.sets[field.name])})
    export_adapter(model, work, ALPHA, shop.models / f"{work}.gguf")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=12_000_000, help="tokens to train the base on")
    parser.add_argument("--topic-tokens", type=int, default=1_500_000, help="tokens of the base's second course")
    parser.add_argument("--adapter-tokens", type=int, default=2_000_000, help="tokens to train each adapter on")
    parser.add_argument("--out", type=Path, help="where models/ and datasets/ go (default: this package)")
    parser.add_argument("--keep-base", action="store_true", help="do not train the base, take the last one trained")
    return parser.parse_args()


def main() -> None:
    """Runs every step in order."""
    args = _arguments()
    torch.set_num_threads(1)
    sets = draw_sets(args.seed)
    shop = Workshop(
        seed=args.seed,
        device=torch.device(args.device),
        base_tokens=args.tokens,
        topic_tokens=args.topic_tokens,
        adapter_tokens=args.adapter_tokens,
        out=args.out or Path(__file__).parent.parent,
        sets=sets,
        banned=banned_texts(sets),
    )
    shop.prepare(fresh=not args.keep_base)
    write_sets(sets, shop.datasets)
    tokenizer = make_tokenizer(shop)
    if not args.keep_base:
        make_base(shop, tokenizer)
    export_base(rounded_base(shop, tokenizer), tokenizer, shop.models / "starter-base.gguf")
    for tenant in TENANTS:
        make_adapter(shop, tokenizer, tenant)
    write_manifest(shop)


if __name__ == "__main__":
    main()
