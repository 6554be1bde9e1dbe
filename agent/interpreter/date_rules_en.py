"""How times are said in English."""

from agent.interpreter import date_basics as basics
from agent.interpreter import date_bounds as bounds
from agent.interpreter import date_days as days
from agent.interpreter import date_hours as hours
from agent.interpreter import date_spans as spans
from agent.interpreter.date_script import Lexicon, Rule, rule
from agent.interpreter.words import listed

_NUMBERS = listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen
seventeen eighteen nineteen""")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = listed("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""")
_WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = listed("""january february march april may june july august september october november december""")
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_UNITS = {
    "Us": "sec secs seconds",
    "Um": "minute minutes min mins",
    "Uh": "hour hours hr hrs h",
    "Ud": "day days",
    "Uw": "week weeks wk wks",
    "UM": "month months",
    "Uq": "quarters qtr qtrs",
    "Uy": "year years yr yrs",
}
_DOUBTFUL = frozenset((*_SHORT_DAYS, "may", "march", "second", "jan", "mar", "dec"))


def _lexicon() -> Lexicon:
    tags = {name: f"N{value}" for value, name in enumerate(_NUMBERS)}
    tags |= {name: f"N{value}" for value, name in zip(range(20, 100, 10), _TENS, strict=True)}
    tags |= {name: f"O{place}" for place, name in enumerate(_ORDINALS, 1)} | {"thirtieth": "O30"}
    tags |= {name: f"W{place}" for place, name in enumerate(_WEEKDAYS)}
    tags |= {f"{name}s": f"W{place}" for place, name in enumerate(_WEEKDAYS)}
    tags |= {name: f"W{place}" for name, place in _SHORT_DAYS.items()}
    tags |= {name: f"M{place}" for place, name in enumerate(_MONTHS, 1)}
    tags |= {name[:3]: f"M{place}" for place, name in enumerate(_MONTHS, 1)} | {"sept": "M9"}
    tags |= {name: unit for unit, names in _UNITS.items() for name in names.split()}
    tags |= {"p.m.": "pm", "p.m": "pm", "a.m.": "am", "a.m": "am", "@": "at"}
    before = frozenset(listed("in of by during next last this since until on from late early mid every"))
    return Lexicon(tags=tags, doubtful=_DOUBTFUL, before_dates=before, tens=True)


LEXICON = _lexicon()
CONNECTORS = frozenset(listed("of on at in the for around about by approximately @ that 's please"))

_THE = r"(?:the |on the |on |for the |in the |in |for |by the )?"
_AT = r"(?:at|at about|at around|around|about|approximately|for|by|@|the)"
_NEXT = r"(?:next|the next|the following|following|the coming|coming|upcoming|the upcoming)"
_LAST = r"(?:last|past|previous|the last|the past|the previous)"
_ORD = r"(?:{O} last|second last|{O}|second|last)"
_OF = r"(?:of|in)"
_MIN = r"(?:{N}|quarter|half)"
_TAIL = r"(?: o'clock| oclock| sharp| ish| approximately)?"
_MONTH = r"(?P<d>{D}|{M}(?: {Y})?|{M} of {Y})"

_UPCOMING = (rule(r"(?:upcoming (?P<n>{N})|(?P<v>{N}) upcoming) (?P<u>{U}|quarter)", spans.upcoming),)

LENGTHS = (
    rule(r"(?P<n>{N}) and (?:a|an) half Uh", lambda s, m: basics.length("Uh", basics.number(m["n"]) + 0.5)),
    rule(r"(?:half an|half a|half) Uh|1/2 ?Uh|1/2h", basics.minutes(30)),
    rule(r"a quarter of an Uh|quarter of an Uh|1/4 Uh|1/4h|a quarter Uh", basics.minutes(15)),
    rule(r"(?:three|N3) quarters of an Uh|3/4 Uh|3/4h|N3 Uq of an Uh", basics.minutes(45)),
    rule(r"(?P<n>{N}) and (?:a|an) half Uh", lambda s, m: basics.length("Uh", basics.number(m["n"]) + 0.5)),
    rule(r"(?P<n>[1-9])h", lambda s, m: basics.length("Uh", int(m["n"]))),
    rule(r"(?P<n>\d\d?)'", lambda s, m: basics.length("Um", int(m["n"]))),
    rule(r"(?:an|a) Uh and a half", basics.minutes(90)),
    rule(r"(?:an|a) Uh and a quarter", basics.minutes(75)),
    rule(r"(?P<n>\d+\.\d+) (?P<u>{U})", lambda s, m: basics.length(m["u"], float(m["n"]))),
    rule(r"(?:a|the)? ?fortnight|a fortnight", lambda s, m: basics.length("Ud", 14)),
    rule(r"(?:a |the )?(?:couple|pair)(?: of)? (?P<u>{U})", lambda s, m: basics.length(m["u"], 2)),
    rule(r"(?:a )?few (?P<u>{U})", lambda s, m: basics.length(m["u"], 3)),
    rule(r"(?:a|an|one) (?P<u>{U}|second|minute)", lambda s, m: basics.length(m["u"] if m["u"][0] == "U" else "Us")),
    rule(
        r"(?P<n>{N})(?: more)? (?P<u>{U}|second|O2)",
        lambda s, m: basics.length(m["u"] if m["u"][0] == "U" else "Us", basics.number(m["n"])),
    ),
)

