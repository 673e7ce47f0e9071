"""Six lessons: texts of fixed sections, whose commands and numbers a test runs again, and their answers."""

from sim.lessons.lesson import Lesson, lesson, lessons

__all__ = ["Lesson", "lesson", "lessons"]
