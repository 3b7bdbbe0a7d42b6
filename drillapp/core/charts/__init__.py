"""Charts as shapes, told once: the window and the PDF paint the same ones, so that screen and paper cannot differ."""
