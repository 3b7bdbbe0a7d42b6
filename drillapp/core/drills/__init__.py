"""Drills, their log, findings and corrective actions."""
