"""Trains the base model from scratch on a stream of base conversations."""

import math
import random
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from batches import batches, encode
from model import Starter
from tasks import BASE, Stream
from tokenizer import Tokenizer

# Learning to predict the customers' words too teaches the model what they mean.
OTHER_WEIGHT = 0.2
Report = Callable[[dict[str, object]], None]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train. `tokens` counts every token of every batch, padding left out."""

    tokens: int
    peak_rate: float
    batch: int
    warmup_steps: int = 100
    final_share: float = 0.02
    log_every_steps: int = 100

    def rate(self, step: int, tokens: int) -> float:
        """Warm-up by steps, then a cosine over tokens down to `final_share` of the peak."""
        done = min(tokens / self.tokens, 1.0)
        cosine = self.final_share + (1 - self.final_share) * 0.5 * (1 + math.cos(math.pi * done))
        return self.peak_rate * cosine * min(1.0, (step + 1) / self.warmup_steps)


@dataclass
class Progress:
    """Where a training run stands."""

    step: int = 0
    tokens: int = 0
    losses: list[float] = field(default_factory=list)
    started: float = field(default_factory=time.process_time)


def weighted_loss(model: Starter, ids: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """The weighted cross-entropy of a batch, and the mean over answer tokens alone (detached)."""
    hidden = model(ids[:, :-1])
    targets, wanted = ids[:, 1:], weights[:, 1:]
    chosen = wanted > 0
    each = functional.cross_entropy(model.logits(hidden[chosen]).float(), targets[chosen], reduction="none")
    share = wanted[chosen]
    answers = each[share == 1.0].detach().mean()
    return (each * share).sum() / share.sum(), answers


def run_training(
    model: Starter,
    optimizer: torch.optim.Optimizer,
    source: Iterable[tuple[Tensor, Tensor]],
    schedule: Schedule,
    report: Report,
) -> Progress:
    """Trains until the schedule's tokens are used; reports every `log_every_steps` steps and at the end."""
    device = model.token_embd.weight.device
    trained = [p for group in optimizer.param_groups for p in group["params"]]
    progress = Progress()
    model.train()
    for ids, weights in source:
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate(progress.step, progress.tokens)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss, answers = weighted_loss(model, ids.to(device), weights.to(device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        progress.step += 1
        progress.tokens += int((ids != 0).sum())
        progress.losses.append(float(answers))
        finished = progress.tokens >= schedule.tokens
        if finished or progress.step % schedule.log_every_steps == 0:
            report(_summary(progress))
        if finished:
            break
    return progress


def _summary(progress: Progress) -> dict[str, object]:
    recent = progress.losses[-100:]
    return {
        "step": progress.step,
        "tokens": progress.tokens,
        "answerLoss": round(sum(recent) / len(recent), 4),
        "cpuSeconds": round(time.process_time() - progress.started),
    }


def base_optimizer(model: Starter) -> torch.optim.Optimizer:
    """AdamW with weight decay on matrices only."""
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98))


def compile_blocks(model: Starter) -> None:
    """Fuses each layer's small operations where a C++ compiler is at hand (about a third faster on a CPU)."""
    if shutil.which("g++"):
        for block in model.blk:
            block.compile(dynamic=True)


@dataclass(frozen=True)
class BaseJob:
    """What training the base needs besides the schedule. `work` weighs the answer formats."""

    tokenizer: Tokenizer
    banned: frozenset[str]
    seed: int
    work: tuple[int, ...]


def train_base(
    model: Starter, job: BaseJob, schedule: Schedule, report: Callable[[dict[str, object]], None]
) -> set[str]:
    """Trains all weights of a model in place and returns the normalised texts that it was trained on."""
    compile_blocks(model)
    stream = Stream(BASE, job.banned, random.Random(job.seed), work=job.work)
    source = batches(lambda: encode(stream.conversation(), job.tokenizer, OTHER_WEIGHT), schedule.batch)

    def with_stream(line: dict[str, object]) -> None:
        report({**line, "droppedAsEvaluation": stream.dropped})

    run_training(model, base_optimizer(model), source, schedule, with_stream)
    return stream.texts
