"""Tasks that change something: fill, change, and several at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sandbox_sites.common.hand import choose, enter, follow, press, seen, steps
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.shop.judges import JUDGES
from sandbox_sites.shop.seed import Catalogue, Product, Review
from sandbox_sites.shop.state import ShopState
from sandbox_sites.shop.ways import open_product, subscribe, told

ORDER = {
    "Full name": "Ada Holt", "Email": "ada.holt@mail.example", "Street address": "5 Quay Street", "City": "Porto",
    "Postcode": "4050-253",
}  # fmt: skip


def in_stock(goods: Catalogue, category: str, number: int = 0) -> Product:
    """Return a product of a category that can be bought."""
    return [product for product in goods.of(category) if product.stock][number]


def settling(goods: Catalogue) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _buying(goods)
    yield from _filling(goods)


def _buying(goods: Catalogue) -> Iterator[Entry]:
    one, two, three = in_stock(goods, "Kitchen"), in_stock(goods, "Garden", 1), in_stock(goods, "Sports", 2)
    gift, wish = in_stock(goods, "Lighting", 1), goods.noun("Turntable")
    yield Entry(
        "change", 3, f"Add the {one.name} to my cart.", all_of(JUDGES.only(cart={one.slug: 1}), silent),
        steps(open_product(one), press("Add to cart"), seen("was added")),
        wrong=steps(open_product(one), press("Add to wish list"), seen("is on your wish list")),
    )  # fmt: skip
    yield Entry(
        "change", 3, f"please put a {two.name.lower()} in the basket", all_of(JUDGES.only(cart={two.slug: 1}), silent),
        steps(open_product(two), press("Add to cart"), seen("was added")),
    )  # fmt: skip
    yield Entry(
        "change", 3, f"Remember the {wish.name} for me: put it on my wish list",
        all_of(JUDGES.only(wishlist=[wish.slug]), silent),
        steps(open_product(wish), press("Add to wish list"), seen("is on your wish list")),
    )  # fmt: skip
    yield Entry(
        "change", 4, f"I need 3 of the {three.name}. Get them ready for me to buy, but don't order yet.",
        all_of(JUDGES.only(cart={three.slug: 3}), silent),
        steps(open_product(three), enter({"Quantity": "3"}), press("Add to cart"), seen("was added")),
        wrong=steps(open_product(three), press("Add to cart"), seen("was added")),
    )  # fmt: skip
    yield from _buying_more(one, two, gift, wish)


def _buying_more(one: Product, two: Product, gift: Product, wish: Product) -> Iterator[Entry]:
    yield Entry(
        "compose", 6, f"Add the {one.name} and the {gift.name} to my cart.",
        all_of(JUDGES.only(cart={one.slug: 1, gift.slug: 1}), silent),
        steps(open_product(one), press("Add to cart"), seen("was added"), open_product(gift), press("Add to cart"),
              told("was added", gift.name)),
        wrong=steps(open_product(gift), press("Add to cart"), seen("was added")),
    )  # fmt: skip
    yield Entry(
        "compose", 5, f"Put the {two.name} in my cart; I have a coupon, too: PINE15.",
        all_of(JUDGES.only(cart={two.slug: 1}, coupon="PINE15"), silent),
        steps(open_product(two), press("Add to cart"), seen("was added"), enter({"Coupon code": "PINE15"}),
              press("Apply coupon"), seen("was applied")),
        wrong=steps(open_product(two), press("Add to cart"), seen("was added"), enter({"Coupon code": "PINE15"})),
    )  # fmt: skip
    yield Entry(
        "compose", 6, f"Wish list: {wish.name}. Cart: {gift.name}. Thanks!",
        all_of(JUDGES.only(cart={gift.slug: 1}, wishlist=[wish.slug]), silent),
        steps(open_product(wish), press("Add to wish list"), seen("is on your wish list"), open_product(gift),
              press("Add to cart"), seen("was added")),
    )  # fmt: skip
    yield Entry(
        "compose", 8,
        f"Buy the {one.name}: ship it to Ada Holt, ada.holt@mail.example, at 5 Quay Street, 4050-253 Porto, by Express"
        " delivery.",
        all_of(JUDGES.written(f"{one.name} is ordered for Ada", lambda state: _bought(state, one), "orders"), silent),
        steps(open_product(one), press("Add to cart"), seen("was added"), follow("Go to checkout"), enter(ORDER),
              choose("Delivery", "Express"), press("Place order"), seen("was placed")),
        wrong=steps(open_product(one), press("Add to cart"), seen("was added"), follow("Go to checkout"), enter(ORDER),
                    choose("Delivery", "Standard"), press("Place order"), seen("was placed")),
    )  # fmt: skip


def _bought(state: ShopState, product: Product) -> bool:
    if len(state.orders) != len(ShopState().orders) + 1:
        return False
    order = asdict(state.orders[-1])
    wanted = {
        "name": "Ada Holt", "email": "ada.holt@mail.example", "address": "5 Quay Street", "city": "Porto",
        "postcode": "4050-253", "delivery": "Express", "lines": ((product.name, 1, product.price),),
    }  # fmt: skip
    return all(order[name] == value for name, value in wanted.items())


def _filling(goods: Catalogue) -> Iterator[Entry]:
    profile = ShopState().profile
    yield Entry(
        "fill", 2, "Sign me up for the newsletter with kim@post.example",
        all_of(JUDGES.only(newsletter="kim@post.example"), silent),
        steps(subscribe("kim@post.example"), seen("is subscribed")),
        wrong=steps(subscribe("kim@pots.example"), seen("is subscribed")),
    )  # fmt: skip
    yield Entry(
        "fill", 2, "nora.lind@post.example would like to get your news by mail from time to time",
        all_of(JUDGES.only(newsletter="nora.lind@post.example"), silent),
        steps(subscribe("nora.lind@post.example"), seen("is subscribed")),
    )  # fmt: skip
    yield Entry(
        "fill", 3, "I've got a new phone: 555 0199. Please note it in my account.",
        all_of(JUDGES.only(profile={**profile, "phone": "555 0199"}), silent),
        steps(follow("Account"), enter({"Phone number": "555 0199"}), press("Save profile"), seen("was saved")),
        wrong=steps(follow("Account"), enter({"Phone number": "555 0199"})),
    )  # fmt: skip
    yield Entry(
        "fill", 3, "I'd rather be contacted by phone than by email, set my profile to that",
        all_of(JUDGES.only(profile={**profile, "contact": "Phone"}), silent),
        steps(follow("Account"), choose("Preferred contact", "Phone"), press("Save profile"), seen("was saved")),
    )  # fmt: skip
    yield Entry(
        "fill", 4, "My name has changed: I'm Robin Sommer now, and my email address is robin@sommer.example.",
        all_of(JUDGES.only(profile={**profile, "name": "Robin Sommer", "email": "robin@sommer.example"}), silent),
        steps(follow("Account"), enter({"Display name": "Robin Sommer", "Email address": "robin@sommer.example"}),
              press("Save profile"), seen("was saved")),
        wrong=steps(follow("Account"), enter({"Display name": "Robin Sommer"}), press("Save profile"),
                    seen("was saved")),
    )  # fmt: skip
    yield from _writing(goods)


def _writing(goods: Catalogue) -> Iterator[Entry]:
    book, bag = goods.noun("Notebook"), goods.noun("Duffel Bag")
    review = Review("Olga", 4, "Sturdy and light")
    yield Entry(
        "fill", 7, f'Review the {bag.name} as Olga: 4 stars, "Sturdy and light".',
        all_of(JUDGES.only(reviews={bag.slug: [asdict(review)]}), silent),
        steps(open_product(bag), follow("Write a review"), enter({"Your name": "Olga", "Your opinion": review.text}),
              choose("Stars", "4"), press("Publish review"), seen("was published")),
        wrong=steps(open_product(bag), follow("Write a review"), enter({"Your name": "Olga", "Your opinion": "Light"}),
                    choose("Stars", "4"), press("Publish review"), seen("was published")),
    )  # fmt: skip
    yield Entry(
        "fill", 4, 'Ask the shop "Is the notebook refillable?" through its own form; it is a question about a product.',
        all_of(JUDGES.only(messages=[("A product", "Is the notebook refillable?")]), silent),
        steps(follow("Contact"), choose("Topic", "A product"), enter({"Message": "Is the notebook refillable?"}),
              press("Send message"), seen("was sent")),
    )  # fmt: skip
    yield Entry(
        "compose", 5, f"Put the {book.name} on my wish list, and subscribe max@post.example to the newsletter.",
        all_of(JUDGES.only(wishlist=[book.slug], newsletter="max@post.example"), silent),
        steps(open_product(book), press("Add to wish list"), seen("is on your wish list"),
              subscribe("max@post.example"), seen("is subscribed")),
    )  # fmt: skip
