"""Disposal cards and who lacks one."""
