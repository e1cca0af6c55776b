"""Erasure of a person, or of a store, from the database."""
