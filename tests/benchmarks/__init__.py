"""What newsimport costs, beside what nothing could better: `python -m tests.benchmarks`."""
