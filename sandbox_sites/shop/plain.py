"""Some of the tasks in the shop's own words, to tell what a person's words add to a task's difficulty."""

from __future__ import annotations

from sandbox_sites.shop.seed import Catalogue


def plain(goods: Catalogue) -> dict[int, str]:
    """Return plain instructions by the task's place in the list, beginning with 1."""
    noun = goods.noun
    return {
        1: "Take me to the garden section.",
        2: "Where's my cart? Open it.",
        6: "Show the list of your stores",
        7: "I want to read about the store in Bergen",
        8: "how do returns work? just open that page",
        9: "Bring up the page on gift cards",
        10: "Show me my order history.",
        16: "Sort the audio category by price, low to high, and open the first product.",
        17: f"In Kitchen, show only things by {noun('Toaster').brand}.",
        18: "Travel goods that are in stock, please: filter the list for me",
        22: f"which brand makes the {noun('Office Chair').name.lower()}",
        23: f"Tell me the weight of the {noun('Duvet').name} in kg.",
        24: f"I need the warranty period of the {noun('Bluetooth Speaker').name}.",
        25: f"{noun('Pruning Shears').name} - material?",
        26: f"What is the SKU of your {noun('Floor Lamp').name}?",
        27: f"My daughter wants the {noun('Helmet').name}. What's its rating?",
        28: "What is the delivery time to Norway?",
        29: "Cost of shipping something to Japan, please",
        30: "When is the store in Ghent open? I mean its opening hours.",
        31: "within how many days can I send something back - what's the return window?",
        32: "What delivery did I choose for order LP-20417?",
        42: f"I need 3 of the {noun('Water Bottle').name}. Add them to the cart.",
        44: f"Put the {noun('Bird Feeder').name} in my cart and apply the coupon PINE15.",
        48: "subscribe nora.lind@post.example to your newsletter please",
        49: "Change my phone number to 555 0199.",
        50: "In my profile, set the preferred contact to Phone",
        53: 'Write to the shop: topic "A product", message "Is the notebook refillable?"',
    }
