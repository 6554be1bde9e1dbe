"""The helper process that hears: `python -m agent.speech.hearing_process`, driven by agent.speech.hearer.

Messages both ways: one letter, four bytes of length (big endian), that many bytes.
In:  V a pickled Vocabulary, first and once · A sound, s16le mono 16 kHz · E end of the utterance · D drop it.
Out: R ready · I text so far · H what was heard, as JSON · X what went wrong; the process then ends.
Standard input closing ends it.
"""

import json
import pickle
import struct
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from agent.speech.ear import CHUNK, WIDE, Ear, decoder, phone_loop
from agent.speech.grammar import hearing_grammar

HEAD = struct.Struct(">cI")


def main() -> int:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    try:
        serve(source, sink)
    except Exception as error:  # told to the parent, which raises it where it can be handled
        write(sink, b"X", f"{type(error).__name__}: {error}".encode())
        return 1
    return 0


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    ear: Ear | None = None
    shown = ""
    while (message := read(source)) is not None:
        kind, body = message
        if kind == b"V":
            ear = ear_for(body)
            write(sink, b"R", b"")
        elif ear is None:
            raise ValueError("sound before the vocabulary")
        elif kind == b"A":
            for start in range(0, len(body), CHUNK):
                text = ear.hear(body[start : start + CHUNK])
            if text and text != shown:
                write(sink, b"I", text.encode())
                shown = text
        elif kind == b"E":
            heard, shown = ear.end(), ""
            write(sink, b"H", json.dumps({"text": heard.text, **asdict(heard)}).encode())
        elif kind == b"D":
            ear.drop()
            shown = ""
        else:
            raise ValueError(f"unknown message {kind!r}")


def ear_for(pickled: bytes) -> Ear:
    """The recogniser for a vocabulary."""
    grammar = hearing_grammar(pickle.loads(pickled))
    loop, loop_words = phone_loop()
    with tempfile.TemporaryDirectory(prefix="bancone-") as folder:
        paths = []
        for name, text in (("g.fsg", grammar.fsg), ("g.dict", grammar.words), ("p.fsg", loop), ("p.dict", loop_words)):
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        return Ear(decoder(*paths[:2], **WIDE), decoder(*paths[2:]))


def read(source: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next message; None at the end."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, size = HEAD.unpack(head)
    body = source.read(size)
    return (kind, body) if len(body) == size else None


def write(sink: BinaryIO, kind: bytes, body: bytes) -> None:
    sink.write(HEAD.pack(kind, len(body)) + body)
    sink.flush()


if __name__ == "__main__":
    sys.exit(main())
