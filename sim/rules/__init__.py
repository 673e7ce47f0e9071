"""What is legal, who knows what, what a day does to a world, and luck by name.

Read `day` first: its numbered list is the code that runs. Every rule is a plain function of
scalars and of the world's records. Mesa runs them as Python; a compiler may run the very same
functions. No I/O, no generator, no hidden state.
"""
