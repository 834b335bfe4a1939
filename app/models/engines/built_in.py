"""The model that some browsers have built in, as one of this browser's models.

Neither its name nor its size nor how many tokens it reads is told before it is loaded. Chrome's documentation says that
it runs on the device; the draft of the Prompt API leaves that to the browser, and a page cannot find out (its
explainer's "Goals", read in November 2026). The page says so where the model is shown.
"""

from __future__ import annotations

from app.core.places import BUILT_IN
from app.core.texts import Text
from app.core.values import Model

BUILT_IN_MODEL = Model(
    BUILT_IN,
    "Built-in model",
    best_for=Text("builtin.best_for"),
    capabilities=("schema",),
    where=Text("builtin.where"),
)
