"""Values, whatever is in them: what fails is the author's mistake; complements are complements; folding settles."""

import json
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, format_decimal, get_currency_precision
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from flowengine.core.conditions import OPERANDS, OPERATORS, comparisons_in, compile_condition
from flowengine.core.errors import BadCondition, BadTemplate
from flowengine.core.filters import FILTERS, TESTS
from flowengine.core.quick_templates import read_quickly
from flowengine.core.sandbox import ENVIRONMENT, MISTAKES, told_of
from flowengine.core.steps import NotLoaded, World
from flowengine.core.text import compile_template, fold
from tests.core.test_conditions import CONTEXT

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
DATES = st.datetimes().map(lambda moment: moment.isoformat()) | st.dates().map(str) | st.times().map(str)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).map(str) | st.integers().map(str)
LEAVES = SCALARS | DATES | NUMBERS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
WORLDS = st.fixed_dictionaries({name: VALUES for name in ("vars", "contact", "answers")})

NAMES = st.sampled_from(
    ["vars", "vars.a", "vars.a.b", "vars['c'][0]", "contact.b", "answers.c", "now", "nobody", "1", "'x'"]
)
ARGUMENTS = st.sampled_from(
    ["", "()", "(1)", "('x')", "(vars.a)", "(-1, 'days')", "('dd/MM')", "('', vars.b)", "(3, contact.a)"]
)
PIPES = st.lists(st.builds("{} {}{}".format, st.just("|"), st.sampled_from(sorted(FILTERS)), ARGUMENTS), max_size=3)
TERMS = st.builds("({}{})".format, NAMES, PIPES.map(" ".join))
EXPRESSIONS = st.recursive(
    TERMS,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "~", "==", "<", "and", "or", "in"]), inner)
        | st.builds("({} is {})".format, inner, st.sampled_from(TESTS))
        | st.builds("({} if {} else {})".format, inner, inner, inner)
        | st.builds("[{}, {}]".format, inner, inner)
    ),
    max_leaves=4,
)
SOURCES = (
    st.builds("a {{{{ {} }}}} b".format, EXPRESSIONS)
    | st.builds("{{{{ {} }}}}".format, EXPRESSIONS)
    | st.builds("{{% if {} %}}x{{% endif %}}".format, EXPRESSIONS)
    | st.text(alphabet="{}%#|.()[]'\"abcdef vars_0123456789+-*~ifelsnd", max_size=60)
)
ZONES = st.sampled_from(["America/Sao_Paulo", "Pacific/Apia", "UTC", "Nowhere/Here", "", "../etc"])


@given(SOURCES, WORLDS, st.sampled_from(["pt-BR", "en", "xx"]), ZONES)
@example("{{ vars.a | round + vars.b }}", {"vars": {"a": 1, "b": 0.5}}, "pt-BR", "UTC")
def test_rendering_gives_text_or_says_what_the_author_should_mend(source, world, language, zone):
    names = {**world, "now": CONTEXT.now}
    try:
        template = compile_template(source)
        assert isinstance(template.render(names, language=language, timezone=zone), str)
        json.dumps(template.value(names, language=language, timezone=zone), allow_nan=False)
        template.missing(names)
    except BadTemplate as refused:
        assert set(refused.words) == {"pt-BR", "en"}


PLAIN_NAMES = st.sampled_from(["vars.a", "vars.a.b", "contact.b", "answers.c", "now", "nobody", "contact.x.y.z"])
PLAIN_PIPES = st.lists(
    st.builds("| {}{}".format, st.sampled_from(sorted(FILTERS)), st.sampled_from(["", "(2)", "('x')", "(3, 'days')"])),
    max_size=3,
)
PLAIN = st.lists(
    st.text(alphabet="ab ç\n", max_size=4)
    | st.builds("{{{{ {} {} }}}}".format, PLAIN_NAMES, PLAIN_PIPES.map(" ".join)),
    max_size=3,
)


@given(PLAIN.map("".join), WORLDS, st.sampled_from(["pt-BR", "en"]), ZONES)
def test_a_template_without_computations_shows_what_jinja_makes_of_it(source, world, language, zone):
    assert read_quickly(source) is not None
    names = {**world, "now": CONTEXT.now}
    try:
        shown = compile_template(source).render(names, language=language, timezone=zone)
    except BadTemplate as refused:
        shown = refused.words["en"]
    try:
        expected = "".join(ENVIRONMENT.from_string(source).generate(names | {"_language": language, "_timezone": zone}))
    except MISTAKES as mistake:
        expected = told_of(source, mistake).words["en"]
    assert shown == expected


@given(
    st.decimals(-(10**14), 10**14, places=3), st.sampled_from([("pt-BR", "pt_BR"), ("en", "en_US"), ("xx", "en_US")])
)
def test_numbers_are_written_as_the_unicode_consortium_has_them(number, language):
    shown = compile_template("{{ vars.a | number }}").render(
        {"vars": {"a": str(number)}}, language=language[0], timezone="UTC"
    )
    assert shown == format_decimal(number + 0, "#,##0.###", language[1])  # + 0: not -0


