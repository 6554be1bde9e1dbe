"""Every finder over one sentence."""
from agent.interpreter.words import tokenise
from agent.interpreter.dates import find_when
from agent.interpreter._standin import standin
def find(text, context):
    w=tokenise(text)
    return w,[*find_when(w,context),*standin(w,context)]
