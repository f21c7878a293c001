"""How English says numbers, amounts and days."""

from __future__ import annotations

from ivr.speech.entry_words import EntryWords

_THEN = "then|and then|dash|hyphen|space|next"
_PLURAL = "zeros=0|zeroes=0|ohs=0|ones=1|twos=2|threes=3|fours=4|fives=5|sixes=6|sevens=7|eights=8|nines=9"
_STRING = {"j": _THEN, "x": "double=2|triple=3|treble=3", "X": _PLURAL}
"""In every string of digits."""
_DIGITS = {
    "E": (
        "last four|last four digits|last 4|last 4 digits|last four numbers|final four|final four digits|ending in|"
        "ends in|ends with|ending with|ending|ending on"
    ),
    "c": (
        "of|social|social security|security code|security|credit card|debit card|customer|member|member number|"
        "order|order number|invoice|invoice number|policy|policy number|booking|booking number|room number|"
        "extension number|employee|employee number|user|user id|reference|#|hash|pound key|digits|code|pin|"
        "pin number|card|card number|zip|zip code|postcode|postal code|account|account number|branch|password|"
        "passcode|customer number|id|enter"
    ),
}
_CASE = (
    "case|case number|reference|reference number|complaint|complaint number|ticket|ticket number|id|calling about|"
    "like to check|check|want to check|you gave me|gave me|was given|i was given|they gave me|about|ref|"
    "confirmation|confirmation number|tracking|tracking number|service request|request|request number|file|"
    "file number|incident|incident number|claim|claim number|status|status of|the status of|of|want to know|"
    "i want to know|like|following up on|follow up on|regarding|concerning|for|hash|pound key|look|look up|"
    "can you check|could you check|can you look up|could you look up|#"
)
_PHONE = (
    "phone|phone number|telephone|telephone number|cell|cell phone|cellphone|mobile|mobile phone|mobile number|"
    "home phone|home number|work number|contact|contact number|callback number|call|call me|call me back|reach me|"
    "reach me at|reach me on|can reach|you can|you could|best|best number|back|at|on|preferred|prefered|tel|ring me|"
    "this|try|use|to reach me|to reach me at|my husbands|my wifes|my sons|my daughters|my phones|give me a call|"
    "give me a call at|text|text me|text me at|landline|land line|office|office phone|direct line|daytime|"
    "daytime number|evening number|a cell|a mobile|a landline|to call|be reached|be reached at|can be reached at|"
    "i can be reached at|reached|new|new number|any time|anytime|whenever|work|home|husbands|wifes|would|numbers|"
    "dial"
)

