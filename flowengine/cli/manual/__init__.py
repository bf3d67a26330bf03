"""The manual of the flow language, made from its schemas: what each page holds, and how it looks."""
