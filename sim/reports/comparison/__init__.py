"""The same luck with and without a change: story, picture and folder."""
