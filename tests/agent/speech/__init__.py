"""Tests of hearing and speaking without a cloud."""
