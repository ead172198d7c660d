"""One customer's traces leave a home: rows stay as nobody's, so that every sum stays."""
