"""What fine-tuning trains."""

from tests.problems.canonical.case import Case

CASES = [
    Case(
        "transfer/fine_tuning_parameters",
        "easy",
        {"backbone": 23508032, "features": 2048, "classes": 37},
        {"head": "75813", "share": "0.321462", "saved": "0.303"},
        {
            "head": ["75776", "23583845", "77824"],
            "share": ["0.00321462"],
            "saved": ["2.43", "0.0758"],
        },
    ),
    Case(
        "transfer/fine_tuning_parameters",
        "medium",
        {
            "channels": (3, 16, 32, 20),
            "pixels": 64,
            "old": 10,
            "classes": 5,
            "frozen": 1,
            **{"blocks": 96, "each": 2, "rank": 4, "n": 12288, "m": 12288},
        },
        {"trained": "45789", "lora": "18874368"},
        {
            "trained": ["45894", "46269", "45725", "45853", "105"],
            "lora": ["9437184", "28991029248", "196608"],
        },
    ),
    Case(
        "transfer/fine_tuning_parameters",
        "hard",
        {
            **{"blocks": 12, "each": 2, "rank": 4, "n": 768, "m": 3072},
            **{"budget": 1000000, "width": 768, "bottleneck": 64},
        },
        {
            "lora": "368640",
            "megabytes": "0.73728",
            "most": "10",
            "even": "615",
            "adapters": "2379264",
        },
        {
            "megabytes": ["1.47456"],
            "most": ["11"],
            "even": ["384", "768", "614"],
            "adapters": ["2359296", "1189632"],
        },
    ),
]
