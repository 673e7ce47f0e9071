"""Who may say what next in talks: one file each. Adding a file adds a protocol everywhere."""
