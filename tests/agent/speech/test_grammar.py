"""What is listened for, how it sounds, and how it is written down."""

import pytest

from agent.interpreter.phrases import phrases
from agent.speech.grammar import hearing_grammar
from agent.speech.lexicon import pronunciations
from agent.speech.network import network
from agent.speech.typed import typed
from tests.agent.speech.counter import demo_vocabulary


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("qashqai", "K AE SH K AY"),
        ("hoxha", "OW JH AH"),
        ("popescu", "P OW P EY S K UW"),
        ("tagliando", "T AA L Y AA N D OW"),
        ("rossi's", "R AO S IY Z"),
        ("x1", "EH K S W AH N"),
        ("cusumà", "K UW S UW M AH"),
    ],
)
def test_words_no_dictionary_has_are_worked_out(word: str, phones: str) -> None:
    assert phones in pronunciations(word)


def test_a_model_of_figures_is_said_in_every_usual_way() -> None:
    said = pronunciations("3008")
    assert "TH R IY TH AW Z AH N D EY T" in said
    assert "TH ER D IY OW EY T" in said


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("for plate a_p bravo_n one_p two_p three_p c_p d_p please", "for plate AB 123 CD please"),
        ("on friday at eight_h thirty_m", "on friday at 8:30"),
        ("twelve_h oh_m five_m pm_t", "12:05 pm"),
        ("at half past eight_h <sil> please", "at half past eight please"),
        ("twenty_m", "twenty"),
        ("rossi-s_o clio", "rossi's clio"),
        ("call three_f three_f oh_f two_f", "call 3302"),
    ],
)
def test_words_are_written_as_one_would_type_them(words: str, text: str) -> None:
    assert typed(words.split()) == text


def test_a_network_takes_its_templates_and_nothing_else() -> None:
    made = network({"(book|fix) [a] {service}": 1.0, "undo": 0.5}, {})

    def takes(words: str) -> bool:
        state: int | None = 0
        for word in words.split():
            step = made.steps[state].get(word) if state is not None else None
            state = step[0] if step else None
        return state in made.ends

    assert takes("book {service}")
    assert takes("fix a {service}")
    assert takes("undo")
    assert not takes("book a")
    assert not takes("undo {service}")
    assert all(abs(sum(share for _, share in steps.values()) - 1) < 1e-9 for steps in made.steps if steps)


def test_the_grammar_is_made_of_the_interpreters_phrases_and_the_workshops_words() -> None:
    grammar = hearing_grammar(demo_vocabulary())
    words = {line.split()[0] for line in grammar.words.splitlines()}
    assert {"book", "qashqai", "hoxha-s_o", "luca", "cambelt", "a_p", "alpha_n", "wednesday", "thirty_m"} <= words
    used = {line.split()[4] for line in grammar.fsg.splitlines() if line.count(" ") == 4}
    assert used <= words, "a word that has no pronunciation"
    assert any("note" in phrase.template for phrase in phrases("en").phrases)
    assert len(grammar.fsg.splitlines()) < 80_000