_FEASTS = (
    ("new_years_eve", r"new year 's eve|new years eve"),
    ("new_year", r"new year 's(?: Ud)?|new years(?: Ud)?"),
    ("epiphany", r"epiphany"),
    ("valentine", r"valentine(?: 's)?(?: Ud)?"),
    ("ides", r"ides of M3"),
    ("easter_monday", r"easter (?:W0|mon)"),
    ("good_friday", r"good W4"),
    ("easter", r"easter(?: W6)?"),
    ("labour", r"labou?r Ud|may Ud|M5 Ud"),
    ("assumption", r"ferragosto"),
    ("halloween", r"halloween"),
    ("all_saints", r"all saints(?: Ud)?"),
    ("christmas_eve", r"(?:christmas|xmas) eve"),
    ("christmas", r"(?:christmas|xmas)(?: Ud)?"),
    ("stephen", r"boxing Ud"),
    ("republic", r"republic Ud"),
    ("liberation", r"liberation Ud"),
)


def _feasts() -> list[Rule]:
    rules = []
    for name, words in _FEASTS:
        rules.append(rule(rf"{_THE}(?:{words}) (?:in |of )?(?P<y>{{Y}})", days.feast_of_year(name)))
        rules.append(rule(rf"{_THE}(?:{words})", days.feast(name)))
    return rules


_MONTHS_AND_YEARS = tuple(
    one
    for unit, size in (("UM", 1), ("(?:Uq|quarter)", 3), ("Uy", 12))
    for one in (
        rule(rf"{_THE}(?:this|current) {unit}", spans.months_on(0, size)),
        rule(rf"(?:in |during |for )?{_NEXT} {unit}", spans.months_on(1, size)),
        rule(
            rf"(?:in |during )?(?:last|previous|the previous|the past|past) {unit}(?! {{N}})",
            spans.months_on(-1, size),
        ),
    )
)

