"""Words that instances are made of: names, places, remarks."""

from __future__ import annotations

#: slug → name, what it is about
BOARDS: dict[str, tuple[str, str]] = {
    "beds-borders": ("Beds & Borders", "Vegetables, fruit and flowers in the open ground."),
    "under-glass": ("Under Glass", "Greenhouses, tunnels, frames and whatever sulks in them."),
    "soil-compost": ("Soil & Compost", "Heaps, worms, mulch and the ground under your boots."),
    "bench-timber": ("Bench & Timber", "Woodwork for the plot: benches, boxes, gates, handles."),
    "sparks-sensors": ("Sparks & Sensors", "Electronics that water, measure, warn or blink."),
    "print-cut": ("Print & Cut", "3D printers, lasers and files to share."),
    "swap-shed": ("Swap Shed", "Offers, wishes and swaps among members."),
    "committee-hut": ("Committee Hut", "Announcements, meetings and moans about the tea urn."),
}
HANDLE_FIRST = (
    "Mossy", "Copper", "Rusty", "Quiet", "Dapper", "Muddy", "Thrifty", "Bramble", "Nettle", "Sorrel", "Wicket",
    "Barley", "Clover", "Tansy", "Fennel", "Teasel", "Saffron", "Linnet", "Plover", "Kestrel", "Otter", "Badger",
    "Marrow", "Turnip", "Damson", "Quince", "Medlar", "Hazel", "Rowan", "Alder", "Willow", "Thistle", "Sedge",
)  # fmt: skip
HANDLE_LAST = (
    "Mabel", "Tom", "Iris", "Gwen", "Piotr", "Anselm", "Bea", "Dev", "Farida", "Gus", "Hanne", "Ivo", "Jun", "Kofi",
    "Lotte", "Marek", "Nadia", "Oskar", "Petra", "Quentin", "Rosa", "Stan", "Tilda", "Uma", "Vince", "Wanda", "Yusuf",
    "Zoe", "Clem", "Edie", "Fitz", "Hamish", "Joan",
)  # fmt: skip
TOWNS = (
    "Ludlow", "Frome", "Hexham", "Otley", "Bungay", "Totnes", "Whitby", "Kendal", "Ledbury", "Saltaire", "Hebden",
    "Wivenhoe", "Bridport", "Malton", "Buxton", "Tenby", "Oban", "Crieff", "Machynlleth", "Lewes",
)  # fmt: skip
VEG = ("beetroot", "leeks", "kale", "broad beans", "onions", "courgettes", "tomatoes", "peas", "parsnips", "chard")
FRUIT = ("fig", "quince", "gooseberry", "peach", "blackcurrant", "medlar", "apricot", "grape vine", "plum", "rhubarb")
TOOLS = (
    "hay fork",
    "scythe",
    "billhook",
    "draw knife",
    "spokeshave",
    "turf iron",
    "brace",
    "slasher",
    "mattock",
    "froe",
)
WOODS = ("oak", "larch", "cedar", "ash", "elm", "chestnut", "robinia", "Douglas fir", "beech", "sycamore")
SIZES = ("2 by 3 m", "1.2 by 2.4 m", "3 by 4 m", "90 by 120 cm", "6 by 8 ft", "5 by 10 m")
SIGNATURES = (
    "Measure twice, dig once.", "If it grows, I overwater it.", "Plot 14, mind the nettles.", "Powered by tea.",
    "Sawdust is man glitter.", "Never met a shed I did not like.", "Slow, but the beans are slower.",
    "Ask me about worms.", "There is always room for one more tray.", "My other spade is a fork.",
    "I came for the seeds and stayed for the solder.", "It was like that when I found it.", "Grow what you eat.",
    "All smoke has been let out already.", "Weeds are opinions.", "Sharp tools, blunt remarks.",
    "The heap is warm and so am I.", "Learning by burning fingers.", "One frost away from retirement.",
    "Rust never sleeps, nor do slugs.", "Bodger, second class.", "Half past compost.", "Square pegs welcome.",
    "Still looking for the ten millimetre socket.", "Rain stopped play.", "Will trade jam for resistors.",
    "Mulch ado about nothing.", "Not lost, just among the sweetcorn.", "Have barrow, will travel.", "Kind to wasps.",
)  # fmt: skip
BADGES: dict[str, str] = {
    "Early Bird": "Posted before six in the morning on ten days.",
    "Green Fingers": "Started a thread in Beds & Borders that got fifty votes.",
    "Hot Heap": "Proved a compost heap above sixty degrees.",
    "Straight Cut": "Shared drawings of something that others built.",
    "Smoke Tester": "Owned up to a short circuit, with a picture.",
    "First Layer": "Shared a file that was printed by five members.",
    "Good Neighbour": "Ten swaps without a complaint.",
    "Tea Urn": "Served on the committee for a year.",
    "Slug Patrol": "Removed a thousand slugs and kept count.",
    "Old Boot": "A member for more than eight years.",
}
REMARKS = (
    "Same here, and I have no idea why.", "I would not worry about it before the end of the month.",
    "Send a picture, please; it is hard to tell from words.", "That worked for me the second time, not the first.",
    "My neighbour swears by it, but she swears by everything.", "Ask at the tea hut, somebody has the book.",
    "Thanks, this is the answer I was looking for.", "I did it the other way round and regret nothing.",
    "Twenty years on this plot and I learn something new.", "Careful: it looks easy and then it is Sunday evening.",
    "Not convinced, but I will try it on half a row.", "You can borrow mine if you collect it.",
    "There was a talk about this at the spring meeting.", "It depends on the weather more than on us.",
    "Cheap is fine here, it will rot or rust anyway.", "I keep notes, and the notes say no.",
    "Brilliant, I am going to steal that idea.", "Count to ten and leave it alone for a week.",
    "Mine lasted three seasons, then the mice moved in.", "The trick is to do less of it, more often.",
    "Has nobody mentioned string yet? String.", "I tried that near the coast and the salt settled the matter.",
    "Start small; you can always make a second one.", "Please report back in autumn, I want to know how it ends.",
    "We had that discussion last year and nobody won.", "Put a brick on it.", "It is the fungus you cannot see.",
    "Check the drainage first, then everything else.", "Do it in the evening, when it has cooled down.",
    "A friend of mine sells those, so I am biased, but yes.", "Old carpet. No, wait, do not use old carpet.",
    "The second photo made my day.", "I would rather spend the money on cake.", "Wear goggles. Ask me how I know.",
)  # fmt: skip
BOARD_REMARKS: dict[str, tuple[str, ...]] = {
    "beds-borders": ("Net them early, pigeons can read calendars.", "Sow a few more than you need, always.",
                     "A good soak twice a week beats a sprinkle every day.", "Pinch out the tips and be patient."),
    "under-glass": ("Open both ends at noon and shut them at four.", "Shade paint, thin, from May on.",
                    "Bubble wrap on the north side saved mine.", "Stand water in there overnight; it keeps warm."),
    "soil-compost": ("More browns. It is always more browns.", "Turn it once and then leave it be.",
                     "Shredded cardboard, no tape, no shiny print.", "Cover it, or the rain takes the best of it."),
    "swap-shed": ("Is this still going? I could come on Saturday.", "I have some, message me.",
                  "Could you post it? I pay the stamps.", "Mine are promised, but ask me again in a month."),
    "bench-timber": ("Plane with the grain, and talk to it nicely.", "Brass screws, or it will stain.",
                     "Cut the joint fat and pare it down.", "Let the wood rest in the shed for a fortnight."),
    "sparks-sensors": ("Put a capacitor across the supply.", "Log the battery voltage too, it is usually that.",
                       "Conformal coating, or nail varnish if you are in a hurry.", "Pull-up resistor, ten kilohms."),
    "print-cut": ("Slow the first layer down to a crawl.", "Anneal it in warm sand.",
                  "Clean the lens before you blame the file.", "Four walls, always four walls."),
    "committee-hut": ("Seconded.", "Could this go on the agenda for next time?",
                      "I can bring the trestle tables.", "Thank you for doing this, committee."),
}  # fmt: skip
