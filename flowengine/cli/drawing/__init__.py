"""Drawings of a flow outside the builder: cards, wires and ports as an SVG, or as Mermaid text."""
