"""Customer messages: a core sentence from a template, dressed with greetings, urgency and small faults."""

import random
import re
from dataclasses import dataclass

from grammar import Template, sample, slot

URGENCIES = ("normal", "high", "low")
URGENCY_WEIGHTS = (45, 32, 23)
QUESTION_STARTS = (
    "where when why how what which who whose is are was will would do does did can could may has have had must until"
).split()
KEPT = ("no", "not", "out", "low", "pay", "fee", "log", "pin", "bag", "lot")


@dataclass(frozen=True)
class Message:
    """A customer message with what its author meant."""

    text: str
    intent: str
    urgency: str
    template: Template


def normalise(text: str) -> str:
    """The form in which texts are compared for duplicates: lower case words and digits only."""
    return " ".join(re.findall(r"\w+", text.lower()))


def compose(template: Template, always_high: frozenset[str], rng: random.Random) -> Message:
    """Draws one message of a template.

    The urgency comes from a cue sentence, except for intents in `always_high`, which a tenant treats as urgent
    whatever the customer says.
    """
    cue = rng.choices(URGENCIES, URGENCY_WEIGHTS)[0]
    urgency = "high" if template.intent in always_high else cue
    parts = [_sentence(sample(template.text, rng))]
    if rng.random() < 0.35:
        parts.insert(rng.randint(0, 1), slot("filler", rng))
    if cue != "normal":
        place = len(parts) if rng.random() < 0.7 else 0
        parts.insert(place, slot(cue, rng))
    if rng.random() < 0.4:
        parts.insert(0, slot("greeting", rng))
    if rng.random() < 0.25:
        parts.append(slot("closing", rng))
    return Message(_small_faults(" ".join(parts), rng), template.intent, urgency, template)


def _sentence(core: str) -> str:
    ending = "?" if core.split(" ", 1)[0].lower() in QUESTION_STARTS else "."
    text = core if core[-1] in ".?!" else core + ending
    return text[0].upper() + text[1:]


def _small_faults(text: str, rng: random.Random) -> str:
    if rng.random() < 0.12:
        text = text.lower()
    if rng.random() < 0.12:
        text = text.rstrip(".?!")
    if rng.random() < 0.12:
        text = _drop_word(text, rng)
    if rng.random() < 0.12:
        text = _typo(text, rng)
    return text


def _drop_word(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    droppable = [i for i, word in enumerate(words) if len(word) <= 3 and word.isalpha() and word.lower() not in KEPT]
    if len(words) < 8 or not droppable:
        return text
    del words[rng.choice(droppable)]
    return " ".join(words)


def _typo(text: str, rng: random.Random) -> str:
    letters = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not letters:
        return text
    at = rng.choice(letters)
    kind = rng.random()
    if kind < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.75:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
