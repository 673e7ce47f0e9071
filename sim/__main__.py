"""`python -m sim` is the command `snapback`."""

from sim.cli.app import main

main()
