"""Asking a store on a server, held to the same limits."""
