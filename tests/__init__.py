"""Tests, a module each room."""
