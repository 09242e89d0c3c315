"""The address that offers a certificate to its holder's LinkedIn profile. A plain link: nothing is loaded."""

from datetime import date
from typing import Protocol
from urllib.parse import urlencode

ADD = "https://www.linkedin.com/profile/add"


class Certified(Protocol):
    """What is told of a certificate there: its facts, or what the record knows of it."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def issuer(self) -> str: ...

    @property
    def check_url(self) -> str: ...

    @property
    def completed_on(self) -> date: ...

    @property
    def expires_on(self) -> date | None: ...

    @property
    def specimen(self) -> bool: ...


def linked_in(certificate: Certified) -> str:
    """The whole address; "" for a specimen, which is worth nothing there."""
    if certificate.specimen:
        return ""
    said: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate.title,
        "organizationName": certificate.issuer,
        "issueYear": certificate.completed_on.year,
        "issueMonth": certificate.completed_on.month,
        "certId": certificate.code,
        "certUrl": certificate.check_url,
    }
    if certificate.expires_on:
        until = certificate.expires_on
        said |= {"expirationYear": until.year, "expirationMonth": until.month}
    return f"{ADD}?{urlencode(said)}"
