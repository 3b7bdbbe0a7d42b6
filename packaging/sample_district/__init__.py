"""Makes the sample district's ledgers: invented facts in the real tree of sub-districts and communities."""
