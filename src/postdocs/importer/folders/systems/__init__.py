"""One module, or package, for each system."""
