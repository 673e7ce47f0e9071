"""The spread of many runs: its tables, its summary in words, its picture and its folder."""
