"""Word vectors: man, woman, king, queen and apple, and the gradients of skip-gram."""

from tests.problems.canonical.case import Case

PLANE = {"v": (1, -1), "U": ((1, 0), (0, 1), (1, 1), (2, -1)), "o": 1}

CASES = [
    Case(
        "embeddings/word_vector_similarity",
        "hard",
        {
            **{"E": ((1, 0, 2), (1, 3, 2), (4, 0, 1), (3, 4, 1), (-2, 1, 3))},
            **{"i": 2, "j": 0, "k": 1, "bag": (2, 1, 1), "V": 10000, "d": 300},
        },
        {
            **{"lookup": "(4, 0, 1)", "cosine": "0.651", "bag_vector": "(2, 2, 5/3)"},
            **{"parameters": "3000000", "offset": "(4, 3, 1)", "analogy": "D", "winner": "0.962"},
        },
        {
            **{"lookup": ["(1, 3, 2)", "(3, 4, 1)"], "cosine": ["6", "0.07059"]},
            "bag_vector": ["(2.5, 1.5, 1.5)", "(6, 6, 5)", "(1.2, 1.2, 1)"],
            "parameters": ["3000300", "10300", "6000000", "100000000"],
            "offset": ["(-2, 3, 3)", "(4, -3, 1)", "(6, 3, 5)", "(3, 0, -1)"],
            **{"analogy": ["E"], "winner": ["25"]},
        },
    ),
    Case(
        "embeddings/word_vector_similarity",
        "easy",
        {"E": ((1, 0), (1, 3), (4, 0), (3, 4), (-2, 1)), "i": 3, "j": 2, "k": 3},
        {"lookup": "(3, 4)", "cosine": "0.6", "distance": "sqrt(17)"},
        {"cosine": ["12", "0.03", "0.4"], "distance": ["17", "5", "1"]},
    ),
    Case(
        "embeddings/word2vec_gradient",
        "medium",
        {**PLANE, "negatives": (), "n": 10, "m": 2},
        {
            **{"probabilities": "(0.112, 0.0152, 0.0414, 0.831)", "loss": "4.185", "pairs": "34"},
            "by_centre": "(1.816, -1.774)",
            "by_outside": "[[0.112, -0.112], [-0.985, 0.985], [0.0414, -0.0414], [0.831, -0.831]]",
        },
        {
            "probabilities": ["(0.7311, 0.2689, 0.5, 0.9526)", "(0.0889, 0.657, 0.242, 0.0120)"],
            "loss": ["0.01522", "6.038", "1", "-4.185", "9.741"],
            "by_centre": ["(-1.816, 1.774)", "(1.816, -0.7744)", "(0, -1)"],
            "by_outside": ["[[0, 0], [-0.9848, 0.9848], [0, 0], [0, 0]]"],
            "pairs": ["40", "17", "24", "44"],
        },
    ),
    Case(
        "embeddings/word2vec_gradient",
        "hard",
        {**PLANE, "negatives": (0, 2, 2), "K": 5, "V": 10000},
        {
            **{"sampled_loss": "4.013", "sampled_centre": "(1.731, 0.2689)"},
            **{"repeated": "(1, -1)", "touched": "7"},
        },
        {
            "sampled_loss": ["3.013", "3.320", "1.313", "4.185"],
            "sampled_centre": ["(-1.731, -1.731)", "(1.231, -0.2311)", "(0, -0.7311)"],
            **{
                "repeated": ["(0.5, -0.5)", "(1, 1)", "(-1, 1)"],
                "touched": ["5", "6", "10001", "12"],
            },
        },
    ),
]