_DAYS = (
    rule(r"(?:the )?Ud after tomorrow", days.days_on(2)),
    rule(r"(?:the )?Ud before yesterday", days.days_on(-2)),
    rule(r"a Uw (?:from )?today|today Uw", days.days_on(7)),
    rule(r"a Uw (?:from )?tomorrow|tomorrow Uw", days.days_on(8)),
    rule(r"(?:for |later )?today", days.days_on(0)),
    rule(r"(?:for )?tomorrows?(?: 's)?", days.days_on(1)),
    rule(r"yesterday(?: 's)?", days.days_on(-1)),
    rule(r"this morning|early morning|early this morning", days.part_today("morning")),
    rule(r"this afternoon", days.part_today("afternoon")),
    rule(r"tonight|tonite|this evening|late tonight", days.part_today("evening")),
    # the nth of a month
    rule(rf"{_THE}(?P<n>{_ORD}) (?P<w>{{W}}) {_OF} (?:the UM of )?{_MONTH}", days.nth_weekday),
    rule(rf"{_THE}(?P<n>{_ORD}) (?P<w>{{W}}) (?P<d>D:\d+)", days.nth_weekday),
    rule(rf"{_THE}(?P<n>{_ORD}) (?P<w>{{W}}) {_OF} (?:the|this) UM", lambda s, m: days.nth_weekday_now(s, m)),
    rule(rf"{_THE}(?P<n>{_ORD}) Ud {_OF} {_MONTH}", days.nth_day),
    rule(rf"{_THE}(?P<n>{_ORD}) Uw {_OF} (?P<d>{{D}}|{{M}}(?: {{Y}})?|{{Y}})", spans.nth_week),
    rule(r"(?:the )?(?P<n>{O}|second) (?:quarter|Uq)(?: (?:of )?(?P<y>{Y}))?", spans.nth_quarter),
    rule(r"(?P<n>{N}) (?P<w>{W}) (?:ago|back)", lambda s, m: days.weekdays_from(s, m, -1)),
    rule(r"(?P<n>{N}) (?P<w>{W}) from (?:now|today)", lambda s, m: days.weekdays_from(s, m, 1)),
    rule(rf"{_THE}(?P<n>{_ORD}) (?P<w>{{W}}) after (?P<d>{{D}})", days.nth_weekday_after),
    rule(r"(?:the |on the )?(?P<n>{O}|second|{N})(?: Ud)? of (?:the )?(?P<d>{D})", days.nth_day),
    # weeks
    rule(r"(?P<w>{W}) (?:of |in )?this Uw|this Uw (?:on )?(?P<v>{W})", days.weekday_of_week(0)),
    rule(rf"(?P<w>{{W}}) (?:of |in )?{_NEXT} Uw|(?:next) Uw (?:on )?(?P<v>{{W}})", days.weekday_of_week(1)),
    rule(r"(?P<w>{W}) (?:of |from |in )?last Uw|last Uw(?: 's)? (?:on )?(?P<v>{W})", days.weekday_of_week(-1)),
    rule(r"(?P<w>{W}) after next", lambda s, m: days.weekday_after_next(s, m)),
    rule(r"(?:in |for |during )?(?:this|current|the current) Uw", spans.weeks_on(0)),
    rule(rf"(?:in |for |during )?{_NEXT} Uw", spans.weeks_on(1)),
    rule(r"(?:in |for |during )?(?:last|past|previous|the previous) Uw", spans.weeks_on(-1)),
    # days by date
    rule(r"(?P<w>{W}) (?:the )?(?P<d>{O}|second|first|{N}) (?:of )?(?P<m>{M})(?: (?P<y>{Y}))?", days.date_named),
    rule(r"(?P<w>{W}) (?:the )?(?P<m>{M}) (?:the )?(?P<d>{O}|second|{N})(?: (?P<y>{Y}))?", days.date_named),
    rule(r"(?P<m>{M}) (?:the )?(?P<d>{O}|second|{N})(?: (?P<y>{Y}))? (?P<w>{W})", days.date_named),
    rule(rf"{_THE}(?P<d>{{O}}|second|{{N}}) (?:of )?(?P<m>{{M}})(?: (?:of )?(?P<y>{{Y}}))?", days.date_named),
    rule(rf"{_THE}(?P<d>{{O}}) (?:of )?(?P<m>{{M}}) (?P<y>N\d\d)", days.date_named),
    rule(
        rf"{_THE}(?P<m>{{M}}) (?:the )?(?P<d>{{O}}|second|{{N}})(?: (?P<y>{{Y}}))?(?! (?:am|pm|o'clock)\b)",
        days.date_named,
    ),
    rule(
        r"(?:the |on the )?(?P<d>{O}|second|{N})(?: Ud)? of (?:the )?next UM", lambda s, m: days.day_in_month(s, m, 1)
    ),
    rule(
        r"(?:the |on the )?(?P<d>{O}|second|{N})(?: Ud)? of (?:the current|this) UM",
        lambda s, m: days.day_in_month(s, m, 0),
    ),
    rule(
        r"(?:from|between) (?:the )?(?P<a>{N}|{O}) (?:to|and|-|through|until|till) (?P<b>D:\d+)",
        bounds.numbered_range,
    ),
    rule(r"(?P<w>{W}) (?:the )?(?P<d>{O}|second)", days.day_of_month),
    # weekdays
    rule(r"(?P<l>{L}) (?:on|from) (?P<w>{W})|(?P<v>{W}) (?:Uw)", lambda s, m: days.weekday_plus(s, m, 1)),
    rule(r"(?:on )?(?:this|this coming) (?P<w>{W})", days.weekday_this),
    rule(rf"(?:on |for |around |by )?{_NEXT} (?P<w>{{W}})", days.weekday_next),
    rule(r"(?:on )?(?:last|past|this past|previous) (?P<w>{W})", days.weekday_last),
    rule(
        r"(?:on )?the (?P<d>{O})(?! (?:one|appointment|booking|slot|available|free|car|of|Uw|Ud|customer)\b)",
        days.day_of_month,
    ),
    rule(r"on (?P<d>O\d+)", days.day_of_month),
    rule(r"(?:on )?the (?P<d>N[12]?\d)(?= $)", days.day_of_month),
    rule(r"(?:in |during |for |of )?(?P<m>{M})(?: (?:of )?(?P<y>{Y}))?", spans.month_named),
    rule(r"(?P<y>Y\d+) - (?P<n>N\d+)", spans.year_and_month),
    rule(r"(?:in )(?P<y>Y\d+)", lambda s, m: spans.year_named(s, m)),
    rule(rf"{_THE}Uw (?:of|beginning|commencing|starting) (?P<d>{{D}})", spans.week_of),
    rule(r"(?:on |for )?(?P<w>{W})", days.weekday_alone),
)

