"""Names and phrases of the coast, from which an instance is drawn."""

from __future__ import annotations

TOWNS = (
    "Port Averin", "Skelby", "Marrowmouth", "Saint Odo", "Trewick Bay", "Hollin Head", "Little Cairn", "Wrenmouth",
    "Gullsay", "Pennick", "Brack Harbour", "Easter Ness", "Loamsea", "Tarn Quay",
)  # fmt: skip
TOWN_BLURBS = (
    "Slate roofs climb from a crescent of sand, and the bakery opens before the boats go out.",
    "A working harbour where nets dry along the wall and gulls keep the time.",
    "Once the last stop of the mail steamer, now the first choice of painters and swimmers.",
    "Low dunes, long light, and a street of cottages in colours that sailors could see from afar.",
    "Cliffs on both sides keep the wind out; the fig trees behind the chapel prove it.",
    "A tidal causeway, two pubs and a library in the old lifeboat shed.",
    "The river is wide and slow here, and the herons are not afraid of anybody.",
    "Known for smoked mackerel, a choir of ninety, and fog that lifts at eleven sharp.",
)
MARKETS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BEACHES = ("fine sand", "pebbles", "shell sand", "black shingle", "rock pools", "sand and dunes")

FIRST = (
    "Ottilie", "Bram", "Senna", "Joachim", "Perpetua", "Alasdair", "Noor", "Wilhelmina", "Caspian", "Ingrid", "Tadeo",
    "Maren", "Osric", "Delphine", "Ravi", "Tamsin", "Leopold", "Yara", "Gwenllian", "Mattias", "Zofia", "Ewan",
)  # fmt: skip
LAST = (
    "Ashdown", "Brekke", "Calloway", "Drummond", "Eskdale", "Farrow", "Gillespie", "Hartog", "Iversen", "Jessop",
    "Kerrigan", "Lindqvist", "Merriweather", "Nankivell", "Okafor", "Penhale", "Quayle", "Rosewarne", "Sandoval",
    "Trevanion", "Underhay", "Vandermeer",
)  # fmt: skip
GUESTS = ("Mira Castellan", "Jonah Fairweather", "Livia Stonehouse", "Piet Hollander", "Anouk Redfern")
LANGUAGES = ("English", "French", "German", "Dutch", "Spanish", "Norwegian", "Portuguese", "Welsh")
REPLIES = ("within an hour", "within two hours", "the same day", "within a day", "by the next morning")
HOST_LINES = (
    "Came for a summer, bought a boat, and never found a reason to leave.",
    "Bakes for the whole lane on Sundays and keeps a list of who likes rye.",
    "Was a ship's cook for eleven years and still rings a bell for breakfast.",
    "Restored the house beam by beam and will gladly tell you about each.",
    "Knows the tides by heart and lends out wellingtons in every size.",
    "Teaches at the village school in winter and keeps bees all year.",
    "Grew up two doors down and remembers when the pier had a dance hall.",
)

STAY_WORDS = (
    "Gannet", "Samphire", "Lantern", "Kittiwake", "Driftwood", "Marram", "Cormorant", "Saltbox", "Thrift", "Anchor",
    "Beacon", "Bramble", "Petrel", "Sandpiper", "Tern", "Oyster", "Limpet", "Fulmar", "Heron", "Curlew", "Whimbrel",
    "Mackerel", "Ropewalk", "Chandler", "Cooper", "Ferryman", "Sailmaker", "Tidewater", "Eider", "Plover", "Skipper",
    "Cockle", "Dunlin", "Seaholly", "Coastguard", "Turnstone", "Rockpool", "Bellbuoy", "Foghorn", "Halyard",
)  # fmt: skip
KINDS = {
    "Guesthouse": ("House", "Guesthouse", "Rooms"),
    "Inn": ("Inn", "Arms"),
    "Cottage": ("Cottage", "Cabin"),
    "Farmhouse": ("Farm", "Barn"),
    "Boathouse": ("Boathouse", "Loft"),
}
STAY_LINES = (
    "Thick walls, deep window seats and the sound of the sea through every open sash.",
    "A house for slow mornings: coffee on the slipway, bread still warm, nowhere to be.",
    "Painted the blue of old fishing boats and furnished with things that have stories.",
    "Set back from the lane behind tamarisk hedges, with a gate straight on to the coast path.",
    "Small, bright and well loved, with a drying room for coats and a shelf of tide tables.",
    "Built for lighthouse keepers, kept by people who like guests and good lamps.",
    "Half a working farm and half a place to do nothing, depending on the hour.",
)
AMENITIES = (
    "Wi-Fi", "Sauna", "Sea view", "Breakfast", "Parking", "Kitchen", "Bikes", "Garden", "Dogs welcome", "Step-free",
    "Fireplace", "Laundry",
)  # fmt: skip
ROOMS = (
    ("Attic Double", 2, "one double bed"), ("Garden Twin", 2, "two single beds"), ("Captain's Room", 2, "one king bed"),
    ("Bunk Cabin", 4, "two bunk beds"), ("Family Room", 4, "one double and two singles"),
    ("Snug Single", 1, "one single bed"), ("Harbour Suite", 3, "one king bed and a daybed"),
    ("Loft Studio", 3, "one double bed and a sofa bed"), ("Whole Cottage", 6, "two doubles and two singles"),
)  # fmt: skip
EXTRAS = (
    "Breakfast basket", "Late check-out", "Bicycle hire", "Luggage transfer", "Picnic hamper", "Sauna evening",
    "Baby cot", "Firewood bundle",
)  # fmt: skip
QUIET = ("21:30 to 07:00", "22:00 to 07:30", "22:30 to 06:30", "23:00 to 08:00", "22:00 to 06:00")
PETS = (
    "Dogs are welcome in the garden rooms", "No pets, please: the cat is elderly", "One well-behaved dog per room",
    "Pets by arrangement with the host", "Dogs stay free, muddy ones use the boot room",
)  # fmt: skip
SMOKING = ("On the terrace only", "Nowhere on the grounds", "In the yard, by the bench", "Behind the boat shed only")
KEYS = ("Key safe by the blue door", "Handed over by the host", "At the village shop", "Under the brass dolphin",
        "From the bar, until closing")  # fmt: skip
