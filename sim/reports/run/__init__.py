"""One run, for people: story, timeline, explanation and folder."""
