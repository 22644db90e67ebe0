"""From written pages to a site that may be given out: lean, verified, stored, swapped in whole.

Finished HTML and the pages it must hold come in; files and problems go out.
"""
