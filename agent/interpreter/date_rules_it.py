"""How times are said in Italian."""

from agent.interpreter import date_basics as basics
from agent.interpreter import date_bounds as bounds
from agent.interpreter import date_days as days
from agent.interpreter import date_hours as hours
from agent.interpreter import date_spans as spans
from agent.interpreter.date_script import Lexicon, Rule, rule
from agent.interpreter.date_spec import Spec
from agent.interpreter.numbers import cardinal
from agent.interpreter.words import listed

_NUMBERS = listed("""zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici
quindici sedici
diciassette diciotto diciannove venti ventuno ventidue ventitre ventiquattro venticinque ventisei ventisette ventotto
ventinove trenta trentuno trentacinque quaranta quarantacinque quarantotto cinquanta cinquantacinque sessanta novanta
centoventi duemilaventicinque duemilaventisei duemilaventisette duemilaventotto""")
_ORDINALS = listed("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
_FEMININE = {"seconda": 2, "terza": 3, "quarta": 4, "quinta": 5}
_WEEKDAYS = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
_MONTHS = listed("""gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre""")
_SHORT_MONTHS = listed("gen feb mrz apr mag giu lug ago set ott nov dic")
_UNITS = {
    "Um": "minuto minuti min minutino minutini",
    "Uh": "ora ore oretta orette",
    "Ud": "giorno giorni giornata giornate",
    "Uw": "settimana settimane",
    "UM": "mese mesi",
    "Uq": "trimestre trimestri",
    "Uy": "anno anni",
    "Us": "secondi",
}
_DOUBTFUL = frozenset(listed("lun mar mer gio ven sab dom set sett gen genn feb apr mag giu lug ago ott nov dic"))


def _lexicon() -> Lexicon:
    tags = {name: f"N{cardinal(name, 'it')}" for name in _NUMBERS}
    tags = {name: f"Y{tag[1:]}" if int(tag[1:]) > 1900 else tag for name, tag in tags.items()}
    tags |= {"un": "N1", "una": "N1", "un'": "N1"}
    tags |= {name: f"O{place}" for place, name in enumerate(_ORDINALS, 1)}
    tags |= {name: f"O{place}" for name, place in _FEMININE.items()}
    tags |= {name: f"W{place}" for place, name in enumerate(_WEEKDAYS)}
    tags |= {name[:3]: f"W{place}" for place, name in enumerate(_WEEKDAYS)}
    tags |= {name: f"M{place}" for place, name in enumerate(_MONTHS, 1)}
    tags |= {name: f"M{place}" for place, name in enumerate(_SHORT_MONTHS, 1)} | {"genn": "M1", "sett": "M9"}
    tags |= {name: unit for unit, names in _UNITS.items() for name in names.split()}
    del tags["quarto"]
    return Lexicon(tags=tags, doubtful=_DOUBTFUL, before_dates=frozenset(("in", "a", "di", "dal")), tens=False)


LEXICON = _lexicon()
CONNECTORS = frozenset(
    listed(
        "di del della dello dell' dei in nel nella nell' al alla all' a per verso circa intorno sul sulla il la lo "
        "le l' alle "
        "ore pero"
    )
)

_ART = r"(?:il |l' |la |lo |i |gli |le |nel |nell' |nella |per il |per la )?"
_AT = r"(?:alle(?: Uh)?|all'|alla|le|l'|Uh|delle|dell'|dalle|dall'|per le|verso le|sulle)"
_QUARTERS = (
    (r"(?P<h>{N}) e (?:mezza|mezzo)", hours.hour_and(30)),
    (r"(?P<h>{N}) e (?:N1 )?quarto", hours.hour_and(15)),
    (r"(?P<h>{N}) e N3 quarti", hours.hour_and(45)),
    (r"(?P<h>{N}) meno (?:N1 )?quarto", hours.minutes_to(15)),
    (r"(?P<h>{N}) meno (?P<m>{N})", hours.minutes_to()),
)
_NEXT = r"(?:prossim[oaie]|seguent[ei]|entrante|che viene|ventur[oa])"
_LAST = r"(?:scors[oaie]|passat[oaie]|ultim[oaie])"
_ORD = r"(?:{O}|quarto|prima|ultim[oa])"

LENGTHS = (
    rule(r"(?:mezz' Uh|mezza Uh|mezzora|mezzoretta|mezz' oretta)", basics.minutes(30)),
    rule(r"N1 quarto d' Uh", basics.minutes(15)),
    rule(r"(?:N3|tre) quarti d' Uh", basics.minutes(45)),
    rule(r"(?P<n>{N}) Uh e mezz[ao]", lambda s, m: Spec(length=basics.UNITS["Uh"] * (basics.number(m["n"]) + 0.5))),
    rule(r"(?P<n>{N}) Uh e N1 quarto", lambda s, m: Spec(length=basics.UNITS["Uh"] * (basics.number(m["n"]) + 0.25))),
    rule(
        r"(?P<n>{N}) Uh e (?P<m>{N})(?: Um)?",
        lambda s, m: Spec(length=basics.UNITS["Um"] * (60 * basics.number(m["n"]) + basics.number(m["m"]))),
    ),
    rule(r"(?P<n>{N}) (?P<u>{U})", lambda s, m: basics.length(m["u"], basics.number(m["n"]))),
    rule(r"(?:N1 )?quindicina di Ud", lambda s, m: basics.length("Ud", 15)),
    rule(r"N1 paio d(?:i|') (?P<u>{U})", lambda s, m: basics.length(m["u"], 2)),
    rule(r"(?:qualche|pochi|poche) (?P<u>{U})", lambda s, m: basics.length(m["u"], 3)),
)

_FEASTS = (
    ("new_years_eve", r"vigilia di capodanno|san silvestro"),
    ("new_year", r"capodanno|O1 dell' Uy"),
    ("epiphany", r"epifania|befana"),
    ("valentine", r"san valentino|festa degli innamorati"),
    ("ides", r"idi di M3"),
    ("joseph", r"festa del papa|(?:festa di )?san giuseppe"),
    ("easter_monday", r"pasquetta|W0 dell' angelo|W0 di pasqua"),
    ("good_friday", r"W4 santo"),
    ("easter", r"pasqua"),
    ("carnival", r"W1 grasso"),
    ("liberation", r"(?:anniversario della )?liberazione"),
    ("labour", r"(?:festa|Ud) (?:del lavoro|dei lavoratori)"),
    ("mothers", r"festa della mamma"),
    ("republic", r"(?:festa della )?repubblica"),
    ("assumption", r"ferragosto|assunzione"),
    ("francis", r"san francesco"),
    ("halloween", r"halloween"),
    ("all_saints", r"ognissanti|tutti i santi|(?:festa|Ud) dei santi"),
    ("all_souls", r"(?:Ud )?(?:dei|ai) morti|commemorazione dei defunti"),
    ("ambrose", r"sant' ambrogio"),
    ("immaculate", r"immacolata(?: concezione)?"),
    ("christmas_eve", r"(?:alla |la )?vigilia(?: di natale)?"),
    ("christmas", r"(?:Ud di )?natale"),
    ("stephen", r"santo stefano"),
)


def _feasts() -> list[Rule]:
    rules = []
    for name, words in _FEASTS:
        rules.append(rule(rf"{_ART}(?:{words}) (?:del )?(?P<y>{{Y}})", days.feast_of_year(name)))
        rules.append(rule(rf"{_ART}(?:alle )?(?:{words})", days.feast(name)))
    return rules


_MONTHS_AND_YEARS = tuple(
    one
    for unit, size in (("UM", 1), ("Uq", 3), ("Uy", 12))
    for one in (
        rule(rf"{_ART}(?:quest[oa]|quest'|corrente) {unit}|{_ART}{unit} corrente", spans.months_on(0, size)),
        rule(rf"{_ART}(?:{unit} {_NEXT}|{_NEXT} {unit})", spans.months_on(1, size)),
        rule(rf"{_ART}(?:{unit} {_LAST}|(?:scors[oa]) {unit})", spans.months_on(-1, size)),
    )
)

_DAYS = (
    rule(r"(?:il )?Ud dopo domani|dopo ?domani", days.days_on(2)),
    rule(r"l' altro (?:ieri|Ud)|altroieri|(?:l' )?altrieri|avantieri|ier l' altro", days.days_on(-2)),
    rule(r"oggi a otto|oggi a N8", days.days_on(7)),
    rule(r"domani a N8", days.days_on(8)),
    rule(r"(?:di |da |in )?(?:oggi|Ud odierna)|in Ud", days.days_on(0)),
    rule(r"domattina", days.part_today("morning", 1)),
    rule(r"domani", days.days_on(1)),
    rule(r"ieri", days.days_on(-1)),
    rule(r"stamattina|stamane|stamani|quest[oa] (?:mattin[ao]|mattinata)", days.part_today("morning")),
    rule(r"quest[oa] pomeriggio", days.part_today("afternoon")),
    rule(r"(?:stasera|questa sera|sta sera|questa serata)", days.part_today("evening")),
    rule(r"stanotte|questa notte", days.part_today("night")),
    # weeks
    rule(r"(?P<w>{W}) (?:di|della|dell') (?:questa Uw)", days.weekday_of_week(0)),
    rule(
        rf"(?P<w>{{W}}) (?:di|della|dell'|la)? ?(?:Uw {_NEXT}|{_NEXT} Uw|altra Uw)",
        days.weekday_of_week(1),
    ),
    rule(rf"(?P<w>{{W}}) (?:di|della|la) (?:Uw {_LAST}|{_LAST} Uw)", days.weekday_of_week(-1)),
    rule(rf"{_ART}questa Uw|in Uw|per la Uw|Uw corrente", spans.weeks_on(0)),
    rule(rf"{_ART}(?:Uw {_NEXT}|{_NEXT} Uw)", spans.weeks_on(1)),
    rule(rf"{_ART}(?:Uw {_LAST}|(?:scorsa|passata) Uw)", spans.weeks_on(-1)),
    # days by date
    rule(
        rf"(?:(?P<w>{{W}}) )?{_ART}(?P<d>{{N}}|{{O}}|quarto) (?:di |del |del UM di )?(?P<m>{{M}})(?: (?:del |"
        rf"dell' )?(?P<y>{{Y}}))?",
        days.date_named,
    ),
    rule(
        r"(?:dal|dall'|tra il|fra il|tra l'|fra l') (?P<a>{N}|O1) (?:al|all'|e il|e l') (?P<b>D:\d+)",
        bounds.numbered_range,
    ),
    rule(r"(?:dal|dall'|tra il|fra il) (?P<a>{N}|O1) (?:al|all'|e il|e l') (?P<b>{N})(?! {M})", bounds.numbered_range),
    rule(r"(?:il )?(?P<d>{N}|{O}) del (?:UM prossimo|prossimo UM)", lambda s, m: days.day_in_month(s, m, 1)),
    rule(
        r"(?:il )?(?P<d>{N}|{O}) (?:di questo UM|del corrente UM|corrente UM)", lambda s, m: days.day_in_month(s, m, 0)
    ),
    # weekdays
    rule(rf"{_ART}(?P<n>{_ORD}) (?P<w>{{W}}) (?:dopo|dopo il) (?P<d>{{D}})", days.nth_weekday_after),
    rule(r"(?P<w>{W}) (?:fra|tra) (?P<l>{L})", days.weekday_and),
    rule(r"(?P<w>{W}) a (?:otto|N8)", lambda s, m: days.weekday_plus(s, m, 1)),
    rule(r"quest[oa'] ?(?P<w>{W})", days.weekday_this),
    rule(rf"{_ART}(?:(?P<w>{{W}}) {_NEXT}|{_NEXT} (?P<v>{{W}}))", lambda s, m: days.weekday_prossimo(s, m)),
    rule(rf"{_ART}(?:(?P<w>{{W}}) {_LAST}|(?:scors[oa]|ultim[oa]) (?P<v>{{W}})(?! (?:di|in|del)))", days.weekday_last),
    rule(r"(?:il|la) (?P<w>{W}) dopo", days.weekday_alone),
    rule(r"(?P<w>{W}) (?:il )?(?P<d>{N}|{O})(?! (?:e|meno) )", days.day_of_month),
    rule(
        rf"{_ART}(?P<n>{_ORD}) (?P<w>{{W}}) (?:di|del|dell'|in) (?:UM di )?(?P<d>{{D}}|{{M}}(?: {{Y}})?)",
        days.nth_weekday,
    ),
    rule(
        rf"{_ART}(?P<n>{_ORD}) (?:Ud) (?:di|del|dell'|in) (?:UM di )?(?P<d>{{D}}|{{M}}(?: {{Y}})?)",
        days.nth_day,
    ),
    rule(
        rf"{_ART}(?P<n>{_ORD}) (?:Uw) (?:di|del|dell'|in) (?:UM di )?(?P<d>{{D}}|{{M}}(?: {{Y}})?)",
        spans.nth_week,
    ),
    rule(rf"{_ART}(?P<n>{{O}}|quarto) Uq(?: (?:del |dell' )?(?P<y>{{Y}}))?", spans.nth_quarter),
    rule(r"(?:il |dal |del |al )(?P<x>(?P<d>{N}|O1))(?! (?:{U}|e|per|percento|meno|{N})\b)", days.day_of_month),
    rule(r"(?:l' |dell' |all' |dall' )(?P<x>(?P<d>N8|N11))(?! (?:{U}|e|meno|{N})\b)", days.day_of_month),
    rule(r"(?:in |a |di |del UM di )?(?P<m>{M})(?: (?:del )?(?P<y>{Y}))?", spans.month_named),
    rule(rf"{_ART}(?:Uw|Uw prossima) (?:di|del|dell'|della) (?P<d>{{D}})", spans.week_of),
    rule(r"(?P<w>{W})", days.weekday_alone),
)

_WEEKEND = r"(?:fine Uw|finesettimana|weekend|week end|we)"

_SPANS = (
    rule(rf"{_ART}{_WEEKEND} (?:del |di )(?P<d>{{D}})", spans.weekend_of),
    rule(rf"(?:quest[oa]|il|nel|per il|al|a|in)? ?{_WEEKEND} {_NEXT}|{_ART}{_NEXT} {_WEEKEND}", spans.weekend(1)),
    rule(rf"{_ART}(?:ultimo {_WEEKEND}|scorso {_WEEKEND}|{_WEEKEND} scorso)", spans.weekend(-1)),
    rule(rf"(?:quest[oa] |il |nel |per il |al |in )?{_WEEKEND}", spans.weekend(0)),
    rule(
        r"(?:a |per |per la |alla |verso |verso la |la )?fine (?:di |del |dell' |della )?(?P<d>{D})", spans.month_close
    ),
    rule(r"(?:a |per |per la |alla |verso |verso la |la )?fine (?:del )?UM", spans.month_close),
    rule(r"(?:a |per )?meta (?:di |del |della )?(?P<d>{D})", spans.part_of(2, 4)),
    rule(r"(?:a |per )?meta (?:del )?UM", lambda s, m: spans.of_this(s, "UM", 2, 4)),
    rule(r"(?:a |per )?meta (?:della )?Uw", lambda s, m: spans.of_this(s, "Uw", 2, 2)),
    rule(r"(?:a |all' |per |ai )?(?:inizio|primi|inizi) (?:di |del |della )?(?P<d>{D})", spans.part_of(0, 2)),
    rule(r"(?:a |all' |per l' )?inizio (?:del )?UM|(?:i |ai )primi del UM", lambda s, m: spans.of_this(s, "UM", 0, 2)),
    rule(r"(?:a |all' |per l' )?inizio (?:della )?Uw", lambda s, m: spans.of_this(s, "Uw", 0, 1)),
    rule(r"(?:gli |i |le |nei |negli |nelle )?(?:prossim[ie] (?P<l>{L}))", spans.next_days),
    rule(r"(?:nei |i )?prossimi Ud|nei Ud prossimi", lambda s, m: spans.coming(s, 3)),
    rule(r"(?:gli |i |le |nei |negli |nelle )?(?:ultim[ie]|scors[ie]) (?P<l>{L})", spans.since_ago),
    rule(r"(?:nell' |l' )?ultim[oa] (?P<u>UM|Uy|Uw)", lambda s, m: spans.last_one(s, m["u"])),
)

_DISTANCES = (
    rule(r"(?:da )?piu di (?P<l>{L}) fa|da (?:piu di|oltre) (?P<m>{L})|oltre (?P<n>{L}) fa", bounds.longer_ago),
    rule(r"(?:da )?meno di (?P<l>{L}) fa", spans.since_ago),
    rule(r"(?P<l>{L}) (?:fa|or sono|addietro)", bounds.ago),
    rule(r"(?P<l>{L}) (?:prima di|prima del|prima della|prima dell') (?P<d>{D})", bounds.from_day(-1)),
    rule(r"(?:il |la )?Ud (?:prima di|prima del|prima della|prima dell') (?P<d>{D})", bounds.from_day(-1)),
    rule(r"(?P<l>{L}) (?:dopo|dopo il|dopo la|dopo l') (?P<d>{D})", bounds.from_day(1)),
    rule(r"(?:il |la )?Ud (?:dopo|dopo il|dopo la|dopo l') (?P<d>{D})", bounds.from_day(1)),
    rule(r"(?:entro|da qui a) (?P<l>{L})", spans.within),
    rule(r"(?:fra|tra|in) (?P<l>{L})", bounds.ahead),
    rule(r"(?:di )?(?P<l>{L}) (?:prima|in anticipo|indietro)(?! (?:di|del|della|delle|dell') )", bounds.shift(-1)),
    rule(r"(?:di )?(?P<l>{L}) (?:dopo|piu tardi|in avanti|piu avanti|avanti|in ritardo)", bounds.shift(1)),
    rule(r"(?:anticipa\w*|anticip[oi])(?: \S+){0,4}? (?P<x>di (?P<l>{L}))", bounds.shift(-1)),
    rule(
        r"(?:posticipa\w*|ritarda\w*|rimanda\w*|slitta\w*|rinvia\w*)(?: \S+){0,4}? (?P<x>di (?P<l>{L}))",
        bounds.shift(1),
    ),
    rule(r"(?:per )?(?:il |la |al )?(?:Ud (?:prima|precedente)|vigilia)", bounds.anchor(-1)),
    rule(r"(?:per )?(?:il |la |al |l' )?(?:Ud (?:dopo|seguente|successivo)|indomani)", bounds.anchor(1)),
    rule(r"(?:la |alla )Uw (?:dopo|successiva)", bounds.anchor(7)),
    rule(r"(?:la |alla )Uw (?:prima|precedente)", bounds.anchor(-7)),
)

_CLOCKS = (
    rule(
        r"(?:dalle|dall') (?P<a>{N}|{C}) (?:alle|all'|fino alle) (?P<b>{N}|{C})(?! e (?:mezz|{N}))", hours.clock_range
    ),
    rule(r"mezzogiorno", hours.fixed_clock(12)),
    rule(r"mezzanotte", hours.fixed_clock(24)),
    rule(r"(?:un|N1) quarto (?:alle |all' |a )(?P<h>{N}|{C})", hours.minutes_to(15)),
    rule(r"(?P<m>{N} Um|N5|N10|N20|N25) (?:alle|all') (?P<h>{N})(?! Um)", hours.minutes_to()),
    rule(r"(?P<h>{C}) e mezz[ao]", hours.minutes_past(30)),
    rule(r"(?P<h>{C}) e N1 quarto", hours.minutes_past(15)),
    rule(r"(?P<h>{C}) e (?P<m>{N})", hours.minutes_past()),
    rule(r"(?P<h>{C}) meno N1 quarto", hours.minutes_to(15)),
    rule(r"(?P<h>{C}) meno (?P<m>{N})", hours.minutes_to()),
    rule(r"(?:tra|fra) (?:le |l' )?(?P<a>{N}|{C}) e (?:le|l') (?P<b>{N}|{C})", hours.clock_range),
    rule(r"(?:tra|fra) (?:le |l' )(?P<a>{N}|{C}) e (?P<b>{N}|{C})", hours.clock_range),
    *(rule(rf"(?:{_AT} )?(?P<x>{core})", build) for core, build in _QUARTERS),
    rule(rf"{_AT} (?P<x>(?P<h>{{N}}) e (?P<m>{{N}}))", hours.hour_and()),
    rule(rf"{_AT} (?P<x>(?P<h>{{N}}) (?P<m>{{N}}))(?! {{N}})", hours.hour_and()),
    rule(rf"{_AT} (?P<x>(?P<h>{{N}}))(?! (?:{{U}}|e mezz|macchin|auto|gomm|appuntament)\w*)", hours.hour_and(0)),
    rule(
        r"(?P<x>(?P<h>{N})) (?:di|del|della) (?:Q:\d+|stasera|pomeriggio|mattin[ao]|sera|notte)",
        hours.hour_and(0),
    ),
    rule(r"(?P<h>{N}) e (?P<m>N[1-5][05])(?! {N})", hours.bare_time),
)

_ZONES = (rule(rf"(?P<c>{{C}}|{{N}}) (?P<z>{'|'.join(hours.ZONES)})", hours.zoned),)

_PARTS = (
    rule(
        r"(?:(?:in|nella|la|di|del|al|alla|nel|il|verso|per la) )?(?:mattina|mattino|mattinata)(?: presto)?",
        hours.part("morning"),
    ),
    rule(r"(?:(?:nel|di|del|il|al|per il|nel O1|O1|tardo|nel tardo) )?pomeriggio", hours.part("afternoon")),
    rule(r"(?:(?:in|nella|la|di|della|alla|verso|verso la|per la) )?(?:sera|serata)", hours.part("evening")),
    rule(r"(?:(?:in|nella|la|di|della) )(?:notte|nottata)|(?<=domani )notte", hours.part("night")),
    rule(r"(?:a|per|all' ora di|in pausa|ora di|durante il) pranzo", hours.part("lunch")),
    rule(r"in giornata", days.days_on(0)),
)

_BOUNDS = (
    rule(r"dopo (?:(?:le|l'|la) )?(?P<c>{C})|dopo (?:le|l') (?P<d>{N})", hours.after_clock),
    rule(r"(?:prima|entro|fino a|non oltre) (?:delle|dell'|di|le|l'|alle|all'|a)? ?(?P<c>{C})", hours.before_clock),
    rule(r"(?:entro|fino)(?: (?:le|l'|alle|all'|a))? (?P<c>{C})", hours.before_clock),
    rule(
        r"(?:dalle|dall'|dalla|a partire dalle|da) (?P<a>{C}) (?:alle|all'|a|fino alle|-) (?P<b>{C})", hours.clock_range
    ),
    rule(r"(?:dalle|dall'|dalla|da|a partire dalle) (?P<c>{C})(?: in poi)?", hours.after_clock),
    rule(r"(?P<a>{C}|{N}) - (?P<b>{C})", hours.clock_range),
    rule(r"(?P<a>{N}) - (?P<b>{N})(?= (?:{D}))", hours.clock_range),
    rule(
        r"(?:dal|dall'|tra|tra il|fra il|fra|dalla)? ?(?P<a>{N}) (?:al|all'|e|e il|e l'|-|fino al) (?P<b>[DQ]:\d+)",
        bounds.numbered_range,
    ),
    rule(r"(?:dal|dall') (?P<a>{N}) (?:al|all') (?P<b>{N})", bounds.numbered_range),
    rule(r"(?:tra|fra) (?:il|l') (?P<a>{N}) e (?:il|l') (?P<b>{N})", bounds.numbered_range),
    rule(r"(?:da|dal|dall'|dalla) (?P<a>{D}) (?:a|al|all'|fino a|fino al|alla) (?P<b>{D})", bounds.day_range),
    rule(r"(?:tra|fra) (?:il |l' |la )?(?P<a>{D}) (?:e|ed|o) (?:il |l' |la )?(?P<b>{D})", bounds.day_range),
    rule(r"(?P<a>{D}) - (?P<b>{D})", bounds.day_range),
    rule(r"dopo (?:il |l' |la |le |di )?(?P<d>{D})", bounds.after_day),
    rule(
        r"(?:entro|fino a|per entro|non oltre|al piu tardi) ?(?:il|l'|la|a|al|alla|le)? ?(?P<d>{D})", bounds.until_day
    ),
    rule(r"prima (?:di|del|dell'|della|dei) (?P<d>{D})", bounds.before_day),
    rule(r"(?:a partire )?(?:da|dal|dall'|dalla) (?P<d>{D})(?: in poi)?", bounds.from_then_on),
    rule(
        r"(?:alle(?: Uh)?|all'|alla|verso le|verso l'|verso|circa alle|intorno alle|per le|le|l'|ore|a|"
        r"sulle) (?P<c>{C})(?: circa| in punto)?",
        basics.same,
    ),
    rule(r"dopo pranzo", hours.part("afternoon")),
)

_FIRST = (
    rule(
        r"(?:il |al |nel |la )?(?:O1|prima) (?:posto|buco|slot|momento|spazio|orario|disponibilita|data|giorno|Ud)?"
        r"(?: ?(?:liber[oa]|disponibile|utile|possibile))",
        basics.first_free,
    ),
    rule(r"(?:il |al |nel |la )?(?:O1|prima) (?:posto|buco|slot|disponibilita|spazio)", basics.first_free),
    rule(
        r"(?:non )?appena (?:e )?(?:possibile|puoi|potete|si puo|riesci|riuscite|c' è posto|si libera)",
        basics.first_free,
    ),
    rule(r"(?:il )?prima possibile|quanto prima|al piu presto|il piu presto possibile", basics.first_free),
)

_NOW = (
    rule(r"subito|immediatamente|in questo momento|adesso|proprio ora", basics.now),
    rule(r"(?<=^ )Uh(?= $)", basics.now),
)

STAGES: tuple[tuple[Rule, ...], ...] = (
    _FIRST,
    LENGTHS,
    tuple(_feasts()),
    _MONTHS_AND_YEARS,
    _DAYS,
    _SPANS,
    _DISTANCES,
    _CLOCKS,
    _ZONES,
    _PARTS,
    _BOUNDS,
    _NOW,
)
