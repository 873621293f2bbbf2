"""What a new site says before its author has said something else."""

TITLE = "Notes"
AUTHOR = "Ann Example"
TIMEZONE = "UTC"
LANGUAGE = "en"
