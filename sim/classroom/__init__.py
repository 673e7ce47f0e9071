"""A class on one machine: people play each other, the log is the class, and its tables are a study's."""
