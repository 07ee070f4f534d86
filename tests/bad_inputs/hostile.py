"""Texts that somebody may put into a name to make the screen do something."""

import csv
import io
import os
import tempfile

from tests.support.worked_example import FILES

# Tests in several processes watch each their own.
PICTURE_FILE = f"{tempfile.gettempdir()}/comptoir-hostile-{os.getpid()}.png"
PICTURE_PORT = 20_000 + os.getpid() % 10_000
HOSTILE = (
    f'<img src="http://127.0.0.1:{PICTURE_PORT}/a.png"> Toner',
    f'<img src="file://{PICTURE_FILE}"> Toner',
    f'Toner <img src="{PICTURE_FILE}">',
    '<img src="\\\\\\\\host\\\\s\\\\a.png"> Toner',
    '<a href="file:///c:/windows">Toner</a>',
    "<b>Toner</b><script>alert(1)</script>",
    "Toner &lt;b&gt;",
    "[Toner](http://127.0.0.1/) **gras**",
    "Toner \u202egnp.exe",
    "To\u200bner \u200fnoir\u2066",
    "Toner " + "Z\u0351\u036b\u0343\u036a\u0302\u036b" * 60,
    "טונר שחור Toner",
)
IDS = [str(number) for number in range(len(HOSTILE))]


def _products() -> str:
    rows = list(csv.reader(io.StringIO(FILES["products.csv"])))
    header, first = rows[0], rows[1]
    made = [header, *rows[1:]]
    for number, text in enumerate(HOSTILE):
        row = list(first)
        row[0], row[1] = f"H{number:02}", text
        made.append(row)
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(made)
    return told.getvalue()


PRODUCTS = _products()
STOCK = FILES["stock.csv"] + "".join(f"N,H{number:02},10\n" for number in range(len(HOSTILE)))
