"""Exact match of greedy answers, found by one teacher-forced pass per batch (the same, and much faster)."""

import torch

from batches import encode, pad
from evaluation_sets import Case
from model import Starter
from tasks import Conversation, Field, answer
from tokenizer import Tokenizer

GOOD_PROMPT = "You are the support desk of {company}. Answer in JSON with intent and urgency."
SCORED_COMPANY = "Lumo"


@torch.no_grad()
def exact_share(model: Starter, tokenizer: Tokenizer, conversations: list[Conversation]) -> float:
    """The share of conversations whose every answer token is the model's first choice."""
    if not conversations:
        return 0.0
    device = model.token_embd.weight.device
    ids, weights = (part.to(device) for part in pad([encode(c, tokenizer) for c in conversations]))
    chosen = weights[:, 1:] == 1.0
    model.eval()
    guess = model.logits(model(ids[:, :-1])).argmax(-1)
    model.train()
    right = ((guess == ids[:, 1:]) | ~chosen).all(dim=1)
    return float(right.float().mean())


def case_conversations(field: Field, cases: list[Case], *, held_out: bool) -> list[Conversation]:
    """The cases of one group as conversations under the plain good prompt."""
    system = GOOD_PROMPT.replace("{company}", field.company or SCORED_COMPANY)
    return [
        Conversation(system, ((case.message.text, answer(field, case.message, "json_both")),))
        for case in cases
        if case.message.template.held_out == held_out
    ]


def measure(model: Starter, tokenizer: Tokenizer, field: Field, cases: list[Case]) -> dict[str, float]:
    """Exact match on held-out messages of known templates and on held-out phrasings."""
    return {
        "exactMessages": round(
            exact_share(model, tokenizer, case_conversations(field, cases, held_out=False)), 4
        ),
        "exactPhrasings": round(
            exact_share(model, tokenizer, case_conversations(field, cases, held_out=True)), 4
        ),
    }
