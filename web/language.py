"""Languages of the site: Simplified Chinese is the source, English a translation one asks for.

`?lang=en` is remembered in a cookie. A browser's Accept-Language is not heard: a Chinese lawyer
with an English system must still see a Chinese page.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale

CHINESE, ENGLISH = "zh_Hans_CN", "en"
CHOICES = {"zh": CHINESE, "en": ENGLISH}
COOKIE = "lang"
ONE_YEAR = 31_536_000
TRANSLATIONS = Path(__file__).parent / "translations"


def register(app: Flask) -> None:
    babel = Babel()
    babel.domain_instance = Catalogue()
    babel.init_app(
        app,
        default_locale=CHINESE,
        default_timezone="Asia/Shanghai",
        locale_selector=lambda: CHOICES[chosen()],
    )
    app.after_request(_remember)
    app.context_processor(lambda: {"lang": chosen(), "other_language": _other_language})


def chosen() -> str:
    """ "zh" or "en", for the request at hand. The interface speaks Chinese always."""
    if request.path.startswith("/api/"):
        return "zh"
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in CHOICES:
            return choice
    return "zh"


class Catalogue(Domain):
    """Translations read from the .po file itself: nothing to compile before the site runs."""

    def get_translations(self) -> NullTranslations:
        locale = str(get_locale() or CHINESE)
        if locale not in self.cache:
            self.cache[locale] = _read(TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po")
        return self.cache[locale]


def _read(file: Path) -> NullTranslations:
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _other_language() -> str:
    """This very page in the other language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    pairs.append(("lang", "zh" if chosen() == "en" else "en"))
    return f"{quote(request.path)}?{urlencode(pairs)}"


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if (
        asked in CHOICES
        and asked != request.cookies.get(COOKIE)
        and response.mimetype == "text/html"
    ):
        response.set_cookie(
            COOKIE, asked, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response
