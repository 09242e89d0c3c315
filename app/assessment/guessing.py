"""How often somebody who guesses blindly would pass."""

from app.assessment.model import Quiz
from app.assessment.policy import Policy

MOST = 0.04  # design decision: a certificate that more than 1 guesser in 25 gets proves little


def blind_pass_rate(quiz: Quiz, policy: Policy) -> float:
    """The chance, 0 to 1, that blind guessing passes one attempt.

    A slot is secured by a guess with chance p: 1/n for single choice of n, 1/C(n, k) for multiple response
    of k in n, (1/c)**r for r rows in c categories; of a slot's questions the easiest counts. Each of R rounds
    asks another question, so the slot is secured within the attempt with chance s = 1 - (1 - p)**R. Slots are
    independent, so the number secured follows the Poisson binomial distribution of the s, and the guesser
    passes where it is enough for the policy. With every slot required this is the product of the s.
    """
    counts = [1.0]  # counts[k]: the chance that k of the slots so far are secured
    for slot in quiz.slots:
        chance = 1 - (1 - max(question.blind_chance() for question in slot.questions)) ** policy.rounds
        counts = [
            missed * (1 - chance) + secured * chance
            for missed, secured in zip([*counts, 0.0], [0.0, *counts], strict=True)
        ]
    slots = len(quiz.slots)
    return sum(chance for secured, chance in enumerate(counts) if policy.passes(secured, slots))
