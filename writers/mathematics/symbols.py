"""The allow-list of TeX mathematics as tables. What is not here is an error, never a guess."""

from __future__ import annotations

from partialcredit.writers.mathematics.nodes import Role, Symbol

__all__ = [
    "ACCENTS",
    "BIG_SIZES",
    "CHARACTERS",
    "DELIMITERS",
    "ENVIRONMENTS",
    "FUNCTIONS",
    "SPACES",
    "STYLES",
    "SYMBOLS",
    "UNICODE",
]

_NAMED: dict[Role, str] = {
    "letter": (
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ "
        "iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ "
        "varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω ell ℓ imath ı jmath ȷ"
    ),
    "ordinary": (
        "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
        "partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ "
        "lnot ¬ top ⊤ bot ⊥ intercal ⊺ prime ′ dots … ldots … dotsc … cdots ⋯ dotsb ⋯ vdots ⋮ "
        "ddots ⋱ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ checkmark ✓ square □ dagger † degree °"
    ),
    "binary": (
        "cdot ⋅ times × div ÷ odot ⊙ otimes ⊗ oplus ⊕ ominus ⊖ circ ∘ bullet ∙ ast ∗ star ⋆ pm ± "
        "mp ∓ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨"
    ),
    "relation": (
        "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ "
        "ll ≪ gg ≫ in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ nmid ∤ "
        "parallel ∥ perp ⊥ prec ≺ succ ≻ preceq ⪯ succeq ⪰ to → rightarrow → leftarrow ← gets ← "
        "leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ "
        "longrightarrow ⟶ longleftarrow ⟵ longmapsto ⟼ implies ⟹ Longrightarrow ⟹ impliedby ⟸ "
        "iff ⟺ Longleftrightarrow ⟺ uparrow ↑ downarrow ↓ vdash ⊢ models ⊨ triangleq ≜ coloneqq ≔"
    ),
    "open": "langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrace { lbrack [",
    "close": "rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrace } rbrack ]",
    "punct": "colon :",
    "big": "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ "
    "bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀",
}


def _read(role: Role, words: list[str]) -> dict[str, Symbol]:
    return {name: Symbol(char, role) for name, char in zip(words[::2], words[1::2], strict=True)}


SYMBOLS: dict[str, Symbol] = {
    name: symbol
    for role, text in _NAMED.items()
    for name, symbol in _read(role, text.split()).items()
} | {
    "{": Symbol("{", "open"),
    "}": Symbol("}", "close"),
    "|": Symbol("‖", "ordinary"),
    "vert": Symbol("|", "ordinary"),
    "Vert": Symbol("‖", "ordinary"),
    "%": Symbol("%", "ordinary"),
    "_": Symbol("_", "ordinary"),
    "$": Symbol("$", "ordinary"),
    "#": Symbol("#", "ordinary"),
    "&": Symbol("&", "ordinary"),
    "backslash": Symbol("\\", "ordinary"),
}

# Characters that stand for themselves; TeX spaces `*` and `-` as operators, `/`, `.` and `|` not.
CHARACTERS: dict[str, Symbol] = {
    "+": Symbol("+", "binary"),
    "-": Symbol("−", "binary"),
    "*": Symbol("∗", "binary"),
    "/": Symbol("/", "ordinary"),
    "=": Symbol("=", "relation"),
    "<": Symbol("<", "relation"),
    ">": Symbol(">", "relation"),
    ":": Symbol(":", "relation"),
    ",": Symbol(",", "punct"),
    ";": Symbol(";", "punct"),
    ".": Symbol(".", "ordinary"),
    "!": Symbol("!", "close"),
    "?": Symbol("?", "close"),
    "(": Symbol("(", "open"),
    "[": Symbol("[", "open"),
    ")": Symbol(")", "close"),
    "]": Symbol("]", "close"),
    "|": Symbol("|", "ordinary"),
    "@": Symbol("@", "ordinary"),
}

# The same symbols typed as Unicode characters.
UNICODE: dict[str, Symbol] = {
    symbol.char: symbol for symbol in reversed(SYMBOLS.values()) if not symbol.char.isascii()
} | {"−": Symbol("−", "binary"), "·": Symbol("⋅", "binary")}

_PLAIN_FUNCTIONS = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh "
    "tan tanh"
)
_LIMIT_FUNCTIONS = "det gcd inf lim max min Pr sup"

# Name printed, and whether a subscript stands below it in a display.
FUNCTIONS: dict[str, tuple[str, bool]] = {
    **{name: (name, False) for name in _PLAIN_FUNCTIONS.split()},
    **{name: (name, True) for name in _LIMIT_FUNCTIONS.split()},
    "argmax": ("arg\u2009max", True),
    "argmin": ("arg\u2009min", True),
    "limsup": ("lim\u2009sup", True),
    "liminf": ("lim\u2009inf", True),
}

SPACES: dict[str, float] = {
    ",": 1 / 6,
    "thinspace": 1 / 6,
    ":": 2 / 9,
    ">": 2 / 9,
    "medspace": 2 / 9,
    ";": 5 / 18,
    "thickspace": 5 / 18,
    "!": -1 / 6,
    " ": 1 / 3,
    "enspace": 1 / 2,
    "quad": 1,
    "qquad": 2,
}

# Name of each alphabet or size; the printers map it to their own.
STYLES: dict[str, str] = {
    "mathbf": "bold",
    "bm": "bold-italic",
    "boldsymbol": "bold-italic",
    "mathrm": "upright",
    "mathit": "italic",
    "mathbb": "blackboard",
    "mathcal": "calligraphic",
    "mathscr": "calligraphic",
    "mathfrak": "fraktur",
    "mathsf": "sans",
    "mathtt": "monospace",
}

ACCENTS: dict[str, str] = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "overline": "overline",
    "underline": "underline",
}

DELIMITERS: dict[str, str] = {
    **{char: char for char in "()[]|/"},
    ".": "",
    "<": "⟨",
    ">": "⟩",
    "\\{": "{",
    "\\}": "}",
    "\\|": "‖",
    "\\backslash": "\\",
    **{f"\\{name}": SYMBOLS[name].char for name in ("vert", "Vert")},
    **{f"\\{n}": s.char for n, s in SYMBOLS.items() if s.role in ("open", "close") and len(n) > 1},
}

BIG_SIZES: dict[str, float] = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}

# Environment: opening and closing delimiter, and the alignment its columns repeat; "" is read
# from an argument. Pairs "rl" are equations whose columns touch.
ENVIRONMENTS: dict[str, tuple[str, str, str]] = {
    "matrix": ("", "", "c"),
    "smallmatrix": ("", "", "c"),
    "pmatrix": ("(", ")", "c"),
    "bmatrix": ("[", "]", "c"),
    "Bmatrix": ("{", "}", "c"),
    "vmatrix": ("|", "|", "c"),
    "Vmatrix": ("‖", "‖", "c"),
    "cases": ("{", "", "l"),
    "array": ("", "", ""),
    "aligned": ("", "", "rl"),
    "align": ("", "", "rl"),
    "align*": ("", "", "rl"),
    "split": ("", "", "rl"),
    "gathered": ("", "", "c"),
    "gather*": ("", "", "c"),
}
