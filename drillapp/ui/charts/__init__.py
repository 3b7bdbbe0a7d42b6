"""Charts of the window: views that paint the figures of drillapp.core.charts, with hover, click, keys, copy and save alike."""
