"""How plans over the wholesalers are found: placements, prices, bounds, search. The way in: `making`."""
