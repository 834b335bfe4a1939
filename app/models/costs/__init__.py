"""What replies cost, what was not spent, and what may be spent: in whole millionths of a dollar (micros).

    table = PriceTable(json.loads(packed("prices.json")))
    price = table.price_for("openai", "gpt-5-mini", "2026-11-23")     # None where it is not known: never 0
    cost_of(price, Usage(1000, 500, counted=True))                    # 1250 micros: $0.00125

Prices are dated and their source is named. What a service itself reports is believed before anything that is computed.
"""
