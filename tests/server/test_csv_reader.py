"""Reading manufacturers' CSV files: every common dialect, and each defect with its file, line, column and reason."""

import pytest

from desktop_app.contract.documents import ProductDoc
from manufacturer_server.importing.kinds import KIND_BY_NAME
from manufacturer_server.importing.reader import read_table
from manufacturer_server.importing.table import FileUnusable, Table

PLAIN = "sku,name,list_price,vat_rate\nTN1,Toner noir,148.37,20\nBK1,Guide,19.99,5.5\n"


def read(text: str | bytes, kind: str = "products", encoding: str = "utf-8") -> Table:
    content = text.encode() if isinstance(text, str) else text
    return read_table(f"{kind}.csv", content, KIND_BY_NAME[kind], encoding)


def defects(text: str | bytes, kind: str = "products") -> list[str]:
    return [str(defect) for defect in read(text, kind).defects]


def refusal(text: str | bytes, kind: str = "products", encoding: str = "utf-8") -> str:
    with pytest.raises(FileUnusable) as refused:
        read(text, kind, encoding)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.rstrip("\n"),
        "\ufeff" + PLAIN,
        "\n\n" + PLAIN + "\n\n",
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace(",", ";").replace(".", ","),
        PLAIN.replace("148.37", '"148,37"').replace("5.5", '"5,5"'),
        PLAIN.replace("sku,name", "SKU, Name "),
        PLAIN.replace("sku,name,list_price,vat_rate", '"sku","name","list_price","vat_rate"'),
        "vat_rate,list_price,name,sku\n20,148.37,Toner noir,TN1\n5.5,19.99,Guide,BK1\n",
        "sku,name,list_price,vat_rate,,\nTN1,Toner noir,148.37,20,,\nBK1,Guide,19.99,5.5,,\n",
        PLAIN.replace("\n", ",,,\n"),
        PLAIN + ",,,\n ,\t,,\n",
        PLAIN.replace("148.37", "148.370").replace("20\n", "20.0\n"),
        PLAIN.replace("148.37", " 148.37 €"),
    ],
)
def test_the_dialects_a_manufacturer_may_have_all_say_the_same(text: str) -> None:
    table = read(text)
    assert table.defects == []
    assert table.documents == {
        "TN1": ProductDoc("TN1", "Toner noir", "148.37", "20"),
        "BK1": ProductDoc("BK1", "Guide", "19.99", "5.5"),
    }


def test_delimiters_inside_quotes_and_other_delimiters_in_names_do_not_mislead() -> None:
    text = 'sku;name;list_price;vat_rate\nA;"a;b ""c""\nd";1,5;20\nB;x,y,z,w;2;20\n'
    table = read(text)
    assert table.defects == []
    assert [doc.name for doc in table.documents.values() if isinstance(doc, ProductDoc)] == ['a;b "c"\nd', "x,y,z,w"]


def test_other_code_pages_are_read_where_they_are_named() -> None:
    text = PLAIN.replace("Toner noir", "Écran à œillets, 27 €".replace(",", ""))
    for encoding in ("cp1252", "utf-16", "utf-8"):
        document = read(text.encode(encoding), encoding=encoding).documents["TN1"]
        assert isinstance(document, ProductDoc)
        assert document.name == "Écran à œillets 27 €"


