"""MkDocs with Material, the engine that puts articles into frames. Nothing else imports MkDocs.

Page values come in, through the plugin `baodian`; framed HTML files go out, and the pages of
`content/`, which MkDocs' own Markdown makes. Plain `mkdocs build` and `mkdocs serve` work too: then
the plugin reads the playbook and publishes by itself.
"""

from baodian.mkdocs_plugin.plugin import BaodianPlugin
from baodian.mkdocs_plugin.runs import around, frame, handwritten
from baodian.mkdocs_plugin.server import Server, server

__all__ = ["BaodianPlugin", "Server", "around", "frame", "handwritten", "server"]
