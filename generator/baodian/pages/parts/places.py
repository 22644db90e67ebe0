"""Where pages stand that others lead to, besides the homes of entities."""

FINDER = "finder.html"
EDITORS = "editors/index.html"
MOVES = "moves.html"
PLANNER = "planner.html"
SOURCES = "sources/index.html"
TABLES = "tables/index.html"
RUNS = "my/checks.html"
