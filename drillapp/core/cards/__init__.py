"""Disposal cards of posts and people."""
