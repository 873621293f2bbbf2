"""The importer: an existing blog becomes MyST posts, and nothing is lost unsaid.

Data flows one way: sources → entries → trees of their HTML → MyST text → proof → plan → files.
"""
