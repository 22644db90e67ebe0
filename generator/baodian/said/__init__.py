"""What we say to people: messages as data, in every language, and problems with their places.

Nothing comes in; a `Message` or a `Problem` goes out, and is put into words where it is shown.
"""
