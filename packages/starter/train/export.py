"""The trained base and its adapters as GGUF files that llama.cpp loads."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from gguf import F16, F32, Q8_0, TensorData, Value, f32, rounded, tensor, text, u32, write_gguf
from model import LINEAR_NAMES, LoraLinear, Shape, Starter
from tokenizer import BOS, END, PAD, SPECIALS, Tokenizer

NORMAL_TOKEN, CONTROL_TOKEN = 1, 3
Q8_0_FILE = 7
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def storage(parameter: Tensor) -> int:
    """Matrices are stored as Q8_0, norms as F32."""
    return Q8_0 if parameter.dim() == 2 else F32


def round_weights(model: Starter) -> None:
    """Sets every weight to what its stored form gives back, so that adapters are trained on the shipped base."""
    with torch.no_grad():
        for parameter in model.parameters():
            values = rounded(parameter.cpu().numpy(), storage(parameter))
            parameter.copy_(torch.from_numpy(values))


def export_base(model: Starter, tokenizer: Tokenizer, path: Path) -> None:
    """Writes the base model, tokenizer and chat template included."""
    tensors = [_packed(name, p, storage(p)) for name, p in model.named_parameters()]
    write_gguf(path, _architecture(model.shape) | _tokenizer(tokenizer), tensors)


def export_adapter(model: Starter, name: str, alpha: float, path: Path) -> None:
    """Writes the LoRA of a model to which `add_lora` was applied."""
    metadata = {
        "general.architecture": text("llama"),
        "general.type": text("adapter"),
        "general.name": text(name),
        "general.license": text("apache-2.0"),
        "adapter.type": text("lora"),
        "adapter.lora.alpha": f32(alpha),
    }
    tensors: list[TensorData] = []
    for number, block in enumerate(model.blk):
        for linear in LINEAR_NAMES:
            layer = getattr(block, linear)
            if not isinstance(layer, LoraLinear):
                raise TypeError(f"blk.{number}.{linear} has no LoRA")
            stem = f"blk.{number}.{linear}.weight"
            tensors.append(_packed(f"{stem}.lora_a", layer.lora_a, F16))
            tensors.append(_packed(f"{stem}.lora_b", layer.lora_b, F16))
    write_gguf(path, metadata, tensors)


def _packed(name: str, parameter: Tensor, kind: int) -> TensorData:
    values: np.ndarray = parameter.detach().float().cpu().numpy()
    return tensor(name, values, kind)


def _architecture(shape: Shape) -> dict[str, Value]:
    return {
        "general.architecture": text("llama"),
        "general.type": text("model"),
        "general.name": text("Assay starter"),
        "general.license": text("apache-2.0"),
        "general.file_type": u32(Q8_0_FILE),
        "general.quantization_version": u32(2),
        "llama.block_count": u32(shape.layers),
        "llama.context_length": u32(shape.context),
        "llama.embedding_length": u32(shape.width),
        "llama.feed_forward_length": u32(shape.hidden),
        "llama.attention.head_count": u32(shape.heads),
        "llama.attention.head_count_kv": u32(shape.kv_heads),
        "llama.attention.layer_norm_rms_epsilon": f32(shape.eps),
        "llama.rope.dimension_count": u32(shape.head_width),
        "llama.rope.freq_base": f32(shape.rope_base),
        "llama.vocab_size": u32(shape.vocabulary),
    }


def _tokenizer(tokenizer: Tokenizer) -> dict[str, Value]:
    count = len(tokenizer.vocabulary)
    types = [CONTROL_TOKEN] * len(SPECIALS) + [NORMAL_TOKEN] * (count - len(SPECIALS))
    return {
        "tokenizer.ggml.model": text("gpt2"),
        "tokenizer.ggml.pre": text("gpt-2"),
        "tokenizer.ggml.tokens": Value("array", tokenizer.vocabulary, "str"),
        "tokenizer.ggml.token_type": Value("array", types, "i32"),
        "tokenizer.ggml.merges": Value("array", [" ".join(m) for m in tokenizer.merges], "str"),
        "tokenizer.ggml.bos_token_id": u32(BOS),
        "tokenizer.ggml.eos_token_id": u32(END),
        "tokenizer.ggml.eot_token_id": u32(END),
        "tokenizer.ggml.padding_token_id": u32(PAD),
        "tokenizer.ggml.add_bos_token": Value("bool", True),
        "tokenizer.chat_template": text(CHAT_TEMPLATE),
    }
