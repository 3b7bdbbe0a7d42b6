"""Charts of the window, each one item painted in the theme's colours: hover, click, keyboard, copy and save alike."""
