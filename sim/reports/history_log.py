"""What was chosen when, for the page of the fit: written by hand, for no command can know it."""

LOG = ""
