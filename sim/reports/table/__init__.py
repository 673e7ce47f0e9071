"""What two governments could agree on: sentences, JSON and a picture."""
