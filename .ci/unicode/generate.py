#!/usr/bin/env python3
"""Write Sources/LatchAutomata/Unicode/Tables from the Unicode Character Database 15.0.0.

    python3 .ci/unicode/generate.py [--ucd /usr/share/unicode] [--idna DIR]

`--ucd` is a directory with the database's files (Debian's package unicode-data has them); `--idna` one that holds
the Python package `idna` at 3.4, whose data are of the same version (pip download idna==3.4, unpacked). A build
does not need this script: its output is kept.

A table is text of 64 digits in ASCII order. Most are records of a fixed width, sorted by their first four digits,
a code point: they are searched where they lie. Sets that are only ever read whole are kept as the differences of
their borders, five bits a digit, the sixth bit saying that more digits follow.
"""
import argparse
import pathlib
import sys

VERSION = "15.0.0"
DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
LIMIT = 0x110000

parser = argparse.ArgumentParser()
parser.add_argument("--ucd", type=pathlib.Path, default="/usr/share/unicode")
parser.add_argument("--idna", type=pathlib.Path)
options = parser.parse_args()
target = pathlib.Path(__file__).parents[2] / "Sources/LatchAutomata/Unicode/Tables"
if options.idna:
    sys.path.insert(0, str(options.idna))
import idna.idnadata  # noqa: E402
import idna.uts46data  # noqa: E402

assert idna.idnadata.__version__ == idna.uts46data.__version__ == VERSION, "idna must be 3.4"


# Reading

def rows(name):
    """The fields of each line, with the code points as a range."""
    first = True
    for line in open(options.ucd / name, encoding="utf-8"):
        if first and name != "UnicodeData.txt" and not name.startswith("emoji/"):
            assert VERSION in line, f"{name} is not of {VERSION}"
        first = False
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if fields[0]:
            ends = [int(end, 16) for end in fields[0].split("..")]
            yield ends[0], ends[-1], fields[1:]


def aliases(name):
    for line in open(options.ucd / name, encoding="utf-8"):
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if fields[0]:
            yield fields


def column(name, default, field=0):
    """A property's value for every code point."""
    values = [default] * LIMIT
    for low, high, fields in rows(name):
        values[low:high + 1] = [fields[field]] * (high - low + 1)
    return values


def binary(name):
    """The sets of the properties that a file lists."""
    sets = {}
    for low, high, fields in rows(name):
        sets.setdefault(fields[0], set()).update(range(low, high + 1))
    return sets


# Writing

def number(value, digits):
    text = ""
    for _ in range(digits):
        text = DIGITS[value & 63] + text
        value >>= 6
    assert value == 0
    return text


def runs(values):
    """(start, value) of each run of equal values over all code points."""
    last = object()
    for point, value in enumerate(values):
        if value != last:
            yield point, value
            last = value


def borders(members):
    inside = False
    for point in sorted({p for m in members for p in (m, m + 1)}):
        if (point in members) != inside:
            inside = not inside
            yield point


def differences(members):
    text, last = "", 0
    for border in borders(members):
        step, last = border - last, border
        piece = DIGITS[step & 31]
        step >>= 5
        while step:
            piece = DIGITS[step & 31 | 32] + piece
            step >>= 5
        text += piece
    return text


def literal(text):
    lines = [text[start:start + 112] for start in range(0, len(text), 112)]
    return '"""\n' + "".join(f"    {line}\\\n" for line in lines[:-1]) + f"    {lines[-1] if lines else ''}\n    \"\"\""


HEADER = f"""// Written by .ci/unicode/generate.py from Unicode {VERSION}.
// swift-format-ignore-file
"""


def write(file, body):
    text = HEADER + "\n" + body
    assert text.count("\n") <= 500, file
    (target / f"{file}.swift").write_text(text)


def table(file, name, comment, width, records):
    assert all(len(record) == width for record in records), name
    write(file, f"""extension StaticTable {{
  /// {comment}
  static let {name} = StaticTable(width: {width}, {literal("".join(records))})
}}
""")


