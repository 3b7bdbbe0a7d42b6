"""Charts in papers: the figures of drillapp.core.charts as vectors, the same drawing as in the window."""
