"""Findings of drills put right: actions, proof, verification, repeats."""
