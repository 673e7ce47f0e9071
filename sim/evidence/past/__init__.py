"""The past as worlds: the record up to a morning, and what governments would do on it."""