@given(
    st.decimals(-(10**14), 10**14, places=3),
    st.sampled_from(["BRL", "USD", "EUR", "JPY", "CHF", "CLF", "BHD", "XYZ", "R$"]),
    st.sampled_from([("pt-BR", "pt_BR"), ("en", "en_US")]),
)
def test_money_is_written_as_the_unicode_consortium_has_it(amount, code, language):
    shown = compile_template(f"{{{{ vars.a | money('{code}') }}}}").render(
        {"vars": {"a": str(amount)}}, language=language[0], timezone="UTC"
    )
    rounded = amount.quantize(Decimal(1).scaleb(-get_currency_precision(code)), ROUND_HALF_UP) + 0
    assert shown == format_currency(rounded, code, locale=language[1]).replace("\u00a0", " ")


OPERAND_NAMES = st.sampled_from(
    [name.replace("*", "a") for name in OPERANDS] + ["vars.a.b", "vars.a.0", "x", "vars.*", ""]
)
TEMPLATES = st.sampled_from(
    ["{{ vars.a }}", "{{ vars.b | round }}", "{{ contact.a ~ 'x' }}", "{{ now }}", "{{ vars", "{x}"]
)
SPANS = st.fixed_dictionaries(
    {"amount": LEAVES | TEMPLATES, "unit": st.sampled_from(["days", "hours", "minutes", "moons"])}
)
RIGHTS = LEAVES | TEMPLATES | SPANS | st.lists(LEAVES | TEMPLATES, max_size=3)
FIELDS = st.fixed_dictionaries(
    {"left": OPERAND_NAMES, "op": st.sampled_from(sorted(OPERATORS))},
    optional={"right": RIGHTS, "exact": st.booleans()},
)
CONDITIONS = st.recursive(
    FIELDS | VALUES,
    lambda inner: (
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3) | VALUES})
        | st.fixed_dictionaries({"any": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"not": inner})
    ),
    max_leaves=5,
)
FACT = st.fixed_dictionaries({"at": LEAVES, "data": VALUES})


class Anything(dict):
    """Answers to queries, whatever is asked."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def __contains__(self, query):
        return True

    def __missing__(self, query):
        return self.answer


def _context(world, answer, zone):
    names = {
        **CONTEXT.names,
        **world,
        "deal": world["vars"],
        "conversation": world["vars"],
        "event": {"text": world["contact"]},
    }
    return replace(CONTEXT, names=names, timezone=zone, world=World(facts=Anything(answer)))


@given(CONDITIONS, WORLDS, st.lists(FACT, max_size=2) | VALUES, ZONES)
def test_judging_gives_yes_or_no_or_says_what_the_author_should_mend(condition, world, answer, zone):
    try:
        judge = compile_condition(condition)
    except (BadCondition, BadTemplate) as refused:
        assert set(refused.words) == {"pt-BR", "en"}
        return
    assert comparisons_in(condition)
    try:
        assert judge(_context(world, answer, zone)) in (True, False)
    except (BadCondition, BadTemplate) as refused:
        assert set(refused.words) == {"pt-BR", "en"}


COMPLEMENTS = {
    "equals": "not_equals",
    "contains": "not_contains",
    "contains_any": "contains_none",
    "in": "not_in",
    "is_true": "is_false",
    "is_known": "is_empty",
}


@given(st.sampled_from(sorted(COMPLEMENTS)), VALUES, LEAVES | st.lists(LEAVES, min_size=1, max_size=3), st.booleans())
def test_a_negative_operator_is_the_complement_on_what_is_known(op, left, right, exact):
    assume(left not in (None, "", [], ()))
    tests = [{"left": "vars.a", "op": each, "right": right, "exact": exact} for each in (op, COMPLEMENTS[op])]
    try:
        one, other = (compile_condition(test) for test in tests)
    except (BadCondition, BadTemplate):
        return
    context = _context({"vars": {"a": left}, "contact": {}}, None, "UTC")
    assert one(context) is not other(context)


@given(st.sampled_from(["greater", "less", "greater_or_equal", "less_or_equal"]), NUMBERS, NUMBERS)
def test_numbers_are_ordered_like_numbers(op, left, right):
    try:
        judge = compile_condition({"left": "vars.a", "op": op, "right": right})
    except BadCondition:
        return
    opposite = {
        "greater": "less_or_equal",
        "less": "greater_or_equal",
        "greater_or_equal": "less",
        "less_or_equal": "greater",
    }
    other = compile_condition({"left": "vars.a", "op": opposite[op], "right": right})
    context = _context({"vars": {"a": left}, "contact": {}}, None, "UTC")
    assert not (judge(context) and other(context))


@given(st.text())
def test_folding_settles_at_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30).filter(lambda text: text.strip() and "{" not in text))
def test_a_text_is_equal_to_itself_and_within_itself(text):
    context = _context({"vars": {"a": text}, "contact": {}}, None, "UTC")
    for op in ("equals", "contains", "starts_with", "ends_with"):
        assert compile_condition({"left": "vars.a", "op": op, "right": text})(context)


def test_what_is_not_loaded_yet_is_asked_for():
    judge = compile_condition({"left": "contact.segment:x", "op": "is_true"})
    try:
        judge(replace(CONTEXT, world=World()))
    except NotLoaded as missing:
        assert missing.query == ("segment", "x")