_WEEKEND = r"(?:weekend|week end|week-end|Uw end)"

_SPANS = (
    rule(rf"(?:the )?{_WEEKEND} of (?P<d>{{D}})", spans.weekend_of),
    rule(rf"(?:on |at |for )?next {_WEEKEND}", spans.weekend(1)),
    rule(rf"(?:on |at )?(?:last|this past) {_WEEKEND}", spans.weekend(-1)),
    rule(rf"(?:this |on the |at the |over the |the )?{_WEEKEND}", spans.weekend(0)),
    rule(r"(?:by |at |before |towards )?(?:the )?(?:end) of (?P<d>{D})", spans.month_close),
    rule(r"(?:by |at |before |towards )?(?:the )?end of (?:the )?UM", spans.month_close),
    rule(r"(?:in |at )?(?:the )?(?:middle of|mid|mid-) ?(?P<d>{D})", spans.part_of(2, 4)),
    rule(r"(?:in |at )?(?:the )?(?:middle of the|mid) Uw|midweek", lambda s, m: spans.of_this(s, "Uw", 2, 2)),
    rule(r"(?:in |at )?(?:the )?(?:beginning|start) of (?P<d>{D})|early (?P<e>{D})", spans.part_of(0, 2)),
    rule(
        r"(?:in |at )?(?:the )?(?:beginning|start) of the Uw|early in the Uw", lambda s, m: spans.of_this(s, "Uw", 0, 1)
    ),
    rule(r"(?:in |over |within |for )?(?:the )?next (?P<l>{L})", spans.next_days),
    rule(r"(?:(?:in |over )?the )?next (?:few )?Ud", lambda s, m: spans.coming(s, 3)),
    rule(r"(?:in |over |within |during )?(?:the )?(?:last|past) (?P<l>{L})", spans.since_ago),
    rule(r"(?:in |over |within )the (?:last|past) (?P<u>UM|Uy|Uw)", lambda s, m: spans.last_one(s, m["u"])),
)

_DISTANCES = (
    rule(
        r"(?:more|longer|over) (?:than )?(?P<l>{L}) ago|over (?P<m>{L}) ago|for more than (?P<n>{L})", bounds.longer_ago
    ),
    rule(r"less than (?P<l>{L}) ago", spans.since_ago),
    rule(r"(?P<l>{L}) (?:ago|back)", bounds.ago),
    rule(r"(?P<l>{L}) (?:before|prior to) (?P<d>{D})", bounds.from_day(-1)),
    rule(r"(?:the )?Ud before (?P<d>{D})", bounds.from_day(-1)),
    rule(r"(?P<l>{L}) (?:after|from|following) (?P<d>{D})", bounds.from_day(1)),
    rule(r"(?:the )?Ud after (?P<d>{D})", bounds.from_day(1)),
    rule(r"(?:within|in under) (?P<l>{L})", spans.within),
    rule(r"(?P<l>{L}) (?:from now|from today|from right now|hence)", bounds.ahead),
    rule(r"(?:in|in about) (?P<l>{L})(?: time| 's time)?", bounds.ahead),
    rule(r"(?:by )?(?P<l>{L}) (?:earlier|before|sooner|beforehand|in advance)", bounds.shift(-1)),
    rule(r"(?:by )?(?P<l>{L}) (?:later|after|afterwards)", bounds.shift(1)),
    rule(r"(?:bring|move|pull)(?: \S+){0,4}? (?:forward|up) (?P<x>(?:by )?(?P<l>{L}))", bounds.shift(-1)),
    rule(r"(?:push|move|put)(?: \S+){0,4}? (?:back|out) (?P<x>(?:by )?(?P<l>{L}))", bounds.shift(1)),
    rule(r"(?:bring|move)(?: \S+){0,4}? (?P<x>forward (?:by )?(?P<l>{L}))", bounds.shift(-1)),
    rule(r"(?:on )?the (?:Ud before|previous Ud)", bounds.anchor(-1)),
    rule(r"(?:on )?the (?:Ud after|next Ud|following Ud)", bounds.anchor(1)),
    rule(r"(?:on )?the (?:Uw after|following Uw)", bounds.anchor(7)),
    rule(r"the Uw before", bounds.anchor(-7)),
)