EN = EntryWords(
    common={
        "u": "zero=0|oh=0|o=0|nought=0|naught=0|nil=0|one=1|two=2|three=3|four=4|five=5|six=6|seven=7|eight=8|nine=9|"
        "niner=9",
        "e": (
            "ten=10|eleven=11|twelve=12|thirteen=13|fourteen=14|fifteen=15|sixteen=16|seventeen=17|eighteen=18|"
            "nineteen=19"
        ),
        "t": "twenty=20|thirty=30|forty=40|fourty=40|fifty=50|sixty=60|seventy=70|eighty=80|ninety=90",
        "h": "hundred=100",
        "k": "thousand=1000|million=1000000|billion=1000000000|trillion=1000000000000",
        "a": "a|an",
        "&": "and",
        ".": "point",
        "R": "again|i repeat|ill repeat|i say again|once more|i said|repeating",
        "f": "um|uh|er|erm|uhm|hmm|hm|ah|umm",
        "c": (
            "my|the|number|is|are|its|it is|it|thats|that is|that|please|yes|yeah|yep|sure|okay|ok|so|well|right|"
            "i think|thank you|thanks|thank you very much|sir|madam|maam|hello|hi|was|it was|would be|will be|"
            "the number is|numbers|just|here it is|be|i|im|id like to|have|ive got|i have|of course|let me see|hey|"
            "good morning|good afternoon|good evening|there|hi there|alright|all right|thats all|that is all|"
            "thatd be|here you go|there you go|ready|are you ready|you ready|got it|did you get that|let me look|"
            "lets see|should be|it should be|here|i have it here|this is|go ahead"
        ),
    },
    digits={**_STRING, **_DIGITS},
    phone={
        **_STRING,
        "j": f"{_THEN}|area code|area code is|and the number is|then the number is",
        "+": "plus",
        "c": _PHONE,
    },
    case_number={**_STRING, "c": _CASE},
    number={
        "k": "k=1000|m=1000000|b=1000000000|dozen=12",
        "H": "and a half",
        "u": "half a dozen=6|once=1|twice=2",
        "q": (
            "times|time|people|persons|person|cards|card|items|item|pieces|points|stars|star|days|day|months|month|"
            "weeks|week|years|year|years old|year old|installments|payments|hours|hour|minutes|minute|adults|adult|"
            "children|kids|guests|passengers|tickets|ticket|copies|copy|seats|seat|rooms|room|nights|night|boxes|"
            "box|bags|bottles|units"
        ),
        "c": (
            "about|around|roughly|approximately|exactly|only|say|id say|id give it|give it|id give|ill give it|"
            "i give|i want|i need|there are|there were|there was|in total|total|altogether|of them|of us|for|want|"
            "need|i guess|make it|rate it|id rate it|id like|i would like|ill take|ill have|can i have|could i have|"
            "can i get|give me|lets say|lets make it|we|we need|we have|weve got|like|solid|full|on a scale|i would|"
            "i would say|there is|theres|we are|were|just the|single|definitely|perfect|a perfect|give"
        ),
    },
    money={
        "k": "k=1000|m=1000000|b=1000000000|grand=1000",
        "H": "and a half",
        "c": (
            "about|around|roughly|approximately|exactly|only|say|id say|in total|total|altogether|amount|"
            "the amount is|for|they charged me|charged|i was charged|was charged|i paid|paid|i spent|i sent|sent|"
            "i transferred|transferred|they took|took|cost|it cost|lost|i lost|cash|the sum is|sum|price|worth|"
            "i want to transfer|balance|bill|fee|even|flat|charge|the charge is|the charge was|it says|says|"
            "overcharged|was overcharged|you charged me|you charged|you took|owe|i owe|i still owe|pay|to pay|"
            "like to pay|want to pay|i want to pay|ill pay|transfer|to transfer|send|to send|withdraw|to withdraw|"
            "deposit|to deposit|refund|an even|even|back|me|i want|want|i need|they owe me|you owe me|and no cents|"
            "no cents|and 0 cents|and zero cents"
        ),
    },
    date={
        "_": "have|i may|may i",
        "m": (
            "january=1|jan=1|february=2|feb=2|march=3|mar=3|april=4|apr=4|may=5|june=6|jun=6|july=7|jul=7|august=8|"
            "aug=8|september=9|sept=9|sep=9|october=10|oct=10|november=11|nov=11|december=12|dec=12"
        ),
        "o": (
            "first=1|second=2|third=3|fourth=4|fifth=5|sixth=6|seventh=7|eighth=8|ninth=9|tenth=10|eleventh=11|"
            "twelfth=12|thirteenth=13|fourteenth=14|fifteenth=15|sixteenth=16|seventeenth=17|eighteenth=18|"
            "nineteenth=19|twentieth=20|thirtieth=30"
        ),
        "S": "st|nd|rd|th",
        "w": (
            "monday=0|mon=0|tuesday=1|tue=1|tues=1|wednesday=2|wed=2|weds=2|thursday=3|thu=3|thur=3|thurs=3|"
            "friday=4|fri=4|saturday=5|sat=5|sunday=6|sun=6"
        ),
        "r": (
            "today=0|earlier today=0|early this morning=0|last night=-1|late last night=-1|the night before last=-2|"
            "this morning=0|this afternoon=0|this evening=0|yesterday=-1|tomorrow=1|the day before yesterday=-2|"
            "day before yesterday=-2|the day after tomorrow=2|day after tomorrow=2"
        ),
        "P": "morning|afternoon|evening|night|at noon|around noon|in the morning|in the afternoon|in the evening",
        "H": "am|pm|a.m|p.m|oclock|o clock",
        "@": "at",
        "~": "around|about",
        "X": "new years day=101|christmas day=1225|christmas eve=1224|new years eve=1231",
        "l": "last=-1|previous=-1|this=0|next=1",
        "L": "past=-1|this past=-1|coming=1|this coming=1",
        "W": "last week=-7|previous week=-7|this week=0|next week=7|of last week=-7|of this week=0|of next week=7",
        "N": "last month=-1|previous month=-1|this month=0|next month=1",
        "z": "last year=-1|this year=0|next year=1|of last year=-1|of this year=0|in this year=0",
        "G": (
            "week ago today=-7|weeks ago today=-7|fortnight ago=-14|day ago=-1|days ago=-1|week ago=-7|weeks ago=-7|"
            "day from now=1|days from now=1|days from today=1|days later=1|week from now=7|weeks from now=7|"
            "week from today=7|weeks from today=7|weeks later=7|day after today=1|days after today=1|"
            "weeks after today=7|days before today=-1"
        ),
        "F": "from=1|after=1|before=-1|later than=1",
        "i": "in",
        "T": "day=1|days=1|week=7|weeks=7|days time=1|weeks time=7",
        "c": (
            "bought|bought it|ordered|ordered it|lost|lost it|noticed|noticed it|found out|received|received it|"
            "reported|reported it|paid|placed|placed it|called|visited|arrived|started|opened|exactly|just|did|made|"
            "of|on|happened|it happened|the date is|date|the year|year|day|birthday|born|i was born|was born|dated|"
            "birth|date of birth"
        ),
    },
)  # fmt: skip
