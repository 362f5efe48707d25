"""Slow measurements, each a script with a table: ``python -m tests.benchmarks.NAME``; ``make bench`` runs them all."""