_PM = r"(?:pm|p m|in the pm|p)"
_AM = r"(?:am|a m|in the am|a)"
_HM = r"(?P<h>{N})(?: (?:(?:zero|o|oh|ou|N0) )?(?P<m>{N}))?"

_CLOCKS = (
    rule(
        r"(?:from|between) (?:at )?(?P<a>{N}|{C}) (?:to|and|till|until|-) (?P<b>{C}|{N}(?! (?:of )?(?:{M})))",
        hours.clock_range,
    ),
    rule(
        r"(?:move|reschedule|change|shift|push|put|bring)(?: \S+){1,7}? to (?P<x>(?P<h>{N}))"
        r"(?! (?:{N}|{M}|{U}|am|pm|past|to))",
        hours.hour_and(0),
    ),
    rule(r"(?P<t>H\d+) (?P<half>am|pm)", hours.run),
    rule(r"noon|midday|mid Ud", hours.fixed_clock(12)),
    rule(r"midnight", hours.fixed_clock(24)),
    rule(rf"(?:{_AT} )?{_HM}{_TAIL} (?:{_PM})(?! \.)", lambda s, m: hours.half_day(s, m, pm=True)),
    rule(rf"(?:{_AT} )?{_HM}{_TAIL} (?:am|a m|in the am)", lambda s, m: hours.half_day(s, m, pm=False)),
    rule(r"(?P<c>{C})(?: ish)? (?:pm|p m|in the pm)", lambda s, m: hours.halved(s, m, pm=True)),
    rule(r"(?P<c>{C})(?: ish)? (?:am|a m|in the am)", lambda s, m: hours.halved(s, m, pm=False)),
    rule(rf"(?:a )?(?P<x>quarter (?:to|till|of) (?P<h>{{N}}|{{C}})){_TAIL}", hours.minutes_to(15)),
    rule(rf"(?:a )?quarter (?:past|after) (?P<h>{{N}}|{{C}}){_TAIL}", hours.minutes_past(15)),
    rule(rf"half past (?P<h>{{N}}|{{C}}){_TAIL}|half (?P<i>{{N}})", lambda s, m: hours.half_past(s, m)),
    rule(
        rf"(?P<m>{{N}} Um|N5|N10|N15|N20|N25) (?:to|till|before) (?P<h>{{N}}|{{C}}){_TAIL}(?! {{N}})",
        hours.minutes_to(),
    ),
    rule(rf"(?P<m>{{N}})(?: Um)? (?:past|after|from) (?P<h>{{N}}|{{C}}){_TAIL}", hours.minutes_past()),
    rule(r"(?P<l>L:\d+) (?:to|till|before) (?P<h>{C})", lambda s, m: hours.length_off(s, m, -1)),
    rule(r"(?P<l>L:\d+) (?:past|after|from) (?P<h>{C})", lambda s, m: hours.length_off(s, m, 1)),
    rule(r"(?P<h>{N})(?: o'clock| oclock)", hours.hour_and(0)),
    rule(
        r"(?:at|around|about|approximately|@|for|by|the|before|after|until|till|this|"
        r"tonight) (?P<x>(?P<h>{N}) (?:zero |o |oh )?(?P<m>{N}))(?! (?:{N}|{M}|{U}))",
        hours.hour_and(),
    ),
    rule(r"(?:at|@|at about|at around|around|Q:\d+|approximately) (?P<x>(?P<t>H\d+))", lambda s, m: hours.run(s, m)),
    rule(r"(?P<x>(?P<h>{N}) (?:zero|o|oh|ou|N0) (?P<m>{N}))(?! {N})", hours.hour_and(weak=0.3)),
    rule(r"(?:at|@|around) (?P<x>(?P<h>{N}))(?! (?:{M}|{U}|percent|per)\b)", hours.hour_and(0)),
    # "make it eleven": an hour and nothing else after it.
    rule(
        r"(?:make (?:it|that)|(?:move|change|shift|push|switch) (?:it|that|him|her|them) to|"
        r"(?:down|in) for) (?P<x>(?P<h>{N}))"
        r"(?= instead| then| please| ?$)",
        hours.hour_and(0),
    ),
    rule(r"(?P<h>{N}) (?P<m>N[1-5]\d)(?! (?:{N}|{U}|{M}|hundred|thousand))", hours.bare_time),
    rule(
        r"(?P<x>(?P<h>{N})) (?:Q:\d+|in the (?:morning|afternoon|evening)|this (?:evening|afternoon|morning))",
        hours.hour_and(0),
    ),
    rule(r"(?P<x>(?P<h>{N})) D:\d+(?= $| (?:morning|afternoon|evening))", hours.hour_and(0, weak=0.3)),
)

