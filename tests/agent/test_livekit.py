"""The receptionist as LiveKit sees it: a model, its tools, and what a conversation consists of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from livekit.agents import AgentSession

from agent.conversation import Conversation
from agent.events import Event
from agent.functions import function_tools
from agent.instructions import instructions
from agent.interpreter.dialogue import Dialogue
from agent.interpreter.model import InterpreterLLM
from agent.receptionist import Receptionist
from agent.toolbelt import Toolbelt
from agent.turns import OpenTurn
from agent.vocabulary import Words
from tests.agent.desk import ENGLISH, NOW, config
from tools.connect import open_workshop


class Script:
    """One conversation through AgentSession.run, a turn a line."""

    def __init__(self, session: AgentSession[None], conversation: Conversation) -> None:
        self._session = session
        self._conversation = conversation
        self._turns = 0

    async def caller(self, text: str) -> Any:
        self._turns += 1
        self._conversation.begin(OpenTurn(self._turns, f"turn-{self._turns}", heard=text))
        return (await self._session.run(user_input=text)).expect


@asynccontextmanager
async def talk(folder: Path) -> AsyncIterator[Script]:
    settings = config(folder)
    workshop = await open_workshop(settings.workshop, clock=settings.clock)
    events: list[Event] = []
    toolbelt = Toolbelt(workshop, emit=events.append, now=lambda: NOW, timeout=5.0)
    await toolbelt.start()
    words = Words(workshop, changed=lambda vocabulary: None)
    conversation = Conversation(
        dialogue=Dialogue("auto"),
        toolbelt=toolbelt,
        words=words,
        now=lambda: NOW,
        emit=events.append,
        speak_in=lambda language: None,
        language="it",
    )
    agent = Receptionist(
        instructions=instructions(await words.fresh()),
        tools=function_tools(toolbelt.offered, conversation),
        first_byte=lambda: None,
    )
    async with AgentSession(
        llm=InterpreterLLM(conversation), vad=None, turn_handling={"turn_detection": None}
    ) as session:
        await session.start(agent, record=False)
        yield Script(session, conversation)
    toolbelt.close()
    await workshop.close()


async def test_a_booking_is_a_call_its_answer_and_a_reply(tmp_path: Path) -> None:
    async with talk(tmp_path) as script:
        expect = await script.caller(ENGLISH)
        expect.next_event().is_function_call(name="book_appointment", arguments={"plate": "AB123CD"})
        expect.next_event().is_function_call_output(is_error=False)
        assert "Wednesday 18 March" in expect.next_event().is_message(role="assistant").event().item.text_content
        expect.no_more_events()


async def test_a_question_is_answered_from_its_look_up(tmp_path: Path) -> None:
    async with talk(tmp_path) as script:
        expect = await script.caller("che appuntamenti ci sono domani?")
        expect.next_event().is_function_call(
            name="list_appointments", arguments={"from": "2026-03-11", "to": "2026-03-11"}
        )
        expect.next_event().is_function_call_output()
        expect.next_event().is_message(role="assistant")
        expect.no_more_events()


async def test_what_is_not_understood_is_asked_about_without_a_call(tmp_path: Path) -> None:
    async with talk(tmp_path) as script:
        expect = await script.caller("quarantadue gatti sul tetto cantano l'inno")
        expect.next_event().is_message(role="assistant")
        expect.no_more_events()


async def test_a_spoken_yes_is_the_tool_that_answers_the_preview(tmp_path: Path) -> None:
    async with talk(tmp_path) as script:
        await script.caller("prenota un tagliando per AB 123 CE mercoledì 18 alle 17")
        expect = await script.caller("sì")
        expect.next_event().is_function_call(name="answer_preview", arguments={"answer": "yes"})
        expect.next_event().is_function_call_output()
        said = expect.next_event().is_message(role="assistant").event().item.text_content
        assert "mercoledì 18 marzo" in said
        expect.no_more_events()
