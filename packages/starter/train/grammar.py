"""A tiny text grammar: nested alternatives `(a|b|)` and named slots `{name}`."""

import random
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

CORPUS = Path(__file__).parent / "corpus"
SLOT = re.compile(r"\{(\w+)\}")
Node: TypeAlias = "str | tuple[Node, ...] | list[Node]"


@dataclass(frozen=True)
class Template:
    """One line of a corpus file. `held_out` templates never reach training."""

    id: str
    intent: str
    text: str
    held_out: bool


@dataclass(frozen=True)
class Section:
    """One `[name]` section: its templates and, where given, its reply (after `>`) and topic (after `=`)."""

    name: str
    templates: tuple[Template, ...]
    reply: str
    topic: str

    def lines(self, *, held_out: bool) -> list[Template]:
        """The templates for training (`held_out=False`) or those kept for the phrasings group."""
        return [t for t in self.templates if t.held_out == held_out]


@lru_cache
def read_corpus(name: str) -> dict[str, Section]:
    """Reads `corpus/<name>.txt` into its sections, in file order."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for raw in (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        else:
            current.append(line)
    return {key: _section(name, key, lines) for key, lines in sections.items()}


def _section(corpus: str, key: str, lines: list[str]) -> Section:
    marked = {line[0]: line[1:].strip() for line in lines if line[0] in ">="}
    templates = tuple(
        Template(
            id=f"{corpus}/{key}/{number:02d}",
            intent=key,
            text=line.removeprefix("!").strip(),
            held_out=line.startswith("!"),
        )
        for number, line in enumerate((x for x in lines if x[0] not in ">="), start=1)
    )
    return Section(key, templates, reply=marked.get(">", ""), topic=marked.get("=", ""))


@lru_cache(maxsize=None)
def parse(text: str) -> Node:
    """Parses a template. A tuple is a sequence, a list is a choice, a string is itself."""
    node, end = _parse_choice(text, 0, nested=False)
    if end != len(text):
        raise ValueError(f"unbalanced parenthesis in template: {text}")
    return node


def _parse_choice(text: str, start: int, *, nested: bool) -> tuple[Node, int]:
    options: list[Node] = []
    sequence: list[Node] = []
    at = start
    while at < len(text) and text[at] != ")":
        if text[at] == "(":
            node, at = _parse_choice(text, at + 1, nested=True)
            if at >= len(text):
                raise ValueError(f"unbalanced parenthesis in template: {text}")
            sequence.append(node)
            at += 1
        elif text[at] == "|" and nested:
            options.append(tuple(sequence))
            sequence = []
            at += 1
        else:
            end = at
            while end < len(text) and text[end] not in ("()|" if nested else "()"):
                end += 1
            sequence.append(text[at:end])
            at = end
    options.append(tuple(sequence))
    return (options if nested else options[0]), at


def _expand(node: Node, rng: random.Random) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return _expand(rng.choice(node), rng)
    return "".join(_expand(part, rng) for part in node)


@lru_cache
def _slot_values() -> dict[str, list[str]]:
    sections = read_corpus("slots")
    return {k: [v for t in s.templates for v in t.text.split("|")] for k, s in sections.items()}


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def slot(name: str, rng: random.Random) -> str:
    """A value for one slot: made of digits where it is a number, else from `slots.txt`."""
    if name == "n":
        return str(rng.randint(2, 9))
    if name == "digits":
        return str(rng.randint(12, 980))
    if name == "num":
        return _digits(rng, 5)
    if name == "flight":
        return f"MA{_digits(rng, 3)}"
    return fill(rng.choice(_slot_values()[name]), rng)


def fill(text: str, rng: random.Random) -> str:
    """Replaces every `{slot}` by a value drawn for it."""
    return SLOT.sub(lambda match: slot(match.group(1), rng), text)


def sample(template: str, rng: random.Random) -> str:
    """One random sentence of a template, with single spaces."""
    return re.sub(r" +(?=[,.?!:])|(?<= ) +", "", fill(_expand(parse(template), rng), rng)).strip()
