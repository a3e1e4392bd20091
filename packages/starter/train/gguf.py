"""Writes GGUF version 3 files: header, typed metadata, tensor table, aligned tensor data."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

MAGIC = b"GGUF"
VERSION = 3
ALIGNMENT = 32
BLOCK = 32
F32, F16, Q8_0 = 0, 1, 8
VALUE_TYPES = {"u32": 4, "i32": 5, "f32": 6, "bool": 7, "str": 8, "array": 9}
PACKINGS = {"u32": "<I", "i32": "<i", "f32": "<f", "bool": "<?"}


@dataclass(frozen=True)
class Value:
    """A metadata value. `kind` is a key of VALUE_TYPES; for an array, `items` is the kind of its elements."""

    kind: str
    value: object
    items: str = ""


@dataclass(frozen=True)
class TensorData:
    """A tensor ready to be written. `shape` is row-major, as torch and numpy have it."""

    name: str
    shape: tuple[int, ...]
    type: int
    data: bytes


def u32(value: int) -> Value:
    """An unsigned 32-bit number."""
    return Value("u32", value)


def f32(value: float) -> Value:
    """A 32-bit float."""
    return Value("f32", value)


def text(value: str) -> Value:
    """A string."""
    return Value("str", value)


def tensor(name: str, values: np.ndarray, kind: int) -> TensorData:
    """Packs values as F32, F16 or Q8_0. For Q8_0 a row must be a multiple of 32 long."""
    if kind == Q8_0:
        data = _pack_q8(values)
    else:
        data = np.ascontiguousarray(values, dtype=np.float16 if kind == F16 else np.float32).tobytes()
    return TensorData(name, tuple(values.shape), kind, data)


def rounded(values: np.ndarray, kind: int) -> np.ndarray:
    """The values as a reader of the file gets them back, in float32."""
    if kind == F32:
        return values.astype(np.float32)
    if kind == F16:
        return values.astype(np.float16).astype(np.float32)
    scales, quants = _quantise(values)
    return (quants.astype(np.float32) * scales.astype(np.float32)).reshape(values.shape)


def write_gguf(path: Path, metadata: dict[str, Value], tensors: list[TensorData]) -> None:
    """Writes a complete file; the bytes depend on the arguments alone."""
    with path.open("wb") as out:
        out.write(MAGIC + struct.pack("<IQQ", VERSION, len(tensors), len(metadata)))
        for key, value in metadata.items():
            _write_string(out, key)
            out.write(struct.pack("<I", VALUE_TYPES[value.kind]))
            _write_value(out, value)
        offset = 0
        for item in tensors:
            _write_string(out, item.name)
            dims = item.shape[::-1]
            out.write(struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, item.type, offset))
            offset += _aligned(len(item.data))
        out.write(b"\0" * (_aligned(out.tell()) - out.tell()))
        for item in tensors:
            out.write(item.data + b"\0" * (_aligned(len(item.data)) - len(item.data)))


def _quantise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    blocks = values.astype(np.float32).reshape(-1, BLOCK)
    scales = np.abs(blocks).max(axis=1, keepdims=True) / 127
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    return scales.astype(np.float16), np.rint(blocks * inverse).astype(np.int8)


def _pack_q8(values: np.ndarray) -> bytes:
    if values.shape[-1] % BLOCK:
        raise ValueError(f"a Q8_0 row must be a multiple of {BLOCK} long, not {values.shape[-1]}")
    scales, quants = _quantise(values)
    return np.concatenate([scales.view(np.int8), quants], axis=1).tobytes()


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


def _write_string(out: BinaryIO, value: str) -> None:
    data = value.encode()
    out.write(struct.pack("<Q", len(data)) + data)


def _write_value(out: BinaryIO, value: Value) -> None:
    if value.kind == "str":
        _write_string(out, str(value.value))
    elif value.kind == "array":
        elements = list(value.value)  # type: ignore[call-overload]
        out.write(struct.pack("<IQ", VALUE_TYPES[value.items], len(elements)))
        for element in elements:
            _write_value(out, Value(value.items, element))
    else:
        out.write(struct.pack(PACKINGS[value.kind], value.value))
