"""The worked example of the pricing guide as the files of a manufacturer, and the figures it must give."""

from pathlib import Path

FILES = {
    "families.csv": "code,name_fr,name_en\nTONER,Toners,Toner\nMFP,Multifonctions,Multifunction printers\n",
    "products.csv": (
        "sku,name,list_price,vat_rate,family,brand,eco_fee,manufacturer_ref\n"
        "TN1,Toner noir 12k,148.37,20,TONER,Xantia,0,106R-TN1\n"
        "MF9,Multifonction A4 couleur,879.00,20,MFP,Xantia,2.50,XA-MF9\n"
        "BK1,Guide de l'imprimeur,19.99,5.5,BOOK,Editis,0,BK-001\n"
    ),
    "wholesalers.csv": (
        "code,name,free_carriage_from,carriage_fee,delivery_days\n"
        "N,Grossiste Nord,500,12.50,1\n"
        "S,Grossiste Sud,,9.90,2\n"
    ),
    "stock.csv": "wholesaler,sku,available\nN,TN1,140\nN,MF9,20\nN,BK1,50\nS,TN1,3\n",
    "dealers.csv": (
        "account,name,group,credit_limit,online_bonus_percent,address,postcode,city,country\n"
        "D42,Bureautique Morvan,gold,60000,0.5,4 rue des Halles,71400,Autun,FR\n"
        "D43,Papeterie Modele,silver,20000,0,1 place du Marche,58000,Nevers,FR\n"
    ),
    "conditions.csv": (
        "id,step,value,unit,buyer,product,qty_min,end_client,combine,quota,label\n"
        "G30,base,30,%,group:gold,all,,,,,Remise Or 30 %\n"
        "G35,base,35,%,group:gold,family:TONER,,,,,Remise Or toners 35 %\n"
        "Q10,qty,5,%,group:gold,family:TONER,10,,,,Des 10 : 5 %\n"
        "Q50,qty,8,%,group:gold,family:TONER,50,,,,Des 50 : 8 %\n"
        "P38,promo,38,%,all,sku:TN1,,,best,,Promo 38 %\n"
        "N612,net,612.00,NET,dealer:D42,sku:MF9,,,,,Prix net contrat\n"
        "B540,bid,540.00,NET,dealer:D42,sku:MF9,,,,20,Derogation\n"
    ),
}
LINES = "sku,quantity\nTN1,12\nMF9,2\nBK1,3\n"
UNIT_NETS = {"TN1": "91.6185", "MF9": "540.0000", "BK1": "13.9930"}
LINE_TOTALS = {"TN1": "1099.42", "MF9": "1080.00", "BK1": "41.98"}
TOTALS = {"goods": "2221.40", "eco": "5.00", "carriage": "0.00", "fees": "0.00", "total": "2665.59"}
VAT = {"20": "436.88", "5.5": "2.31"}
BONUS = "11.11"


def write_files(folder: Path, **changed: str) -> Path:
    """Write the manufacturer's files into `folder`; `changed` replaces a kind (`products=...`). Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    return folder
