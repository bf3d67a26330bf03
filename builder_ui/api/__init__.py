"""/api/v1: one module per resource, OpenAPI from the same declarations."""
