"""How fast it is, measured: against the Mesa engine, straight-line code, other libraries and itself."""
