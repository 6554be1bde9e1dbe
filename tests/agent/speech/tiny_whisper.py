"""A real Whisper model, small enough to be made in a test: random weights, the true file formats."""

import hashlib
import json
from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec  # type: ignore[import-untyped]
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

WIDTH, HEADS, MELS = 16, 2, 80
WORDS = 50_257  # tokens before the special ones; of a multilingual model, which is told by the empty one among them
STAMPS = 1501  # <|0.00|> to <|30.00|>
LANGUAGES = [f"<|{code}|>" for code in ("en", "it", *(code for code in _LANGUAGE_CODES if code not in ("en", "it")))][
    :99
]
SPECIAL = ["<|endoftext|>", "<|startoftranscript|>", *LANGUAGES, "<|translate|>", "<|transcribe|>"]
SPECIAL += ["<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]


def make_model(folder: Path) -> Path:
    """Write config, tokenizer, vocabulary and weights; the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.BPE(vocab=_bytes(), merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    tokenizer.save(str(folder / "tokenizer.json"))
    numbers = tokenizer.get_vocab()
    tokens = sorted(numbers, key=lambda token: numbers[token])
    tokens += [f"<|{number * 0.02:.2f}|>" for number in range(STAMPS)]
    _save(folder, tokens, tokenizer)
    return folder


def _bytes() -> dict[str, int]:
    signs = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"word{number}" for number in range(WORDS - len(signs))]
    return {token: number for number, token in enumerate([*signs, *words[:-1], ""])}


def _save(folder: Path, tokens: list[str], tokenizer: Tokenizer) -> None:
    random = np.random.default_rng(3)

    def weights(*shape: int) -> np.ndarray:
        return random.normal(0.0, 0.3, shape).astype(np.float32)

    def norm(layer) -> None:  # type: ignore[no-untyped-def]
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def linear(layer, out: int, into: int = WIDTH) -> None:  # type: ignore[no-untyped-def]
        layer.weight, layer.bias = weights(out, into), np.zeros(out, np.float32)

    def block(layer) -> None:  # type: ignore[no-untyped-def]
        for attention in filter(None, (layer.self_attention, getattr(layer, "attention", None))):
            norm(attention.layer_norm)
            sizes = (3 * WIDTH, WIDTH) if attention is layer.self_attention else (WIDTH, 2 * WIDTH, WIDTH)
            for part, size in zip(attention.linear, sizes, strict=True):
                linear(part, size)
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, 4 * WIDTH)
        linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)

    spec = WhisperSpec(1, HEADS, 1, HEADS)
    for number, conv in enumerate((spec.encoder.conv1, spec.encoder.conv2)):
        conv.weight, conv.bias = weights(WIDTH, WIDTH if number else MELS, 3), np.zeros(WIDTH, np.float32)
    spec.encoder.position_encodings.encodings = weights(1500, WIDTH)
    spec.decoder.position_encodings.encodings = weights(448, WIDTH)
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        block(side.layer[0])
    spec.decoder.embeddings.weight = weights(len(tokens), WIDTH)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.lang_ids = [tokenizer.token_to_id(token) for token in LANGUAGES]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(folder))


def listing(folder: Path) -> bytes:
    """The files as the public hub lists them."""
    entries = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        git = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
        entry: dict[str, object] = {"type": "file", "path": path.name, "size": len(data), "oid": git}
        if path.suffix == ".bin":
            entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data)}
        entries.append(entry)
    return json.dumps(entries).encode()
