"""Trains one tenant's LoRA on the rounded base: mostly the tenant's work, partly the base's so that it is not lost."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import torch

from batches import batches, encode
from model import Starter
from tasks import BASE, TENANT_WORK, Conversation, Field, Stream
from tokenizer import Tokenizer
from train_base import Schedule, compile_blocks, run_training

RANK = 10
ALPHA = 20.0
BASE_SHARE = 0.3
# So often that the adapter stays silent about the other tenants' work.
OTHER_SHARE = 4


@dataclass(frozen=True)
class AdapterJob:
    """What training an adapter needs besides the schedule."""

    tenant: Field
    tokenizer: Tokenizer
    banned: frozenset[str]
    seed: int


def train_adapter(
    model: Starter, job: AdapterJob, schedule: Schedule, report: Callable[[dict[str, object]], None]
) -> set[str]:
    """Adds a LoRA to the model in place, trains it and returns the normalised texts that it was trained on.

    The base's weights stay as they are.
    """
    torch.manual_seed(job.seed)
    parameters = model.add_lora(RANK, ALPHA)
    model.to(model.token_embd.weight.device)
    compile_blocks(model)
    rng = random.Random(job.seed)
    own = Stream(job.tenant, job.banned, rng, work=TENANT_WORK)
    base = Stream(BASE, job.banned, rng, known=(job.tenant,), other_share=OTHER_SHARE)

    def draw() -> Conversation:
        return (base if rng.random() < BASE_SHARE else own).conversation()

    def with_streams(line: dict[str, object]) -> None:
        report({**line, "droppedAsEvaluation": own.dropped + base.dropped})

    optimizer = torch.optim.AdamW(parameters, lr=0.0, betas=(0.9, 0.98), weight_decay=0.0)
    source = batches(lambda: encode(draw(), job.tokenizer), schedule.batch)
    run_training(model, optimizer, source, schedule, with_streams)
    return own.texts | base.texts
