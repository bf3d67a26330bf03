"""A visual chatbot and automation-flow engine: the language, the interpreter, what remembers and what drives."""
