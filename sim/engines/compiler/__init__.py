"""The rulebook as machine code: the only files that import Numba."""
