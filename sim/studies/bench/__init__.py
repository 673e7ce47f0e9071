"""How fast it is, measured: against the Mesa engine, other libraries and itself."""
