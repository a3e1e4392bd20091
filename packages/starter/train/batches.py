"""Conversations to padded batches of token ids with a weight for every target."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from tasks import Conversation
from tokenizer import BOS, END, PAD, START, Tokenizer

POOL_BATCHES = 16
Example = tuple[list[int], list[float]]


def encode(conversation: Conversation, tokenizer: Tokenizer, other_weight: float = 0.0) -> Example:
    """Token ids and, for each id, its weight as a target: 1 in answers, `other_weight` in what others say."""
    ids: list[int] = [BOS]
    weights: list[float] = [0.0]

    def add(tokens: list[int], weight: float) -> None:
        ids.extend(tokens)
        weights.extend([weight] * len(tokens))

    def turn(role: str, text: str) -> None:
        add([START, *tokenizer.encode(f"{role}\n")], 0.0)
        add([*tokenizer.encode(text), END], 1.0 if role == "assistant" else other_weight)
        add(tokenizer.encode("\n"), 0.0)

    if conversation.system is not None:
        turn("system", conversation.system)
    for text, reply in conversation.turns:
        turn("user", text)
        turn("assistant", reply)
    return ids, weights


def batches(draw: Callable[[], Example], size: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless (ids, weights) of shape (size, time). Examples of like length are batched together."""
    while True:
        pool = sorted((draw() for _ in range(size * POOL_BATCHES)), key=lambda e: len(e[0]))
        chunks = [pool[i : i + size] for i in range(0, len(pool), size)]
        # An odd stride visits every chunk once, long and short ones in turn.
        for step in range(POOL_BATCHES):
            yield pad(chunks[(step * 7) % POOL_BATCHES])


def pad(chunk: list[Example]) -> tuple[Tensor, Tensor]:
    """Ids and weights of shape (examples, time), filled up with PAD and weight 0."""
    time = max(len(ids) for ids, _ in chunk)
    ids = torch.full((len(chunk), time), PAD, dtype=torch.long)
    weights = torch.zeros((len(chunk), time))
    for row, (tokens, targets) in enumerate(chunk):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        weights[row, : len(targets)] = torch.tensor(targets)
    return ids, weights
