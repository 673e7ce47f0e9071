"""Forecasts that are fixed before the fact, and scored after it."""
