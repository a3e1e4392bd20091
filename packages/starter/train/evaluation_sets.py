"""The evaluation sets. They are drawn before any training, and their texts are banned from it."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from grammar import Template
from messages import Message, compose, normalise
from tasks import AIRLINE, BANK, BASE, TENANTS, Field

HELD_OUT = "held-out-phrasing"


@dataclass(frozen=True)
class Plan:
    """How many cases of known templates (other words in the slots) and of held-out templates a set gets."""

    field: Field
    prefix: str
    known: int
    held_out: int


PLANS = (Plan(BASE, "base", 400, 200), Plan(AIRLINE, "air", 360, 40), Plan(BANK, "bank", 360, 40))


@dataclass(frozen=True)
class Case:
    """One line of a dataset file."""

    key: str
    message: Message
    critical: bool

    def as_json(self) -> str:
        """The case as the product's dataset import reads it."""
        message = self.message
        tags = [message.intent]
        tags += ["critical"] if self.critical else []
        tags += [HELD_OUT] if message.template.held_out else []
        return json.dumps(
            {
                "key": self.key,
                "messages": [{"role": "user", "content": message.text}],
                "expected": {"intent": message.intent, "urgency": message.urgency},
                "tags": tags,
                "group": message.template.id,
            },
            ensure_ascii=False,
        )


def draw_sets(seed: int) -> dict[str, list[Case]]:
    """All evaluation sets by field name. No normalised text occurs twice, within or across sets."""
    rng = random.Random(seed)
    seen: set[str] = set()
    return {plan.field.name: _draw_set(plan, seen, rng) for plan in PLANS}


def banned_texts(sets: dict[str, list[Case]]) -> frozenset[str]:
    """The normalised texts that training must never see."""
    return frozenset(normalise(case.message.text) for cases in sets.values() for case in cases)


def write_sets(sets: dict[str, list[Case]], folder: Path) -> None:
    """Writes `<field>-support.jsonl` for every set."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, cases in sets.items():
        text = "".join(f"{case.as_json()}\n" for case in cases)
        (folder / f"{name}-support.jsonl").write_text(text, encoding="utf-8")


def _draw_set(plan: Plan, seen: set[str], rng: random.Random) -> list[Case]:
    messages = [
        *_draw_messages(plan.field, plan.known, held_out=False, seen=seen, rng=rng),
        *_draw_messages(plan.field, plan.held_out, held_out=True, seen=seen, rng=rng),
    ]
    return [
        Case(f"{plan.prefix}-{number:04d}", message, message.intent in plan.field.always_high)
        for number, message in enumerate(messages, start=1)
    ]


def _draw_messages(
    field: Field, count: int, *, held_out: bool, seen: set[str], rng: random.Random
) -> list[Message]:
    """Takes the intents in turn, and within an intent the templates in turn, so that all are covered."""
    queues = [rng.sample(ts, len(ts)) for ts in _own_templates(field, held_out=held_out) if ts]
    drawn: list[Message] = []
    turn = 0
    while len(drawn) < count:
        queue = queues[turn % len(queues)]
        template = queue[(turn // len(queues)) % len(queue)]
        turn += 1
        message = compose(template, field.always_high, rng)
        text = normalise(message.text)
        if text not in seen:
            seen.add(text)
            drawn.append(message)
    return drawn


def _own_templates(field: Field, *, held_out: bool) -> list[list[Template]]:
    """The field's templates by intent; `other` borrows templates of the tenants' fields."""
    found = list(field.templates(held_out=held_out).values())
    if field is BASE:
        foreign = [t for tenant in TENANTS for ts in tenant.templates(held_out=held_out).values() for t in ts]
        found[-1] = [*found[-1], *(_as_other(t) for t in foreign)]
    return found


def _as_other(template: Template) -> Template:
    return Template(f"other/{template.id}", "other", template.text, template.held_out)
