"""Six lessons: texts of fixed sections, whose numbers a test recomputes, and whether they teach."""

from sim.lessons.assessment import gains, questions
from sim.lessons.lesson import Lesson, lesson, lessons

__all__ = ["Lesson", "gains", "lesson", "lessons", "questions"]
