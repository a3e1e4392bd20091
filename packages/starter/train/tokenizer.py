"""Byte-level BPE in GPT-2's alphabet, trained on the corpus; llama.cpp's `gpt-2` pre-tokenizer reads it alike."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

SPECIALS = ("<|pad|>", "<|bos|>", "<|im_start|>", "<|im_end|>")
PAD, BOS, START, END = range(4)
# GPT-2's splitting rule; `[^\W\d_]` stands for \p{L}, which Python's re lacks.
PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def _byte_alphabet() -> list[str]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return [chr(b) if b in printable else chr(next(spare)) for b in range(256)]


BYTES = _byte_alphabet()


def pieces(text: str) -> list[str]:
    """Splits text as GPT-2 does and spells every piece in the byte alphabet."""
    return ["".join(BYTES[b] for b in piece.encode()) for piece in PIECES.findall(text)]


class Tokenizer:
    """Turns text into token ids by ranked merges. Ids: specials, then 256 bytes, then merges in order."""

    def __init__(self, merges: list[tuple[str, str]]) -> None:
        self.merges = merges
        self.vocabulary = [*SPECIALS, *BYTES, *(a + b for a, b in merges)]
        self._ids = {token: i for i, token in enumerate(self.vocabulary)}
        self._ranks = {pair: i for i, pair in enumerate(merges)}
        self._piece = lru_cache(maxsize=100_000)(self._encode_piece)

    def encode(self, text: str) -> list[int]:
        """Token ids of plain text; special tokens are never made from text."""
        return [i for piece in pieces(text) for i in self._piece(piece)]

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids, specials left out."""
        spelled = "".join(self.vocabulary[i] for i in ids if i >= len(SPECIALS))
        return bytes(BYTES.index(c) for c in spelled).decode(errors="replace")

    def save(self, path: Path) -> None:
        """Writes the merges; everything else follows from them."""
        path.write_text(json.dumps([" ".join(m) for m in self.merges]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """Reads what `save` wrote."""
        return cls([tuple(m.split(" ")) for m in json.loads(path.read_text(encoding="utf-8"))])

    def _encode_piece(self, piece: str) -> tuple[int, ...]:
        parts = list(piece)
        while len(parts) > 1:
            ranked = [(self._ranks.get(pair, 1 << 30), i) for i, pair in enumerate(zip(parts, parts[1:], strict=False))]
            rank, at = min(ranked)
            if rank == 1 << 30:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self._ids[part] for part in parts)


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """Learns merges until the vocabulary has `size` entries. Digits are never merged."""
    words = Counter(piece for text in texts for piece in pieces(text))
    spelled = [list(word) for word in words]
    counts = list(words.values())
    pairs: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for index, parts in enumerate(spelled):
        _count(parts, counts[index], pairs, where, index)
    merges: list[tuple[str, str]] = []
    while len(SPECIALS) + 256 + len(merges) < size:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for index in where.pop(best):
            _count(spelled[index], -counts[index], pairs, where, index)
            spelled[index] = _merge(spelled[index], best)
            _count(spelled[index], counts[index], pairs, where, index)
        del pairs[best]
    return Tokenizer(merges)


def _count(
    parts: list[str],
    count: int,
    pairs: Counter[tuple[str, str]],
    where: defaultdict[tuple[str, str], set[int]],
    index: int,
) -> None:
    for pair in zip(parts, parts[1:], strict=False):
        if not any(c.isdigit() for c in pair[0] + pair[1]):
            pairs[pair] += count
            if count > 0:
                where[pair].add(index)


def _merge(parts: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(parts):
        if at + 1 < len(parts) and (parts[at], parts[at + 1]) == pair:
            merged.append(parts[at] + parts[at + 1])
            at += 2
        else:
            merged.append(parts[at])
            at += 1
    return merged
