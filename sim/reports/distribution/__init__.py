"""Many runs, for people: tables, summary, picture and folder."""
