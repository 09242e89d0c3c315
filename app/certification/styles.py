"""The look of flowing text."""

from dataclasses import dataclass

MM = 72 / 25.4  # points


@dataclass(frozen=True, kw_only=True)
class Style:
    """Typefaces, sizes in points, colours as #rrggbb, and margins in mm: top, right, bottom, left."""

    light: str = "Fira Sans Light"
    plain: str = "Fira Sans Regular"
    strong: str = "Fira Sans SemiBold"
    size: float = 10.5
    small: float = 9
    opening: float = 14
    sizes: tuple[float, float, float] = (26, 13, 11)  # of the three levels of heading
    ink: str = "#1d1b18"
    quiet: str = "#574f45"
    accent: str = "#8a3116"
    line: str = "#d9d2c4"
    margins: tuple[float, float, float, float] = (30, 27, 24, 27)