CHILDREN = ("Welcome at any age", "From six years", "From twelve years", "Welcome; stairs are steep")
AUTHORS = ("Ilse", "Romy", "Farid", "Cathal", "Beatriz", "Sunniva", "Theo", "Marguerite", "Kofi", "Anneli", "Dario",
           "Philippa")  # fmt: skip
PRAISE = (
    "We slept with the windows open and woke to oystercatchers.",
    "Spotless, calm, and the breakfast was the best of our trip.",
    "Lovely people. The bathroom was smaller than we had pictured.",
    "The view alone is worth the walk up from the bus.",
    "A little noisy on Saturday because of the band, otherwise perfect.",
    "Comfortable beds, thick towels, and a map drawn by hand.",
    "We came for two nights and asked for a third.",
    "The heating took its time, but the host brought extra blankets.",
    "Great value for families; the children still talk about the goats.",
    "Quiet, simple and honest. Bring good shoes.",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip

COURSES = (
    ("Sourdough at Sunrise", "Food"), ("Crab and Lobster Kitchen", "Food"), ("Smoking Fish over Alder", "Food"),
    ("Cheese in a Day", "Food"), ("Cider Pressing", "Food"), ("Seaweed Foraging", "Outdoors"),
    ("Night Sky Watching", "Outdoors"), ("Dawn Birdsong Walk", "Outdoors"), ("Fossil Hunting", "Outdoors"),
    ("Linocut Printing", "Arts"), ("Watercolour Skies", "Arts"), ("Coastal Photography", "Arts"),
    ("Sea Shanty Singing", "Arts"), ("Letterpress Cards", "Arts"), ("Raku Firing", "Craft"),
    ("Wheel-thrown Bowls", "Craft"), ("Indigo Dyeing", "Craft"), ("Willow Basketry", "Craft"),
    ("Driftwood Carving", "Craft"), ("Silver Ring Making", "Craft"), ("Knitting a Gansey", "Craft"),
    ("Bookbinding Basics", "Craft"), ("Rope Knots and Splices", "Craft"), ("Sea Kayak Basics", "Water"),
    ("Dinghy Sailing Day", "Water"), ("Open-water Swimming", "Water"), ("Surf for Beginners", "Water"),
    ("Paddleboard Yoga", "Water"),
)  # fmt: skip
TOPICS = ("Food", "Outdoors", "Arts", "Craft", "Water")
LEVELS = ("Beginners", "Some experience", "All levels", "Advanced")
BRING = ("An apron and a jar", "Warm layers and a flask", "Sturdy boots", "A towel and a change of clothes",
         "Nothing but curiosity", "Reading glasses, if you use them", "A notebook and a soft pencil")  # fmt: skip
MEETING = ("the harbour steps", "the old net loft", "the chapel hall", "the slipway", "the station forecourt",
           "the lifeboat shed", "the walled garden")  # fmt: skip
COURSE_LINES = (
    "A small group, a long table and one thing learnt properly.",
    "You go home with something you made and the wish to make another.",
    "Mostly hands, few slides, and a good lunch in the middle.",
    "For people who have always meant to try and never quite got round to it.",
    "We begin slowly, take our time, and finish when the light does.",
)
