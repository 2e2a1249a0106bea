"""Currencies, units of measure and numerals, by the many names that pages give them. Data only."""

from __future__ import annotations

from decimal import Decimal

#: Symbol or name (folded) → ISO 4217 code.
CURRENCIES: dict[str, str] = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "pound sterling": "GBP", "pounds sterling": "GBP",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY",
    "₹": "INR", "inr": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR",
    "₩": "KRW", "krw": "KRW", "₽": "RUB", "rub": "RUB", "₺": "TRY", "try": "TRY", "₴": "UAH", "uah": "UAH",
    "₪": "ILS", "ils": "ILS", "฿": "THB", "thb": "THB", "₫": "VND", "vnd": "VND",
    "chf": "CHF", "fr.": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "zł": "PLN", "zl": "PLN",
    "czk": "CZK", "kč": "CZK", "kc": "CZK", "huf": "HUF", "ft.": "HUF", "cny": "CNY", "rmb": "CNY",
    "c$": "CAD", "ca$": "CAD", "cad": "CAD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "nz$": "NZD", "nzd": "NZD",
    "hk$": "HKD", "hkd": "HKD", "s$": "SGD", "sgd": "SGD", "r$": "BRL", "brl": "BRL", "mx$": "MXN", "mxn": "MXN",
}  # fmt: skip

_SCALES: dict[str, dict[str, str]] = {
    # dimension: {names (folded, separated by |): factor to the dimension's base}
    "mass": {
        "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes": "1000", "g|gr|gram|grams|gramme|grammes": "1",
        "mg|milligram|milligrams": "0.001", "t|tonne|tonnes": "1000000",
        "lb|lbs|pound|pounds": "453.59237", "oz|ounce|ounces": "28.349523125",
    },
    "length": {
        "km|kilometer|kilometers|kilometre|kilometres": "1000000", "m|meter|meters|metre|metres": "1000",
        "cm|centimeter|centimeters|centimetre|centimetres": "10",
        "mm|millimeter|millimeters|millimetre|millimetres": "1",
        "in|inch|inches|″": "25.4", "ft|foot|feet|′": "304.8", "yd|yard|yards": "914.4", "mi|mile|miles": "1609344",
    },
    "volume": {
        "l|liter|liters|litre|litres": "1000", "dl": "100", "cl": "10",
        "ml|milliliter|milliliters|millilitre|millilitres": "1",
    },
    "time": {
        "ms|millisecond|milliseconds": "0.001", "s|sec|secs|second|seconds": "1", "min|mins|minute|minutes": "60",
        "h|hr|hrs|hour|hours": "3600", "day|days": "86400", "week|weeks": "604800",
    },
    "calendar": {"month|months": "1", "year|years|yr|yrs": "12"},
    "data": {"kb": "0.001", "mb": "1", "gb": "1000", "tb": "1000000"},
    "power": {"w|watt|watts": "1", "kw|kilowatt|kilowatts": "1000"},
    "energy": {"wh": "1", "kwh": "1000"},
    "charge": {"mah": "1", "ah": "1000"},
    "frequency": {"hz": "1", "khz": "1000", "mhz": "1000000", "ghz": "1000000000"},
    "voltage": {"v|volt|volts": "1"},
    "temperature": {"°c|℃|degrees celsius|celsius": "1"},
    "fahrenheit": {"°f|℉|degrees fahrenheit|fahrenheit": "1"},
    "share": {"%|percent|per cent|pct": "1"},
}  # fmt: skip

#: Name (folded) → (dimension, factor to its base).
UNITS: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, scale in _SCALES.items()
    for names, factor in scale.items()
    for name in names.split("|")
}

_NUMERALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMERALS: dict[str, Decimal] = {word: Decimal(number) for number, word in enumerate(_NUMERALS)}

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS: dict[str, int] = {
    name[:length]: number for number, name in enumerate(_MONTHS, start=1) for length in (3, len(name))
} | {"sept": 9}
