"""The HTML of an entry as a page shows it once its scripts have run, without the scripts."""
