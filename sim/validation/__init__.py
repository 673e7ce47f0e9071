"""Is it right: stylised facts, moments of the record, and what theory knows."""
