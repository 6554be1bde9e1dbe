"""The words of the windows: English in the source, Italian in bancone_it.ts.

`use` decides the language for everything built afterwards; a window that is open is built anew (desktop/app.py).
`python -m desktop.texts.update` brings the .ts and .qm files up to the sources.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent
LANGUAGES = {"it": "Italiano", "en": "English"}
_LOCALES = {
    "it": QLocale(QLocale.Language.Italian, QLocale.Country.Italy),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}

_installed: list[QTranslator] = []
_language = "en"


def use(application: QCoreApplication, language: str) -> None:
    """Speak ``language`` (`it` or `en`) from now on. Raises ValueError for another one."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: want one of {', '.join(LANGUAGES)}")
    while _installed:
        application.removeTranslator(_installed.pop())
    _language = language
    QLocale.setDefault(locale())
    if language == "en":
        return
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", qt), (f"bancone_{language}", str(FOLDER))):
        translator = QTranslator()
        if translator.load(name, folder):
            application.installTranslator(translator)
            _installed.append(translator)


def language() -> str:
    """The language in force: `it` or `en`."""
    return _language


def locale() -> QLocale:
    """Its days, months and numbers."""
    return _LOCALES[_language]


def system_language() -> str:
    """`it` on an Italian system, else `en`."""
    return "it" if QLocale.system().language() == QLocale.Language.Italian else "en"
