"""Talks: what two governments may give each other on a day, and what packages of it are worth to both.

A clause is what one relaxing act on a measure concedes; a package is a set of clauses of both sides. While
a package is valued its clauses are the `planned` acts of their measures, and no deal is that nothing is
planned: what is announced comes into force, and what is suspended comes back after its last day.
"""
