"""Words of six languages by which a sentence speaks of its source, and by which it says no."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: of how a source is spoken of, not of what it says
TELLING = _words(
    "text texts passage passages source sources document documents says say said states stated states according "
    "describes described describe called calls call mentions mentioned mention explains explained warns writes wrote "
    "defines defined gives text texte texten textstelle quelle quellen dokument sagt sagen nennt genannt laut steht "
    "beschreibt beschrieben erklärt texto dice según fuente documento describe llama texte dit selon source appelle "
    "testo secondo fonte diz segundo example beispiel ejemplo exemple means mean meaning bedeutet significa signifie "
    "yes ja sí oui answer antwort"
)
NEGATIONS = _words(
    "not no never none nor neither nothing nobody cannot nicht kein keine keinen keinem keiner keines nie niemals "
    "nichts niemand nunca jamás nada nadie ningún ninguna pas jamais rien aucun aucune non mai niente nessun nessuna "
    "não nunca nada nenhum nenhuma without ohne sin sans senza sem"
)
