"""Checks that every JSON Schema of the public contract is a valid one. Runs in the virtual environment."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    wrong = []
    for file in sorted(FOLDER.rglob("*.json")):
        try:
            Draft202012Validator.check_schema(json.loads(file.read_text()))
        except (SchemaError, ValueError) as error:
            wrong.append(f"{file.relative_to(FOLDER.parent)}: {getattr(error, 'message', error)}")
    print("\n".join(wrong) or f"{len(list(FOLDER.rglob('*.json')))} schemas are valid.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
