"""The shop's goods: deterministic by seed, plausible, and no two alike."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import lru_cache

from sandbox_sites.shop.extras import Details, Question, details, questions

SERIES = (
    "Aurora", "Harbor", "Willow", "Quartz", "Ember", "Summit", "Meadow", "Cobalt", "Saffron", "Juniper", "Nimbus",
    "Orchard", "Pebble", "Raven", "Sierra", "Tundra", "Velvet", "Wander",
)  # fmt: skip

NOUNS = {
    "Lighting": ("Desk Lamp", "Floor Lamp", "Pendant Light", "Reading Light", "Lantern", "String Lights",
                 "Night Light", "Wall Sconce", "Spotlight"),
    "Kitchen": ("Kettle", "Toaster", "Chef Knife", "Saucepan", "Coffee Grinder", "Mixing Bowl", "Cutting Board",
                "Stand Mixer", "Salad Spinner"),
    "Garden": ("Watering Can", "Pruning Shears", "Bird Feeder", "Planter Box", "Garden Hose", "Hand Trowel",
               "Wheelbarrow", "Fire Pit", "Hammock"),
    "Office": ("Notebook", "Fountain Pen", "Stapler", "Desk Organizer", "Office Chair", "Whiteboard", "Paper Shredder",
               "Monitor Stand", "Label Maker"),
    "Audio": ("Headphones", "Earbuds", "Turntable", "Bluetooth Speaker", "Soundbar", "Microphone", "Radio",
              "Record Cleaner", "Amplifier"),
    "Travel": ("Backpack", "Suitcase", "Neck Pillow", "Packing Cubes", "Travel Mug", "Passport Wallet", "Umbrella",
               "Duffel Bag", "Luggage Scale"),
    "Bedroom": ("Pillow", "Duvet", "Blanket", "Alarm Clock", "Mattress Topper", "Bed Frame", "Curtain", "Bath Robe",
                "Laundry Basket"),
    "Sports": ("Yoga Mat", "Dumbbell Set", "Jump Rope", "Tennis Racket", "Bike Helmet", "Water Bottle", "Climbing Rope",
               "Running Belt", "Foam Roller"),
}  # fmt: skip

BLURBS = {
    "Lighting": "Warm, even light for long evenings, with a switch that is where your hand expects it.",
    "Kitchen": "Made for daily cooking: sturdy, easy to clean, and pleasant to hold.",
    "Garden": "Built to stay outdoors from the first thaw to the last leaf.",
    "Office": "For desks where things get done, and stay tidy while they do.",
    "Audio": "Clear sound without fuss; plug it in, sit down, listen.",
    "Travel": "Light enough to carry, tough enough for the hold of an aeroplane.",
    "Bedroom": "Soft where it should be soft, quiet where it should be quiet.",
    "Sports": "Takes a beating every day and still looks forward to the next one.",
}
BRANDS = ("Northwind", "Halden", "Bellamy", "Okori", "Fjord & Co", "Lumen House", "Tarrow", "Vista")
COLOURS = ("Black", "White", "Forest green", "Navy", "Terracotta", "Sand", "Graphite", "Mustard", "Burgundy")
MATERIALS = ("Steel", "Oak", "Bamboo", "Aluminium", "Cotton", "Recycled plastic", "Leather", "Ceramic", "Wool")
REVIEWERS = ("Ida", "Tomas", "Priya", "Walter", "Mei", "Jonas", "Carla", "Amadou", "Greta", "Luis")
OPINIONS = (
    "Exactly what I hoped for.", "Good value, arrived two days early.", "Looks better than in the pictures.",
    "Does the job, nothing more.", "My second one; the first went to my sister.", "A bit smaller than I expected.",
    "Would buy again without thinking.", "The finish scratches easily.", "Works perfectly after three months.",
)  # fmt: skip

STORES = {
    "Lisbon": ("Rua do Carmo 41", "10:00 to 19:00", "+351 21 555 0134"),
    "Bergen": ("Strandgaten 18", "9:00 to 17:00", "+47 55 55 01 72"),
    "Ghent": ("Veldstraat 66", "10:00 to 18:30", "+32 9 555 01 48"),
    "Graz": ("Herrengasse 7", "9:30 to 18:00", "+43 316 555 019"),
    "Porto": ("Rua das Flores 12", "10:00 to 20:00", "+351 22 555 0187"),
}
SHIPPING = {
    "Portugal": ("$4.00", "2 days"), "Spain": ("$6.50", "3 days"), "Norway": ("$14.00", "6 days"),
    "Belgium": ("$7.00", "3 days"), "Austria": ("$7.50", "4 days"), "Japan": ("$24.00", "9 days"),
    "Canada": ("$21.00", "8 days"),
}  # fmt: skip
HELP = {
    "returns": ("Returns and refunds", {
        "Return window": "45 days", "Refund method": "Original payment card", "Return fee": "$3.50",
        "Condition": "Unused, in its box"}),
    "warranty": ("Warranty claims", {
        "Proof needed": "Order number", "Processing time": "10 days", "Repair partner": "Fixwell Services"}),
    "payment": ("Ways to pay", {
        "Cards": "Visa and Mastercard", "Invoice limit": "$400.00", "Instalments": "Up to 6 months"}),
    "contact": ("Contact us", {
        "Phone": "+351 21 555 0100", "Email": "hello@larkandpine.example", "Chat hours": "8:00 to 21:00"}),
    "gift-cards": ("Gift cards", {
        "Smallest value": "$15.00", "Largest value": "$250.00", "Valid for": "3 years"}),
    "careers": ("Work with us", {
        "Open positions": "4", "Head office": "Lisbon", "Internships": "Every spring"}),
}  # fmt: skip
COUPON, COUPON_PERCENT = "PINE15", 15


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody wrote of a product."""

    author: str
    stars: int
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """One of the goods. ``price`` in cents."""

    slug: str
    name: str
    category: str
    brand: str
    colour: str
    material: str
    price: int
    weight: str
    warranty: int
    stock: int
    sku: str
    reviews: tuple[Review, ...]

    @property
    def blurb(self) -> str:
        """A sentence about it."""
        return BLURBS[self.category]

    @property
    def rating(self) -> float:
        """Mean stars of the seeded reviews, to one place."""
        return round(sum(review.stars for review in self.reviews) / len(self.reviews), 1)


