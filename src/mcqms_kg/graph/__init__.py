"""Reading RDF safely, terms as text, and finding things in a graph."""
