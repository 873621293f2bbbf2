"""Tests of the one way to the network."""
