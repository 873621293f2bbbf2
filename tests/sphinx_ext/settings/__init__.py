"""Tests of the settings that have parts."""
