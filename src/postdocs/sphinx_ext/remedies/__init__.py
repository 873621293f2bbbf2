"""What Sphinx and MyST warn of, said with what to do."""
