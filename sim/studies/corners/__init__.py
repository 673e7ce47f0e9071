"""The simulator put into corners where theory knows the answer, and what it answers there."""
