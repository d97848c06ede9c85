"""Pictures are drawn anew: only their points are kept, no place, camera, comment, profile or what follows the picture.

The size is read before anything is unpacked. Invariant: what comes out was written by Pillow alone.
"""

import io
import warnings
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

MOST_PIXELS = 40_000_000
"""Of all frames together: what the camera of a telephone makes."""
MOST_FRAMES = 300
MODES = {"JPEG": "RGB"}
WRITTEN: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}


def redrawn(file: IO[bytes], media_type: str) -> bytes:
    """The picture without anything but its points. Raises `ValidationError` for what is none, or is too large."""
    format_name = media_type.removeprefix("image/").upper()
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=[format_name]) as picture:
                _check_size(picture)
                return _written(picture, format_name)
    except ValidationError:
        raise
    except Exception as error:  # a decoder may fail in any way at bytes that somebody made up
        raise ValidationError(_("The picture cannot be read. Save it anew and attach it again.")) from error


def _check_size(picture: Image.Image) -> None:
    """One frame is judged before the frames are counted: counting them draws each."""
    points = picture.width * picture.height
    frames = getattr(picture, "n_frames", 1) if points <= MOST_PIXELS else 1
    if frames > MOST_FRAMES or points * frames > MOST_PIXELS:
        raise ValidationError(
            _(
                "The picture is too large: %(most)d million points at most. Make it smaller and attach it again."
            )
            % {"most": MOST_PIXELS // 1_000_000}
        )


def _written(picture: Image.Image, format_name: str) -> bytes:
    waits = [frame.info.get("duration", 100) for frame in ImageSequence.Iterator(picture)]
    frames = [_points(frame, format_name) for frame in ImageSequence.Iterator(picture)]
    options = dict(WRITTEN.get(format_name, {}))
    if len(frames) > 1 and format_name in ("GIF", "WEBP"):
        options |= {"save_all": True, "append_images": frames[1:], "duration": waits, "loop": 0}
    out = io.BytesIO()
    frames[0].save(out, format_name, **options)
    return out.getvalue()


def _points(frame: Image.Image, format_name: str) -> Image.Image:
    """A new picture with the points of a frame, turned as it was meant to be seen."""
    upright = ImageOps.exif_transpose(frame)
    mode = MODES.get(format_name, "RGBA")
    new = Image.new(mode, upright.size)
    new.paste(upright.convert(mode))
    return new
