"""What theory knows: benchmarks that the code must give back, and simulations where theory has the answer."""
