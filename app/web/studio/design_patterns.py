"""What the pattern page shows of the forms for designs, on made-up words."""

from app.web.studio.design_shapes import Look
from app.web.studio.shapes import Shown, parts_of, show_parts


def sample_colours() -> tuple[Shown, ...]:
    """Two colours by name."""
    parts = [part for part in parts_of(Look, "design") if part.name == "palette"]
    typed = {
        "palette": [
            {"id": "ink", "name": "ink", "colour": "#1d1b18"},
            {"id": "brick", "name": "brick", "colour": "#8a3116"},
        ]
    }
    return show_parts(parts, typed, {}, under="design")
