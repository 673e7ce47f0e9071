"""What happened: the record of moves, its monthly coding, and how well a prediction of it did."""
