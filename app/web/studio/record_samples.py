"""Made-up certificates, entries of a CPD record and follow-ups, for the pattern page."""

FOLLOW_UPS = [
    {
        "words": "After a week: two of three right.",
        "plan": "Your plan: it happened in part. The week was full.",
        "href": "/studio/patterns",
    },
    {"words": "Three short questions come on 28 December 2026.", "plan": "", "href": ""},
]
CPD_ENTRY = {
    "later": [],
    "title": "Damp and mould: the first visit",
    "href": "/studio/patterns",
    "line": "6 May 2026, 90 minutes (1.5 hours), webinar, self-directed",
    "outcome": "I now ask about the airing first.",
    "proof": "",
    "note": "",
}
CPD_COURSE = CPD_ENTRY | {
    "later": FOLLOW_UPS,
    "outcome": "",
    "proof": "/studio/patterns",
    "note": "The certificate has expired.",
}
CPD_YEAR = {"title": "2026", "total": "24.5 hours (1,470 minutes)", "parts": "Structured: 20 hours."}
CPD = {
    "goal": {"title": "Your goal for 2026", "said": "24.5 hours of 30 hours.", "done": 1470, "whole": 1800},
    "years": [
        CPD_YEAR | {"open": True, "entries": [CPD_ENTRY, CPD_COURSE]},
        CPD_YEAR | {"title": "April 2025 to March 2026", "open": False, "entries": [CPD_COURSE]},
    ],
    "files": [
        {"name": name, "size": size, "href": "/studio/patterns", "removal": "/studio/patterns"}
        for name, size in (("programme.pdf", "340 KB"), ("門の鍵.png", "1.2 MB"))
    ],
}
OFFER = {
    "course": "good-course",
    "days": "30 November 2026 and 28 December 2026",
    "coming": "",
    "whole": True,
}
CERTIFICATE = {
    "name": "Amira Osei-Bonsu",
    "course": "Co-production in social housing",
    "statement": "and answered every part of its test correctly.",
    "time": "30 CPD minutes",
    "time_note": "0.5 hours, assessed e-learning",
    "rows": [
        ("Completed", "22 November 2026"),
        ("Edition", "1, law as at 1 October 2026"),
        ("Issued by", "Example Homes Learning"),
        ("Code", "7K4M Q2XD 9TPA WZ5H 3F8N 0JRC 6B"),
    ],
    "note": "This is not a Level 4 or 5 qualification under the Competence and Conduct Standard.",
    "specimen": False,
}
