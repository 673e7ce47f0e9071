"""What a government asks for in talks: one file each. Adding a file adds a negotiator everywhere."""