def test_a_wrong_code_page_is_named_with_the_remedy() -> None:
    text = PLAIN.replace("Guide", "Guide préféré")
    assert refusal(text.encode("cp1252")) == (
        "products.csv:3: byte 0xE9 is not utf-8 text; a file from Excel usually needs --encoding cp1252"
    )
    assert "--encoding utf-16" in refusal(text.encode("utf-16"))
    assert refusal(b"sku,name\n\x81", encoding="cp1252").startswith("products.csv:2: byte 0x81 is not cp1252")
    assert "not a text file" in refusal(b"\x7fELF\x00\x00\x01\xff")
    assert "not a text file" in refusal(b"PK\x03\x04\x00\x00")
    assert (
        refusal(b"sku,name\n+2AA-,x\n", encoding="utf-7") == "products.csv:2: the utf-7 text holds half of a character"
    )
    mistaken = read(text.encode(), encoding="cp1252")
    assert "valid UTF-8" in mistaken.notes[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "products.csv:1: there is no header; the first line must name sku, name, list_price, vat_rate"),
        ("\n\n", "products.csv:1: there is no header; the first line must name sku, name, list_price, vat_rate"),
        ("TN1,Toner,148.37,20\n", "products.csv:1: there is no header"),
        ("sku,name,vat_rate\nTN1,Toner,20\n", "products.csv:1:list_price: this required column is missing"),
        ("sku,name,sku,list_price,vat_rate\n", "products.csv:1:sku: this column is there twice"),
        ('sku,name,list_price,vat_rate\nA,"open,1,20\nB,b,1,20\n', "products.csv:2: a quotation mark opened here"),
        ("sku|name|list_price|vat_rate\n", "products.csv:1: there is no header"),
    ],
)
def test_files_of_which_nothing_can_be_taken(text: str, reason: str) -> None:
    assert refusal(text).startswith(reason)


def test_unknown_columns_are_named_and_ignored() -> None:
    table = read("sku,colour,name,list_price,vat_rate,colour,depth\nTN1,red,Toner,1,20,blue,3\n")
    assert table.ignored_columns == ["colour", "colour", "depth"]
    assert list(table.documents) == ["TN1"]


def test_the_line_is_the_physical_one_even_after_quoted_line_ends() -> None:
    text = 'sku,name,list_price,vat_rate\nA,"one\ntwo\r\nthree",1,20\n\nB,b,-1,20\nC,"x\ny",z,20\nD,d,1,20\n'
    table = read(text)
    assert [str(defect) for defect in table.defects] == [
        "products.csv:6:list_price: '-1' is negative",
        "products.csv:7:list_price: 'z' is not a number of at most 12 digits and 8 decimals",
    ]
    assert (list(table.documents), table.kept) == (["A", "D"], {"B", "C"})


def test_every_defect_of_a_row_is_listed() -> None:
    row = "TN1,,-1,200,x,0,1.5,maybe\n"
    found = defects("sku,name,list_price,vat_rate,eco_fee,pack_multiple,min_qty,status\n" + row)
    assert found == [
        "products.csv:2:name: required, but empty",
        "products.csv:2:list_price: '-1' is negative",
        "products.csv:2:vat_rate: '200' is more than 100 per cent",
        "products.csv:2:eco_fee: 'x' is not a number of at most 12 digits and 8 decimals",
        "products.csv:2:pack_multiple: '0' is not between 1 and 999,999",
        "products.csv:2:min_qty: '1.5' is not a whole number",
        "products.csv:2:status: 'maybe' is none of active, stopped",
    ]


def test_prices_that_are_none() -> None:
    words = ["1e400", "NaN", "Infinity", "0x10", "1.2.3", "1 2", "١٢", "9999999999999", "0.123456789", "1." + "1" * 500]
    for cell in words:
        (found,) = defects(f"sku;name;list_price;vat_rate\nA;a;{cell};20\n")
        assert found.startswith(f"products.csv:2:list_price: '{cell[:40]}"), cell
        assert found.endswith("is not a number of at most 12 digits and 8 decimals"), cell
    (found,) = defects("sku;name;list_price;vat_rate\nA;a;-0,01;20\n")
    assert found == "products.csv:2:list_price: '-0,01' is negative"
    assert read("sku;name;list_price;vat_rate\nA;a;-0,00;20\n").defects == []


