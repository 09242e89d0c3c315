"""Files that an attacker might send as evidence, and names that one might have."""

from tests.attacks.pictures import NO_PICTURES
from tests.learning.keeping import JPEG, PDF, PNG, word

KEPT: dict[str, tuple[bytes, str]] = {  # what is kept, and as what
    "PDF": (PDF, "pdf"),
    "PNG": (PNG, "png"),
    "JPEG": (JPEG, "jpg"),
    "Word document": (word(), "docx"),
    "PDF that is also HTML": (PDF.replace(b"xxx", b"<script>alert(1)</script>", 1), "pdf"),
    "PNG with a page behind it": (PNG + b"<html><script>alert(1)</script>", "png"),
}
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "HTML": b"<html><script>alert(1)</script></html>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program": b"MZ\x90\0" + b"\0" * 500,
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "text before a PDF": b"<script>alert(1)</script>" + PDF,
    "half a PDF": PDF[: len(PDF) // 2],
    "beginning of a PDF": b"%PDF-1.7\n1 0 obj",
    "half a PNG": PNG[: len(PNG) // 2],
    "beginning of a photograph": b"\xff\xd8\xff\xe0" + b"\0" * 100,
    "photograph without dots": b"\xff\xd8\xff\xd9"[:3],
    "GIF": b"GIF89a\1\0\1\0\0\0\0;",
    "zip": NO_PICTURES["zip"],
    "half a Word document": word()[:100],
    "Word document with macros": word("[Content_Types].xml", "word/document.xml", "word/VbaProject.bin"),
    "spreadsheet": word("[Content_Types].xml", "xl/workbook.xml"),
    "Java archive": word("META-INF/MANIFEST.MF", "Evil.class"),
    "too many parts": word("[Content_Types].xml", "word/document.xml", *(f"{at}" for at in range(2001))),
    "zip whose list lies": word().replace(b"PK\x01\x02", b"PK\x01\x03"),
    "older Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "NUL bytes": b"\0" * 1000,
}
# The name that is sent -> the name that is kept, for a PDF; None where it is refused.
NAMES: dict[str, str | None] = {
    "Certificate.PDF": "Certificate.pdf",
    "My notes (1).pdf": "My-notes-1.pdf",
    "Türe öffnen.pdf": "Türe-öffnen.pdf",
    "門の鍵.pdf": "門の鍵.pdf",
    "notes.php": "notes.pdf",
    "notes.pdf.exe": "notes-pdf.pdf",
    "notes": "notes.pdf",
    ".htaccess": "htaccess.pdf",
    "..": "evidence.pdf",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\boot.ini": "boot.pdf",
    "C:\\fakepath\\notes.pdf": "notes.pdf",
    "con.pdf": "evidence-con.pdf",
    "NUL": "evidence-NUL.pdf",
    "-rf.pdf": "rf.pdf",
    "=cmd|'!A1.pdf": "cmd-A1.pdf",
    "+1@evil.pdf": "1-evil.pdf",
    "<script>alert(1)<.pdf": "script-alert-1.pdf",
    'a"; filename="b.exe': "a-filename-b.pdf",
    "a\r\nX-Evil: yes.pdf": "a-X-Evil-yes.pdf",
    "a\0b.pdf": "a-b.pdf",
    "notes\u202efdp.exe": "notes-fdp.pdf",
    "\U0001f600.pdf": "evidence.pdf",
    "x" * 200 + ".pdf": "x" * 80 + ".pdf",
    "x" * 300 + ".pdf": None,
}
