"""Earlier matters of the office that are like this one, among those that the reader may see.

from hefa.statutes.similar import Question, like
like(Question.of(matter), actor)[0].matter.number
"""

from __future__ import annotations

from hefa.statutes.similar.finding import Alike, Question, declared, like

__all__ = ["Alike", "Question", "declared", "like"]
