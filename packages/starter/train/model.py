"""The model: a small Llama whose modules carry llama.cpp's tensor names, so that export is a loop."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """Sizes of the model. Every row length is a multiple of 32, as Q8_0 asks."""

    vocabulary: int = 1792
    width: int = 192
    layers: int = 5
    heads: int = 6
    kv_heads: int = 3
    hidden: int = 512
    context: int = 512
    eps: float = 1e-5
    rope_base: float = 10_000.0

    @property
    def head_width(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads


LINEAR_NAMES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


class LoraLinear(nn.Module):
    """A frozen linear layer plus a low-rank change: y = Wx + (alpha / rank) * B A x."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.weight = base.weight
        self.scale = alpha / rank
        self.lora_a = nn.Parameter(torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Maps (..., in) to (..., out)."""
        change = functional.linear(functional.linear(x, self.lora_a), self.lora_b)
        return functional.linear(x, self.weight) + self.scale * change


class Block(nn.Module):
    """One layer: attention, then a gated feed-forward part, each on a normalised input."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_width = shape.kv_heads * shape.head_width
        self.attn_norm = nn.RMSNorm(shape.width, eps=shape.eps)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, kv_width, bias=False)
        self.attn_v = nn.Linear(shape.width, kv_width, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = nn.RMSNorm(shape.width, eps=shape.eps)
        self.ffn_gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.ffn_down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        """Maps (batch, time, width) to the same shape."""
        x = x + self._attend(self.attn_norm(x), rotation)
        h = self.ffn_norm(x)
        return x + self.ffn_down(functional.silu(self.ffn_gate(h)) * self.ffn_up(h))

    def _attend(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        batch, time, _ = x.shape
        s = self.shape
        q = self.attn_q(x).view(batch, time, s.heads, s.head_width).transpose(1, 2)
        k = self.attn_k(x).view(batch, time, s.kv_heads, s.head_width).transpose(1, 2)
        v = self.attn_v(x).view(batch, time, s.kv_heads, s.head_width).transpose(1, 2)
        group = s.heads // s.kv_heads
        k = rotate(k, rotation).repeat_interleave(group, dim=1)
        v = v.repeat_interleave(group, dim=1)
        # Plain matrix products: on a CPU and at these lengths twice as fast as the fused attention kernel.
        scores = rotate(q, rotation) @ k.transpose(-1, -2) * s.head_width**-0.5
        later = torch.ones(time, time, dtype=torch.bool, device=x.device).triu(1)
        y = scores.masked_fill(later, float("-inf")).softmax(dim=-1).to(v.dtype) @ v
        return self.attn_output(y.transpose(1, 2).reshape(batch, time, s.width))


def rotate(x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
    """Rotary positions on adjacent pairs (x0, x1), (x2, x3): llama.cpp's layout, so no permutation on export."""
    cos, sin = rotation
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1)
    return turned.flatten(-2).to(x.dtype)


class Starter(nn.Module):
    """Token ids to hidden states; `logits` ties the output to the embedding."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = nn.RMSNorm(shape.width, eps=shape.eps)
        rates = shape.rope_base ** (-torch.arange(0, shape.head_width, 2).float() / shape.head_width)
        angles = torch.outer(torch.arange(shape.context).float(), rates)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self._initialise()

    def forward(self, ids: Tensor) -> Tensor:
        """Maps ids (batch, time) to normalised hidden states (batch, time, width)."""
        time = ids.shape[1]
        x = self.token_embd(ids)
        for block in self.blk:
            x = block(x, (self.cos[:time], self.sin[:time]))
        return self.output_norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        """Maps hidden states (..., width) to scores over the vocabulary."""
        return functional.linear(hidden, self.token_embd.weight)

    def add_lora(self, rank: int, alpha: float) -> list[nn.Parameter]:
        """Freezes the model, puts a LoRA on every linear layer and returns the parameters to train."""
        self.requires_grad_(False)
        added: list[nn.Parameter] = []
        for block in self.blk:
            for name in LINEAR_NAMES:
                layer = LoraLinear(getattr(block, name), rank, alpha)
                setattr(block, name, layer)
                added += [layer.lora_a, layer.lora_b]
        return added

    def _initialise(self) -> None:
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                residual = name.endswith(("attn_output.weight", "ffn_down.weight"))
                spread = 0.02 / (2 * self.shape.layers) ** 0.5 if residual else 0.02
                nn.init.normal_(parameter, std=spread if name != "token_embd.weight" else 0.05)