def test_a_key_named_twice_keeps_the_first_and_names_both_lines() -> None:
    text = PLAIN + "TN1,Another,1,20\nBK1,,1,20\n"
    table = read(text)
    assert [str(defect) for defect in table.defects] == [
        "products.csv:4:sku: TN1 is already in line 2; this line is not taken",
        "products.csv:5:name: required, but empty",
        "products.csv:5:sku: BK1 is already in line 3; this line is not taken",
    ]
    assert [doc.name for doc in table.documents.values() if isinstance(doc, ProductDoc)] == ["Toner noir", "Guide"]


def test_rows_that_cannot_be_told_apart_are_counted() -> None:
    table = read(PLAIN + ',No key,1,20\n"a"b,Broken,1,20\nX,Fine,1,20\n')
    assert [str(defect) for defect in table.defects] == [
        "products.csv:4:sku: required, but empty",
        "products.csv:5: this row is not CSV: ',' expected after '\"'",
    ]
    assert table.unidentified == 2
    assert "X" in table.documents


def test_a_header_repeated_in_the_middle_is_a_defect_not_a_product() -> None:
    table = read(PLAIN + PLAIN.replace("TN1", "TN2").replace("BK1", "BK2"))
    assert [str(defect) for defect in table.defects] == ["products.csv:4: the header is repeated here"]
    assert list(table.documents) == ["TN1", "BK1", "TN2", "BK2"]


def test_rows_longer_or_shorter_than_the_header() -> None:
    found = defects(PLAIN + "A,a,1,20,extra\nB,b\n")
    assert found == [
        "products.csv:4: the row has 5 cells, the header 4",
        "products.csv:5:list_price: required, but empty",
        "products.csv:5:vat_rate: required, but empty",
    ]


def test_keys_that_would_not_fit_in_an_address() -> None:
    for account in ("D 42", "D/42", "D?", "D%2F", "x" * 65):
        (found,) = defects(f"account;name\n{account};Dealer\n", "dealers")
        assert found.startswith("dealers.csv:2:account: "), account
    (found,) = defects('sku,name,list_price,vat_rate\n"A\nB",a,1,20\n')
    assert found == "products.csv:2:sku: contains a line end or control character"


def test_cells_that_do_not_go_together() -> None:
    head = "id,step,value,unit,buyer,product,start,end\n"
    assert defects(head + "C1,base,30,%,all,all,2026-02-01,2026-01-01\n", "conditions") == [
        "conditions.csv:2:end: 2026-01-01 lies before start, 2026-02-01"
    ]
    assert defects(head + "C1,base,130,%,all,all,,\n", "conditions") == [
        "conditions.csv:2:value: 130 is more than 100 per cent"
    ]
    assert defects(head + "C1,list,3,%,all,all,,\n", "conditions") == [
        "conditions.csv:2:step: 'list' is none of net, base, qty, promo, bid, document"
    ]
    assert defects(head + "C1,base,3,%,everybody,thing:X,01/02/2026,2026-02-30\n", "conditions") == [
        "conditions.csv:2:buyer: 'everybody' is neither all nor group:..., dealer:...",
        "conditions.csv:2:product: 'thing:X' is neither all nor brand:..., family:..., sku:...",
        "conditions.csv:2:start: '01/02/2026' is not an ISO date like 2026-03-31",
        "conditions.csv:2:end: '2026-02-30' is not a day of the calendar",
    ]
    own = "sku,name,list_price,vat_rate,replaced_by\nA,a,1,20,A\n"
    assert defects(own) == ["products.csv:2:replaced_by: a product cannot replace itself"]


def test_very_long_cells() -> None:
    assert "longer than 2,000" in defects(PLAIN.replace("Guide", "x" * 2_001))[0]
    description = "sku,name,list_price,vat_rate,description\nA,a,1,20," + "x" * 150_000 + "\n"
    assert "longer than 20,000" in defects(description)[0]


def test_any_case_of_the_words_of_the_format() -> None:
    table = read("sku,name,list_price,vat_rate,status\nA,a,1,20,Stopped\n")
    document = table.documents["A"]
    assert isinstance(document, ProductDoc)
    assert document.status == "stopped"
