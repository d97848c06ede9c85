"""Working languages: ISO 639-1 codes and their English names, for profiles. A short list, not the whole standard."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "bn": _("Bengali"),
    "ca": _("Catalan"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "de": _("German"),
    "el": _("Greek"),
    "en": _("English"),
    "es": _("Spanish"),
    "et": _("Estonian"),
    "fa": _("Persian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "ga": _("Irish"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hr": _("Croatian"),
    "hu": _("Hungarian"),
    "id": _("Indonesian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "kn": _("Kannada"),
    "ko": _("Korean"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "ml": _("Malayalam"),
    "mr": _("Marathi"),
    "ms": _("Malay"),
    "nl": _("Dutch"),
    "no": _("Norwegian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "sr": _("Serbian"),
    "sv": _("Swedish"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "te": _("Telugu"),
    "th": _("Thai"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "zu": _("Zulu"),
}


def language_names(codes: list[str]) -> list[str]:
    """The names of codes in their order; a code outside the list is shown as it is."""
    return [str(LANGUAGES.get(code, code)) for code in codes]


def language_code(name: str) -> str | None:
    """The code of a name or code as a person typed it, None where neither is known."""
    wanted = name.strip().casefold()
    return next((code for code, label in LANGUAGES.items() if wanted in (code, str(label).casefold())), None)