_ZONES = (rule(rf"(?P<c>{{C}}|{{N}}|{{L}}) (?P<z>{'|'.join(hours.ZONES)})", hours.zoned),)

_PARTS = (
    rule(r"(?:(?:in|during) )?(?:the )?(?:early |late )?morning(?: O1 thing)?", hours.part("morning")),
    rule(r"O1 thing(?: in the morning)?", hours.part("morning")),
    rule(r"(?:(?:in|during) )?(?:the )?(?:early |late )?afternoon", hours.part("afternoon")),
    rule(r"(?:(?:in|during) )?(?:the )?evening", hours.part("evening")),
    rule(r"(?:(?:at|during) )night", hours.part("night")),
    rule(r"(?:at |over |around )?(?:lunch|lunchtime|lunch time)", hours.part("lunch")),
)

_BOUNDS = (
    rule(r"(?:after|later than|not before|past) (?P<c>{C})|after (?P<d>{N})(?! {U})", hours.after_clock),
    rule(
        r"(?:before|until|till|by|no later than) (?P<c>{C})|(?:before) (?P<d>{N})(?! (?:{U}|{M}))", hours.before_clock
    ),
    rule(
        r"(?:from|between) (?P<a>{C}|{N}) (?:to|and) (?P<b>{C})|(?P<c>{C}|{N}) (?:-|till|until|through) (?P<d>{C})",
        hours.clock_range,
    ),
    rule(
        r"(?:from|between) (?:the )?(?P<a>{N}|{O}) (?:to|and|-|through) (?:the )?(?P<b>{D})",
        lambda s, m: bounds.numbered_range(s, m),
    ),
    rule(r"(?:the )?(?P<a>{N}|{O}) (?:to|-|through) (?:the )?(?P<b>{D})", lambda s, m: bounds.numbered_range(s, m)),
    rule(r"(?:from|between)? ?(?P<a>{D}) (?:to|-|till|until|through|thru|and) (?P<b>{D})", bounds.day_range),
    rule(r"(?:from|starting|starting from) (?P<c>{C})(?: on| onwards)?", hours.after_clock),
    rule(r"after (?P<d>{D})", bounds.after_day),
    rule(r"(?:by|until|till|no later than|not later than) (?P<d>{D})", bounds.until_day),
    rule(r"before (?P<d>{D})", bounds.before_day),
    rule(r"(?:from|since|starting) (?P<d>{D})(?: on| onwards)?", bounds.from_then_on),
    rule(r"(?:at|at about|at around|around|about|approximately|for|@) (?P<c>{C})", basics.same),
    rule(r"after lunch", hours.part("afternoon")),
)

_SLOT = r"(?:slot|opening|space|time|appointment|spot|gap|date|day|one)"
_FIRST = (
    rule(
        rf"(?:the |at the |in the )?(?:first|O1|earliest|soonest|next) (?:free|available|possible|open) {_SLOT}?",
        basics.first_free,
    ),
    rule(r"(?:the |at the |in the )?(?:first|O1|earliest|soonest|next) (?:free|available|possible)", basics.first_free),
    rule(
        r"(?:the |at the |in the )?(?:first|O1|earliest|soonest) (?:slot|opening|space|spot|"
        r"gap)(?: (?:available|free|possible|you have|you've got|going))?",
        basics.first_free,
    ),
    rule(r"(?:as soon as (?:possible|you can)|asap|at the earliest|the soonest)", basics.first_free),
    rule(r"(?:first|O1) thing(?: in the morning)?", basics.first_thing),
)

_NOW = (rule(r"right now|just now|at the moment|atm|now|immediately|straight away|at this time", basics.now),)

STAGES: tuple[tuple[Rule, ...], ...] = (
    _FIRST,
    _UPCOMING,
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
