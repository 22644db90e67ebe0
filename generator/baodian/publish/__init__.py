"""From framed pages to a site: lean, read once, verified, stored, swapped in whole.

HTML files as an engine leaves them and the pages they must hold come in (`frames`); the files of a
site, what was read in them (`reading`) and problems go out. `finish` tells the story.
"""
