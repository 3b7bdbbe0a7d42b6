"""Organisations in a tree, their people and posts."""
