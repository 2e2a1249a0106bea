"""Words from which the company's records are made."""

from __future__ import annotations

TODAY = "2025-10-14"
PASSWORD = "oolong-and-out"  # noqa: S105 - shown on the sign-in page

REGIONS = ("Coast", "Dales", "Lowlands", "City", "Border")
SEGMENTS = ("Café", "Hotel", "Grocer", "Restaurant", "Office")
CATEGORIES = ("Black tea", "Green tea", "Herbal", "Coffee beans", "Ground coffee")
ORDER_STATES = ("New", "Packed", "Shipped", "Delivered", "On hold")
CHANNELS = ("Web shop", "Phone", "Sales visit", "E-mail")
CARRIERS = ("Hartley Freight", "Own van", "Pell & Ross", "Swift Parcel")
TERMS = ("7 days", "14 days", "30 days", "60 days")
PRIORITIES = ("Low", "Normal", "High", "Urgent")
TICKET_STATES = ("Open", "Waiting", "Closed")
INVOICE_STATES = ("Open", "Overdue", "Paid")
ROLES = ("Orders", "Refunds", "Stock", "Pricing", "Invoicing", "Administration")
REFUND_REASONS = ("Damaged goods", "Late delivery", "Wrong item", "Goodwill")

FIRST = (
    "Maren", "Idris", "Tove", "Callum", "Ngozi", "Piotr", "Leila", "Hamish", "Rosa", "Anselm", "Bridie", "Kofi",
    "Saskia", "Declan", "Yuki", "Marta", "Owen", "Farah", "Jonah", "Elspeth", "Ravi", "Greer", "Tomasz", "Nell",
    "Abdul", "Corin", "Dilys", "Emeka", "Fenella", "Gwil", "Hester", "Ivo", "Jem", "Kirsty", "Lorcan", "Mabel",
)  # fmt: skip
LAST = (
    "Okafor", "Brandt", "Lindqvist", "Muir", "Adeyemi", "Nowak", "Haddad", "Galbraith", "Ferreira", "Weir", "Doyle",
    "Mensah", "de Wit", "Byrne", "Tanaka", "Kowal", "Pritchard", "Aziz", "Marsh", "Crichton", "Nair", "Tulloch",
    "Zielinski", "Hartnell", "Rahman", "Penrose", "Vaughan", "Obi", "Lorimer", "Rees", "Blythe", "Novak", "Strand",
    "Dunbar", "Quill", "Ashdown",
)  # fmt: skip
TITLES = {
    "Sales": ("Account manager", "Account manager", "Account manager", "Sales lead"),
    "Warehouse": ("Warehouse keeper", "Warehouse keeper", "Stock planner"),
    "Accounts": ("Bookkeeper", "Credit controller"),
    "Service": ("Service clerk", "Service lead"),
    "Buying": ("Tea buyer",),
}

PLACES = (
    "Harbour Street", "Old Mill", "Lantern Hill", "Copper Beech", "Station Yard", "Weaver's Row", "Saltmarsh",
    "Fennel & Fig", "Kingfisher", "Tollgate", "Bell Tower", "Orchard Lane", "Blue Door", "Drystone", "Ferryman's",
    "Three Larks", "Market Cross", "Greyfriars", "Sundial", "Hollybank", "Pilot House", "Rowan Tree", "Chapel Green",
    "Nightingale", "Granary", "Foxglove", "Cobbler's", "Windward", "Thistle & Thyme", "Maltings", "Riverbend",
    "Quarry Top", "Lamplighter", "Sheepfold", "Goldfinch", "Bramble", "Northgate", "Silver Birch", "Kettle & Crumb",
    "Yardarm", "Applegarth", "Moorings",
)  # fmt: skip
NOUNS = {
    "Café": ("Café", "Tearoom", "Coffee House"),
    "Hotel": ("Hotel", "Guest House", "Inn"),
    "Grocer": ("Grocers", "Farm Shop", "Pantry"),
    "Restaurant": ("Bistro", "Kitchen", "Dining Room"),
    "Office": ("Studios", "Works", "Partners"),
}
CITIES = {
    "Coast": ("Port Arden", "Whitsand", "Selby Bay"),
    "Dales": ("Upper Wyke", "Kirkdale", "Hawsby"),
    "Lowlands": ("Fenwick", "Marlow Green", "Ostley"),
    "City": ("Calderton", "East Calderton"),
    "Border": ("Tarvie", "Coldbrook"),
}
AREAS = {"Coast": "PA", "Dales": "KD", "Lowlands": "FW", "City": "CA", "Border": "TV"}
STREETS = (
    "Harbour Street", "Mill Lane", "Chapel Road", "Weir Street", "Station Road", "Castle Wynd", "Bridge Street",
    "Tanner Row", "Market Place", "Long Acre", "Quay Side", "Priory Close",
)  # fmt: skip

