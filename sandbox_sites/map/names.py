"""The words that a town is made of."""

from __future__ import annotations

TOWNS = (
    "Tarrowby", "Aldermouth", "Brackenford", "Penhallow", "Stourwick", "Marlbeck", "Osterham", "Quillhaven",
    "Dunmere", "Larkstow", "Wexcombe", "Fennick Bay",
)  # fmt: skip
PEOPLE = (
    "Imogen Vale", "Tobias Reed", "Nadia Costa", "Callum Firth", "Greta Lindqvist", "Amir Haddad", "Beth Okoro",
    "Jonas Weller",
)  # fmt: skip
#: Each word names one street at most; none of them names a place.
STREETS = (
    "Mill", "Abbey", "Cutler", "Tanner", "Harbour", "Linden", "Castle", "Chandler", "Orchard", "Bishop", "Weaver",
    "Granary", "Lantern", "Foundry", "Sadler", "Vine", "Beacon", "Cooper", "Almond", "Ferry", "Priory", "Quarry",
    "Rope", "Saffron", "Thistle", "Walnut", "Wharf", "Hawthorn", "Juniper", "Kiln", "Minster", "Nettle", "Pilgrim",
    "Ropewalk", "Sexton", "Tollgate",
)  # fmt: skip
#: Each word names one place at most.
WORDS = (
    "Amber", "Anchor", "Arcadia", "Ash", "Aurora", "Badger", "Bellflower", "Birch", "Bluebell", "Bramble", "Bridgeview",
    "Buttercup", "Calico", "Candle", "Cedar", "Cobalt", "Compass", "Copper", "Coral", "Corner", "Cygnet", "Daisy",
    "Dovecote", "Eastgate", "Ember", "Falcon", "Fern", "Finch", "Foxglove", "Gable", "Garnet", "Gilded", "Goldfinch",
    "Harlequin", "Hazel", "Heron", "Holly", "Indigo", "Ivory", "Ivy", "Jasmine", "Kestrel", "Kingfisher", "Lapwing",
    "Laurel", "Lavender", "Magnolia", "Magpie", "Maple", "Marigold", "Meridian", "Mistral", "Mulberry", "Northgate",
    "Oriel", "Otter", "Paragon", "Pearl", "Peregrine", "Pewter", "Plover", "Poppy", "Primrose", "Quayside", "Raven",
    "Redwood", "Regent", "Robin", "Rosemary", "Rowan", "Ruby", "Sable", "Sandpiper", "Silver", "Skylark", "Sorrel",
    "Southgate", "Sparrow", "Starling", "Summit", "Swallow", "Sycamore", "Tamarind", "Teal", "Tern", "Topaz",
    "Umber", "Velvet", "Violet", "Westgate", "Willow", "Wren", "Yarrow", "Zephyr",
)  # fmt: skip
DISTRICTS = (
    "Old Town", "Canal Side", "Sheepgate", "Upper Hill", "The Maltings", "Saltmarsh", "Gasworks Quarter", "Bellfield",
    "Kirkside", "Nine Elms", "Stonebridge", "Lower Common",
)  # fmt: skip
DISTRICT_LINES = (
    "Narrow lanes, leaning gables and a bakery on every second corner.",
    "Former warehouses turned into studios, with barges moored below the windows.",
    "Quiet terraces around a green where the fair is held each autumn.",
    "The highest part of town: steep streets and the widest views.",
    "A mixed quarter of workshops, student flats and late kitchens.",
    "Wide pavements, villas behind hedges and the best school gardens.",
    "Where the market traders live: busy at dawn, asleep by nine.",
    "New housing along an old railway, with playgrounds between the blocks.",
)
STOPS = (
    "Fishmarket", "Town Hall", "Corn Exchange", "Old Gaol", "Clock Tower", "Infirmary", "Law Courts", "Bandstand",
    "Drill Hall", "Waterworks", "Brewery Yard", "Almshouses", "Opera House", "Customs House", "Hay Market",
    "Tithe Barn", "Observatory", "Winter Garden", "Guildhall", "Post Office", "Lock Gate", "Signal Box", "Art School",
    "Flower Market", "Cattle Pens", "Ice House", "Depot", "Boat Club", "Assembly Rooms", "Weigh House", "Mint Yard",
    "Sundial", "Chapel", "Potteries", "Velodrome", "Barracks", "Museum Yard", "Windmill", "Reservoir", "Coach Park",
)  # fmt: skip
OPERATORS = ("Municipal Tramways", "Greenline", "Northern Omnibus", "Swift Buses")
REVIEWERS = (
    "Agnes", "Bruno", "Carys", "Dmitri", "Elodie", "Farid", "Gwen", "Hamza", "Iris", "Jakub", "Keira", "Lorenzo",
    "Maud",
    "Nils", "Oona", "Pavel", "Rosa", "Stellan", "Tilda", "Umar", "Vera", "Wanda", "Yusuf", "Zora",
)  # fmt: skip
OPINIONS = (
    "We came by chance and stayed for two hours.", "Friendly people, and nobody hurried us.",
    "Smaller than it looks on the pictures, but charming.", "The entrance is round the back, which took us a while.",
    "Clean, bright and well signposted.", "Too crowded on Saturdays; go in the week.",
    "My children asked to come back the next day.", "A bit dear for what you get.",
    "The staff knew the answer to every question.", "Nothing special, although it does the job.",
    "Best of its kind on this side of the river.", "The heating was off and we kept our coats on.",
    "Lovely light in the late afternoon.", "There was a queue, but it moved quickly.",
    "I have been coming here for years and it only gets better.", "Hard to find a place for the bicycle.",
    "Everything is written in three languages, which my parents liked.", "The toilets could do with a fresh coat.",
    "Calm corner in the middle of a noisy street.", "Worth the detour over the bridge.",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May")
LIST_NAMES = (
    "Weekend ideas", "Lunch break", "For visitors", "Rainy days", "With the kids", "Quiet corners", "Date night",
    "Sunday walks",
)  # fmt: skip
NOTES = (
    "Go early",
    "Ask for the window table",
    "Bring cash",
    "Ring first",
    "Closed in August",
    "Meet at the side door",
)
SCENES = ("Seen from the street", "The entrance", "Inside, on a weekday")
