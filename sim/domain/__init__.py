"""The nouns: moves, acts, measures, governments, views. No files, no randomness, no arithmetic beyond dates."""