GOODS = {
    "Black tea": (("Malted Assam", "India"), ("Breakfast Blend", "Kenya"), ("Smoked Lapsang", "China"),
                  ("Earl Grey Reserve", "Sri Lanka"), ("Darjeeling First Flush", "India"),
                  ("Decaf Ceylon", "Sri Lanka"),
                  ("Keemun Hao Ya", "China"), ("Highland Nilgiri", "India")),
    "Green tea": (("Jasmine Pearls", "China"), ("Roasted Hojicha", "Japan"), ("Sencha Spring Pick", "Japan"),
                  ("Gunpowder Mint", "Morocco"), ("Genmaicha", "Japan"), ("Dragon Well", "China"),
                  ("Kukicha Twig", "Japan")),
    "Herbal": (("Chamomile Whole Flower", "Egypt"), ("Rooibos Vanilla", "South Africa"), 
               ("Ginger & Lemongrass", "Thailand"),
               ("Peppermint Leaf", "Egypt"), ("Hibiscus Rosehip", "Chile"), ("Nettle & Fennel", "Bulgaria"),
               ("Liquorice Twist", "Turkey"), ("Honeybush Orange", "South Africa")),
    "Coffee beans": (("Huila Washed", "Colombia"), ("Yirgacheffe Natural", "Ethiopia"), ("Cerrado Pulped", "Brazil"),
                     ("Nyeri AA", "Kenya"), ("Antigua Bourbon", "Guatemala"), ("Monsoon Malabar", "India"),
                     ("House Espresso", "Brazil"), ("Sidamo Decaf", "Ethiopia"), ("Tarrazú Honey", "Costa Rica")),
    "Ground coffee": (("Filter Roast", "Brazil"), ("Cafetière Grind", "Colombia"), ("Moka Dark", "Vietnam"),
                      ("Breakfast Filter", "Honduras"), ("Cold Brew Coarse", "Guatemala"), ("Decaf Filter", "Peru"),
                      ("Turkish Fine", "Yemen"), ("Chicory Blend", "France")),
}  # fmt: skip
PACKS = {
    "Black tea": ("12 × 100 g tins", "6 × 250 g pouches", "20 × 50 bags"),
    "Green tea": ("12 × 80 g tins", "6 × 200 g pouches"),
    "Herbal": ("20 × 40 bags", "8 × 150 g pouches"),
    "Coffee beans": ("6 × 1 kg bags", "12 × 500 g bags", "10 × 250 g bags"),
    "Ground coffee": ("12 × 250 g bags", "6 × 500 g bags", "24 × 80 g sachets"),
}
CODES = {"Black tea": "BT", "Green tea": "GT", "Herbal": "HB", "Coffee beans": "CB", "Ground coffee": "GC"}
SUPPLIERS = (
    ("Vantara Estates", "India"), ("Blue Terrace Teas", "Sri Lanka"), ("Yunling Leaf", "China"),
    ("Mizuho Garden", "Japan"), ("Cooperativa Alto Sol", "Colombia"), ("Fazenda Boa Pedra", "Brazil"),
    ("Gedeo Growers Union", "Ethiopia"), ("Nile Delta Botanicals", "Egypt"), ("Cedarberg Farms", "South Africa"),
    ("Brookline Roastery", "Netherlands"),
)  # fmt: skip
TICKETS = (
    ("Two tins arrived dented", "The corner of the box was crushed and two tins are dented. The rest is fine."),
    ("Invoice shows the old address", "We moved in spring. Please send the papers to the new place from now on."),
    ("Missing case in last delivery", "The note says one case more than we counted at the door."),
    ("Grinder setting for the new roast", "The beans run faster than before. Which setting do you suggest?"),
    ("Can we change the delivery day?", "Thursdays no longer work for us, as the kitchen is closed."),
    ("Coupon refused at checkout", "The code was refused although the order was large enough."),
    ("Tea tastes of smoke", "A pouch from the last lot smells of smoke. Was it stored beside something?"),
    ("Request for tasting samples", "We are writing the autumn menu and would like to taste before we order."),
    ("Van blocked the loading bay", "The driver parked across our gate for half an hour."),
    ("Wrong grind delivered", "We ordered beans and got ground coffee."),
    ("Statement does not match", "Your statement has one invoice that we paid weeks ago."),
    ("Login for a second buyer", "Our new buyer needs access to the web shop."),
    ("Best-before date too close", "The pouches run out in five weeks, which is too soon for us."),
    ("Pallet left in the rain", "The pallet stood outside and the boxes were wet through."),
    ("Price on web shop differs", "The list you sent and the shop do not agree on one price."),
    ("Repeat order went out twice", "We got the same cases on Monday and again on Wednesday."),
    ("Need allergen sheet", "The inspector asked for a sheet on the vanilla blend."),
    ("Credit limit too low", "Our order was stopped by the limit although we always pay."),
)  # fmt: skip
COUPONS = (
    ("Autumn opening offer", "AUTUMN"), ("First order thank-you", "HELLO"), ("Hotel breakfast season", "BREKKIE"),
    ("Bulk beans bonus", "BEANS"), ("Herbal week", "HERBAL"), ("Grocer shelf starter", "SHELF"),
    ("Office pantry deal", "PANTRY"), ("Late summer clearance", "CLEAR"),
)  # fmt: skip
RETURN_REASONS = (
    "Boxes crushed in transit", "Ordered the wrong grind", "Best-before date too close", "Delivered twice",
    "Customer has closed the branch", "Taste not as the sample", "Pouches not sealed", "Wrong product packed",
    "No storage space left",
)  # fmt: skip
NOTES = (
    "Prefers deliveries before nine.", "Asked for a printed price list.", "Rang twice about this; keep an eye on it.",
    "Key for the side door is with the baker next door.", "Would like samples with the next drop.",
    "Pays late in December, never otherwise.", "Spoke to the owner; all settled.", "New buyer starts next month.",
)  # fmt: skip
AUDIT = {
    "Orders": ("Changed the carrier of order {order}", "Printed the packing slip of order {order}",
               "Split order {order} into two drops"),
    "Customers": ("Raised the credit limit of {customer}", "Changed the contact of {customer}",
                  "Put {customer} on the tasting list"),
    "Stock": ("Counted {product}", "Corrected the stock of {product}", "Moved {product} to another shelf"),
    "Pricing": ("Changed the price of {product}", "Exported the price list of {region}"),
    "Access": ("Signed in from a new device", "Changed a password", "Reset the badge of {employee}"),
}  # fmt: skip
MONTHS = (
    "Oct 2024", "Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025", "Jun 2025",
    "Jul 2025", "Aug 2025", "Sep 2025",
)  # fmt: skip
PERIODS = {
    "year": ("Last twelve months", MONTHS), "q4-2024": ("Oct to Dec 2024", MONTHS[:3]),
    "q1-2025": ("Jan to Mar 2025", MONTHS[3:6]), "q2-2025": ("Apr to Jun 2025", MONTHS[6:9]),
    "q3-2025": ("Jul to Sep 2025", MONTHS[9:]),
}  # fmt: skip
NOTICES = (
    "Low stock warning", "New order received", "Invoice overdue", "Return requested", "Weekly sales digest",
    "Ticket assigned to me",
)  # fmt: skip