def money(cents: int) -> str:
    """Write an amount of cents."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def slug(text: str) -> str:
    """Return a text as a piece of a URL."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All goods of an instance of the shop."""

    products: tuple[Product, ...]
    details: dict[str, Details]  # by slug
    questions: tuple[Question, ...]

    def by_slug(self, wanted: str) -> Product | None:
        """Return a product by its slug."""
        return next((product for product in self.products if product.slug == wanted), None)

    def of(self, category: str) -> list[Product]:
        """Return a category's products in the shop's order."""
        return [product for product in self.products if product.category == category]

    def noun(self, noun: str) -> Product:
        """Return the product of this sort."""
        return next(product for product in self.products if product.name.endswith(noun))


@lru_cache(maxsize=8)
def catalogue(seed: int) -> Catalogue:
    """Return the goods of an instance."""
    rng = random.Random(f"shop {seed}")  # noqa: S311 - a fixture, not a secret
    products = []
    for category, nouns in NOUNS.items():
        series = rng.sample(SERIES, len(nouns))
        prices = rng.sample(range(8, 190), len(nouns))
        for name, noun, price in zip(series, nouns, prices, strict=True):
            full = f"{name} {noun}"
            authors = rng.sample(REVIEWERS, rng.randint(1, 4))
            products.append(
                Product(
                    slug=slug(full),
                    name=full,
                    category=category,
                    brand=rng.choice(BRANDS),
                    colour=rng.choice(COLOURS),
                    material=rng.choice(MATERIALS),
                    price=price * 100 + rng.choice((0, 50, 90, 95)),
                    weight=f"{rng.randint(2, 90) / 10} kg",
                    warranty=rng.randint(1, 10),
                    stock=rng.choice((0, 2, 5, 9, 14, 31)),
                    sku=f"LP-{rng.randint(1000, 9999)}",
                    reviews=tuple(Review(a, rng.randint(2, 5), rng.choice(OPINIONS)) for a in authors),
                )
            )
    materials = {product.slug: product.material for product in products}
    return Catalogue(tuple(products), details(seed, materials), questions(seed))
