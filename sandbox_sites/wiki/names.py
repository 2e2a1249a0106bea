"""Names that instances draw from: places, people, creatures, dishes, feasts, ships, editors."""

from __future__ import annotations

REALMS = ("Averlin Isles", "Skerrane Archipelago", "Outer Tarrows", "Merrow Islands", "Nine Saltings")
ISLANDS = (
    "Aldersey", "Brannay", "Corriskay", "Dunmarra", "Eskerry", "Fairholm", "Grimlay", "Hethra", "Ilvay", "Jurra",
    "Kestra", "Lundray", "Marsay", "Norrick", "Orlay", "Pellan",
)  # fmt: skip
TOWN_HEADS = (
    "Ard", "Bram", "Cald", "Darn", "Ebber", "Fenn", "Gors", "Hallow", "Inver", "Jor", "Kel", "Lorn", "Morrow",
    "Nether", "Oster", "Pen", "Quill", "Ravel", "Scarth", "Tarn", "Ulver", "Vane", "Whin", "Yarrow", "Zenner", "Ambel",
    "Birken", "Copper", "Drift", "Elder", "Flint", "Gull",
)  # fmt: skip
TOWN_TAILS = (
    "haven", "wick", "stead", "mouth", "bridge", "ford", "combe", "port", "minster", "gate", "holm", "firth",
)  # fmt: skip
RIVERS = (
    "Anner", "Brill", "Cray", "Dwell", "Eskel", "Frane", "Garrow", "Hesk", "Iddle", "Kenner", "Lathe", "Mure", "Neth",
    "Orrin", "Rushen", "Sallow", "Teal", "Ure", "Wend", "Yole",
)  # fmt: skip
HILLS = (
    "Abbot", "Bleak", "Candle", "Dragon", "Eagle", "Frost", "Grey", "Harper", "Iron", "Kettle", "Lantern", "Mantle",
    "Needle", "Otter", "Pilgrim", "Rook", "Shepherd", "Thunder", "Widow", "Winter",
)  # fmt: skip
HILL_TAILS = ("Fell", "Tor", "Horn", "Peak", "Crag", "Pike")
FIRST = (
    "Ada", "Bertil", "Cosima", "Dorrit", "Edmund", "Fenella", "Gideon", "Hester", "Ivo", "Jessamy", "Kasper", "Leonie",
    "Magnus", "Nerys", "Osric", "Petra", "Quentin", "Rosalind", "Silas", "Thora", "Ulrik", "Verity", "Wilfred",
    "Yvaine",
)  # fmt: skip
LAST = (
    "Ashdown", "Brell", "Carrow", "Dunnet", "Ellery", "Farrant", "Gannick", "Holloway", "Isbister", "Jellicoe",
    "Kirkwall", "Lovage", "Marwick", "Norquay", "Oakden", "Pennick", "Rendall", "Sinclair", "Tulloch", "Uttley",
    "Varley", "Wishart", "Yorston", "Zeal",
)  # fmt: skip
BEAST_HEADS = (
    "Ashen", "Banded", "Crested", "Dwarf", "Fog", "Golden", "Hooded", "Lesser", "Marsh", "Northern", "Painted", "Reef",
    "Silver", "Tufted",
)  # fmt: skip
BEASTS = (
    "puffin", "otter", "seal", "owl", "crab", "hare", "petrel", "goat", "newt", "cormorant", "vole", "porpoise", "tern",
    "moth",
)  # fmt: skip
PLANTS = (
    "Candle moss", "Bell thistle", "Silver samphire", "Red dulse", "Storm rose", "Widow fern", "Honey gorse",
    "Tide lily", "Pipe sedge", "Amber bilberry", "Cliff campion", "Lamp heather", "Bitter dock", "Gull grass",
    "Sailor's mint", "Dew bramble",
)  # fmt: skip
DISHES = (
    "Smoked eel pie", "Harbour stew", "Tern egg custard", "Black oat bread", "Samphire pickle", "Keeper's pudding",
    "Crab dumplings", "Gorse honey cake", "Fog soup", "Ninefold pie", "Salted plum tart", "Dulse crisps",
    "Lantern buns", "Smelter's porridge", "Bilberry fool", "Mutton turnover", "Whey cheese", "Rope doughnuts",
)  # fmt: skip
FEASTS = (
    "Lantern Night", "Herring Week", "Feast of Knots", "Blessing of the Boats", "Long Silence", "Kite Sunday",
    "Ember Fair", "Midwinter Rowing", "Salt Parade", "Honey Market", "Gull Crowning", "Bell Regatta", "Mask of Tides",
    "Thaw Dance", "Wool Gathering", "Candle Swim",
)  # fmt: skip
SHIPS = (
    "Patient Heron", "Grey Petrel", "Second Daughter", "Morning Debt", "Quiet Thunder", "Brass Whale", "Wandering"
    " Abbess",
    "Northern Promise", "Little Tempest", "Salt Merchant", "Honest Margaret", "Seventh Wave", "Copper Gull",
    "Blue Constable", "Long Patience", "Far Candle",
)  # fmt: skip
EDITORS = (
    "Saltwife", "OldFerryman", "Marginalia", "Quillfeather", "TarnWalker", "Inkpot", "Brineborn", "MapRoom",
    "Penny Lantern", "Driftwood", "Ropewalk", "Lighthouse Cat", "Kelpie", "SundayScholar", "Footnote", "Gullsworth",
)  # fmt: skip
WRITERS = ("Wren Alder", "Robin Sedge", "Linnet Hale", "Martin Reed", "Piper Lowe")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
