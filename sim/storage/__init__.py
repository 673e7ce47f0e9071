"""Results on disk: written aside and renamed, with what they were made by."""
