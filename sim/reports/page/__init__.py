"""Pages that open from disk, in which the rules themselves run."""
