"""Numbers and words as every page shows them."""