def listed(name, comment, entries):
    """A list of names as text, its entries set off by spaces."""
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) > 110:
            lines.append(line)
            line = ""
        line += entry + " "
    lines.append(line.rstrip())
    text = "\\\n".join(f"    {line}" for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{text}\n    """\n'


# Categories and scripts

categories = [f[1] for f in aliases("PropertyValueAliases.txt") if f[0] == "gc" and len(f[1]) == 2 and f[1] != "LC"]
general = column("extracted/DerivedGeneralCategory.txt", "Cn")
table("GeneralCategories", "generalCategories", "Where a run of one general category begins, and its number.", 5,
      [number(p, 4) + number(categories.index(v), 1) for p, v in runs(general)])

script_names = [f[1:] for f in aliases("PropertyValueAliases.txt") if f[0] == "sc"]
script_names.sort(key=lambda names: names[0] != "Zzzz")
script_number = {name: i for i, names in enumerate(script_names) for name in names}
scripts = column("Scripts.txt", "Zzzz")
table("Scripts", "scripts", "Where a run of one script begins, and its number.", 6,
      [number(p, 4) + number(script_number[v], 2) for p, v in runs(scripts)])
extensions = sorted((low, high, sorted(script_number[s] for s in fields[0].split()))
                    for low, high, fields in rows("ScriptExtensions.txt"))
most = max(len(e[2]) for e in extensions)
table("ScriptExtensions", "scriptExtensions",
      "A range's ends and the numbers of the scripts that use it; 0 fills up.", 8 + 2 * most,
      [number(low, 4) + number(high, 4) + "".join(number(n, 2) for n in names + [0] * (most - len(names)))
       for low, high, names in extensions])


def value_aliases(kind):
    return ["=".join(dict.fromkeys(f[1:])) for f in aliases("PropertyValueAliases.txt") if f[0] == kind]


write("PropertyNames", "/// The names of general categories and scripts, and all their aliases.\nenum PropertyNames {\n"
      + listed("categories", "The categories of two letters in the order of their numbers.", categories) + "\n"
      + listed("categoryAliases", "Each category's names, the short one first; also those that are unions.",
               value_aliases("gc")) + "\n"
      + listed("scripts", "Each script's names in the order of their numbers, the short one first.",
               ["=".join(dict.fromkeys(names)) for names in script_names]) + "}\n")

# Binary properties, as ECMA-262 lists them

ecma = """ASCII_Hex_Digit Alphabetic Bidi_Control Bidi_Mirrored Case_Ignorable Cased Changes_When_Casefolded
Changes_When_Casemapped Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased
Changes_When_Uppercased Dash Default_Ignorable_Code_Point Deprecated Diacritic Emoji Emoji_Component Emoji_Modifier
Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Grapheme_Base Grapheme_Extend Hex_Digit
IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start Ideographic Join_Control Logical_Order_Exception Lowercase
Math Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark Radical Regional_Indicator
Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase Variation_Selector White_Space
XID_Continue XID_Start""".split()
sets = {}
for name in ["PropList.txt", "DerivedCoreProperties.txt", "DerivedNormalizationProps.txt",
             "extracted/DerivedBinaryProperties.txt", "emoji/emoji-data.txt"]:
    sets |= binary(name)
short = {f[1]: f[0] for f in aliases("PropertyAliases.txt")}
cases = "".join(
    f'    case "{name}"' + (f', "{short[name]}"' if short[name] != name else "")
    + f': {literal(differences(sets[name]))}\n' for name in ecma)
write("BinaryProperties", f"""/// The binary properties that ECMA-262 knows, by their long and short names.
enum BinaryProperties {{
  /// The differences between the borders of a property's set.
  static func borders(of name: String) -> StaticString? {{
    switch name {{
{cases}    default: nil
    }}
  }}
}}
""")

# Case folding and normalisation

folding = [(low, int(f[1], 16)) for low, _, f in rows("CaseFolding.txt") if f[0] in "CS"]
table("CaseFolding", "caseFolding", "A code point and what simple case folding makes of it.", 8,
      [number(a, 4) + number(b, 4) for a, b in sorted(folding)])

decomposed, combining = {}, [0] * LIMIT
for low, high, fields in rows("UnicodeData.txt"):
    combining[low] = int(fields[2])
    if fields[4] and not fields[4].startswith("<"):
        decomposed[low] = [int(part, 16) for part in fields[4].split()]
excluded = {p for low, high, fields in rows("DerivedNormalizationProps.txt") if fields[0] == "Full_Composition_Exclusion"
            for p in range(low, high + 1)}


def decompose(point):
    return [p for part in decomposed[point] for p in decompose(part)] if point in decomposed else [point]


table("CombiningClasses", "combiningClasses", "Where a run of one canonical combining class begins, and the class.", 6,
      [number(p, 4) + number(v, 2) for p, v in runs(combining)])
pool, records = [], []
for point in sorted(decomposed):
    whole = decompose(point)
    records.append(number(point, 4) + number(len(pool), 3) + number(len(whole), 1))
    pool += whole
table("Decompositions", "decompositions", "A code point, where its canonical decomposition lies and how long it is.", 8,
      records)
table("DecompositionPool", "decompositionPool", "The code points of all decompositions.", 4,
      [number(p, 4) for p in pool])
table("Compositions", "compositions", "Two code points and what they compose to.", 12,
      [number(a, 4) + number(b, 4) + number(p, 4)
       for (a, b), p in sorted((tuple(parts), p) for p, parts in decomposed.items() if p not in excluded)])
unsafe = {p for p in range(LIMIT) if combining[p]}
for low, high, fields in rows("DerivedNormalizationProps.txt"):
    if fields[0] == "NFC_QC":
        unsafe.update(range(low, high + 1))
table("NFCBorders", "nfcBorders",
      "The borders of the set of code points that are not sure to be in NFC wherever they stand.", 4,
      [number(p, 4) for p in borders(unsafe)])

# Internationalised domain names

points = sorted(idna.uts46data.uts46data)
statuses = "VMDI3X"
records, pool, last = [], [], None
for row in points:
    low, status, mapped = row[0], row[1], [ord(c) for c in row[2]] if len(row) > 2 else None
    if (status, mapped) == last and mapped is None:
        continue
    last = (status, mapped)
    if mapped is None:
        place, length = 0, 0
    elif len(mapped) == 1:
        place, length = mapped[0], 1
    else:
        place, length = len(pool), len(mapped)
        pool += mapped
    records.append(number(low, 4) + number(statuses.index(status), 1) + number(length, 1) + number(place, 4))
half = len(records) // 2
assert points[0][0] == 0
COMMENT = "Where a run begins, its status in UTS 46, and the length and place of its mapping (one: itself)."
for file, name, part in [("IDNAMappingLow", "idnaMappingLow", records[:half]),
                         ("IDNAMappingHigh", "idnaMappingHigh", records[half:])]:
    table(file, name, COMMENT, 10, part)
table("IDNAMappingPool", "idnaMappingPool", "The code points of all mappings longer than one.", 4,
      [number(p, 4) for p in pool])

kinds = ["PVALID", "CONTEXTJ", "CONTEXTO"]
derived = [len(kinds)] * LIMIT
for kind, ranges in idna.idnadata.codepoint_classes.items():
    for packed in ranges:
        for point in range(packed >> 32, packed & 0xFFFFFFFF):
            derived[point] = kinds.index(kind)
table("IDNA2008", "idna2008", "Where a run of one property of RFC 5892 begins, and its number.", 5,
      [number(p, 4) + number(v, 1) for p, v in runs(derived)])

bidi = "L R AL EN ES ET AN CS NSM BN B S WS ON LRE LRO RLE RLO PDF LRI RLI FSI PDI".split()
table("BidiClasses", "bidiClasses", "Where a run of one bidirectional class begins, and its number.", 5,
      [number(p, 4) + number(bidi.index(v), 1) for p, v in runs(column("extracted/DerivedBidiClass.txt", "L"))])
joining = "UCDLRT"
table("JoiningTypes", "joiningTypes", "Where a run of one joining type begins, and its number.", 5,
      [number(p, 4) + number(joining.index(v), 1) for p, v in runs(column("extracted/DerivedJoiningType.txt", "U"))])
