"""A lesson with a ladder of eight rungs and a placement on it, as an author writes them."""

LADDER = """/// ladder
id: arnstein
caption: Arnstein's ladder, with an example from housing on each rung.
bands:
  - {id: non-participation, title: Non-participation}
  - {id: tokenism, title: Tokenism}
  - {id: citizen-power, title: Citizen power}
rungs:
  - {id: manipulation, title: Manipulation, band: non-participation, meaning: Names are used without asking.}
  - {id: therapy, title: Therapy, band: non-participation, meaning: People who complain are sent on a course.}
  - {id: informing, title: Informing, band: tokenism, meaning: A letter announces the new cleaning contract.}
  - {id: consultation, title: Consultation, band: tokenism, meaning: A survey closes and nobody has to act.}
  - {id: placation, title: Placation, band: tokenism, meaning: Two residents join a board that outvotes them.}
  - {id: partnership, title: Partnership, band: citizen-power, meaning: A joint group chooses the contractor.}
  - {id: delegated-power, title: Delegated power, band: citizen-power, meaning: Residents have most votes.}
  - {id: citizen-control, title: Citizen control, band: citizen-power, meaning: A co-op runs the block.}
///
"""

PLACEMENT = """/// placement
id: own-project
ladder: arnstein
prompt: Choose one project that you know well. Where does it stand today?
evidence: What could somebody see or read that shows it stands there?
change: What one change would move it up?
hint: Do not name residents or colleagues.
optional: false
///
"""
