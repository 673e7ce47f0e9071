"""What happened between the United States and China, and how it is coded into months."""
