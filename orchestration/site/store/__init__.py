"""What all parts of the publisher stand on: engines, results, marks, and the store of immutable files."""
