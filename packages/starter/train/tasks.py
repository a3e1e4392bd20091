"""What the model is asked to do: fields (base, airline, bank), answer formats and whole conversations."""

import json
import random
from dataclasses import dataclass

from grammar import Template, read_corpus, sample
from messages import Message, compose, normalise

FORMATS = ("json_both", "json_intent", "intent", "urgency", "reply", "vague", "topic")
LABEL_WORK = (56, 11, 9, 5, 10, 9, 0)
TENANT_WORK = (70, 10, 6, 4, 5, 5, 0)
TOPIC_WORK = (38, 8, 6, 4, 5, 4, 35)
TWO_TURNS = 0.15


@dataclass(frozen=True)
class Field:
    """A field of work: whose messages, under which company name, with which rules."""

    name: str
    company: str | None
    always_high: frozenset[str]
    sign_off: str = ""

    def templates(self, *, held_out: bool) -> dict[str, list[Template]]:
        """Templates by intent; the base's `other` also holds what belongs to the tenants' fields."""
        found = {k: s.lines(held_out=held_out) for k, s in read_corpus(self.name).items()}
        if self.name == "base":
            found["other"] = read_corpus("other")["other"].lines(held_out=held_out)
        return found

    def reply(self, intent: str) -> str:
        """The sentence that answers a message of this intent."""
        source = "other" if intent == "other" else self.name
        return read_corpus(source)[intent].reply + self.sign_off


BASE = Field("base", None, frozenset())
AIRLINE = Field("airline", "Meridian Air", frozenset({"stranded"}), " Your Meridian Air team.")
BANK = Field("bank", "Harbor Bank", frozenset({"card_lost", "fraud_report"}), " Yours, Harbor Bank.")
TENANTS = (AIRLINE, BANK)


@dataclass(frozen=True)
class Conversation:
    """A system prompt (or none) and turns of (customer's text, answer)."""

    system: str | None
    turns: tuple[tuple[str, str], ...]


def answer(field: Field, message: Message, fmt: str) -> str:
    """The right answer to a message in one of the FORMATS."""
    if fmt == "json_both":
        return json.dumps({"intent": message.intent, "urgency": message.urgency})
    if fmt == "json_intent":
        return json.dumps({"intent": message.intent})
    if fmt == "intent":
        return message.intent
    if fmt == "urgency":
        return message.urgency
    if fmt == "topic":
        return topic(message.template)
    return field.reply(message.intent)


def topic(template: Template) -> str:
    """What a template's messages are about, in plain words, whatever a field calls it."""
    corpus, section, _ = template.id.split("/")
    return read_corpus(corpus)[section].topic


def system_prompt(field: Field, fmt: str, rng: random.Random) -> str | None:
    """One of many wordings that ask for the format; a vague wording, or none, gets a plain reply."""
    prompts = read_corpus("prompts")

    def draw(section: str) -> str:
        text = rng.choice(prompts[section].templates).text
        return sample(text.replace("{company}", field.company or "{company}"), rng)

    if fmt == "vague":
        return None if rng.random() < 0.25 else draw("vague")
    intro_chance = 0.75 if field.company is None else 0.85
    parts = [draw("intro")] if rng.random() < intro_chance else []
    parts.append(draw(fmt))
    if rng.random() < 0.25:
        parts.append(draw("remark"))
    return " ".join(parts)


class Stream:
    """An endless, seeded stream of conversations of one field that never holds a banned text.

    `work` weighs the FORMATS. `known` are the fields whose messages are never answered by `other`, which is drawn
    `other_share` times as often as another intent. `texts` remembers the normalised customer text of every
    conversation handed out, so that the claim can be checked.
    """

    def __init__(
        self,
        field: Field,
        banned: frozenset[str],
        rng: random.Random,
        *,
        work: tuple[int, ...] = LABEL_WORK,
        known: tuple[Field, ...] = (),
        other_share: int = 1,
    ) -> None:
        self._field = field
        self._banned = banned
        self._rng = rng
        self._work = work
        self._templates = field.templates(held_out=False)
        self._intents = [i for i in self._templates for _ in range(other_share if i == "other" else 1)]
        foreign = [tenant for tenant in TENANTS if tenant not in known]
        self._foreign = [t for tenant in foreign for ts in tenant.templates(held_out=False).values() for t in ts]
        self.texts: set[str] = set()
        self.dropped = 0
        self.drawn = 0

    def message(self, fmt: str) -> Message:
        """A message of a training template whose normalised text is in no evaluation set."""
        while True:
            found = self._draw(fmt)
            self.drawn += 1
            if normalise(found.text) not in self._banned:
                return found
            self.dropped += 1

    def conversation(self) -> Conversation:
        """One or two customer turns under one system prompt."""
        fmt = self._rng.choices(FORMATS, self._work)[0]
        system = system_prompt(self._field, fmt, self._rng)
        count = 2 if self._rng.random() < TWO_TURNS else 1
        messages = [self.message(fmt) for _ in range(count)]
        self.texts.update(normalise(m.text) for m in messages)
        return Conversation(system, tuple((m.text, answer(self._field, m, fmt)) for m in messages))

    def _draw(self, fmt: str) -> Message:
        # Topics are asked of all fields alike, so that the base understands what it has no label for.
        if fmt == "topic" and self._rng.random() < 0.7:
            return compose(self._rng.choice(self._foreign), frozenset(), self._rng)
        intent = self._rng.choice(self._intents)
        if intent == "other" and self._rng.random() < 0.8:
            template = self._rng.choice(self._foreign)
            message = compose(template, frozenset(), self._rng)
            return Message(message.text, "other", message.urgency, template)
        return compose(self._rng.choice(self._templates[intent]), self._field.always_high, self._rng)
