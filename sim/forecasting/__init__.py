"""Forecast cards: sealed before the fact, scored after it."""
