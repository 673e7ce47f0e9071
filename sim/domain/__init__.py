"""The nouns: moves, acts, measures, governments, views. No files, no luck, no arithmetic beyond dates."""
