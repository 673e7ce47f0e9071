"""`python -m sim` is the command `snapback`."""

from sim.faces.command import main

main()
