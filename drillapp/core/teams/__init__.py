"""Rescue teams."""
