"""What a report gives to a terminal: sentences and tables."""

Table = tuple[str, list[str], list[list[str]]]  # title, columns, rows
Part = str | Table
