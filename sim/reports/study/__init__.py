"""What a study found, for people: one page, its pictures, and a short page for git."""
