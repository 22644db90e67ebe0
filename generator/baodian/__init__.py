"""Baodian (宝典): a static-site playbook generator."""

__version__ = "0.1.0"
